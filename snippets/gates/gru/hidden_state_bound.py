import torch
from torch import nn

torch.manual_seed(0)
gru = nn.GRU(input_size=3, hidden_size=2)
gru.requires_grad_(False)
# (time, batch, features), far too large
x = 100 * torch.randn(1000, 1, 3)

for start in (0.0, 5.0):
    out, _ = gru(x, torch.full((1, 1, 2), start))
    largest = out.abs().max().item()
    print(f"|h_0| = {start}: max |h_t| = {largest:.2f}")
