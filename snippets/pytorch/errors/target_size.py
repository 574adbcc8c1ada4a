import torch
from torch import nn

scores = torch.randn(3, 5, 7)  # (batch, time, classes)
target = torch.zeros(3, 5, dtype=torch.long)
loss = nn.CrossEntropyLoss()
for call in (
    lambda: loss(scores, target),
    lambda: loss(scores.reshape(-1, 7), target[:, -1]),
):
    try:
        call()
    except (RuntimeError, ValueError) as e:
        print(f"{type(e).__name__}: {e}")
