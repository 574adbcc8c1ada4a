import torch
from torch import nn

torch.manual_seed(0)
lstm = nn.LSTM(10, 20, num_layers=2)
out, h = lstm(torch.randn(5, 3, 10))
h_n, c_n = h
print(torch.equal(h[-1], c_n), tuple(h[-1].shape))
print(torch.equal(out[-1], h_n[-1]), tuple(h_n[-1].shape))
