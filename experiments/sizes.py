"""How many parameters a net has: those of its recurrent layer, and those of the whole model."""

from bisect import bisect_left

import torch


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


def show(models):
    """Print the parameters of models by name; each has its recurrent layer under `rnn`."""
    print("net        recurrent  whole")
    for name, model in models.items():
        print(f"{name:10} {count(model.rnn):9} {count(model):6}")
