import torch
from torch import nn
from torch.nn.utils.rnn import (
    pack_padded_sequence,
    pad_packed_sequence,
)

torch.manual_seed(0)
lengths = torch.tensor([2, 12, 5])
x = torch.randn(3, 12, 1)  # (batch, time, features)
y = torch.randn(3, 12)  # (batch, time)
steps = torch.arange(12, device=x.device)
# (batch, time)
mask = steps < lengths.to(x.device)[:, None]
packed = pack_padded_sequence(
    x, lengths.cpu(), batch_first=True, enforce_sorted=False
)


def learn(gru, fc, batch):
    out, _ = gru(batch)
    if batch is packed:
        out, _ = pad_packed_sequence(out, batch_first=True)
    loss = ((fc(out).squeeze(-1) - y)[mask] ** 2).mean()
    weights = list(gru.parameters())
    return loss, torch.autograd.grad(loss, weights)


for directions in 1, 2:
    both = directions == 2
    gru = nn.GRU(1, 8, batch_first=True, bidirectional=both)
    fc = nn.Linear(8 * directions, 1)
    loss, gradient = learn(gru, fc, x)
    loss_packed, gradient_packed = learn(gru, fc, packed)
    pairs = zip(gradient, gradient_packed, strict=True)
    same = all(
        torch.allclose(a, b, atol=1e-5) for a, b in pairs
    )
    print(f"{directions = }: {same = }")
    print(f"  {loss = :.3f}, {loss_packed = :.3f}")
