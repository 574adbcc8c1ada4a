from itertools import product

from torch import nn


def formula(blocks, D, H, layers, bias, directions, proj):
    R = proj or H  # size of the hidden state
    total = 0
    for layer in range(layers):
        inputs = D if layer == 0 else directions * R
        weights = blocks * H * (inputs + R) + H * proj
        biases = 2 * blocks * H * bias
        total += directions * (weights + biases)
    return total


blocks = {nn.RNN: 1, nn.GRU: 3, nn.LSTM: 4}
choices = product(
    blocks,
    (1, 10),  # D
    (4, 20),  # H
    (1, 2, 3),  # layers
    (True, False),  # bias
    (1, 2),  # directions
    (0, 3),  # proj, for nn.LSTM only
)
wrong = counted = 0
for cell, *sizes in choices:
    D, H, layers, bias, directions, proj = sizes
    if proj and cell is not nn.LSTM:
        continue
    extra = {"proj_size": proj} if proj else {}
    extra["bidirectional"] = directions == 2
    net = cell(D, H, layers, bias=bias, **extra)
    real = sum(p.numel() for p in net.parameters())
    wrong += real != formula(blocks[cell], *sizes)
    counted += 1
print(f"{counted = }, {wrong = }")


def one_layer(blocks, H):
    return formula(blocks, 32, H, 1, True, 1, 0)


gru, lstm = one_layer(3, 128), one_layer(4, 128)
print(f"GRU  H = 128: {gru}")
print(f"LSTM H = 128: {lstm}")
print(f"GRU / LSTM:   {gru / lstm}")
near = min(
    range(256), key=lambda H: abs(one_layer(3, H) - lstm)
)
print(f"GRU  H = {near}: {one_layer(3, near)}")
