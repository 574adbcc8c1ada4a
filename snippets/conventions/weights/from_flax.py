import jax
import torch
from flax import linen
from flax.traverse_util import flatten_dict
from torch import nn

BIASED = {3: "ir iz in hn", 4: "hi hf hg ho"}


def require(key, want, got):
    if got != want:
        raise ValueError(
            f"{key}: expected {want}, got {got}"
        )


@torch.no_grad()
def from_flax(params, rnn):
    require("bias", True, rnn.bias)
    require("proj_size", 0, rnn.proj_size)
    arrays, new = (
        flatten_dict(params["params"], sep="/"),
        {},
    )
    gates = "rzn" if isinstance(rnn, nn.GRU) else "ifgo"
    for name, parameter in rnn.named_parameters():
        kind, side, layer, *back = name.split("_")
        run = ("forward_rnn/", "backward_rnn/")[len(back)]
        path = f"layers_{layer[1:]}/{run * rnn.bidirectional}cell/{side[0]}"
        leaf = {"weight": "kernel", "bias": "bias"}[kind]
        new[name] = torch.zeros_like(parameter)
        blocks = new[name].chunk(len(gates))
        for gate, block in zip(gates, blocks, strict=True):
            if (
                leaf == "bias"
                and side[0] + gate not in BIASED[len(gates)]
            ):
                continue
            key = f"{path}{gate}/{leaf}"
            w = arrays.pop(key, None)
            got = "nothing" if w is None else w.shape
            require(key, tuple(block.shape[::-1]), got)
            block.copy_(torch.tensor(jax.device_get(w).T))
    require("arrays left", [], sorted(arrays))
    rnn.load_state_dict(new)


x = jax.random.normal(jax.random.key(0), (3, 7, 5))
sizes = dict(
    num_layers=2, bidirectional=True, batch_first=True
)
for cell, rnn in (
    (linen.GRUCell, nn.GRU),
    (linen.LSTMCell, nn.LSTM),
):
    model = linen.Sequential(
        [
            linen.Bidirectional(
                linen.RNN(cell(8)), linen.RNN(cell(8))
            )
            for _ in range(2)
        ]
    )
    params = model.init(jax.random.key(0), x)
    rnn = rnn(5, 8, **sizes)
    from_flax(params, rnn)
    out = rnn(torch.tensor(jax.device_get(x)))[0].numpy(
        force=True
    )
    far = abs(
        jax.device_get(model.apply(params, x)) - out
    ).max()
    small = bool(far < 1e-6)
    print(f"{cell.__name__}: |y - y_rnn| < 1e-6: {small}")
for wrong in nn.GRU(5, 8, **sizes), nn.LSTM(5, 9, **sizes):
    try:
        from_flax(params, wrong)
    except ValueError as error:
        print(f"{type(error).__name__}: {error}")
