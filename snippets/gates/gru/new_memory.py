import torch
from torch import nn

torch.set_printoptions(precision=3, sci_mode=False)
gru = nn.GRU(input_size=1, hidden_size=2)
gru.requires_grad_(False)
for p in gru.parameters():
    p.zero_()
W_ir, _, W_in = gru.weight_ih_l0.chunk(3)  # each (2, 1)
W_hr, _, W_hn = gru.weight_hh_l0.chunk(3)  # each (2, 2)
b_hn = gru.bias_hh_l0[4:6]  # (2,)
W_ir[:] = torch.tensor([[1.0], [-1.0]])
W_hr[:] = torch.tensor([[2.0, 0.0], [0.0, 1.0]])
W_in[:] = torch.tensor([[2.0], [-1.0]])
W_hn[:] = torch.tensor([[0.0, -1.0], [2.0, 0.0]])
b_hn[:] = torch.tensor([0.0, 1.0])
gru.bias_ih_l0[2:4] = -100  # z = 0, so h_t = n

h = torch.tensor([0.5, -1.0])
for x in (torch.tensor([1.0]), torch.tensor([100.0])):
    r = torch.sigmoid(W_ir @ x + W_hr @ h)
    n = torch.tanh(W_in @ x + r * (W_hn @ h + b_hn))
    print(f"x = {x.item():.0f}")
    print("n:     ", n)
    print("nn.GRU:", gru(x[None], h[None])[1][0])
