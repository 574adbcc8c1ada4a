import torch
from torch.nn.utils.rnn import pack_padded_sequence

x, lengths = torch.randn(3, 5, 10), [5, 4, 2]
try:
    pack_padded_sequence(x, lengths)
except RuntimeError as e:
    print(f"{type(e).__name__}: {e}")
