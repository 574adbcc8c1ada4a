import torch
from torch import nn

gru, lstm = nn.GRU(3, 4), nn.LSTM(3, 4)
lstm_2 = nn.LSTM(3, 4, num_layers=2)
x = torch.randn(7, 2, 3)  # (time, batch, features)
_, h = gru(x)
_, h_2 = nn.GRU(3, 4, num_layers=2)(x)

for case, call in {
    "lstm(x, h)": lambda: lstm(x, h),
    "lstm_2(x, h_2)": lambda: lstm_2(x, h_2),
    "gru(x, (h, h))": lambda: gru(x, (h, h)),
}.items():
    try:
        call()
    except (IndexError, RuntimeError, AttributeError) as e:
        print(case)
        print(f"  {type(e).__name__}: {e}")
