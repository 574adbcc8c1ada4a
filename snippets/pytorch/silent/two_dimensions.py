import torch
from torch import nn

samples = torch.randn(32, 10)  # (batch, features)
gru = nn.GRU(10, 20, batch_first=True)
for x in samples, samples.unsqueeze(1):
    out, h_n = gru(x)
    print(x.dim(), "out", tuple(out.shape), end=" ")
    print("h_n", tuple(h_n.shape))
