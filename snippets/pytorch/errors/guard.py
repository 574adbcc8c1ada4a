import torch
from torch import nn

gru = nn.GRU(10, 20, batch_first=True)
exported = torch.export.export(
    gru, (torch.randn(3, 5, 10),)
)
try:
    exported.module()(torch.randn(2, 5, 10))
except (AssertionError, RuntimeError) as e:
    print(f"{type(e).__name__}: {e}")
