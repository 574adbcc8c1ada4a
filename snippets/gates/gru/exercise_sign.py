import torch
from torch import nn


def flipped_step(x, h, W_i, W_h, b_i, b_h):
    i_r, i_z, i_n = (W_i @ x + b_i).chunk(3)
    h_r, h_z, h_n = (W_h @ h + b_h).chunk(3)
    r = torch.sigmoid(i_r + h_r)
    z = torch.sigmoid(i_z + h_z)
    n = torch.tanh(i_n + r * h_n)
    # nn.GRU: (1 - z) * n + z * h
    return (1 - z) * h + z * n


torch.manual_seed(0)
gru = nn.GRU(input_size=3, hidden_size=4)
gru.requires_grad_(False)
weights = list(gru.parameters())  # W_ih, W_hh, b_ih, b_hh
x, h = torch.randn(3), torch.randn(4)
flipped = flipped_step(x, h, *weights)

for name in ("W_z", "-W_z"):
    h_t = gru(x[None], h[None])[1][0]
    far = (h_t - flipped).abs().max()
    far = "< 1e-6" if far < 1e-6 else f"{far:.2f}"
    print(f"{name:4} {far}")
    for w in weights:
        w[4:8] *= -1  # z
