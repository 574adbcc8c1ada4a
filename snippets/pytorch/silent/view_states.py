import torch
from torch import nn

torch.manual_seed(0)
gru = nn.GRU(10, 2, num_layers=2, batch_first=True)
# (layers, batch, hidden)
_, h_n = gru(torch.randn(3, 5, 10))
right = torch.cat([h_n[0], h_n[1]], dim=1)
print(torch.equal(h_n.view(3, -1), right))
states = h_n.transpose(0, 1)  # (batch, layers, hidden)
print(torch.equal(states.reshape(3, -1), right))
