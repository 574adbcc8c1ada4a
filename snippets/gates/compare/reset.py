import torch
from torch import nn

gru = nn.GRU(1, 2).requires_grad_(False)
lstm = nn.LSTM(1, 2).requires_grad_(False)
for p in [*gru.parameters(), *lstm.parameters()]:
    p.zero_()
# unit 1 keeps; unit 2 takes a draft of 0.5 x and unit 1
# r, z
gru.bias_ih_l0[:4] = torch.tensor([100.0, 100, 100, -100])
# r = 1 - x, n
gru.weight_ih_l0[1], gru.weight_ih_l0[5] = -200, 0.5
gru.weight_hh_l0[5, 0] = 1
# i, f, g, o
lstm.bias_ih_l0[:] = torch.tensor(
    [-100.0, 100, 100, -100, 0, 0, 100, 100]
)
lstm.weight_ih_l0[5], lstm.weight_hh_l0[5, 0] = 0.5, 1  # g

for x in (0.0, 1.0):
    x_t = torch.tensor([[x]])
    for kept in (-0.8, 0.8):
        h = torch.tensor([[kept, 0.0]])  # (layers, hidden)
        a, b = gru(x_t, h)[1][0]
        c, d = lstm(x_t, (h, h))[1][1][0]
        print(f"x = {x:.0f}: GRU {a:5.2f} {b:5.2f}", end="")
        print(f", LSTM {c:5.2f} {d:5.2f}")
