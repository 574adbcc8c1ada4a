import torch
from torch.nn.utils.rnn import (
    pack_padded_sequence,
    pad_packed_sequence,
)

x, lengths = torch.randn(2, 10, 4), [6, 2]
packed = pack_padded_sequence(x, lengths, batch_first=True)
for total in None, x.shape[1]:
    out, _ = pad_packed_sequence(
        packed, batch_first=True, total_length=total
    )
    print(total, tuple(out.shape))
