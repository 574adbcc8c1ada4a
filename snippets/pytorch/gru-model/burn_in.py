import torch
from torch import nn

torch.manual_seed(0)
gru = nn.GRU(3, 32, batch_first=True)
x = torch.randn(64, 30, 3)
_, h = gru(x)
for n in 5, 10, 20:
    with torch.no_grad():  # burn in: no gradient
        _, burnt = gru(x[:, -n:])
    print(n, f"{(burnt - h).abs().max():.0e}")
