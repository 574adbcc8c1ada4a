import torch
from torch import nn

torch.manual_seed(0)
lstm = nn.LSTM(input_size=3, hidden_size=2).requires_grad_(False)
lstm.weight_hh_l0.zero_()  # no way but the top line
x = torch.randn(100, 3)  # (time, features), one sequence
h_0 = torch.zeros(1, 2)

for f_bias in (0, 100):
    lstm.bias_ih_l0[2:4] = f_bias  # order i, f, g, o
    c_0 = torch.zeros(1, 2, requires_grad=True)
    _, (_, c) = lstm(x, (h_0, c_0))
    c.sum().backward()
    left = ["< 1e-15" if v < 1e-15 else f"{v:.2f}" for v in c_0.grad[0]]
    print(f"f's bias {f_bias:3}: gradient 100 steps back:", *left)
