import torch
from torch.nn.utils.rnn import (
    pack_padded_sequence,
    pad_packed_sequence,
)

x, lengths = torch.randn(2, 6, 10), torch.tensor([5.9, 3.2])
packed = pack_padded_sequence(
    x, lengths.cpu(), batch_first=True
)
print(pad_packed_sequence(packed)[1])
