import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(1, 5, 1)  # (batch, time, features)
for bias in True, False:
    gru = nn.GRU(1, 8, batch_first=True, bias=bias)
    _, right = gru(x)
    print(f"{bias = }")
    print("   n |start| |left - right|")
    for n in 1, 5, 50:
        zeros = torch.zeros(1, n, 1)
        _, start = gru(zeros)
        _, left = gru(torch.cat([zeros, x], dim=1))
        size = start.abs().max()
        off = (left - right).abs().max()
        print(f"  {n:2} {size:7.2f} {off:14.2f}")
