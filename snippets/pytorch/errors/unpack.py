import torch
from torch import nn

gru = nn.GRU(10, 20)
try:
    out, (h_n, c_n) = gru(torch.randn(5, 3, 10))
except ValueError as e:
    print(f"{type(e).__name__}: {e}")
