from torch import nn


def count(net):
    return sum(p.numel() for p in net.parameters())


for cell in nn.GRU, nn.LSTM:
    for D, H in (3, 4), (10, 20):
        name = f"nn.{cell.__name__}({D}, {H})"
        print(f"{name:15} {count(cell(D, H)):5}")
