import torch
from torch import nn


# a gradient 50 steps back over that of the last step
def growth(net, x):
    net, x = net.double(), x.double().requires_grad_()
    out, _ = net(x)
    out[-1].sum().backward()
    size = x.grad.norm(dim=1).flip(0)
    return (size[50] / size[0]).item()


def one_unit(cell, w):  # the row of n, or of g
    net = cell(1, 1)
    for p in net.parameters():
        nn.init.zeros_(p)
    with torch.no_grad():
        net.weight_ih_l0[2] = 1
        net.weight_hh_l0[2] = w
    return net


def drawn(cell):
    net = cell(8, 64)
    for p in net.parameters():
        nn.init.normal_(p)
    return net


torch.manual_seed(0)
for cell in (nn.GRU, nn.LSTM):
    print(cell.__name__)
    for w in (1, 2, 6):
        net = one_unit(cell, w)
        times = growth(net, torch.zeros(51, 1))
        print(f"  {w = } {times:8.1g}")
    found = []
    for _ in range(5):
        x = torch.randn(51, 8)
        found.append(growth(drawn(cell), x))
    least, most = min(found), max(found)
    print(f"  N(0, 1) {least:5.0e} {most:5.0e}")
