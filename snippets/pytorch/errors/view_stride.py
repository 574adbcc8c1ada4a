import torch
from torch import nn

_, h_n = nn.GRU(10, 20, num_layers=2)(torch.randn(5, 3, 10))
by_sample = h_n.transpose(0, 1)  # (batch, layers, hidden)
try:
    by_sample.view(3, 40)
except RuntimeError as e:
    print(f"{type(e).__name__}: {e}")
