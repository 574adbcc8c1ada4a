import torch
from torch import nn


def run(x, before, flipped, W_i, W_h, b_i, b_h):
    h = torch.zeros(x.shape[1], W_h.shape[1]).double()
    out = []
    W_hr, W_hz, W_hn = W_h.chunk(3)
    b_hr, b_hz, b_hn = b_h.chunk(3)
    for i_t in x @ W_i.T + b_i:
        i_r, i_z, i_n = i_t.chunk(3, -1)
        r = torch.sigmoid(i_r + h @ W_hr.T + b_hr)
        z = torch.sigmoid(i_z + h @ W_hz.T + b_hz)
        if before:
            n = torch.tanh(i_n + (r * h) @ W_hn.T + b_hn)
        else:
            n = torch.tanh(i_n + r * (h @ W_hn.T + b_hn))
        if flipped:
            h = (1 - z) * h + z * n
        else:
            h = (1 - z) * n + z * h
        out.append(h)
    return torch.stack(out)


torch.manual_seed(0)
gru = nn.GRU(5, 8).double().requires_grad_(False)
# (time, batch, features)
x = torch.randn(20, 3, 5).double()
nn_gru, _ = gru(x)
weights = list(gru.parameters())
negated = [w.clone() for w in weights]
for w in negated:
    w[8:16] *= -1  # z
print(f"{'':20} {'weights':>11} {'negated':>10}")
for name, before, flipped in (
    ("nn.GRU", False, False),
    ("Cho", True, False),
    ("Deep Speech 2", False, True),
    ("Chung", True, True),
):
    far = [
        (run(x, before, flipped, *W) - nn_gru).abs().max()
        for W in (weights, negated)
    ]
    print(f"{name:20} {far[0]:11.3f} {far[1]:10.3f}")
