import torch
from torch import nn

torch.set_printoptions(precision=3, sci_mode=False)
torch.manual_seed(1)
lstm = nn.LSTM(input_size=3, hidden_size=2)
lstm.requires_grad_(False)
lstm.weight_hh_l0.zero_()  # so that h does not reach c
x = torch.randn(5, 3)  # (time, features), one sequence

for b_io in (-100, 0, 100):
    lstm.bias_ih_l0[6:8] = b_io  # order i, f, g, o
    _, (h, c) = lstm(x)
    print(f"b_io = {b_io}")
    print("  h =", h[0])
    print("  c =", c[0])
