import torch
from torch import nn


def lstm_layer(x, h, c, W_i, W_h, b_i, b_h):
    out = []
    for i_t in x @ W_i.T + b_i:  # (batch, 4 * hidden)
        i, f, g, o = (i_t + h @ W_h.T + b_h).chunk(4, -1)
        kept = torch.sigmoid(f) * c
        c = kept + torch.sigmoid(i) * torch.tanh(g)
        h = torch.sigmoid(o) * torch.tanh(c)
        out.append(h)
    return torch.stack(out), h, c


limits = {torch.float32: 1e-6, torch.float64: 1e-12}
for dtype, limit in limits.items():
    torch.manual_seed(0)
    lstm = nn.LSTM(5, 8).to(dtype)
    # (time, batch, features)
    x = torch.randn(20, 3, 5, dtype=dtype)
    h_0, c_0 = torch.randn(2, 1, 3, 8, dtype=dtype)

    weights = lstm.parameters()
    out, h_n, c_n = lstm_layer(x, h_0[0], c_0[0], *weights)
    theirs, (last_h, last_c) = lstm(x, (h_0, c_0))
    near = dict(rtol=0, atol=limit)
    print(f"{dtype}, {limit = }")
    print("  out", torch.allclose(out, theirs, **near))
    print("  h_n", torch.allclose(h_n, last_h[0], **near))
    print("  c_n", torch.allclose(c_n, last_c[0], **near))
