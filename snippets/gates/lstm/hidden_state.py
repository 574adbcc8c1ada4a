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
o = torch.tensor([0.731, 0.119])
for c in torch.tensor([[2.0, -1], [1000, -1000]]):
    _, (h_t, c_t) = lstm(x[None], (h[None], c[None]))
    print("c_t:    ", c_t[0])
    print("h_t:    ", o * torch.tanh(c_t[0]))
    print("nn.LSTM:", h_t[0])
