import torch
from torch import nn


def run(x, W_i, W_h, b_i, b_h):
    h, out = torch.zeros(x.shape[1], W_h.shape[1]), []
    for x_t in x:
        i_r, i_z, i_n = (x_t @ W_i.T + b_i).chunk(3, -1)
        h_r, h_z, h_n = (h @ W_h.T + b_h).chunk(3, -1)
        z = torch.sigmoid(i_z + h_z)
        n = torch.tanh(i_n + torch.sigmoid(i_r + h_r) * h_n)
        h = z * n + (1 - z) * h
        out.append(h)
    return torch.stack(out)


torch.manual_seed(0)
gru = nn.GRU(5, 8).requires_grad_(False)
x = torch.randn(20, 3, 5)  # (time, batch, features)
out, _ = gru(x)
weights = [w.clone() for w in gru.parameters()]
for name in "W_z", "-W_z":
    far = (run(x, *weights) - out).abs().max()
    far = "< 1e-6" if far < 1e-6 else f"{far:.2f}"
    print(f"{name:4} {far}")
    for w in weights:
        w[8:16] *= -1  # z
