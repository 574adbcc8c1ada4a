import torch
from torch import nn

torch.manual_seed(0)
lstm = nn.LSTM(input_size=3, hidden_size=2).requires_grad_(False)
_, W_if, _, _ = lstm.weight_ih_l0.chunk(4)  # order i, f, g, o
_, W_hf, _, _ = lstm.weight_hh_l0.chunk(4)
_, b_if, _, _ = lstm.bias_ih_l0.chunk(4)
_, b_hf, _, _ = lstm.bias_hh_l0.chunk(4)

x, h = torch.randn(3), torch.tensor([0.9, -0.5])
f = torch.sigmoid(W_if @ x + b_if + W_hf @ h + b_hf)
print("f =", [round(v, 3) for v in f.tolist()])

for value in (0.0, 0.5, 0.9, 0.99, 1.0):
    c = torch.ones(1)
    for _ in range(100):
        c = value * c  # with i = 0 nothing is added
    print(f"f = {value}: after 100 steps c = {c.item():.2g}")
