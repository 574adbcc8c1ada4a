import torch
from torch import nn

torch.manual_seed(0)
gru = nn.GRU(10, 20, num_layers=2, dropout=1.0)
x = torch.randn(5, 3, 10)
out, _ = gru(x)
print(f"{(out == 0).sum().item() = }")
print(f"{torch.equal(out, gru(2 * x)[0]) = }")
