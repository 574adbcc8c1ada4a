import torch
from torch import nn

model = nn.Sequential(nn.GRU(10, 20), nn.Linear(20, 1))
try:
    model(torch.randn(5, 3, 10))
except TypeError as e:
    print(f"{type(e).__name__}: {e}")
