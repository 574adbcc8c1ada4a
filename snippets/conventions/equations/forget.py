import os

os.environ["KERAS_BACKEND"] = "torch"

import jax
import keras
import torch
from flax import linen, nnx
from torch import nn

H = 256
torch.manual_seed(0)
lstm = nn.LSTM(10, H)
layer = keras.layers.LSTM(H)
layer.build((None, None, 10))
x, key = jax.numpy.zeros((1, 10)), jax.random.key(0)
cell = linen.OptimizedLSTMCell(H)
params = cell.init(
    key, cell.initialize_carry(key, x.shape), x
)["params"]
packed = nnx.OptimizedLSTMCell(10, H, rngs=nnx.Rngs(0))
forget = {
    "PyTorch": (lstm.bias_ih_l0 + lstm.bias_hh_l0)[
        H : 2 * H
    ],
    "Keras": layer.cell.bias[H : 2 * H],
    "Flax linen": params["hf"]["bias"],
    "Flax nnx": packed.dense_h.bias[H : 2 * H],
}
print("                b_f      f")
for name, bias in forget.items():
    b = torch.tensor(
        jax.device_get(bias)
        if "Flax" in name
        else bias.tolist()
    )
    print(
        f"{name:11} {b.min():5.2f}..{b.max():.2f} {b.sigmoid().mean():5.2f}"
    )
