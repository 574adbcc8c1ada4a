import torch
from torch import nn

torch.set_printoptions(precision=3, sci_mode=False)
lstm = nn.LSTM(input_size=1, hidden_size=2)
lstm.requires_grad_(False)
for p in lstm.parameters():
    p.zero_()
# order i, f, g, o
_, _, W_ig, _ = lstm.weight_ih_l0.chunk(4)  # (2, 1)
_, _, W_hg, _ = lstm.weight_hh_l0.chunk(4)  # (2, 2)
W_ig[:] = torch.tensor([[-1.0], [1.0]])
W_hg[:] = torch.tensor([[0.0, 0.0], [2.0, 0.0]])
lstm.bias_ih_l0[:2] = 100  # i = 1

h = torch.tensor([0.5, -0.5])
# c_{t-1} = 0, so c_t = g
states = h[None], torch.zeros(1, 2)
for x in (torch.tensor([1.0]), torch.tensor([100.0])):
    g = torch.tanh(W_ig @ x + W_hg @ h)
    print(f"x = {x.item():.0f}")
    print("g:      ", g)
    print("nn.LSTM:", lstm(x[None], states)[1][1][0])
