from collections.abc import Callable

import torch
from torch import nn


def how_far_weights_move(
    net: nn.Module, step: Callable
) -> str:
    before = [w.detach().clone() for w in net.parameters()]
    step()
    pairs = zip(net.parameters(), before, strict=True)
    moves = [
        (w.detach() - old).norm() / old.norm()
        for w, old in pairs
        if old.any()
    ]
    low, high = torch.stack(moves).aminmax()
    return f"{low:.0e} {high:.0e}"
