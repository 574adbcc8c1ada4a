import torch
from torch import nn


def gru_layer(x, h, W_i, W_h, b_i, b_h):
    i = x @ W_i.T + b_i  # (time, batch, 3 * hidden)
    out = []
    for i_t in i:
        # each (batch, hidden)
        i_r, i_z, i_n = i_t.chunk(3, -1)
        h_r, h_z, h_n = (h @ W_h.T + b_h).chunk(3, -1)
        r = torch.sigmoid(i_r + h_r)
        z = torch.sigmoid(i_z + h_z)
        n = torch.tanh(i_n + r * h_n)
        h = (1 - z) * n + z * h
        out.append(h)
    return torch.stack(out), h


limits = {torch.float32: 1e-6, torch.float64: 1e-12}
for dtype, limit in limits.items():
    torch.manual_seed(0)
    gru = nn.GRU(5, 8).to(dtype)
    # (time, batch, features)
    x = torch.randn(20, 3, 5, dtype=dtype)
    h_0 = torch.randn(1, 3, 8, dtype=dtype)

    out, h_n = gru_layer(x, h_0[0], *gru.parameters())
    theirs, last = gru(x, h_0)
    near = dict(rtol=0, atol=limit)
    print(f"{dtype}, {limit = }")
    print("  out", torch.allclose(out, theirs, **near))
    print("  h_n", torch.allclose(h_n, last[0], **near))
