import torch
from torch import nn

torch.manual_seed(0)
gru = nn.GRU(10, 20, batch_first=True)
out, h_n = gru(torch.randn(3, 5, 10))
last = h_n[-1]  # (batch, hidden_size)


def head(states, output_size, loss, target):
    scores = nn.Linear(20, output_size)(states)
    value = loss(scores.movedim(-1, 1), target)
    print(f"{type(loss).__name__}: {value:.3f}")
    print("  scores", tuple(scores.shape), end=", ")
    print("target", tuple(target.shape))


classes = torch.tensor([0, 6, 2])
tags = torch.randint(7, (3, 5))
head(last, 1, nn.MSELoss(), torch.randn(3, 1))
head(last, 1, nn.BCEWithLogitsLoss(), torch.ones(3, 1))
head(last, 7, nn.CrossEntropyLoss(), classes)
head(out, 7, nn.CrossEntropyLoss(), tags)
