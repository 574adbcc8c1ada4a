import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

torch.manual_seed(0)
gru = nn.GRU(1, 8, batch_first=True)
x = torch.randn(3, 4, 1)  # (batch, time, features)
lengths = torch.tensor([4, 0, 2])
packed = pack_padded_sequence(
    x, lengths.clamp(min=1), batch_first=True, enforce_sorted=False
)
_, h_n = gru(packed)
h_n = h_n * (lengths > 0)[:, None]  # (layers, batch, hidden)
print([f"{size:.2f}" for size in h_n[-1].abs().amax(-1).tolist()])
