import torch
from torch import nn
from torch.autograd.functional import jacobian

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
D, H = 8, 64
net = nn.LSTM(D, H).requires_grad_(False)
W_i, W_h, b_i, b_h = net.parameters()  # order i, f, g, o
W_hi, W_hf, W_hg, _ = W_h.chunk(4)
diag, tanh = torch.diag, torch.tanh


def gates(x, h):
    a = W_i @ x + b_i + W_h @ h + b_h
    i, f, g, o = a.chunk(4)
    i, f, o = torch.sigmoid(torch.stack([i, f, o]))
    return i, f, tanh(g), o


def step(c):  # c_{t-1} -> h_{t-1} -> c_t
    i, f, g, _ = gates(x[-1], o * tanh(c))
    return f * c + i * g


for b_f in (0, 3):
    b_i[H : 2 * H] += b_f
    x = torch.randn(50, D)
    h, c = torch.zeros(2, H)
    for x_t in x[:-1]:
        i, f, g, o = gates(x_t, h)
        c = f * c + i * g
        h = o * tanh(c)
    i, f, g, _ = gates(x[-1], h)
    slope = diag(o * (1 - tanh(c) ** 2))
    parts = {
        "c": diag(f),
        "f": diag(c * f * (1 - f)) @ W_hf @ slope,
        "i": diag(g * i * (1 - i)) @ W_hi @ slope,
        "g": diag(i * (1 - g**2)) @ W_hg @ slope,
    }
    far = sum(parts.values()) - jacobian(step, c)
    assert far.abs().max() < 1e-12
    print(f"b_f + {b_f}:", end="")
    for way, part in parts.items():
        print(f"  {way} {part.norm() / H**0.5:.3f}", end="")
    print()
