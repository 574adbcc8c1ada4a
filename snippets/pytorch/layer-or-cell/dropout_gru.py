import torch
from torch import nn
from torch.nn.functional import dropout

torch.manual_seed(0)
H = 8
cell = nn.GRUCell(5, H).requires_grad_(False)
z = slice(H, 2 * H)
cell.weight_ih[z] = cell.weight_hh[z] = 0
cell.bias_ih[z] = 100  # z = 1
mask = dropout(torch.ones(1, H), 0.5)
h = torch.full((1, H), 0.5)
for _ in range(10):
    h = cell(torch.randn(1, 5), h * mask)
print(*(f"{value:.1f}" for value in h[0]))
