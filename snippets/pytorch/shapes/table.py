from itertools import product

import torch
from torch import nn

B, T, F, H = 3, 5, 10, 20
inputs = (T, B, F), (B, T, F), (T, F)
row = "{:8} {:1} {:1} {:1} {:8} {:8} {}".format
print(row("x", "D", "P", "L", "out", "h_n", "c_n"))
settings = product(inputs, (1, 2), (0, 6), (1, 2))
for shape, D, P, L in settings:
    lstm = nn.LSTM(
        F,
        H,
        L,
        batch_first=shape[0] == B,
        bidirectional=D == 2,
        proj_size=P,
        device="meta",
    )
    x = torch.zeros(shape, device="meta")
    out, (h_n, c_n) = lstm(x)
    x, *shown = (
        str(list(y.shape)).replace(" ", "")
        for y in (x, out, h_n, c_n)
    )
    print(row(x, D, P, L, *shown))
