import torch
from torch import nn

gru = nn.GRU(10, 20, batch_first=True)
norm = nn.BatchNorm1d(20)
out, _ = gru(torch.randn(3, 5, 10))
try:
    norm(out)
except RuntimeError as e:
    print(f"{type(e).__name__}: {e}")
swapped = norm(out.transpose(1, 2)).transpose(1, 2)
print(
    tuple(swapped.shape), tuple(nn.LayerNorm(20)(out).shape)
)
