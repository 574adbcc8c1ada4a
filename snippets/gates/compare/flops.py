import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode


def counted(net, x):
    counter = FlopCounterMode(display=False)
    with counter, torch.no_grad():
        net(x)
    return counter.get_total_flops()


B, T, D, H = 8, 10, 64, 128
x = torch.randn(T, B, D)
for cell, blocks in ((nn.GRU, 3), (nn.LSTM, 4)):
    net, name = cell(D, H), cell.__name__
    flops = 2 * blocks * H * (D + H) * B * T
    print(f"{name:4} 2 G H (D + H) B T: {flops:,}")
    for on in (False, True):
        torch.backends.mkldnn.enabled = on
        flops = counted(net, x)
        print(f"{name:4} oneDNN = {on}: {flops:,}")
