from math import log2, log10

import torch
from torch.nn.functional import cross_entropy


def show(exercise, **numbers):
    for name, number in numbers.items():
        print(exercise, name, f"{round(number, 3):g}")


classes = 1000
logits = torch.zeros(1, classes)  # knows nothing
loss = cross_entropy(logits, torch.tensor([7]))
show(
    "training_start",
    right=round(loss.item(), 1),
    log10=log10(classes),
    log2=round(log2(classes), 1),
    share=1 / classes,
)
