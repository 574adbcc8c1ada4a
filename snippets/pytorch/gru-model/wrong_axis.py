import torch
from torch import nn

torch.manual_seed(0)
gru = nn.GRU(input_size=1, hidden_size=4, batch_first=True)
x = torch.randn(6, 3, 1)  # (time, batch, features)
changed = x.clone()
changed[:, 0] += 1  # only sample 0

wrong, moved = gru(x)[0], gru(changed)[0]
print(tuple(wrong.shape))  # (time, batch, hidden)
print(f"{torch.allclose(wrong[:, 1], moved[:, 1]) = }")

x, changed = x.transpose(0, 1), changed.transpose(0, 1)
right, moved = gru(x)[0], gru(changed)[0]
print(tuple(right.shape))  # (batch, time, hidden)
print(f"{torch.allclose(right[1], moved[1]) = }")
