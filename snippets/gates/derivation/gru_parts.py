import torch
from torch import nn
from torch.autograd.functional import jacobian

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
D, H = 8, 64
net = nn.GRU(D, H).requires_grad_(False)
W_i, W_h, b_i, b_h = net.parameters()  # order r, z, n
W_hr, W_hz, W_hn = W_h.chunk(3)
diag = torch.diag


def step(h):
    return net(x[-1:], h[None])[0][0]


for b_z in (0, 3):
    b_i[H : 2 * H] += b_z
    x = torch.randn(50, D)
    h = net(x[:-1])[1][0]
    i_r, i_z, i_n = (W_i @ x[-1] + b_i).chunk(3)
    h_r, h_z, m = (W_h @ h + b_h).chunk(3)
    r = torch.sigmoid(i_r + h_r)
    z = torch.sigmoid(i_z + h_z)
    n = torch.tanh(i_n + r * m)
    slope = (1 - z) * (1 - n**2)
    parts = {
        "h": diag(z),
        "z": diag((h - n) * z * (1 - z)) @ W_hz,
        "n": diag(slope * r) @ W_hn,
        "r": diag(slope * m * r * (1 - r)) @ W_hr,
    }
    far = sum(parts.values()) - jacobian(step, h)
    assert far.abs().max() < 1e-12
    print(f"b_z + {b_z}:", end="")
    for way, part in parts.items():
        print(f"  {way} {part.norm() / H**0.5:.3f}", end="")
    print()
