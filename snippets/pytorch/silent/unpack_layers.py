import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(5, 3, 10)
gru = nn.GRU(10, 20, num_layers=2)
out, (h, c) = gru(x)
print(f"{torch.equal(c, out[-1]) = }")
