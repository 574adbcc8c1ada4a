import jax
import torch
from flax import linen
from flax.traverse_util import flatten_dict
from torch import nn

BIASED = {"rzn": "ir iz in hn", "ifgo": "hi hf hg ho"}


def require(key: str, want: object, got: object) -> None:
    if got != want:
        message = f"{key}: expected {want}, got {got}"
        raise ValueError(message)


@torch.no_grad()
def from_flax(params: dict, rnn: nn.GRU | nn.LSTM) -> None:
    require("bias", True, rnn.bias)
    require("proj_size", 0, rnn.proj_size)
    arrays = flatten_dict(params["params"], sep="/")
    new = {}
    gates = "rzn" if isinstance(rnn, nn.GRU) else "ifgo"
    biased = BIASED[gates].split()
    for name, parameter in rnn.named_parameters():
        kind, side, layer, *back = name.split("_")
        run = ("forward_rnn/", "backward_rnn/")[len(back)]
        run *= rnn.bidirectional
        path = f"layers_{layer[1:]}/{run}cell"
        leaf = {"weight": "kernel", "bias": "bias"}[kind]
        new[name] = torch.zeros_like(parameter)
        blocks = new[name].chunk(len(gates))
        for gate, block in zip(gates, blocks, strict=True):
            dense = side[0] + gate
            if leaf == "bias" and dense not in biased:
                continue
            key = f"{path}/{dense}/{leaf}"
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
kinds = (nn.GRU, linen.GRUCell), (nn.LSTM, linen.LSTMCell)
for kind, cell in kinds:
    layers = []
    for _ in range(2):
        ways = linen.RNN(cell(8)), linen.RNN(cell(8))
        layers.append(linen.Bidirectional(*ways))
    model = linen.Sequential(layers)
    params = model.init(jax.random.key(0), x)
    rnn = kind(5, 8, **sizes)
    from_flax(params, rnn)
    y = jax.device_get(model.apply(params, x))
    y_rnn, _ = rnn(torch.tensor(jax.device_get(x)))
    far = abs(y - y_rnn.numpy(force=True)).max()
    small = bool(far < 1e-6)
    print(f"{cell.__name__}: |y - y_rnn| < 1e-6: {small}")
for wrong in nn.GRU(5, 8, **sizes), nn.LSTM(5, 9, **sizes):
    try:
        from_flax(params, wrong)
    except ValueError as error:
        print(f"{type(error).__name__}: {error}")
