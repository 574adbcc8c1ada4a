import torch
from torch import nn

torch.manual_seed(0)
gru = nn.GRU(input_size=3, hidden_size=2)
gru.requires_grad_(False)
# r = sigmoid(b_ir)
gru.weight_ih_l0[:2], gru.weight_hh_l0[:2] = 0, 0
gru.bias_hh_l0[:2] = 0

x = torch.randn(1, 3)  # (time, features)
h = torch.tensor([[0.9, -0.5]])  # (layers, hidden)
other = torch.tensor([[-0.7, 0.8]])


def gap():  # how far the answer moves with h_{t-1}
    moved = gru(x, h)[1] - gru(x, other)[1]
    return moved.abs().max().item()


b_iz = gru.bias_ih_l0[2:4].clone()
print("  r  |n - n'|  |h - h'|")
for b_ir, r in ((100, 1.0), (0, 0.5), (-100, 0.0)):
    gru.bias_ih_l0[:2] = b_ir
    gru.bias_ih_l0[2:4] = -100  # z = 0, so h_t = n
    n_gap = gap()
    gru.bias_ih_l0[2:4] = b_iz
    print(f"{r} {n_gap:9.3f} {gap():9.3f}")
