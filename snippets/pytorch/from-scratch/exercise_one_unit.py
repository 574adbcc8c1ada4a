import torch
from torch import nn


def before(x, h, W_i, W_h, b_i, b_h):
    W_hr, W_hz, W_hn = W_h.chunk(3)
    b_hr, b_hz, b_hn = b_h.chunk(3)
    for i_t in x @ W_i.T + b_i:
        i_r, i_z, i_n = i_t.chunk(3, -1)
        r = torch.sigmoid(i_r + h @ W_hr.T + b_hr)
        z = torch.sigmoid(i_z + h @ W_hz.T + b_hz)
        n = torch.tanh(i_n + (r * h) @ W_hn.T + b_hn)
        h = (1 - z) * n + z * h
    return h


torch.manual_seed(0)
gru = nn.GRU(5, 4).double().requires_grad_(False)
# (time, batch, features)
x = torch.randn(20, 3, 5).double()
h_0 = torch.zeros(3, 4).double()


def far():
    h = before(x, h_0, *gru.parameters())
    _, h_n = gru(x)
    return (h - h_n[0]).abs().max()


print(f"W_hn, b_hn:          {far():.3f}")
gru.bias_hh_l0[8:] = 0
print(f"W_hn, b_hn = 0:      {far():.3f}")
gru.weight_hh_l0[8:] *= torch.eye(4)
print(f"W_hn * I, b_hn = 0:  {far():.3f}")
