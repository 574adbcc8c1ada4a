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
carry = cell.initialize_carry(key, x.shape)
params = cell.init(key, carry, x)["params"]
packed = nnx.OptimizedLSTMCell(10, H, rngs=nnx.Rngs(0))
block = slice(H, 2 * H)
forget = {
    "PyTorch": (lstm.bias_ih_l0 + lstm.bias_hh_l0)[block],
    "Keras": layer.cell.bias[block],
    "Flax linen": params["hf"]["bias"],
    "Flax nnx": packed.dense_h.bias[block],
}
print("                b_f      f")
for name, bias in forget.items():
    b = torch.tensor(bias.tolist())
    low, high, f = b.min(), b.max(), b.sigmoid().mean()
    print(f"{name:11} {low:5.2f}..{high:.2f} {f:5.2f}")
