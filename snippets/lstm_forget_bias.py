import torch
from torch import nn

torch.manual_seed(0)
H = 256
lstm = nn.LSTM(input_size=3, hidden_size=H).requires_grad_(False)
f_ih, f_hh = lstm.bias_ih_l0[H : 2 * H], lstm.bias_hh_l0[H : 2 * H]


def forget_gate():  # mean over the units, at x = 0 and h = 0
    return torch.sigmoid(f_ih + f_hh).mean().item()


print(f"torch's default: f = {forget_gate():.2f}")
f_ih[:], f_hh[:] = 1, 0
print(f"forget bias 1:   f = {forget_gate():.2f}")
f_hh[:] = 1
print(f"both biases 1:   f = {forget_gate():.2f}")
