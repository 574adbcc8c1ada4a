import torch
from torch import nn

gru = nn.GRU(10, 20)
try:
    gru(torch.randn(5, 3, 7))
except RuntimeError as e:
    print(f"{type(e).__name__}: {e}")
