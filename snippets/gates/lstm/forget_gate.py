import torch
from torch import nn

torch.set_printoptions(precision=3, sci_mode=False)
lstm = nn.LSTM(input_size=1, hidden_size=2)
lstm.requires_grad_(False)
for p in lstm.parameters():
    p.zero_()
# order i, f, g, o
_, W_if, _, _ = lstm.weight_ih_l0.chunk(4)  # (2, 1)
_, W_hf, _, _ = lstm.weight_hh_l0.chunk(4)  # (2, 2)
W_if[:] = torch.tensor([[1.0], [0.0]])
W_hf[:] = torch.tensor([[2.0, 0.0], [0.0, 2.0]])

x, h = torch.tensor([1.0]), torch.tensor([0.5, -0.5])
f = torch.sigmoid(W_if @ x + W_hf @ h)  # (2,)
print("f:      ", f)

states = h[None], torch.ones(1, 2)  # c_{t-1} = 1
_, (_, c_t) = lstm(x[None], states)  # g = 0, so c_t = f
print("nn.LSTM:", c_t[0])
