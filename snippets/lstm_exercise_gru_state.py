import torch
from torch import nn

gru, lstm = nn.GRU(3, 4), nn.LSTM(3, 4)
x = torch.randn(7, 3)
_, h = gru(x)
for case, call in {
    "LSTM given a GRU's state": lambda: lstm(x, h),
    "GRU given an LSTM's two": lambda: gru(x, (h, h)),
}.items():
    try:
        call()
    except (IndexError, AttributeError) as error:
        print(f"{case}: {type(error).__name__}: {error}")
