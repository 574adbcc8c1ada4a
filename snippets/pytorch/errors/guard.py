import torch
from torch import nn

gru = nn.GRU(10, 20, batch_first=True)
example = (torch.randn(3, 5, 10),)
exported = torch.export.export(gru, example)
try:
    exported.module()(torch.randn(2, 5, 10))
except (AssertionError, RuntimeError) as e:
    print(f"{type(e).__name__}: {e}")
