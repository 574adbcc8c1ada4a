import torch
from torch import nn

torch.manual_seed(0)
gru = nn.GRU(10, 20, num_layers=2, batch_first=True)
x = torch.randn(3, 5, 10)  # (batch, time, input_size)
out, h_n = gru(x)

h, columns = None, []
for t in range(5):
    _, h = gru(x[:, t : t + 1], h)
    columns.append(h)
# (layer, batch, time, hidden)
grid = torch.stack(columns, dim=2)
print("grid", tuple(grid.shape))
print("out ", tuple(out.shape))
print("h_n ", tuple(h_n.shape))
top, last = grid[-1], grid[:, :, -1]
print(f"{torch.allclose(out, top, atol=1e-6) = }")
print(f"{torch.allclose(h_n, last, atol=1e-6) = }")
print(f"{torch.equal(out[:, -1], h_n[-1]) = }")
