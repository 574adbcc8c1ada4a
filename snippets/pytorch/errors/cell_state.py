import torch
from torch import nn

cell = nn.LSTMCell(10, 20)
try:
    cell(torch.randn(3, 10), torch.zeros(3, 20))
except TypeError as e:
    print(f"{type(e).__name__}: {e}")
