import torch
from torch import nn

gru = nn.GRU(10, 20, bidirectional=True)
fc = nn.Linear(20, 1)
out, _ = gru(torch.randn(5, 3, 10))
print(out.shape)
try:
    fc(out)
except RuntimeError as e:
    print(f"{type(e).__name__}: {e}")
