import torch
from torch import nn

torch.set_printoptions(precision=3, sci_mode=False)
gru = nn.GRU(input_size=1, hidden_size=2)
gru.requires_grad_(False)
for p in gru.parameters():
    p.zero_()  # n = 0
_, W_iz, _ = gru.weight_ih_l0.chunk(3)  # (2, 1)
_, W_hz, _ = gru.weight_hh_l0.chunk(3)  # (2, 2)
W_iz[:] = torch.tensor([[-1.0], [1.0]])
W_hz[:] = torch.tensor([[0.0, 0.0], [0.0, -1.0]])

x, h = torch.tensor([1.0]), torch.tensor([0.5, -1.0])
z = torch.sigmoid(W_iz @ x + W_hz @ h)  # (2,)
print("z:     ", z)

_, h_t = gru(x[None], h[None])  # n = 0, so h_t = z * h
print("nn.GRU:", h_t[0] / h)
