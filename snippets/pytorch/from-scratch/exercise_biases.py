import copy

import torch
from torch import nn


def merged(net, rows):
    net = copy.deepcopy(net)
    net.bias_ih_l0[:rows] += net.bias_hh_l0[:rows]
    net.bias_hh_l0[:rows] = 0
    return net


torch.manual_seed(0)
H = 8
x = torch.randn(20, 3, 5)  # (time, batch, features)
for cell, blocks in (
    (nn.LSTM, "i f g o"),
    (nn.GRU, "r z n"),
    (nn.GRU, "r z"),
):
    net = cell(5, H).requires_grad_(False)
    one = merged(net, H * len(blocks.split()))
    same = torch.allclose(net(x)[0], one(x)[0], atol=1e-6)
    print(f"{cell.__name__:4} {blocks:7} {same = }")
