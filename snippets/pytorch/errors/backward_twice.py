import torch
from torch import nn

gru, h = nn.GRU(10, 20), None
try:
    for x in torch.randn(2, 5, 3, 10):
        out, h = gru(x, h)
        out.sum().backward()
except RuntimeError as e:
    print(f"{type(e).__name__}: {e}")
