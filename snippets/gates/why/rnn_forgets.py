import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(20, 8)  # (time, features), one sequence
# two states h_0
start, other = torch.rand(2, 1, 64) * 2 - 1
cells = nn.RNN, nn.GRU, nn.LSTM
nets = {cell.__name__: cell(8, 64) for cell in cells}


def end(net, t, h_0):  # the answer after t steps
    state = (h_0, h_0) if isinstance(net, nn.LSTM) else h_0
    out, _ = net(x[:t], state)
    return out[-1]


print("    t ", *nets, sep="  ")
for t in (1, 5, 10, 20):
    gaps = []
    for net in nets.values():
        gap = end(net, t, start) - end(net, t, other)
        gaps.append(f"{gap.norm():5.2f}")
    print(f"{t:5} ", *gaps)
