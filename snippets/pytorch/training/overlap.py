import torch
from torch import nn

torch.manual_seed(0)
gru = nn.GRU(1, 8, batch_first=True)
x = torch.randn(1, 40, 1)  # (batch, time, features)
whole, _ = gru(x)  # (batch, time, hidden)

for stride in 10, 5:
    h, off = None, []
    for start in range(0, 31, stride):
        out, h = gru(x[:, start : start + 10], h)
        first = out[:, 0] - whole[:, start]
        off.append(f"{first.abs().max().item():.1f}")
    print(f"{stride = }:", *off)
