import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

x, lengths = torch.randn(2, 4, 10), [6, 2]
packed = pack_padded_sequence(x, lengths, batch_first=True)
print(f"{len(packed.data) = }, {sum(lengths) = }")
try:
    nn.GRU(10, 20)(packed)
except RuntimeError as e:
    print(f"{type(e).__name__}: {e}")
