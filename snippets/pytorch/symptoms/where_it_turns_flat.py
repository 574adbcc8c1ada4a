from collections.abc import Callable, Iterator
from copy import deepcopy

import torch
from torch import Tensor, nn


def explained(net, loss, x, y, lr, rows, asked):
    net = deepcopy(net)
    opt = torch.optim.Adam(net.parameters(), lr)
    for _ in range(40):
        opt.zero_grad()
        loss(net(x[rows]), y[rows]).backward()
        opt.step()
    y = y[asked]
    left = y - net.eval()(x[asked]).reshape(y.shape)
    part = 1 - left.var(0).mean() / y.var(0).mean()
    return round(part.item(), 1) + 0.0  # 0.0, not -0.0


def check(name: str, part: Tensor) -> None:
    size, middle = part.std(), part.mean().abs()
    if not (0.03 < size < 10 and middle < 2 * size):
        found = f"{middle:.2g} ± {size:.2g}"
        raise ValueError(f"standardise {name}: {found}")


def where_it_turns_flat(
    net: nn.Module,
    loss: Callable,
    x: Tensor,
    y: Tensor,
    lr: float,
    larger=0.1,
) -> Iterator[float]:
    if len(x) != len(y):
        raise ValueError("x and y: batch first")
    ints = not y.is_floating_point()
    if ints or y.unique().tolist() == [0, 1]:
        raise TypeError("y: numbers, no classes")
    check("y", y)
    if x.is_floating_point():
        check("x", x)
    if not (x - x[:1]).any():
        raise ValueError("x: all samples are the same")
    one, N = deepcopy(net).eval(), len(x)
    alone, among = one(x[-1:]), one(x)[-1:]
    if not torch.allclose(alone, among, 0.01, 1e-3):
        raise ValueError("net: it mixes the samples")
    if alone.numel() != y[-1:].numel():
        raise ValueError("net: answers of another size")
    even, odd = slice(0, None, 2), slice(1, None, 2)
    eight = slice(0, None, N // 8 + 1)
    for rate, rows, asked in (
        (lr, even, odd),
        (larger, even, odd),
        (larger, eight, eight),
    ):
        yield explained(net, loss, x, y, rate, rows, asked)
