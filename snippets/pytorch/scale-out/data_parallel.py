import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

gru = nn.GRU(10, 20, num_layers=2, batch_first=True)
x = torch.randn(6, 5, 10)  # (batch, time, features)
h0 = torch.zeros(2, 6, 20)  # (layers, batch, hidden)
lengths = [5, 5, 4, 3, 2, 1]

# two devices, each with its half of dimension 0
x, h0 = x.chunk(2)[0], h0.chunk(2)[0]
for call in (
    lambda: gru(x, h0),
    lambda: pack_padded_sequence(x, lengths, True),
    lambda: nn.DataParallel(gru).init_hidden(6),
):
    try:
        call()
    except (RuntimeError, AttributeError) as e:
        print(f"{type(e).__name__}: {e}")
print(tuple(gru(x, x.new_zeros(2, x.size(0), 20))[0].shape))
