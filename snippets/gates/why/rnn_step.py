import torch
from torch import nn

torch.set_printoptions(precision=3, sci_mode=False)
rnn = nn.RNN(input_size=1, hidden_size=2)
rnn.requires_grad_(False)
W_ih, W_hh, b_ih, b_hh = rnn.parameters()
W_ih[:] = torch.tensor([[1.0], [-1.0]])
W_hh[:] = torch.tensor([[0.0, 1.0], [2.0, 0.0]])
b_ih[:], b_hh[:] = 0, 0

x, h = torch.tensor([1.0]), torch.tensor([0.5, -0.5])
h_t = torch.tanh(W_ih @ x + b_ih + W_hh @ h + b_hh)
print("h_t:   ", h_t)
print("nn.RNN:", rnn(x[None], h[None])[1][0])
