import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(1, 5, 1)  # (batch, time, features)
for bias in True, False:
    gru = nn.GRU(1, 8, batch_first=True, bias=bias)
    _, right = gru(x)
    print(f"bias={bias}")
    for n in 1, 5, 50:
        zeros = torch.zeros(1, n, 1)
        _, start = gru(zeros)
        _, left = gru(torch.cat([zeros, x], dim=1))
        print(
            f"  {n:2} zeros: state {start.abs().max():.2f},",
            f"then off by {(left - right).abs().max():.2f}",
        )
