import torch
from torch import nn


def chung_step(x, h, W_i, W_h, b_i, b_h):
    i_r, i_z, i_n = (W_i @ x + b_i).chunk(3)
    h_r, h_z, h_n = (W_h @ h + b_h).chunk(3)
    r, z = torch.sigmoid(i_r + h_r), torch.sigmoid(i_z + h_z)
    n = torch.tanh(i_n + r * h_n)
    return (1 - z) * h + z * n  # the other way round


torch.manual_seed(0)
gru = nn.GRU(input_size=3, hidden_size=4).requires_grad_(False)
x, h = torch.randn(3), torch.randn(4)
h_new = gru(x[None], h[None])[1][0]

weights = list(gru.parameters())  # W_ih, W_hh, b_ih, b_hh
step = chung_step(x, h, *weights)
print("same weights:", torch.allclose(step, h_new, atol=1e-6))

for w in weights:
    w[4:8] *= -1  # z's rows
step = chung_step(x, h, *weights)
print("z negated:   ", torch.allclose(step, h_new, atol=1e-6))
