import torch
from torch.nn.functional import logsigmoid


def gates(i, f, m):  # exp(i) and sigmoid(f), times exp(-m)
    f = logsigmoid(f) + m
    m = torch.maximum(f, i)
    return torch.exp(i - m), torch.exp(f - m), m


def s_lstm(x, W, R, b):
    h, c, s = torch.zeros(3, len(b) // 4)
    m, out = torch.full_like(h, -torch.inf), []
    for x_t in x:
        i, f, g, o = (W @ x_t + R @ h + b).chunk(4)
        i, f, m = gates(i, f, m)
        c = f * c + i * torch.tanh(g)
        s = f * s + i
        h = torch.sigmoid(o) * c / s
        out.append(h)
    return torch.stack(out)


def m_lstm(x, W, w_i, w_f):
    d = len(W) // 4
    C, s = torch.zeros(d, d), torch.zeros(d)
    m, out = torch.tensor(-torch.inf), []
    for x_t in x:
        q, k, v, o = (W @ x_t).chunk(4)
        i, f, m = gates(w_i @ x_t, w_f @ x_t, m)
        C = f * C + i * torch.outer(v, k) / d**0.5
        s = f * s + i * k / d**0.5
        least = torch.maximum((s @ q).abs(), torch.exp(-m))
        out.append(torch.sigmoid(o) * (C @ q) / least)
    return torch.stack(out)


torch.manual_seed(0)
# (time, features)
x = torch.randn(50, 5)
W, R = torch.randn(32, 5), torch.randn(32, 8)
b = torch.zeros(32)
h = s_lstm(x, W, R, b)
b[:8] = 1000  # i = exp(1000 + ...)
far = (s_lstm(x, W, R, b) - h).abs().max()
print(f"b[:8] = 1000: |h - s_lstm| < 1e-3: {far < 1e-3}")
