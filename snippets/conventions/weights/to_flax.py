import jax
import torch
from flax import linen
from torch import nn


def to_flax(rnn: nn.GRU | nn.LSTM) -> dict:
    if not rnn.bias or rnn.proj_size:
        needs = "needs bias=True and proj_size=0"
        raise ValueError(f"{needs}: {rnn}")
    gates = "rzn" if isinstance(rnn, nn.GRU) else "ifgo"
    H, cells = rnn.hidden_size, []
    for tensors in rnn.all_weights:
        arrays = [
            w.numpy(force=True).copy() for w in tensors
        ]
        cell = {}
        for k, gate in enumerate(gates):
            rows = slice(k * H, (k + 1) * H)
            W_i, W_h, b_i, b_h = (w[rows] for w in arrays)
            ih, hh = {"kernel": W_i.T}, {"kernel": W_h.T}
            if gate == "n":
                ih["bias"], hh["bias"] = b_i, b_h
            elif gates == "rzn":
                ih["bias"] = b_i + b_h
            else:
                hh["bias"] = b_i + b_h
            cell |= {f"i{gate}": ih, f"h{gate}": hh}
        cells.append({"cell": cell})
    if rnn.bidirectional:
        pairs = zip(cells[::2], cells[1::2], strict=True)
        cells = [
            {"forward_rnn": a, "backward_rnn": b}
            for a, b in pairs
        ]
    layers = {f"layers_{k}": c for k, c in enumerate(cells)}
    return {"params": layers}


torch.manual_seed(0)
x = torch.randn(3, 7, 5)  # (batch, time, features)
for kind, cell in (
    (nn.GRU, linen.GRUCell),
    (nn.LSTM, linen.OptimizedLSTMCell),
):
    rnn = kind(
        5, 8, 2, bidirectional=True, batch_first=True
    )
    layers = []
    for _ in range(2):
        ways = linen.RNN(cell(8)), linen.RNN(cell(8))
        layers.append(linen.Bidirectional(*ways))
    model = linen.Sequential(layers)
    y = jax.device_get(model.apply(to_flax(rnn), x.numpy()))
    y_rnn, _ = rnn(x)
    far = abs(y - y_rnn.numpy(force=True)).max()
    small = bool(far < 1e-6)
    print(f"{cell.__name__}: |y - y_rnn| < 1e-6: {small}")
