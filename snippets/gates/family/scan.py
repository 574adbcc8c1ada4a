import torch


def p(a):
    return torch.where(a >= 0, a + 0.5, torch.sigmoid(a))


def min_gru(x, W_z, W_n):
    z = torch.sigmoid(x @ W_z.T)
    return z, (1 - z) * p(x @ W_n.T)


def min_lstm(x, W_f, W_i, W_g):
    f = torch.sigmoid(x @ W_f.T)
    i = torch.sigmoid(x @ W_i.T)
    return f / (f + i), i / (f + i) * p(x @ W_g.T)


def loop(a, b):  # h_t = a_t h_{t-1} + b_t
    h, out = torch.zeros_like(b[0]), []
    for a_t, b_t in zip(a, b, strict=True):
        h = a_t * h + b_t
        out.append(h)
    return torch.stack(out)


def scan(a, b):
    k = 1
    while k < len(a):  # k = 1, 2, 4, ...
        b = torch.cat([b[:k], b[k:] + a[k:] * b[:-k]])
        a = torch.cat([a[:k], a[k:] * a[:-k]])
        k *= 2
    return b


torch.manual_seed(0)
# (time, features)
x = torch.randn(1000, 5).double()
W = torch.randn(3, 8, 5).double()
for cell, a, b in (
    ("min_gru ", *min_gru(x, *W[:2])),
    ("min_lstm", *min_lstm(x, *W)),
):
    far = (loop(a, b) - scan(a, b)).abs().max()
    print(f"{cell} |loop - scan| < 1e-12: {far < 1e-12}")
