import jax
import torch
from flax import nnx
from torch import nn


def require(key, want, got):
    if got != want:
        raise ValueError(
            f"{key}: expected {want}, got {got}"
        )


def places(cells, rnn):
    require("bias", True, rnn.bias)
    require("proj_size", 0, rnn.proj_size)
    require("cells", len(rnn.all_weights), len(cells))
    bias = (
        "dense_i.bias"
        if isinstance(rnn, nn.GRU)
        else "dense_h.bias"
    )
    keys = "dense_i.kernel", "dense_h.kernel", bias
    for k, cell in enumerate(cells):
        for key, like in zip(
            keys, rnn.all_weights[k][:3], strict=True
        ):
            layer, name = key.split(".")
            place = getattr(
                getattr(cell, layer, None), name, None
            )
            got = (
                "nothing" if place is None else place.shape
            )
            require(
                f"cells[{k}].{key}",
                tuple(like.shape[::-1]),
                got,
            )
            yield place


def to_nnx(rnn, cells):
    old, new = list(places(cells, rnn)), []
    for k, (W_i, W_h, b_i, b_h) in enumerate(
        rnn.all_weights
    ):
        if (
            isinstance(rnn, nn.GRU)
            and b_h.chunk(3)[2].any()
        ):
            raise ValueError(
                f"cells[{k}]: no place for b_hn, it is not 0"
            )
        new += W_i.T, W_h.T, b_i + b_h
    for place, w in zip(old, new, strict=True):
        place[...] = w.numpy(force=True)


@torch.no_grad()
def from_nnx(cells, rnn):
    given = iter(
        [
            jax.device_get(p[...]).T
            for p in places(cells, rnn)
        ]
    )
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
    rnn, again = (
        kind(5, 8, 2, batch_first=True) for _ in range(2)
    )
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
