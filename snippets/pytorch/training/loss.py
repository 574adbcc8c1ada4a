import math

import torch
from torch import nn

torch.manual_seed(0)
gru = nn.GRU(10, 20, batch_first=True)
fc = nn.Linear(20, 7)
loss = nn.CrossEntropyLoss()
# (batch, classes)
scores = fc(gru(torch.randn(256, 5, 10))[1][-1])
first = loss(scores, torch.randint(7, (256,)))
print(f"{math.log(7) = :.2f}, {first = :.2f}")

sure = torch.tensor([[9.0, 0, 0, 0, 0, 0, 0]])
right = torch.tensor([0])
print(f"{loss(sure, right) = :.2f}")
print(f"{loss(sure.softmax(-1), right) = :.2f}")
