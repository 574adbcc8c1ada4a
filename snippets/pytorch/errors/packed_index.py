import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

x, lengths = torch.randn(2, 5, 10), [5, 2]
packed = pack_padded_sequence(x, lengths, batch_first=True)
out, h_n = nn.GRU(10, 20)(packed)
for call in (
    lambda: out[:, -1],
    lambda: out.shape,
    lambda: packed.dim(),
):
    try:
        call()
    except (AttributeError, TypeError) as e:
        print(f"{type(e).__name__}: {e}")
