import torch
from torch import nn


def how_far_weights_move(net, step):
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


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(1, 8, batch_first=True)
        self.fc = nn.Linear(8, 1)

    def forward(self, x):
        return self.fc(self.gru(x)[0])


def run(name, lr):
    torch.manual_seed(0)
    net, other = Net(), Net()
    # (batch, time, features)
    x = torch.randn(16, 10, 1)
    held = {"other": other, "fc": net.fc}.get(name, net)
    opt = torch.optim.Adam(held.parameters(), lr)
    losses = []

    def step():
        opt.zero_grad()
        loss = (net(x) - x).square().mean()
        loss.backward()
        opt.step()
        losses.append(loss.item())

    moves = how_far_weights_move(net, step)
    for _ in range(40):
        step()
    print(f"{name:7} {moves} ", losses[-1] < losses[0] / 2)


run("✓", 0.03)
run("other", 0.03)
run("fc", 0.03)
run("lr=1e-6", 1e-6)
run("lr=3", 3.0)
