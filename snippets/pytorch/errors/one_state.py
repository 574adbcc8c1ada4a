import torch
from torch import nn

x = torch.randn(5, 3, 10)
one, two = nn.LSTM(10, 20), nn.LSTM(10, 20, num_layers=2)
for call in (
    lambda: one(x, torch.zeros(1, 3, 20)),
    lambda: two(x, torch.zeros(2, 3, 20)),
):
    try:
        call()
    except (IndexError, RuntimeError) as e:
        print(f"{type(e).__name__}: {e}")
