import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence


def gru_step(i, h, W_h, b_h):
    i_r, i_z, i_n = i.chunk(3, -1)
    h_r, h_z, h_n = (h @ W_h.T + b_h).chunk(3, -1)
    r = torch.sigmoid(i_r + h_r)
    z = torch.sigmoid(i_z + h_z)
    n = torch.tanh(i_n + r * h_n)
    return (1 - z) * n + z * h


def gru_packed(
    rows, sizes, h, W_i, W_h, b_i, b_h, reverse=False
):
    steps = (rows @ W_i.T + b_i).split(sizes)
    out, order = [None] * len(steps), range(len(steps))
    for t in reversed(order) if reverse else order:
        out[t] = gru_step(steps[t], h[: sizes[t]], W_h, b_h)
        # (batch, hidden)
        h = torch.cat((out[t], h[sizes[t] :]))
    return torch.cat(out), h


torch.manual_seed(0)
gru = nn.GRU(5, 8, bidirectional=True).double()
x = torch.randn(5, 3, 5).double()  # (time, batch, features)
packed = pack_padded_sequence(x, [5, 4, 2])
sizes = packed.batch_sizes.tolist()
print(f"{sizes = }")
print("x", tuple(x.shape), "data", tuple(packed.data.shape))

rows, W = packed.data, list(gru.parameters())
h_0 = torch.zeros(3, 8).double()
ahead, h_ahead = gru_packed(rows, sizes, h_0, *W[:4])
back, h_back = gru_packed(rows, sizes, h_0, *W[4:], True)

out, h_n = gru(packed)
both = torch.cat((ahead, back), -1)  # (rows, 2 * hidden)
last = torch.stack((h_ahead, h_back))
near = dict(rtol=0, atol=1e-12)
print("out", torch.allclose(both, out.data, **near))
print("h_n", torch.allclose(last, h_n, **near))
