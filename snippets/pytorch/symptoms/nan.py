import warnings

import torch
from torch import nn


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


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(1, 8, batch_first=True)
        self.fc = nn.Linear(8, 1)

    def forward(self, x):
        return self.fc(self.gru(x)[0])


def square(answer, y):
    return (answer - y).square().mean()


def log(answer, y):
    p = answer.relu()
    return (p * p.log()).mean()


def root(answer, y):
    error = (answer - y) * (y > 0)
    return error.square().sum(1).sqrt().mean()


torch.manual_seed(0)
# (batch, time, features)
x = torch.randn(16, 20, 1)
x[0] = -1.0
gap = x.clone()
gap[3, 4] = torch.nan
for name, data, loss, lr in (
    ("✓", x, square, 0.1),
    ("nan", gap, square, 0.1),
    ("log(0)", x, log, 0.1),
    ("sqrt(0)", x, root, 0.1),
    ("lr=1", x, square, 1.0),
):
    torch.manual_seed(0)
    net = Net()
    opt = torch.optim.SGD(net.parameters(), lr)
    step, found = 0, first_nan(net, loss, data, data)
    while step < 60 and not found:
        opt.step()
        step += 1
        found = first_nan(net, loss, data, data)
    print(f"{name:8} {step > 0!s:5} {found}")

warnings.simplefilter("ignore")
try:
    with torch.autograd.detect_anomaly():
        root(Net()(x), x).backward()
except RuntimeError as error:
    where, _, what = str(error).partition(" returned")
    print(
        f"{type(error).__name__}: {where}\n  returned{what}"
    )
