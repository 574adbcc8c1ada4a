import torch
from torch import nn

torch.manual_seed(0)
gru, rnn = nn.GRU(3, 4).requires_grad_(False), nn.RNN(3, 4)
pairs = zip(gru.parameters(), rnn.parameters(), strict=True)
for ours, theirs in pairs:
    theirs.data = ours[8:].clone()  # the rows of n
    ours[:8] = 0  # those of r and z
x = torch.randn(7, 3)  # (time, features), one sequence

for r, z in ((1, 0), (1, 1), (0, 0)):
    gru.bias_ih_l0[:4] = 100 if r else -100
    gru.bias_ih_l0[4:8] = 100 if z else -100
    far = (gru(x)[0] - rnn(x)[0]).abs().max().item()
    far = "< 1e-6" if far < 1e-6 else f"{far:.2f}"
    print(f"r = {r}, z = {z}: {far}")
