import torch
from torch import nn

ones = torch.ones(1000, 1, 1)  # 1000 steps

lstm = nn.LSTM(1, 1).requires_grad_(False)
for p in lstm.parameters():
    p.zero_()
lstm.bias_ih_l0[:] = 100  # i = f = g = o = 1
_, (h, c) = lstm(ones)
print(f"LSTM: c = {c.item():.1f}, h = {h.item():.1f}")

gru = nn.GRU(1, 1).requires_grad_(False)
for p in gru.parameters():
    p.zero_()
gru.bias_ih_l0[2] = 100  # n = 1, z = 0.5
_, h = gru(ones)
print(f"GRU:  h = {h.item():.1f}")
