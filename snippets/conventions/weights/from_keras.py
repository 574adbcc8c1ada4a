import os

os.environ["KERAS_BACKEND"] = "torch"

import keras
import torch
from torch import nn

LIKE_TORCH = {
    "activation": "tanh",
    "recurrent_activation": "sigmoid",
    "go_backwards": False,
    "merge_mode": "concat",
}


def require(key: str, want: object, got: object) -> None:
    if got != want:
        message = f"{key}: expected {want}, got {got}"
        raise ValueError(message)


def check(
    layer: keras.layers.Layer, rnn: nn.GRU | nn.LSTM
) -> None:
    both = isinstance(layer, keras.layers.Bidirectional)
    want = rnn.bidirectional
    require(f"{layer.name}, bidirectional", want, both)
    config = layer.get_config()
    config |= config["layer"]["config"] if both else {}
    for name, want in LIKE_TORCH.items():
        got = config.get(name, want)
        require(f"{layer.name}, {name}", want, got)


@torch.no_grad()
def from_keras(given: list, rnn: nn.GRU | nn.LSTM) -> None:
    require("bias", True, rnn.bias)
    require("proj_size", 0, rnn.proj_size)
    gru = isinstance(rnn, nn.GRU)
    weights, new = [], []
    for item in given:
        is_layer = isinstance(item, keras.layers.Layer)
        if is_layer:
            check(item, rnn)
        weights += item.weights if is_layer else [item]
    for k, (W_i, W_h, b_i, _) in enumerate(rnn.all_weights):
        bias = (2, len(b_i)) if gru else (len(b_i),)
        for shape in W_i.T.shape, W_h.T.shape, bias:
            w = weights.pop(0) if weights else None
            got = "nothing" if w is None else tuple(w.shape)
            key = getattr(w, "path", f"cell {k}")
            require(key, tuple(shape), got)
            w = torch.tensor(keras.ops.convert_to_numpy(w))
            if gru:
                z, r, n = w.chunk(3, -1)
                w = torch.cat([r, z, n], -1)
            new.append(w.T if len(new) % 3 < 2 else w)
    require("weights left", 0, len(weights))
    for k, cell in enumerate(rnn.all_weights):
        *loaded, b = new[3 * k : 3 * k + 3]
        loaded += b if gru else [b, torch.zeros_like(b)]
        for parameter, w in zip(cell, loaded, strict=True):
            parameter.copy_(w)


keras.utils.set_random_seed(0)
x = torch.randn(3, 7, 5)  # (batch, time, features)
for name in "GRU", "LSTM":
    kind = getattr(keras.layers, name)
    model = keras.Sequential([keras.Input((None, 5))])
    for _ in range(2):
        layer = kind(8, return_sequences=True)
        model.add(keras.layers.Bidirectional(layer))
    rnn = getattr(nn, name)(
        5, 8, 2, batch_first=True, bidirectional=True
    )
    arrays = model.get_weights()
    for given in model.layers, model.weights, arrays:
        from_keras(given, rnn)
        far = (model(x) - rnn(x)[0]).abs().max()
        small = bool(far < 1e-6)
        print(f"{name}: |h - h_keras| < 1e-6: {small}")

for settings in (
    dict(reset_after=False),
    dict(go_backwards=True),
    dict(recurrent_activation="hard_sigmoid"),
):
    layer = keras.layers.GRU(8, name="gru", **settings)
    layer.build((None, None, 5))
    try:
        from_keras([layer], nn.GRU(5, 8))
    except ValueError as error:
        print(f"{type(error).__name__}: {error}")
