import torch
from torch import nn
from torch.nn.utils.rnn import (
    PackedSequence,
    pack_padded_sequence,
    pad_packed_sequence,
)


def on_data(f, packed: PackedSequence) -> PackedSequence:
    return packed._replace(data=f(packed.data))


torch.manual_seed(0)
first = nn.GRU(3, 8, batch_first=True)
between = nn.Sequential(nn.Linear(8, 4), nn.ReLU())
second = nn.GRU(4, 8, batch_first=True)
x, lengths = torch.randn(3, 5, 3), [2, 5, 3]

packed = pack_padded_sequence(
    x, lengths, batch_first=True, enforce_sorted=False
)
packed, _ = first(packed)
try:
    between(packed)
except TypeError as e:
    print(f"TypeError: {e}")
packed = on_data(between, packed)
out, _ = pad_packed_sequence(packed, batch_first=True)
_, h_n = second(packed)
for i, n in enumerate(lengths):
    steps = between(first(x[i, :n])[0])
    same = torch.allclose(out[i, :n], steps, atol=1e-6)
    _, alone = second(steps)
    print(same, torch.allclose(h_n[:, i], alone, atol=1e-6))
