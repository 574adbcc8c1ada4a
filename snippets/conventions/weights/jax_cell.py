import jax.numpy as jnp
import torch
from jax.experimental import rnn as jax_rnn
from torch import nn


def to_jax(lstm):
    if (
        not isinstance(lstm, nn.LSTM)
        or not lstm.bias
        or lstm.proj_size
    ):
        raise ValueError(
            f"needs an nn.LSTM with bias and proj_size=0: {lstm}"
        )
    matrices = [
        w for cell in lstm.all_weights for w in cell[:2]
    ]
    biases = [
        b for cell in lstm.all_weights for b in cell[2:]
    ]
    return torch.cat(
        [w.flatten() for w in matrices + biases]
    ).numpy(force=True)


torch.manual_seed(0)
x = torch.randn(3, 7, 5)  # (batch, time, features)
sizes = dict(
    num_layers=2, bidirectional=True, batch_first=True
)
lstm = nn.LSTM(5, 8, **sizes)
flat = jnp.asarray(to_jax(lstm))
print(
    flat.shape,
    jax_rnn.get_num_params_in_lstm(5, 8, 2, True),
)
state = jnp.zeros((4, 3, 8))
weights = jax_rnn.unpack_lstm_weights(flat, 5, 8, 2, True)
lengths = jnp.full(3, 7, dtype=jnp.int32)
out, _, _ = jax_rnn.lstm_ref(
    jnp.asarray(x.numpy()),
    state,
    state,
    *weights,
    lengths,
    5,
    8,
    2,
    0.0,
    True,
)
far = abs(out - lstm(x)[0].numpy(force=True)).max()
print("|y - y_rnn| < 1e-6:", bool(far < 1e-6))
try:
    to_jax(nn.GRU(5, 8))
except ValueError as error:
    print(f"{type(error).__name__}: {error}")
