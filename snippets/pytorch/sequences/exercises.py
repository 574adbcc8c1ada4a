import torch
from torch.nn.utils.rnn import (
    pack_padded_sequence,
    pad_packed_sequence,
)


def show(exercise, **numbers):
    for name, number in numbers.items():
        print(exercise, name, f"{round(number, 3):g}")


# (batch, time, features)
x, lengths = torch.full((2, 5, 1), 0.6), [5, 3]
packed = pack_padded_sequence(x, lengths, batch_first=True)
out, _ = pad_packed_sequence(packed, batch_first=True)
row, steps = out[1], lengths[1]
show(
    "sequences_mean",
    right=out.mean(1)[1].item(),
    own=row[:steps].mean().item(),
    total=row.sum().item(),
    padding=(row.sum() / (len(row) - steps)).item(),
)
