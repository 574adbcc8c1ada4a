import torch
from torch import nn


def left(f, w, steps=100):
    rnn = nn.RNN(1, 1, nonlinearity=f.__name__).double()
    for weight in rnn.parameters():
        nn.init.zeros_(weight)
    nn.init.constant_(rnn.weight_hh_l0, w)
    x = torch.zeros(steps, 1, dtype=torch.float64)
    h = torch.ones(1, 1, dtype=torch.float64)
    h.requires_grad_()
    end = rnn(x, h)[1]
    (dh,) = torch.autograd.grad(end.sum(), h)
    return end.item(), dh.item()


for f in torch.tanh, torch.relu:
    for w in 0.9, 1.0, 1.1:
        h, dh = left(f, w)
        print(f"{f.__name__} {w}  {h:7.2g}  {dh:7.2g}")
