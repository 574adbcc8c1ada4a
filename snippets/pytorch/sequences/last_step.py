import torch
from torch import nn
from torch.nn.utils.rnn import (
    pack_padded_sequence,
    pad_sequence,
)

torch.manual_seed(0)
gru = nn.GRU(1, 8, batch_first=True)
lengths = torch.tensor([2, 5, 12])
sequences = [torch.randn(n, 1) for n in lengths]
# (batch, time, features)
x = pad_sequence(sequences, batch_first=True)
out, h_n = gru(x)  # (batch, time, hidden)

packed = pack_padded_sequence(
    x, lengths.cpu(), batch_first=True, enforce_sorted=False
)
_, right = gru(packed)
right = right[-1]  # (batch, hidden)

rows = torch.arange(len(lengths))
indexed = out[rows, lengths - 1]
last = (lengths - 1).to(out.device).view(-1, 1, 1)
last = last.expand(-1, 1, out.size(-1))
gathered = out.gather(1, last).squeeze(1)

for name, state in {
    "out[:, -1]": out[:, -1],
    "h_n[-1]": h_n[-1],
    "out[rows, lengths - 1]": indexed,
    "out.gather(1, last)": gathered,
}.items():
    off = (state - right).abs().amax(-1).tolist()
    print(f"{name:22}", *[f"{value:.2f}" for value in off])
