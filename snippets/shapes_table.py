from itertools import product

import torch
from torch import nn

B, T, F, H, P = 3, 5, 10, 20, 6
inputs = {"time": (T, B, F), "batch": (B, T, F), "single": (T, F)}
row = "{:6} {:8} {:4} {:4} {:1}  {:8} {:8} {}".format
print(row("first", "x", "both", "proj", "L", "out", "h_n", "c_n"))
for first, both, proj_size, layers in product(
    inputs, ["no", "yes"], [0, P], [1, 2]
):
    lstm = nn.LSTM(
        F,
        H,
        layers,
        batch_first=first == "batch",
        bidirectional=both == "yes",
        proj_size=proj_size,
        device="meta",
    )
    x = torch.zeros(inputs[first], device="meta")
    out, (h_n, c_n) = lstm(x)
    shape = [
        str(list(y.shape)).replace(" ", "") for y in (x, out, h_n, c_n)
    ]
    print(row(first, shape[0], both, proj_size, layers, *shape[1:]))
