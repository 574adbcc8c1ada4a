import torch
from torch import nn

lstm = nn.LSTM(10, 20, num_layers=2)
x, state = torch.randn(5, 3, 10), torch.zeros(2, 3, 20)
for call in (
    lambda: lstm(x, (state[:1], state)),
    lambda: lstm(x, (state, state[:1])),
):
    try:
        call()
    except RuntimeError as e:
        print(f"{type(e).__name__}: {e}")
