import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_sequence

torch.manual_seed(0)
gru, fc = nn.GRU(1, 8), nn.Linear(8, 1)
lengths = [2, 5, 12]
x = [torch.randn(n, 1) for n in lengths]  # (time, features)
y = [torch.randn(n, 1) for n in lengths]  # (time, 1)

out, _ = gru(pack_sequence(x, enforce_sorted=False))
targets = pack_sequence(y, enforce_sorted=False)
loss = F.mse_loss(fc(out.data), targets.data)

each = [
    (fc(gru(a)[0]) - b) ** 2
    for a, b in zip(x, y, strict=True)
]
print(f"{loss = :.3f}, {torch.cat(each).mean() = :.3f}")
