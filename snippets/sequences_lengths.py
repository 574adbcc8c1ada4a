import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

gru = nn.GRU(1, 8, batch_first=True)
x = torch.randn(3, 4, 1)  # (batch, time, features)


def attempt(name, lengths):
    print(f"{name}:")
    try:
        packed = pack_padded_sequence(x, lengths, batch_first=True)
        print("  packed, batch_sizes", packed.batch_sizes.tolist())
        gru(packed)
        print("  ran")
    except RuntimeError as error:
        print(" ", str(error).split(".")[0])


attempt("fractions", torch.tensor([3.9, 2.5, 1.2]))
attempt("too short", [3, 2, 1])
attempt("too long", [6, 3, 2])
attempt("unsorted", [2, 1, 4])
attempt("empty", [3, 2, 0])
attempt("one missing", [3, 2])
attempt("not on the CPU", torch.tensor([3, 2, 1], device="meta"))
