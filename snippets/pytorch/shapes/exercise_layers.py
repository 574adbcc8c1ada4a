import torch
from torch import nn

lstm = nn.LSTM(
    input_size=40,
    hidden_size=64,
    num_layers=3,
    batch_first=True,
    bidirectional=True,
)
out, (h_n, c_n) = lstm(torch.zeros(8, 30, 40))
print(tuple(out.shape), tuple(h_n.shape), tuple(c_n.shape))
