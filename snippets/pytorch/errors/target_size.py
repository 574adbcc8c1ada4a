import torch
from torch import nn

scores = torch.randn(3, 5, 7)  # (batch, time, classes)
target = torch.zeros(3, 5, dtype=torch.long)
loss = nn.CrossEntropyLoss()
try:
    loss(scores, target)
except RuntimeError as e:
    print(f"{type(e).__name__}: {e}")
