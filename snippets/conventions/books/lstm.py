import torch
from torch import nn


def d2l(x_t, h):
    # (batch, 5) @ (5, 32)
    return (x_t @ W_i.T + h @ W_h.T + b).chunk(4, 1)


def olah(x_t, h):
    # (32, 13) @ (13, batch)
    hx = torch.cat([h, x_t], 1).T
    return (W_hx @ hx + b[:, None]).T.chunk(4, 1)


def qiu(x_t, h):
    # (32, 13) @ (13, batch)
    xh = torch.cat([x_t, h], 1).T
    a = W_xh @ xh + b_goif[:, None]
    g, o, i, f = a.T.chunk(4, 1)
    return i, f, g, o


torch.manual_seed(0)
lstm = nn.LSTM(5, 8).requires_grad_(False)
W_i, W_h, b_i, b_h = lstm.parameters()
b = b_i + b_h
W_hx = torch.cat([W_h, W_i], 1)
i, f, g, o = torch.cat([W_i, W_h], 1).chunk(4)
W_xh = torch.cat([g, o, i, f])
i, f, g, o = b.chunk(4)
b_goif = torch.cat([g, o, i, f])

x = torch.randn(20, 3, 5)  # (time, batch, features)
out, _ = lstm(x)
for book in d2l, qiu, olah:
    h, c = torch.zeros(2, 3, 8)
    far = 0
    for x_t, out_t in zip(x, out, strict=True):
        i, f, g, o = book(x_t, h)
        c = f.sigmoid() * c + i.sigmoid() * g.tanh()
        h = o.sigmoid() * c.tanh()
        far = max(far, (h - out_t).abs().max())
    far = "< 1e-6" if far < 1e-6 else f"{far:.3f}"
    print(f"{book.__name__:4} {far}")
