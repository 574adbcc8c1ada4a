import torch
from torch import nn

lstm = nn.LSTM(10, 20)
out, state = lstm(torch.randn(5, 3, 10))
try:
    state.detach()
except AttributeError as e:
    print(f"{type(e).__name__}: {e}")
