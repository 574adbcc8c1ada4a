import os

os.environ["KERAS_BACKEND"] = "torch"

import keras
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

torch.manual_seed(0)
lstm = nn.LSTM(5, 8, batch_first=True).requires_grad_(False)
# 0: padding
words = torch.tensor([[7, 2, 9, 4], [3, 8, 0, 0]])
table = torch.randn(10, 5)

embedding = keras.layers.Embedding(10, 5, mask_zero=True)
model = keras.Sequential([embedding, keras.layers.LSTM(8)])
model.build((None, 4))
W_i, W_h, b_i, b_h = lstm.parameters()
arrays = table, W_i.T, W_h.T, b_i + b_h
model.set_weights([w.numpy() for w in arrays])

padded, lengths = table[words], (words != 0).sum(1)
packed = pack_padded_sequence(
    padded,
    lengths.cpu(),
    batch_first=True,
    enforce_sorted=False,
)
for name, batch in ("padded", padded), ("packed", packed):
    h_n = lstm(batch)[1][0][-1]  # (batch, hidden)
    far = (h_n - model(words)).abs().amax(1)
    print(name, [f"{v:.3f}" for v in far.tolist()])
