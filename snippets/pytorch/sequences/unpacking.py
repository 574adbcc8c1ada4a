import torch
from torch import nn
from torch.nn.utils.rnn import (
    PackedSequence,
    pack_padded_sequence,
    pad_packed_sequence,
)

torch.manual_seed(0)
gru = nn.GRU(1, 8, batch_first=True)
x = torch.randn(3, 6, 1)  # (batch, time, features)
lengths = torch.tensor([2, 1, 4])
packed = pack_padded_sequence(
    x, lengths.cpu(), batch_first=True, enforce_sorted=False
)
out, h_n = gru(packed)
print(f"{isinstance(out, PackedSequence) = }")

for i, n in enumerate(lengths):
    _, alone = gru(x[i, :n])
    same = torch.allclose(h_n[:, i], alone, atol=1e-6)
    print(f"h_n[:, {i}] {same = }")

short, _ = pad_packed_sequence(out, batch_first=True)
full, back = pad_packed_sequence(
    out, batch_first=True, total_length=6
)
print("x", tuple(x.shape), "lengths", back.tolist())
print("short", tuple(short.shape))
print("full ", tuple(full.shape))
print(f"{full[0, 2:].abs().max().item() = }")

steps = torch.arange(6, device=x.device)
# (batch, time)
mask = steps < lengths.to(x.device)[:, None]
try:
    short * mask[..., None]
except RuntimeError as error:
    print(f"{type(error).__name__}: {error}")
