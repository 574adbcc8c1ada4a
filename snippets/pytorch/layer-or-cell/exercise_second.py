import torch
from torch import nn


def one_layer(net, k):
    if net.bidirectional or net.proj_size:
        raise ValueError("one direction, no proj_size")
    H = net.hidden_size
    D = net.input_size if k == 0 else H
    layer = type(net)(D, H, bias=net.bias)
    layer.batch_first = net.batch_first
    weights = {
        name.replace(f"_l{k}", "_l0"): w
        for name, w in net.state_dict().items()
        if name.endswith(f"_l{k}")
    }
    layer.load_state_dict(weights)
    return layer.to(net.weight_hh_l0)


torch.manual_seed(0)
net = nn.LSTM(5, 8, 2, batch_first=True)
x = torch.randn(3, 7, 5)
first, second = one_layer(net, 0), one_layer(net, 1)
below = first(x)[0]
out, _ = net(x)
far = (second(below)[0] - out).abs().max()
print("|second - out| < 1e-6:", bool(far < 1e-6))
