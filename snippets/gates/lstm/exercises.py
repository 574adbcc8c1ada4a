import torch
from torch import nn


def show(exercise, **numbers):
    for name, number in numbers.items():
        print(exercise, name, f"{round(number, 3):g}")


# all weights 0, so that c and o come from the biases
c, o = torch.tensor(2.0), torch.tensor(0.5)
cell = nn.LSTMCell(1, 1).requires_grad_(False)
for weight in cell.parameters():
    weight.zero_()
# i, f, g, o
cell.bias_ih[:] = torch.tensor([-100, 100, 0, o.logit()])
h, _ = cell(
    torch.zeros(1, 1), (torch.zeros(1, 1), c.view(1, 1))
)
show(
    "lstm_show",
    right=h.item(),
    no_tanh=(o * c).item(),
    tanh_last=torch.tanh(o * c).item(),
    no_gate=torch.tanh(c).item(),
)

H = 4
lstm = nn.LSTM(3, H).requires_grad_(False)
lstm.bias_ih_l0[H : 2 * H] = 1
lstm.bias_hh_l0[H : 2 * H] = 1
added = lstm.bias_ih_l0 + lstm.bias_hh_l0
show(
    "lstm_forget_bias",
    right=added[H].item(),
    one_bias=lstm.bias_ih_l0[H].item(),
    gate=added[H].sigmoid().item(),
    one_gate=lstm.bias_ih_l0[H].sigmoid().item(),
)
