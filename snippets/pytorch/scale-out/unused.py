import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel

store = dist.HashStore()
dist.init_process_group(
    "gloo", store=store, rank=0, world_size=1
)


class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(4, 8, batch_first=True)
        self.first = nn.Linear(8, 1)
        self.second = nn.Linear(8, 1)

    def forward(self, x):  # x: (batch, time, 4)
        return self.first(self.gru(x)[0])


for options in ({}, dict(find_unused_parameters=True)):
    model = DistributedDataParallel(Tagger(), **options)
    try:
        for step in 1, 2:
            model(torch.randn(3, 5, 4)).sum().backward()
            print(options, f"{step = }")
    except RuntimeError as e:
        message, _, _ = str(e).partition(".")
        print(f"{type(e).__name__}: {message}")
del model
dist.destroy_process_group()
