import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

for dtype, small in (
    (torch.float32, 1e-5),
    (torch.float64, 1e-13),
):
    torch.manual_seed(0)
    gru = nn.GRU(16, 128, batch_first=True, dtype=dtype)
    x = torch.randn(64, 50, 16, dtype=dtype)
    _, h_n = gru(x)
    _, alone = gru(x[:1])
    lengths = torch.full((64,), 49)
    lengths[0] = 50
    packed = pack_padded_sequence(
        x, lengths.cpu(), batch_first=True
    )
    _, packed_h_n = gru(packed)
    for other in alone, packed_h_n:
        gap = (h_n[:, :1] - other[:, :1]).abs().max().item()
        print(dtype, gap < small)
