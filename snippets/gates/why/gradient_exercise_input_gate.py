import torch
from torch import nn


def per_step(net):
    x = torch.randn(51, 1, 8, requires_grad=True)
    out, _ = net(x)
    (out[-1] @ torch.randn(64)).sum().backward()
    size = x.grad.norm(dim=(1, 2)).flip(0)
    return ((size[50] / size[10]) ** (1 / 40)).item()


torch.manual_seed(0)
gru, lstm = nn.GRU(8, 64), nn.LSTM(8, 64)
for net in (gru, lstm):
    net.bias_ih_l0.data[64:128] = 3  # z, f
    net.bias_hh_l0.data[64:128] = 0
print(f"GRU  b_z = 3:           {per_step(gru):.2f}")
print(f"LSTM b_f = 3:           {per_step(lstm):.2f}")
lstm.bias_ih_l0.data[:64] = -3  # i
lstm.bias_hh_l0.data[:64] = 0
print(f"LSTM b_f = 3, b_i = -3: {per_step(lstm):.2f}")
