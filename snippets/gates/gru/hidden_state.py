import torch
from torch import nn

torch.set_printoptions(precision=3, sci_mode=False)
gru = nn.GRU(input_size=1, hidden_size=2)
gru.requires_grad_(False)
# rows: 2 of r, 2 of z, 2 of n
W_i, W_h, b_i, b_h = gru.parameters()
W_i[:] = torch.tensor([[1.0], [-1], [-1], [1], [2], [-1]])
W_h[:] = torch.tensor(
    [[2.0, 0], [0, 1], [0, 0], [0, -1], [0, -1], [2, 0]]
)
b_i[:], b_h[:] = 0, torch.tensor([0.0, 0, 0, 0, 0, 1])

x, h = torch.tensor([1.0]), torch.tensor([0.5, -1.0])
z = torch.tensor([0.269, 0.881])
n = torch.tensor([0.994, -0.642])
print("h_t:   ", (1 - z) * n + z * h)
print("nn.GRU:", gru(x[None], h[None])[1][0])
