import os

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import DataLoader, TensorDataset
from torch.utils.data.distributed import DistributedSampler


class GRUModel(nn.Module):
    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        num_layers: int,
        output_size: int,
    ):
        super().__init__()
        self.gru = nn.GRU(
            input_size,
            hidden_size,
            num_layers,
            batch_first=True,
        )
        self.fc = nn.Linear(hidden_size, output_size)

    def forward(self, x: Tensor) -> Tensor:
        # x: (batch, time, input_size)
        # h_n: (num_layers, batch, hidden_size)
        _, h_n = self.gru(x)
        return self.fc(h_n[-1])  # (batch, output_size)


rank = int(os.environ.get("RANK", 0))
world = int(os.environ.get("WORLD_SIZE", 1))
device, backend = "cpu", "gloo"
if torch.cuda.is_available():
    device = f"cuda:{os.environ.get('LOCAL_RANK', 0)}"
    backend = "nccl"
    torch.cuda.set_device(device)
if world > 1:
    dist.init_process_group(backend)
torch.manual_seed(0)
x = torch.randn(256, 12, 4)  # (sequence, time, input_size)
data = TensorDataset(x, x[..., 0].mean(1, keepdim=True))
sampler = DistributedSampler(data, world, rank)
loader = DataLoader(
    data, batch_size=32 // world, sampler=sampler
)
model = GRUModel(4, 16, num_layers=1, output_size=1)
model.to(device)
if world > 1:
    model = DistributedDataParallel(model)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

for epoch in range(5):
    sampler.set_epoch(epoch)
    mean = torch.zeros((), device=device)
    for inputs, targets in loader:
        outputs = model(inputs.to(device))
        targets = targets.to(device)
        loss = nn.functional.mse_loss(outputs, targets)
        optimizer.zero_grad()
        loss.backward()
        norm = nn.utils.clip_grad_norm_(
            model.parameters(), 1.0
        )
        optimizer.step()
        mean += loss.detach() / len(loader) / world
    if world > 1:
        dist.all_reduce(mean)
    if rank == 0:
        print(f"{epoch = }: {mean = :.4f}, {norm = :.4f}")
if world > 1:
    dist.barrier()
    del model
    dist.destroy_process_group()
