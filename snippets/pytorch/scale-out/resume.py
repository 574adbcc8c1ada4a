import os
import signal
import sys

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel

rank = int(os.environ.get("RANK", 0))
world = int(os.environ.get("WORLD_SIZE", 1))
kill = int(sys.argv[1]) if sys.argv[1:] else None
tries = int(os.environ.get("TORCHELASTIC_RESTART_COUNT", 0))
if world > 1:
    dist.init_process_group("gloo")
torch.manual_seed(0)
x = torch.randn(64, 12, 4)  # (sequence, time, input_size)
y = x.mean(1)  # (sequence, 4)
model = gru = nn.GRU(4, 4, batch_first=True)
if world > 1:
    model = DistributedDataParallel(gru)
optimizer = torch.optim.Adam(gru.parameters(), lr=0.01)
start = 0
if os.path.exists("last.pt"):
    last = torch.load("last.pt", map_location="cpu")
    gru.load_state_dict(last["gru"])
    optimizer.load_state_dict(last["optimizer"])
    start = last["epoch"] + 1
if rank == 0:
    print(f"{start = }")

for epoch in range(start, 5):
    torch.manual_seed(epoch)
    for batch in torch.randperm(64, device="cpu").split(16):
        mine = batch[rank::world]
        _, h_n = model(x[mine])  # h_n: (1, batch, 4)
        loss = nn.functional.mse_loss(h_n[-1], y[mine])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if rank == 1 and tries == 0 and epoch == kill:
            os.kill(os.getpid(), signal.SIGKILL)
    if rank == 0:
        norm = sum(p.norm() for p in gru.parameters())
        print(f"{epoch = }: {norm = :.5f}")
        state = dict(epoch=epoch, gru=gru.state_dict())
        state["optimizer"] = optimizer.state_dict()
        torch.save(state, "next.pt")
        os.replace("next.pt", "last.pt")
if world > 1:
    dist.barrier()
    del model
    dist.destroy_process_group()
