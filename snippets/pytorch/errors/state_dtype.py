import torch
from torch import nn

gru = nn.GRU(10, 20).double()
x = torch.randn(5, 3, 10).double()
try:
    gru(x, torch.zeros(1, 3, 20))
except RuntimeError as e:
    print(f"{type(e).__name__}: {e}")
