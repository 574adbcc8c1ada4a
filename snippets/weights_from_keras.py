import os

os.environ["KERAS_BACKEND"] = "torch"

import keras
import torch
from torch import nn


def require(key, want, got):
    if got != want:
        raise ValueError(f"{key}: expected {want}, got {got}")


@torch.no_grad()
def from_keras(weights, rnn):
    require("bias", True, rnn.bias)
    require("proj_size", 0, rnn.proj_size)
    gru, given, new = isinstance(rnn, nn.GRU), list(weights), []
    for k, (W_i, W_h, b_i, _) in enumerate(rnn.all_weights):
        bias = (2, len(b_i)) if gru else (len(b_i),)
        for want in tuple(W_i.T.shape), tuple(W_h.T.shape), bias:
            w = given.pop(0) if given else None
            got = "nothing" if w is None else tuple(w.shape)
            require(f"cell {k}" if w is None else w.path, want, got)
            w = torch.tensor(w.numpy())
            if gru:
                z, r, n = w.chunk(3, -1)
                w = torch.cat([r, z, n], -1)
            new.append(w.T if len(new) % 3 < 2 else w)
    require("weights left", 0, len(given))
    for k, (*W, b_i, b_h) in enumerate(rnn.all_weights):
        *loaded, bias = new[3 * k : 3 * k + 3]
        loaded += bias if gru else [bias, torch.zeros_like(bias)]
        for parameter, w in zip([*W, b_i, b_h], loaded, strict=True):
            parameter.copy_(w)


keras.utils.set_random_seed(0)
x = torch.randn(3, 7, 5)  # (batch, time, features)
sizes = dict(num_layers=2, batch_first=True, bidirectional=True)
for name in "GRU", "LSTM":
    model = keras.Sequential([keras.Input((None, 5))])
    for _ in range(2):
        layer = getattr(keras.layers, name)(8, return_sequences=True)
        model.add(keras.layers.Bidirectional(layer))
    rnn = getattr(nn, name)(5, 8, **sizes)
    from_keras(model.weights, rnn)
    far = (model(x) - rnn(x)[0]).abs().max()
    print(f"{name}: off by less than 1e-6: {bool(far < 1e-6)}")

old = keras.layers.GRU(8, reset_after=False, name="old")
old.build((None, None, 5))
lstm = keras.layers.LSTM(8, name="lstm")
lstm.build((None, None, 5))
for weights, rnn in (
    (lstm.weights, nn.GRU(5, 8)),
    (lstm.weights, nn.LSTM(5, 9)),
    (lstm.weights, nn.LSTM(5, 8, 2)),
    (old.weights, nn.GRU(5, 8)),
):
    try:
        from_keras(weights, rnn)
    except ValueError as error:
        print(error)
