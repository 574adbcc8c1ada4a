import torch
from torch import nn

torch.manual_seed(0)
H = 256
lstm = nn.LSTM(input_size=3, hidden_size=H).requires_grad_(False)


def forget_gate():
    zero_x, zero_h = torch.zeros(3), torch.zeros(H)
    pre = lstm.weight_ih_l0 @ zero_x + lstm.bias_ih_l0
    pre = pre + lstm.weight_hh_l0 @ zero_h + lstm.bias_hh_l0
    return torch.sigmoid(pre[H : 2 * H]).mean().item()  # order i, f, g, o


print(f"torch's default:   f = {forget_gate():.2f}")
lstm.bias_ih_l0[H : 2 * H] = 1
lstm.bias_hh_l0[H : 2 * H] = 0
print(f"forget bias 1:     f = {forget_gate():.2f}")
lstm.bias_hh_l0[H : 2 * H] = 1
print(f"both biases 1:     f = {forget_gate():.2f}")
