import torch
from torch import nn

torch.manual_seed(0)
x = torch.tensor([[0.3], [2.0], [40.0]])
norm = nn.LayerNorm(16)
for bias in (True, False):
    sums = norm(nn.Linear(1, 16, bias)(x))
    print(f"{bias = }:", *(f"{s:.2f}" for s in sums[:, 0]))
