import torch
from torch import nn

torch.manual_seed(0)
layers, batch, H = 2, 3, 20
lstm = nn.LSTM(
    10, H, layers, batch_first=True, bidirectional=True
)
out, (h_n, c_n) = lstm(torch.randn(batch, 5, 10))
print("out", tuple(out.shape))
print("h_n", tuple(h_n.shape), " c_n", tuple(c_n.shape))

# (layer, direction, batch, hidden)
h = h_n.view(layers, 2, batch, H)
print(f"{torch.equal(h[-1, 0], out[:, -1, :H]) = }")
print(f"{torch.equal(h[-1, 1], out[:, 0, H:]) = }")

both = torch.cat([h_n[-2], h_n[-1]], dim=-1)
print("both", tuple(both.shape))
