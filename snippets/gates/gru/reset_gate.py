import torch
from torch import nn

torch.set_printoptions(precision=3, sci_mode=False)
gru = nn.GRU(input_size=1, hidden_size=2)
gru.requires_grad_(False)
for p in gru.parameters():
    p.zero_()
W_ir, _, _ = gru.weight_ih_l0.chunk(3)  # (2, 1)
W_hr, _, _ = gru.weight_hh_l0.chunk(3)  # (2, 2)
W_ir[:] = torch.tensor([[1.0], [-1.0]])
W_hr[:] = torch.tensor([[2.0, 0.0], [0.0, 1.0]])

x, h = torch.tensor([1.0]), torch.tensor([0.5, -1.0])
r = torch.sigmoid(W_ir @ x + W_hr @ h)  # (2,)
print("r:     ", r)

gru.bias_ih_l0[2:4] = -100  # z = 0, so h_t = n
gru.bias_hh_l0[4:6] = 1  # b_hn = 1, so n = tanh(r)
_, h_t = gru(x[None], h[None])
print("nn.GRU:", torch.atanh(h_t[0]))
