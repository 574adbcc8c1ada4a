import torch
from torch.nn.utils.rnn import pack_padded_sequence

x, lengths = torch.randn(2, 5, 10), [5, 0]
try:
    pack_padded_sequence(x, lengths, batch_first=True)
except RuntimeError as e:
    print(f"{type(e).__name__}: {e}")
