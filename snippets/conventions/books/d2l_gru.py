import os

os.environ["KERAS_BACKEND"] = "torch"

import keras
import torch
from torch import nn


def three():
    W_x, W_h = torch.randn(5, 8), torch.randn(8, 8)
    return 0.5 * W_x, 0.5 * W_h, 0.5 * torch.randn(8)


def gru(inputs):
    H, outputs = torch.zeros(inputs.shape[1], 8), []
    for X in inputs:
        Z = torch.sigmoid(X @ W_xz + H @ W_hz + b_z)
        R = torch.sigmoid(X @ W_xr + H @ W_hr + b_r)
        new = X @ W_xh + (R * H) @ W_hh + b_h
        H = Z * H + (1 - Z) * torch.tanh(new)
        outputs.append(H)
    return torch.stack(outputs)


torch.manual_seed(0)
W_xz, W_hz, b_z = three()
W_xr, W_hr, b_r = three()
W_xh, W_hh, b_h = three()
x = torch.randn(20, 3, 5)  # (time, batch, features)
out = gru(x)

torch_gru = nn.GRU(5, 8).requires_grad_(False)
W_i, W_h, b_i, b_zero = torch_gru.parameters()
W_i.copy_(torch.cat([W_xr, W_xz, W_xh], 1).T)
W_h.copy_(torch.cat([W_hr, W_hz, W_hh], 1).T)
b_i.copy_(torch.cat([b_r, b_z, b_h]))
b_zero.zero_()
far = (torch_gru(x)[0] - out).abs().max()
print(f"nn.GRU: {far:.3f}")

keras_gru = keras.layers.GRU(
    8, reset_after=False, return_sequences=True
)
keras_gru.build((None, None, 5))
W = torch.cat([W_xz, W_xr, W_xh], 1)
R = torch.cat([W_hz, W_hr, W_hh], 1)
b = torch.cat([b_z, b_r, b_h])
keras_gru.set_weights([w.numpy() for w in (W, R, b)])
y = keras_gru(x.transpose(0, 1)).detach().transpose(0, 1)
far = (y - out).abs().max()
far = "< 1e-6" if far < 1e-6 else f"{far:.3f}"
print(f"keras.layers.GRU, reset_after=False: {far}")
