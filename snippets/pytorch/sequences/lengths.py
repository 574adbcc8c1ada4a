import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

gru = nn.GRU(1, 8, batch_first=True)
x = torch.randn(3, 4, 1)  # (batch, time, features)

for lengths in (
    torch.tensor([3.9, 2.5, 1.2]),
    [3, 2, 1],
    [6, 3, 2],
    [2, 1, 4],
    [3, 2, 0],
    [3, 2],
    torch.tensor([3, 2, 1], device="meta"),
):
    print(lengths)
    try:
        packed = pack_padded_sequence(
            x, lengths, batch_first=True
        )
        print("  batch_sizes", packed.batch_sizes.tolist())
        out, h_n = gru(packed)
        print("  h_n", tuple(h_n.shape))
    except RuntimeError as error:
        message, _, _ = str(error).partition(".")
        print(f"  {type(error).__name__}: {message}")
