import torch
from torch import nn

torch.set_printoptions(precision=3, sci_mode=False)
lstm = nn.LSTM(input_size=1, hidden_size=2)
lstm.requires_grad_(False)
# 2 rows each: i, f, g, o
W_i, W_h, b_i, b_h = lstm.parameters()
W_i[:, 0] = torch.tensor([-1.0, 0, 1, 0, -1, 1, 0, -1])
W_h[:4] = torch.tensor([[0.0, 2], [0, -2], [2, 0], [0, 2]])
W_h[4:] = torch.tensor([[0.0, 0], [2, 0], [2, 0], [0, 2]])
b_i[:], b_h[:] = 0, 0

x, h = torch.tensor([1.0]), torch.tensor([0.5, -0.5])
c = torch.tensor([2.0, -1.0])
f = torch.tensor([0.881, 0.269])
i = torch.tensor([0.119, 0.731])
g = torch.tensor([-0.762, 0.964])
print("c_t:    ", f * c + i * g)
_, (_, c_t) = lstm(x[None], (h[None], c[None]))
print("nn.LSTM:", c_t[0])
