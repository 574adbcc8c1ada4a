import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

torch.manual_seed(0)
gru = nn.GRU(1, 8, batch_first=True)
x = torch.randn(3, 4, 1)  # (batch, time, features)
lengths = torch.tensor([4, 0, 2])
longer = lengths.clamp(min=1)
packed = pack_padded_sequence(
    x, longer.cpu(), batch_first=True, enforce_sorted=False
)
_, h_n = gru(packed)
real = (lengths > 0).to(h_n.device)
h_n = h_n * real[:, None]  # (layers, batch, hidden)
sizes = h_n[-1].abs().amax(-1).tolist()
print([f"{size:.2f}" for size in sizes])
