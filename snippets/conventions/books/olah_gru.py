import torch
from torch import nn


def run(x, W_z, W_r, W):
    h, out = torch.zeros(x.shape[1], 8), []
    for x_t in x:
        hx = torch.cat([h, x_t], 1)
        z = torch.sigmoid(hx @ W_z.T)
        r = torch.sigmoid(hx @ W_r.T)
        rhx = torch.cat([r * h, x_t], 1)
        n = torch.tanh(rhx @ W.T)
        h = (1 - z) * h + z * n
        out.append(h)
    return torch.stack(out)


def to_gru(W_z, W_r, W):
    gru = nn.GRU(5, 8, bias=False)
    W_h, W_i = torch.cat([W_r, W_z, W]).split([8, 5], 1)
    with torch.no_grad():
        gru.weight_hh_l0.copy_(W_h)
        gru.weight_ih_l0.copy_(W_i)
    return gru.requires_grad_(False)


torch.manual_seed(0)
W_z, W_r, W = 0.5 * torch.randn(3, 8, 13)
only = W.clone()  # h: its diagonal
only[:, :8] = torch.diag(W.diag())
x = torch.randn(20, 3, 5)  # (time, batch, features)
print(f"{'':6}{'W_z':>8}{'-W_z':>8}")
for name, n in ("W", W), ("diag", only):
    out = run(x, W_z, W_r, n)
    row = [
        (to_gru(s * W_z, W_r, n)(x)[0] - out).abs().max()
        for s in (1, -1)
    ]
    row = [
        f"{v:.3f}" if v > 1e-6 else "< 1e-6" for v in row
    ]
    print(f"{name:6}{row[0]:>8}{row[1]:>8}")
