from torch import nn


def show(exercise, **numbers):
    for name, number in numbers.items():
        print(exercise, name, number)


def size(net):
    return sum(w.numel() for w in net.parameters())


gru = nn.GRU(28, 32)
two, none = size(gru), size(nn.GRU(28, 32, bias=False))
one = two - gru.bias_hh_l0.numel()
show(
    "books_count",
    right=one,
    two_biases=two,
    no_bias=none,
    one_block=one // 3,
)
