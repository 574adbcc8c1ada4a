import torch
from torch import nn


def left(function, w, steps=100):
    rnn = nn.RNN(1, 1, nonlinearity=function).double()
    for weight in rnn.parameters():
        nn.init.zeros_(weight)
    nn.init.constant_(rnn.weight_hh_l0, w)
    x = torch.zeros(steps, 1, dtype=torch.float64)
    h = torch.ones(1, 1, dtype=torch.float64)
    h.requires_grad_()
    end = rnn(x, h)[1]
    (gradient,) = torch.autograd.grad(end.sum(), h)
    return end.item(), gradient.item()


for function in "tanh", "relu":
    for w in 0.9, 1.0, 1.1:
        h, gradient = left(function, w)
        print(f"{function} {w}  {h:7.2g}  {gradient:7.2g}")
