import torch
from torch import nn

torch.set_printoptions(precision=3, sci_mode=False)
lstm = nn.LSTM(input_size=1, hidden_size=2)
lstm.requires_grad_(False)
for p in lstm.parameters():
    p.zero_()
# order i, f, g, o
_, _, _, W_io = lstm.weight_ih_l0.chunk(4)  # (2, 1)
_, _, _, W_ho = lstm.weight_hh_l0.chunk(4)  # (2, 2)
W_io[:] = torch.tensor([[0.0], [-1.0]])
W_ho[:] = torch.tensor([[2.0, 0.0], [0.0, 2.0]])

x, h = torch.tensor([1.0]), torch.tensor([0.5, -0.5])
o = torch.sigmoid(W_io @ x + W_ho @ h)  # (2,)
print("o:      ", o)

_, (h_t, c_t) = lstm(x[None], (h[None], torch.ones(1, 2)))
# h_t = o * tanh(c_t)
print("nn.LSTM:", h_t[0] / torch.tanh(c_t[0]))
