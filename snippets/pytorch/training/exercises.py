from math import log2, log10

import torch
from torch import nn


def show(exercise, **numbers):
    for name, number in numbers.items():
        print(exercise, name, f"{number:.2g}")


C = 1000
scores, target = torch.zeros(1, C), torch.tensor([0])
show(
    "training_first_loss",
    right=nn.CrossEntropyLoss()(scores, target).item(),
    probability=1 / C,
    log10=log10(C),
    bits=log2(C),
)
