from pathlib import Path

import numpy as np
import torch
from numpy import ndarray as Array
from torch import nn

torch.manual_seed(0)
# >>> w: weights of nn.GRU, and of nn.Linear behind it
gru, fc = nn.GRU(12, 16), nn.Linear(16, 9)
w = [*gru.parameters(), *fc.parameters()]
# <<<


def integer(w: Array, b: Array, bits: int) -> tuple:
    k = int(np.log2(127 / abs(w).max()))
    w = np.rint(w * 2.0**k).astype(int)
    b = (b + 1 / 512) * 2.0 ** (k + bits)
    return w, b.astype(int), k + bits - 8


def array(kind: str, name: str, a: Array) -> str:
    size = 8 * np.dtype(kind).itemsize
    assert (a.astype(kind) == a).all(), f"{name} overflows"
    numbers = ",".join(map(str, a.flat))
    line = f"static const int{size}_t {name}[] = "
    return line + "{" + numbers + "};"


w = [p.detach().numpy() for p in w]
F, H, C = w[0].shape[1], w[1].shape[1], len(w[-1])
only = len(w) == 6 and len(w[0]) == 3 * H
assert only, "take one layer of nn.GRU and nn.Linear"
x = integer(w[0], w[2], 5)
h = integer(w[1], w[3], 7)
y = integer(w[4], w[5], 7)
lines = [
    "#include <stdint.h>",
    f"enum {{F = {F}, H = {H}, C = {C}}};",
]
for name, layer in {"x": x, "h": h, "y": y}.items():
    weights, biases, shift = layer
    assert shift >= 0, f"{name}: a weight is above 15"
    lines.append(f"enum {{{name}_shift = {shift}}};")
    lines.append(array("int8", f"{name}_w", weights))
    lines.append(array("int32", f"{name}_b", biases))
between = np.arange(-127.5, 128) / 16
table = (32767 / (1 + np.exp(-between))).astype(int)
lines.append(array("int16", "table", table))
Path("gru.h").write_text("\n".join(lines) + "\n")
step = w[0].size + w[1].size
weights, biases = step + w[4].size, 4 * (6 * H + C)
print(f"{weights = } {biases = } table = {2 * len(table)}")
print(f"state = {2 * H} {step = }")


def affine(layer: tuple, v: Array) -> Array:
    w, b, s = layer
    return (w @ v + b) >> s


def sigmoid(a: Array) -> Array:
    return table[(a >> 4).clip(-128, 127) + 128]


state = np.zeros(H, int)
for t in range(20):
    i = affine(x, (7 * t + 13 * np.arange(F)) % 101 - 50)
    j = affine(h, state >> 8)
    r, z = np.split(sigmoid((i + j)[: 2 * H]), 2)
    a = i[2 * H :] + (r * j[2 * H :] >> 15)
    n = 2 * sigmoid(2 * a) - 32767
    state = n + (z * (state - n) >> 15)
    if t % 5 == 4:
        print(
            t + 1,
            affine(y, state >> 8).argmax(),
            *state[:4],
        )
