import torch
from torch import nn

torch.manual_seed(0)
lstm = nn.LSTM(input_size=3, hidden_size=2)
lstm.requires_grad_(False)
lstm.weight_hh_l0.zero_()  # no way but the top line
x = torch.randn(100, 3)  # (time, features), one sequence
h_0 = torch.zeros(1, 2)

for b_if in (0, 100):
    lstm.bias_ih_l0[2:4] = b_if  # order i, f, g, o
    c_0 = torch.zeros(1, 2, requires_grad=True)
    _, (_, c) = lstm(x, (h_0, c_0))
    c.sum().backward()
    left = [
        "< 1e-15" if v < 1e-15 else f"{v:.2f}"
        for v in c_0.grad[0]
    ]
    print(f"b_if = {b_if:3}:", *left)
