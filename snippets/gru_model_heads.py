import torch
from torch import nn

torch.manual_seed(0)
gru = nn.GRU(input_size=10, hidden_size=20, batch_first=True)
out, h_n = gru(torch.randn(3, 5, 10))
last = h_n[-1]  # (batch, hidden_size)


def head(name, states, output_size, loss, target):
    scores = nn.Linear(20, output_size)(states)
    value = loss(scores.movedim(-1, 1), target)
    shapes = tuple(scores.shape), tuple(target.shape)
    print(f"{name:11} scores {shapes[0]}, target {shapes[1]}: {value:.3f}")


classes = torch.tensor([0, 6, 2])
tags = torch.randint(7, (3, 5))
head("a number", last, 1, nn.MSELoss(), torch.randn(3, 1))
head("yes or no", last, 1, nn.BCEWithLogitsLoss(), torch.ones(3, 1))
head("a class", last, 7, nn.CrossEntropyLoss(), classes)
head("each step", out, 7, nn.CrossEntropyLoss(), tags)
