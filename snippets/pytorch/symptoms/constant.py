from copy import deepcopy

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(1, 4, batch_first=True)
        self.fc = nn.Linear(4, 1)

    def forward(self, x):
        return self.fc(self.gru(x)[0][:, -1])


def train(net, loss, x, y, lr):
    opt = torch.optim.Adam(net.parameters(), lr)
    for _ in range(40):
        opt.zero_grad()
        loss(net(x), y).backward()
        opt.step()
    return round((net(x).std() / y.std()).item(), 1)


def where_it_turns_flat(net, loss, x, y, lr):
    for n, rate in (len(x), lr), (len(x), 0.1), (8, 0.1):
        copy = deepcopy(net)
        yield train(copy, loss, x[:n], y[:n], rate)


def square(answer, y):
    return (answer - y).square().mean()


def table(answer, y):
    return square(answer, y[:, 0])


torch.manual_seed(0)
wave = torch.sin(0.5 * torch.arange(403))
# (batch, time, features)
x = wave.unfold(0, 3, 1)[:-1, :, None]
# (batch, 1)
y = wave[3:, None]
noise = torch.randn_like(x)
for name, inputs, loss, lr in (
    ("✓", x, square, 0.1),
    ("(N,)", x, table, 0.1),
    ("noise", noise, square, 0.1),
    ("lr=1e-5", x, square, 1e-5),
):
    found = where_it_turns_flat(Net(), loss, inputs, y, lr)
    print(f"{name:8}", *found)
