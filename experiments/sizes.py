"""How many parameters a net has: those of its recurrent layer, and those of the whole model."""

from bisect import bisect_left
from functools import cache

import torch
from torch import nn


def count(module):
    """Return how many parameters a module has."""
    return sum(p.numel() for p in module.parameters())


def matched(make, parameters, most=1024):
    """Return the size at which make(size), a whole model, is nearest to a number of parameters."""

    def whole(size):
        with torch.device("meta"):  # nothing is drawn
            return count(make(size))

    sizes = range(1, most + 1)
    above = sizes[min(bisect_left(sizes, parameters, key=whole), most - 1)]
    return min(above, max(above - 1, 1), key=lambda size: abs(whole(size) - parameters))


@cache
def nets(model, width):
    """Return name -> (cell, hidden size) of a comparison, whole models of one number of parameters.

    model(cell, hidden_size): a whole model. There are a GRU of a width, and an LSTM and a plain RNN
    with its parameters; then an LSTM of that width, and a GRU with its parameters.
    """

    def like(cell, other):
        with torch.device("meta"):
            parameters = count(model(other, width))
        return cell, matched(lambda size: model(cell, size), parameters)

    found = [
        (nn.GRU, width),
        like(nn.LSTM, nn.GRU),
        (nn.LSTM, width),
        like(nn.GRU, nn.LSTM),
        like(nn.RNN, nn.GRU),
    ]
    return {f"{cell.__name__} H={size}": (cell, size) for cell, size in found}


def show(models):
    """Print the parameters of models by name; each has its recurrent layer under `rnn`."""
    print("net        recurrent  whole")
    for name, model in models.items():
        print(f"{name:10} {count(model.rnn):9} {count(model):6}")
