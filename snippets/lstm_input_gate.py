import torch
from torch import nn

torch.manual_seed(0)
lstm = nn.LSTM(input_size=3, hidden_size=2).requires_grad_(False)
W_ii, W_if, W_ig, W_io = lstm.weight_ih_l0.chunk(4)  # each (2, 3)
W_hi, W_hf, W_hg, W_ho = lstm.weight_hh_l0.chunk(4)  # each (2, 2)
b_ii, b_if, b_ig, b_io = lstm.bias_ih_l0.chunk(4)  # each (2,)
b_hi, b_hf, b_hg, b_ho = lstm.bias_hh_l0.chunk(4)  # each (2,)

x, h = torch.randn(3), torch.tensor([0.9, -0.5])
i = torch.sigmoid(W_ii @ x + b_ii + W_hi @ h + b_hi)
g = torch.tanh(W_ig @ x + b_ig + W_hg @ h + b_hg)
print("i     =", [round(v, 3) for v in i.tolist()])
print("g     =", [round(v, 3) for v in g.tolist()])
print("i * g =", [round(v, 3) for v in (i * g).tolist()])
