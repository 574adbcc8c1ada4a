import torch
from torch import nn

torch.manual_seed(0)
gru = nn.GRU(10, 20, num_layers=2, batch_first=True)
x = torch.randn(3, 5, 10)  # (batch, time, input_size)
# (batch, num_layers, hidden_size)
start = torch.randn(3, 2, 20)

_, h_n = gru(x, start.transpose(0, 1).contiguous())
_, alone = gru(x[1], start[1])
print(torch.allclose(h_n[:, 1], alone, atol=1e-6))
