import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(1000, 3)  # (time, features), one sequence
start = torch.tensor([[0.9, -0.5]])  # (layers, hidden)
other = torch.tensor([[-0.7, 0.8]])

print("b_iz  t = 1  t = 10  t = 1000")
for bias in (-100, 0, 3, 100):
    torch.manual_seed(1)
    gru = nn.GRU(3, 2).requires_grad_(False)
    gru.bias_ih_l0[2:4] = bias  # order r, z, n
    gaps = []
    for steps in (1, 10, 1000):
        _, h = gru(x[:steps], start)
        _, h_other = gru(x[:steps], other)
        gaps.append((h - h_other).abs().max().item())
    row = "{:4} {:6.3f} {:7.3f} {:9.3f}"
    print(row.format(bias, *gaps))
