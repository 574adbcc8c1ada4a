import torch
from torch import nn

torch.set_printoptions(precision=3, sci_mode=False)
lstm = nn.LSTM(input_size=1, hidden_size=2)
lstm.requires_grad_(False)
for p in lstm.parameters():
    p.zero_()
# order i, f, g, o
W_ii, _, _, _ = lstm.weight_ih_l0.chunk(4)  # (2, 1)
W_hi, _, _, _ = lstm.weight_hh_l0.chunk(4)  # (2, 2)
W_ii[:] = torch.tensor([[-1.0], [0.0]])
W_hi[:] = torch.tensor([[0.0, 2.0], [0.0, -2.0]])

x, h = torch.tensor([1.0]), torch.tensor([0.5, -0.5])
i = torch.sigmoid(W_ii @ x + W_hi @ h)  # (2,)
print("i:      ", i)

lstm.bias_ih_l0[4:6] = 100  # g = 1
_, (_, c_t) = lstm(x[None], (h[None], torch.zeros(1, 2)))
print("nn.LSTM:", c_t[0])  # c_{t-1} = 0, so c_t = i
