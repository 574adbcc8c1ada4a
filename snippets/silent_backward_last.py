import torch
from torch import nn

torch.manual_seed(0)
gru = nn.GRU(10, 20, batch_first=True, bidirectional=True)
out, h_n = gru(torch.randn(3, 6, 10))
print("forward half: ", torch.equal(out[:, -1, :20], h_n[0]))
print("backward half:", torch.equal(out[:, -1, 20:], h_n[1]))
print("at step 0:    ", torch.equal(out[:, 0, 20:], h_n[1]))
print(torch.cat([h_n[-2], h_n[-1]], dim=1).shape)  # (batch, 2 hidden)
