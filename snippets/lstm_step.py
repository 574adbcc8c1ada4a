import torch
from torch import nn


def lstm_step(x, h, c, W_i, W_h, b_i, b_h):
    i, f, g, o = (W_i @ x + b_i + W_h @ h + b_h).chunk(4)  # each (hidden,)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    h = torch.sigmoid(o) * torch.tanh(c)
    return h, c


torch.manual_seed(0)
lstm = nn.LSTM(input_size=3, hidden_size=4).requires_grad_(False)
weights = (
    lstm.weight_ih_l0,
    lstm.weight_hh_l0,
    lstm.bias_ih_l0,
    lstm.bias_hh_l0,
)
x = torch.randn(7, 3)  # (time, features), one sequence

h = c = torch.zeros(4)
for x_t in x:
    h, c = lstm_step(x_t, h, c, *weights)

out, (h_n, c_n) = lstm(x)
print(
    "packed weights:",
    tuple(lstm.weight_ih_l0.shape),
    tuple(lstm.weight_hh_l0.shape),
)
print("h equal to nn.LSTM:", torch.allclose(h, h_n[0], atol=1e-6))
print("c equal to nn.LSTM:", torch.allclose(c, c_n[0], atol=1e-6))
print(
    "out[-1] is h:",
    torch.equal(out[-1], h_n[0]),
    "- is c:",
    torch.equal(out[-1], c_n[0]),
)
