import torch
from torch import nn

gru = nn.GRU(10, 20, batch_first=True)
x = torch.randn(3, 5, 10)
try:
    gru(x[:, 5:])
except RuntimeError as e:
    print(f"{type(e).__name__}: {e}")
