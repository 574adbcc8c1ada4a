from collections.abc import Iterator

import jax
import torch
from flax import nnx
from torch import nn


def require(key: str, want: object, got: object) -> None:
    if got != want:
        message = f"{key}: expected {want}, got {got}"
        raise ValueError(message)


def places(
    cells: list, rnn: nn.GRU | nn.LSTM
) -> Iterator[nnx.Param]:
    require("bias", True, rnn.bias)
    require("proj_size", 0, rnn.proj_size)
    require("cells", len(rnn.all_weights), len(cells))
    gru = isinstance(rnn, nn.GRU)
    bias = "dense_i.bias" if gru else "dense_h.bias"
    keys = "dense_i.kernel", "dense_h.kernel", bias
    for k, cell in enumerate(cells):
        *weights, _ = rnn.all_weights[k]
        for key, w in zip(keys, weights, strict=True):
            layer, name = key.split(".")
            dense = getattr(cell, layer, None)
            place = getattr(dense, name, None)
            want = tuple(w.shape[::-1])
            got = getattr(place, "shape", "nothing")
            require(f"cells[{k}].{key}", want, got)
            yield place


def to_nnx(rnn: nn.GRU | nn.LSTM, cells: list) -> None:
    old, new = list(places(cells, rnn)), []
    gru = isinstance(rnn, nn.GRU)
    for k, weights in enumerate(rnn.all_weights):
        W_i, W_h, b_i, b_h = weights
        if gru and b_h.chunk(3)[2].any():
            why = "no place for b_hn, it is not 0"
            raise ValueError(f"cells[{k}]: {why}")
        new += W_i.T, W_h.T, b_i + b_h
    for place, w in zip(old, new, strict=True):
        place[...] = w.numpy(force=True)


@torch.no_grad()
def from_nnx(cells: list, rnn: nn.GRU | nn.LSTM) -> None:
    found = list(places(cells, rnn))
    given = iter([jax.device_get(p[...]).T for p in found])
    for *weights, b_h in rnn.all_weights:
        for w in weights:
            w.copy_(torch.tensor(next(given)))
        b_h.zero_()


torch.manual_seed(0)
x = torch.randn(3, 7, 5)  # (batch, time, features)
for kind, cell in (
    (nn.GRU, nnx.GRUCell),
    (nn.LSTM, nnx.OptimizedLSTMCell),
):
    rnn = kind(5, 8, 2, batch_first=True)
    again = kind(5, 8, 2, batch_first=True)
    cells = [
        cell(size, 8, rngs=nnx.Rngs(0)) for size in (5, 8)
    ]
    try:
        to_nnx(rnn, cells)
    except ValueError as error:
        print(f"{type(error).__name__}: {error}")
        for *_, b_h in rnn.all_weights:
            nn.init.zeros_(b_h[16:])  # b_hn
        to_nnx(rnn, cells)
    from_nnx(cells, again)
    y = x.numpy()
    for cell in cells:
        y = nnx.RNN(cell)(y)
    for out in torch.tensor(jax.device_get(y)), again(x)[0]:
        far = (out - rnn(x)[0]).abs().max()
        small = bool(far < 1e-6)
        name = kind.__name__
        print(f"{name:4} |y - y_rnn| < 1e-6:", small)
try:
    from_nnx(cells, nn.GRU(5, 8, 2))
except ValueError as error:
    print(f"{type(error).__name__}: {error}")
