import torch
from torch import nn

torch.manual_seed(0)
gru = nn.GRU(10, 20, batch_first=True).eval()
x = torch.randn(1, 5, 10)


def init_hidden(x):
    return torch.randn(1, x.size(0), 20)


_, a = gru(x, init_hidden(x))
_, b = gru(x, init_hidden(x))
print(torch.equal(a, b), f"{(a - b).abs().max():.2f}")
_, a = gru(x)
_, b = gru(x)
print(torch.equal(a, b))
