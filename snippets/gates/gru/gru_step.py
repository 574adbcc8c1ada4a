import torch
from torch import nn


def gru_step(x, h, W_i, W_h, b_i, b_h):
    # each (hidden,)
    i_r, i_z, i_n = (W_i @ x + b_i).chunk(3)
    h_r, h_z, h_n = (W_h @ h + b_h).chunk(3)
    r = torch.sigmoid(i_r + h_r)
    z = torch.sigmoid(i_z + h_z)
    n = torch.tanh(i_n + r * h_n)
    return (1 - z) * n + z * h


torch.manual_seed(0)
gru = nn.GRU(input_size=3, hidden_size=4)
gru.requires_grad_(False)
weights = list(gru.parameters())  # W_ih, W_hh, b_ih, b_hh
x = torch.randn(7, 3)  # (time, features), one sequence

h = torch.zeros(4)
for x_t in x:
    h = gru_step(x_t, h, *weights)

_, h_n = gru(x)
far = (h - h_n[0]).abs().max().item()
print(*[tuple(w.shape) for w in weights])
print("|h - h_n| < 1e-6:", far < 1e-6)
