from collections.abc import Callable, Sequence
from math import isfinite

from torch import Tensor, nn


def through_eval(
    net: nn.Module,
    evaluate: Callable,
    seen: Sequence[Tensor],
    unseen: Sequence[Tensor],
    n=8,
) -> tuple[bool, bool, float, float]:
    if not all(hasattr(p, "shape") for p in seen):
        raise TypeError("seen, unseen: tuples of tensors")
    seen = [part[:n] for part in seen]
    unseen = [part[:n] for part in unseen]
    once = float(evaluate(*seen))
    twice = float(evaluate(*seen))
    new = float(evaluate(*unseen))
    if not isfinite(once + twice + new):
        raise ValueError("NaN or infinite: try first_nan")
    return net.training, once == twice, once, new
