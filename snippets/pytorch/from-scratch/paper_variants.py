import torch
from torch import nn


def coupled(c, i, f, g, o):
    i = i.sigmoid()
    c = (1 - i) * c + i * g.tanh()
    return c, o.sigmoid() * c.tanh()


def of_1997(s, i, f, g, o):
    s = s + i.sigmoid() * (4 * g.sigmoid() - 2)
    return s, o.sigmoid() * (2 * s.sigmoid() - 1)


def far(cell):
    h, c = torch.zeros(2, 3, 8).double()
    out = []
    for x_t in x:
        a = x_t @ W_i.T + h @ W_h.T + b_i + b_h
        c, h = cell(c, *a.chunk(4, 1))
        out.append(h)
    return (torch.stack(out) - lstm(x)[0]).abs().max()


torch.manual_seed(0)
lstm = nn.LSTM(5, 8).double().requires_grad_(False)
W_i, W_h, b_i, b_h = map(torch.clone, lstm.parameters())
# (time, batch, features)
x = torch.randn(20, 3, 5).double()
for w in lstm.parameters():
    w[8:16] = -w[:8]  # f
print(f"coupled:           {far(coupled):.3f}")
for w in lstm.parameters():
    w[8:16] = 0
lstm.bias_ih_l0[8:16] = 100
print(f"1997, f = 1:       {far(of_1997):.3f}")
for w in lstm.parameters():
    w[16:24] /= 2  # g
print(f"1997, f = 1, g/2:  {far(of_1997):.3f}")
