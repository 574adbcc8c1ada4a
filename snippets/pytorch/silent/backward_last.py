import torch
from torch import nn

torch.manual_seed(0)
gru = nn.GRU(10, 20, batch_first=True, bidirectional=True)
out, h_n = gru(torch.randn(3, 6, 10))
print(f"{torch.equal(out[:, -1, :20], h_n[0]) = }")
print(f"{torch.equal(out[:, -1, 20:], h_n[1]) = }")
print(f"{torch.equal(out[:, 0, 20:], h_n[1]) = }")
# (batch, 2 hidden)
print(torch.cat([h_n[-2], h_n[-1]], dim=1).shape)
