import torch
from torch.nn import functional as F
from torch.nn.utils.rnn import pad_sequence

torch.manual_seed(0)
rows = [2, 1], [1], [2, 2, 1, 2]
targets = [torch.tensor(row) for row in rows]
logits = torch.randn(3, 4, 3)  # (batch, time, classes)
logits[..., 0] -= 5

alone = [
    F.cross_entropy(logits[i, : len(t)], t, reduction="sum")
    for i, t in enumerate(targets)
]
print(f"{sum(alone) / 7 = :.3f}")

steps = logits.flatten(0, 1)  # (batch * time, classes)
for value in 0, -100:
    y = pad_sequence(
        targets, batch_first=True, padding_value=value
    )
    loss = F.cross_entropy(steps, y.flatten())
    print(f"{value = :4}: {loss = :.3f}")

nothing = torch.full((3,), -100)
loss = F.cross_entropy(logits[0, :3], nothing)
print(f"{nothing.tolist()}: {loss = }")
