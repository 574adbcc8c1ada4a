import os

os.environ["KERAS_BACKEND"] = "torch"

import keras
import torch

keras.utils.set_random_seed(0)
x = torch.randn(3, 20, 5)  # (batch, time, features)
for kind in keras.layers.GRU, keras.layers.LSTM:
    layer = kind(8, return_sequences=True)
    other = kind(
        8,
        return_sequences=True,
        recurrent_activation="hard_sigmoid",
    )
    out = layer(x)
    other.build(x.shape)
    other.set_weights(layer.get_weights())
    far = (other(x) - out).abs().max()
    print(f"{kind.__name__}: {far:.3f}")
