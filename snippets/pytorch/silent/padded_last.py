import torch
from torch import nn

torch.manual_seed(0)
gru = nn.GRU(10, 20, batch_first=True)
x, lengths = torch.randn(2, 6, 10), torch.tensor([6, 3])
x[1, 3:] = 0  # padding
out, _ = gru(x)
alone = gru(x[1:, :3])[0][:, -1]
rows = torch.arange(2)
last = out[rows, lengths - 1]
print(torch.allclose(out[:, -1][1:], alone, atol=1e-6))
print(torch.allclose(last[1:], alone, atol=1e-6))
