import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(4, 6, 10)  # (batch, time, features)
changed = x.clone()
changed[0] = 0
for gru in nn.GRU(10, 20), nn.GRU(10, 20, batch_first=True):
    before, after = gru(x)[0], gru(changed)[0]
    moved = (before != after).flatten(1).any(1)
    print(tuple(before.shape), moved.tolist())
