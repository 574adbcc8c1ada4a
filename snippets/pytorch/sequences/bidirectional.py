import torch
from torch import nn
from torch.nn.utils.rnn import (
    pack_padded_sequence,
    pad_packed_sequence,
)

torch.manual_seed(0)
H = 8
gru = nn.GRU(1, H, batch_first=True, bidirectional=True)
lengths = torch.tensor([5, 12])
x = torch.randn(2, 12, 1)  # (batch, time, features)
x[0, 5:] = 0
# (time, 2 * hidden), (2, hidden)
alone, right = gru(x[0, :5])

out, h_n = gru(x)
packed = pack_padded_sequence(
    x, lengths.cpu(), batch_first=True, enforce_sorted=False
)
packed_out, packed_h_n = gru(packed)
packed_out, _ = pad_packed_sequence(
    packed_out, batch_first=True
)


def report(name, forward, backward):
    off = [
        (forward - right[0]).abs().max(),
        (backward - right[1]).abs().max(),
    ]
    print(f"{name:18} {off[0]:7.2f} {off[1]:8.2f}")


print(f"{'':18} forward backward")
report("out[:, -1]", *out[0, -1].split(H))
report("out[:, 4]", *out[0, 4].split(H))
report("h_n", *h_n[:, 0])
report("packed_out[:, 4]", *packed_out[0, 4].split(H))
report("packed_h_n", *packed_h_n[:, 0])

for name, steps in ("out", out), ("packed_out", packed_out):
    off = (steps[0, :5, H:] - alone[:, H:]).abs().amax(-1)
    print(f"{name}[:, :5, H:]")
    print(" ", *[f"{value:.2f}" for value in off.tolist()])
