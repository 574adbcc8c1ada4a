import torch
from torch.nn.utils.rnn import pad_sequence

lengths = torch.tensor([8, 2])
errors = [torch.full((8,), 1.0), torch.full((2,), 2.0)]
errors = pad_sequence(
    errors, batch_first=True, padding_value=3.0
)
squared = errors**2  # (batch, time)
times = torch.arange(8, device=errors.device)
# (batch, time)
mask = times < lengths.to(errors.device)[:, None]

total, steps = (squared * mask).sum(), mask.sum()
each = (squared * mask).sum(1) / mask.sum(1)
for name, loss in {
    "squared.mean()": squared.mean(),
    "(squared * mask).mean()": (squared * mask).mean(),
    "total / steps": total / steps,
    "each.mean()": each.mean(),
}.items():
    print(f"{name:24} {loss:.3f}")

total_2, steps_2 = torch.tensor(3 * 9.0), 3
mean_of_means = (total / steps + total_2 / steps_2) / 2
print(f"{mean_of_means = :.3f}")
mean = (total + total_2) / (steps + steps_2)
print(f"{mean = :.3f}")
