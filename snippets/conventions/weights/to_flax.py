import jax
import torch
from flax import linen
from torch import nn


def to_flax(rnn):
    if not rnn.bias or rnn.proj_size:
        raise ValueError(
            f"needs bias=True and proj_size=0: {rnn}"
        )
    gru, cells = isinstance(rnn, nn.GRU), []
    for tensors in rnn.all_weights:
        cell, arrays = (
            {},
            [w.numpy(force=True).copy() for w in tensors],
        )
        for k, gate in enumerate("rzn" if gru else "ifgo"):
            rows = slice(
                k * rnn.hidden_size,
                (k + 1) * rnn.hidden_size,
            )
            W_i, W_h, b_i, b_h = (w[rows] for w in arrays)
            b_i, b_h = (
                (b_i, b_h)
                if gate == "n"
                else (b_i + b_h, None)
            )
            if not gru:
                b_i, b_h = b_h, b_i
            for name, W, b in (
                (f"i{gate}", W_i, b_i),
                (f"h{gate}", W_h, b_h),
            ):
                bias = {} if b is None else {"bias": b}
                cell[name] = {"kernel": W.T} | bias
        cells.append({"cell": cell})
    if rnn.bidirectional:
        pairs = zip(cells[::2], cells[1::2], strict=True)
        cells = [
            {"forward_rnn": a, "backward_rnn": b}
            for a, b in pairs
        ]
    return {
        "params": {
            f"layers_{k}": cell
            for k, cell in enumerate(cells)
        }
    }


torch.manual_seed(0)
x = torch.randn(3, 7, 5)  # (batch, time, features)
for rnn, cell in (
    (nn.GRU, linen.GRUCell),
    (nn.LSTM, linen.OptimizedLSTMCell),
):
    rnn = rnn(
        5,
        8,
        num_layers=2,
        bidirectional=True,
        batch_first=True,
    )
    layers = [
        linen.Bidirectional(
            linen.RNN(cell(8)), linen.RNN(cell(8))
        )
        for _ in range(2)
    ]
    model = linen.Sequential(layers)
    out = model.apply(to_flax(rnn), x.numpy())
    far = abs(
        jax.device_get(out) - rnn(x)[0].numpy(force=True)
    ).max()
    small = bool(far < 1e-6)
    print(f"{cell.__name__}: |y - y_rnn| < 1e-6: {small}")
