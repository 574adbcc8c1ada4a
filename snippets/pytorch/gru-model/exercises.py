from torch import nn


def show(exercise, **numbers):
    for name, number in numbers.items():
        print(exercise, name, number)


def size(net, but=" "):
    named = net.named_parameters()
    return sum(
        w.numel() for name, w in named if but not in name
    )


gru = nn.GRU(10, 20, num_layers=2)
layer = nn.GRU(20, 20)
show(
    "gru_model_layers",
    right=size(nn.GRU(10, 20, num_layers=3)) - size(gru),
    one_bias=size(layer, but="bias_ih"),
    first_again=size(nn.GRU(10, 20)),
    lstm=size(nn.LSTM(20, 20)),
)

two = {"num_layers": 2, "bidirectional": True}
both = nn.GRU(10, 20, **two)
show(
    "gru_model_both",
    right=size(both),
    twice=2 * size(gru),
    one_bias=size(both, but="bias_ih"),
    one_way=size(gru),
)
