import torch


def first_nan(net, loss, x, y):
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

    def hook(name):
        return lambda *found: look(name, found[-1])

    hooks = [
        module.register_forward_hook(hook(f"{name}(...)"))
        for name, module in net.named_modules()
    ]
    look("x", x), look("y", y)
    for name, w in net.named_parameters():
        look(name, w)
        if w.requires_grad:
            hooks += [w.register_hook(hook(f"{name}.grad"))]
    net.zero_grad()
    error = loss(net(x), y)
    look("loss", error)
    error.backward()
    for each in hooks:
        each.remove()
    return bad[0] if bad else None
