from bisect import bisect
from functools import partial

import torch
from torch import nn


class Model(nn.Module):
    def __init__(self, rnn: type, hidden_size: int):
        super().__init__()
        self.rnn = rnn(32, hidden_size, batch_first=True)
        self.fc = nn.Linear(hidden_size, 10)


def parameters(rnn: type, hidden_size: int) -> int:
    with torch.device("meta"):
        model = Model(rnn, hidden_size)
    return sum(p.numel() for p in model.parameters())


def largest(rnn: type, budget: int) -> int:
    sizes = range(1, 4097)
    count = partial(parameters, rnn)
    fit = bisect(sizes, budget, key=count)
    if not 0 < fit < len(sizes):
        raise ValueError("no hidden_size from 1 to 4096")
    return sizes[fit - 1]


for budget in (10_000, 100_000, 1_000_000):
    for rnn in (nn.GRU, nn.LSTM):
        size = largest(rnn, budget)
        count, name = parameters(rnn, size), rnn.__name__
        print(f"{budget:9,} {name:4} {size:4} {count:8,}")
