import torch
from torch import nn

NAMES = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")


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


def gru_stack(x, h_0, weights, num_layers, suffixes):
    starts, h_n = iter(h_0), []
    for layer in range(num_layers):
        halves = []
        for suffix in suffixes:
            end = f"l{layer}{suffix}"
            W = [weights[f"{name}_{end}"] for name in NAMES]
            seen = x.flip(0) if suffix else x
            out, h = gru_layer(seen, next(starts), *W)
            halves.append(out.flip(0) if suffix else out)
            h_n.append(h)
        # (time, batch, directions * hidden)
        x = torch.cat(halves, -1)
    return x, torch.stack(h_n)


for suffixes in [""], ["", "_reverse"]:
    torch.manual_seed(0)
    both = len(suffixes) == 2
    gru = nn.GRU(5, 8, 3, bidirectional=both).double()
    # (time, batch, features)
    x = torch.randn(20, 4, 5).double()
    h_0 = torch.randn(3 * len(suffixes), 4, 8).double()
    weights = gru.state_dict()
    out, h_n = gru_stack(x, h_0, weights, 3, suffixes)
    theirs, last = gru(x, h_0)
    near = dict(rtol=0, atol=1e-12)
    print(f"{len(suffixes) = }")
    print("  out", torch.allclose(out, theirs, **near))
    print("  h_n", torch.allclose(h_n, last, **near))
