import torch
from torch import nn


def show(exercise, **numbers):
    for name, number in numbers.items():
        print(exercise, name, f"{round(number, 3):g}")


gru, lstm = nn.GRU(3, 4), nn.LSTM(3, 4)


def size(net):
    return sum(w.numel() for w in net.parameters())


show(
    "gru_count",
    right=size(gru),
    one_bias=size(gru) - gru.bias_ih_l0.numel(),
    no_bias=size(nn.GRU(3, 4, bias=False)),
    lstm=size(lstm),
)

# one step: z and n come from their biases alone
z, h, n = 0.75, 0.5, -0.8
cell = nn.GRUCell(1, 1)
with torch.no_grad():
    for weight in cell.parameters():
        weight.zero_()
    cell.bias_ih[1] = torch.tensor(z).logit()
    cell.bias_ih[2] = torch.tensor(n).atanh()
    h_t = cell(torch.zeros(1, 1), torch.tensor([[h]]))

show(
    "gru_one_step",
    right=h_t.item(),
    other_way=(1 - z) * h + z * n,
    whole_draft=z * h + n,
    no_draft=z * h,
)
