import torch
from torch import nn


def lstm_step(x, h, c, W_i, W_h, b_i, b_h):
    # each (hidden,)
    i, f, g, o = (W_i @ x + b_i + W_h @ h + b_h).chunk(4)
    kept = torch.sigmoid(f) * c
    c = kept + torch.sigmoid(i) * torch.tanh(g)
    h = torch.sigmoid(o) * torch.tanh(c)
    return h, c


torch.manual_seed(0)
lstm = nn.LSTM(input_size=3, hidden_size=4)
lstm.requires_grad_(False)
weights = list(lstm.parameters())  # W_ih, W_hh, b_ih, b_hh
x = torch.randn(7, 3)  # (time, features), one sequence

h, c = torch.zeros(2, 4)
for x_t in x:
    h, c = lstm_step(x_t, h, c, *weights)

out, (h_n, c_n) = lstm(x)
print(*[tuple(w.shape) for w in weights])
h_n, c_n = h_n[0], c_n[0]
h_far, c_far = (h - h_n).abs().max(), (c - c_n).abs().max()
print("|h - h_n| < 1e-6:", bool(h_far < 1e-6))
print("|c - c_n| < 1e-6:", bool(c_far < 1e-6))
print("out[-1] == h_n:", torch.equal(out[-1], h_n))
print("out[-1] == c_n:", torch.equal(out[-1], c_n))
