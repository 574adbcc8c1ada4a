import torch
from torch import nn

torch.set_printoptions(precision=3, sci_mode=False)
torch.manual_seed(0)
gru = nn.GRU(input_size=3, hidden_size=2)
gru.requires_grad_(False)
W_ir, W_iz, W_in = gru.weight_ih_l0.chunk(3)  # each (2, 3)
W_hr, W_hz, W_hn = gru.weight_hh_l0.chunk(3)  # each (2, 2)
b_ir, b_iz, b_in = gru.bias_ih_l0.chunk(3)  # each (2,)
b_hr, b_hz, b_hn = gru.bias_hh_l0.chunk(3)  # each (2,)

x, h = torch.randn(3), torch.tensor([0.9, -0.5])
r = torch.sigmoid(W_ir @ x + b_ir + W_hr @ h + b_hr)

# nn.GRU
after = torch.tanh(W_in @ x + b_in + r * (W_hn @ h + b_hn))
# Cho et al., version 3
before = torch.tanh(W_in @ x + b_in + W_hn @ (r * h) + b_hn)
print("r * (W_hn @ h + b_hn):", after)
print("W_hn @ (r * h) + b_hn:", before)

b_iz[:] = -100  # z = 0, so h_t = n_t
_, h_t = gru(x[None], h[None])
print("nn.GRU:               ", h_t[0])
