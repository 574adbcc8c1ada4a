import torch
from torch import nn

# (time, features): 1000 times 1 ...
x = torch.ones(2000, 1)
x[1000:] = -1  # ... then 1000 times -1

lstm = nn.LSTM(1, 1).requires_grad_(False)
for p in lstm.parameters():
    p.zero_()
# i = f = o = 1
lstm.bias_ih_l0[:] = torch.tensor([100.0, 100, 0, 100])
lstm.weight_ih_l0[2] = 100  # g = 1 or -1, as x

gru = nn.GRU(1, 1).requires_grad_(False)
for p in gru.parameters():
    p.zero_()
gru.weight_ih_l0[2] = 100  # n = 1 or -1, as x; z = 0.5

print("   t  LSTM c  LSTM h  GRU h")
for steps in (10, 1000, 1990, 2000):
    _, (h, c) = lstm(x[:steps])
    _, h_gru = gru(x[:steps])
    shown = c.item(), h.item(), h_gru.item()
    row = "{:4} {:7.1f} {:7.1f} {:6.1f}"
    print(row.format(steps, *shown))
