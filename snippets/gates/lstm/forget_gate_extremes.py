from math import log

import torch
from torch import nn

lstm = nn.LSTM(input_size=1, hidden_size=1)
lstm.requires_grad_(False)
for p in lstm.parameters():
    p.zero_()  # g = 0: nothing is added
# h_0 = 0, c_0 = 1
states = torch.zeros(1, 1), torch.ones(1, 1)

for f in (0.0, 0.5, 0.9, 0.99, 1.0):
    b_f = log(f / (1 - f)) if 0 < f < 1 else 200 * f - 100
    # order i, f, g, o; f = sigmoid(b_f)
    lstm.bias_ih_l0[1] = b_f
    _, (_, c) = lstm(torch.zeros(100, 1), states)
    print(f"f = {f:4}: c_100 = {c.item():.2g}")
