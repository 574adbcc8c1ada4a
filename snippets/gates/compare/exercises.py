from torch import nn


def show(exercise, **numbers):
    for name, number in numbers.items():
        print(exercise, name, number)


def size(net):
    return sum(w.numel() for w in net.parameters())


net = {"num_layers": 2, "bidirectional": True}
lstm = nn.LSTM(10, 20, **net)
biases = [
    w
    for name, w in lstm.named_parameters()
    if "bias_ih" in name
]
first, second = (
    nn.LSTM(10, 20, bidirectional=True),
    nn.LSTM(20, 20, bidirectional=True),
)
show(
    "compare_parameters",
    right=size(lstm),
    one_bias=size(lstm) - sum(w.numel() for w in biases),
    narrow=size(first) + size(second),
    one_way=size(nn.LSTM(10, 20, num_layers=2)),
    gru=size(nn.GRU(10, 20, **net)),
)
