import torch
from torch import nn


def per_step(net):  # as in gradient_distance.py
    x = torch.randn(51, 1, 8, requires_grad=True)
    out, _ = net(x)
    (out[-1] @ torch.randn(64)).sum().backward()
    size = x.grad.norm(dim=(1, 2)).flip(0)
    return ((size[50] / size[10]) ** (1 / 40)).item()


# z and f are both the second of the blocks
def keep(net, bias):
    H = net.hidden_size
    with torch.no_grad():
        net.bias_ih_l0[H : 2 * H] = bias
        net.bias_hh_l0[H : 2 * H] = 0
    return net


torch.manual_seed(0)
print("   b     GRU  LSTM")
for bias in (0, 1, 2, 3):
    gru = keep(nn.GRU(8, 64), bias)
    lstm = keep(nn.LSTM(8, 64), bias)
    print(f"{bias:4}    {per_step(gru):.2f}", end="  ")
    print(f"{per_step(lstm):.2f}")
