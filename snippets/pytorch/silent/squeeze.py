import torch
from torch import nn

gru, fc = nn.GRU(10, 20, batch_first=True), nn.Linear(20, 1)
for batch in 2, 1:
    # (batch, channel, time, features)
    x = torch.randn(batch, 1, 5, 10)
    for name, y in {
        "squeeze()": x.squeeze(),
        "squeeze(1)": x.squeeze(1),
    }.items():
        print(batch, name, tuple(fc(gru(y)[1][-1]).shape))
