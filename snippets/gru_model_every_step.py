import torch
from torch import nn

gru = nn.GRU(input_size=10, hidden_size=20, num_layers=2, batch_first=True)
fc = nn.Linear(20, 1)
out, _ = gru(torch.randn(3, 5, 10))  # (batch, time, hidden_size)
print(tuple(fc(out).shape))
