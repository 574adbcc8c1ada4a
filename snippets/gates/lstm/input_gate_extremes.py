import torch
from torch import nn

lstm = nn.LSTM(input_size=1, hidden_size=1)
lstm.requires_grad_(False)
for p in lstm.parameters():
    p.zero_()
lstm.weight_ih_l0[2] = 100  # g = 1 at x = 1
x = torch.ones(1, 1)  # (time, features)
# c_{t-1} = 2
states = torch.zeros(1, 1), torch.full((1, 1), 2.0)

for f, i in ((1, 0), (1, 1), (0, 1), (0, 0), (0.5, 0)):
    for row, gate in ((1, f), (0, i)):  # order i, f, g, o
        # gate = 0, 0.5 or 1
        lstm.bias_ih_l0[row] = 200 * gate - 100
    _, (_, c_t) = lstm(x, states)
    print(f"f = {f:3}, i = {i}: c_t = {c_t.item():.0f}")
