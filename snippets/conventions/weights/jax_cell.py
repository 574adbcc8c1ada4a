import jax.numpy as jnp
import numpy as np
import torch
from jax.experimental import rnn as jax_rnn
from torch import nn


def to_jax(lstm: nn.LSTM) -> np.ndarray:
    is_lstm = isinstance(lstm, nn.LSTM)
    if not is_lstm or not lstm.bias or lstm.proj_size:
        needs = "needs an nn.LSTM with bias and proj_size=0"
        raise ValueError(f"{needs}: {lstm}")
    matrices, biases = [], []
    for W_i, W_h, b_i, b_h in lstm.all_weights:
        matrices += W_i, W_h
        biases += b_i, b_h
    vectors = [w.flatten() for w in matrices + biases]
    return torch.cat(vectors).numpy(force=True)


torch.manual_seed(0)
x = torch.randn(3, 7, 5)  # (batch, time, features)
sizes = 5, 8, 2  # features, hidden, layers
lstm = nn.LSTM(*sizes, bidirectional=True, batch_first=True)
flat = jnp.asarray(to_jax(lstm))
asked = jax_rnn.get_num_params_in_lstm(*sizes, True)
print(flat.shape, asked)
state = jnp.zeros((4, 3, 8))
weights = jax_rnn.unpack_lstm_weights(flat, *sizes, True)
lengths = jnp.full(3, 7, dtype=jnp.int32)
given = jnp.asarray(x.numpy()), state, state
out, _, _ = jax_rnn.lstm_ref(
    *given, *weights, lengths, *sizes, 0.0, True
)
far = abs(out - lstm(x)[0].numpy(force=True)).max()
print("|y - y_rnn| < 1e-6:", bool(far < 1e-6))
try:
    to_jax(nn.GRU(5, 8))
except ValueError as error:
    print(f"{type(error).__name__}: {error}")
