import os

os.environ["KERAS_BACKEND"] = "torch"

import keras
import numpy as np
import torch
from torch import nn


def to_keras(rnn: nn.GRU | nn.LSTM) -> list[np.ndarray]:
    if not rnn.bias or rnn.proj_size:
        needs = "needs bias=True and proj_size=0"
        raise ValueError(f"{needs}: {rnn}")
    gru, arrays = isinstance(rnn, nn.GRU), []
    for W_i, W_h, b_i, b_h in rnn.all_weights:
        bias = torch.stack([b_i, b_h]) if gru else b_i + b_h
        for w in W_i.T, W_h.T, bias:
            if gru:
                r, z, n = w.chunk(3, -1)
                w = torch.cat([z, r, n], -1)
            arrays.append(w.numpy(force=True).copy())
    return arrays


torch.manual_seed(0)
x = torch.randn(3, 7, 5)  # (batch, time, features)
for name in "GRU", "LSTM":
    kind = getattr(keras.layers, name)
    rnn = getattr(nn, name)(
        5, 8, 2, batch_first=True, bidirectional=True
    )
    model = keras.Sequential([keras.Input((None, 5))])
    for _ in range(2):
        layer = kind(8, return_sequences=True)
        model.add(keras.layers.Bidirectional(layer))
    model.set_weights(to_keras(rnn))
    far = (model(x) - rnn(x)[0]).abs().max()
    print(f"{name:4} |y - y_rnn| < 1e-6:", bool(far < 1e-6))
try:
    to_keras(nn.LSTM(5, 8, proj_size=4))
except ValueError as error:
    print(f"{type(error).__name__}: {error}")
