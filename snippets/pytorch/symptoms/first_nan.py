from collections.abc import Callable

import torch
from torch import Tensor, nn


def first_nan(
    net: nn.Module, loss: Callable, x: Tensor, y: Tensor
) -> str | None:
    bad = []

    def look(name, value):
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, (tuple, list)):
            for part in value:
                look(name, part)
        elif torch.is_tensor(value):
            fine = value.isfinite()
            if name.endswith("(...)"):
                fine = value < torch.inf
            if not fine.all():
                bad.append(name)

    def made(name):
        return lambda module, args, out: look(name, out)

    def arrived(name):
        return lambda w: look(name, w.grad)

    hooks = [
        module.register_forward_hook(made(f"{name}(...)"))
        for name, module in net.named_modules()
    ]
    look("x", x), look("y", y)
    for name, w in net.named_parameters():
        look(name, w)
        if w.requires_grad:
            look_at = w.register_post_accumulate_grad_hook
            hooks.append(look_at(arrived(f"{name}.grad")))
    net.zero_grad()
    error = loss(net(x), y)
    look("loss", error)
    error.backward()
    for each in hooks:
        each.remove()
    return bad[0] if bad else None
