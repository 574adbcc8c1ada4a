import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence


def masked(
    values: Tensor, lengths: Tensor
) -> tuple[Tensor, Tensor]:
    times = torch.arange(
        values.shape[1], device=values.device
    )
    # (batch, time)
    mask = times < lengths.to(values.device)[:, None]
    return values.where(mask, 0), mask


lengths = torch.tensor([8, 2])
errors = [torch.full((8,), 1.0), torch.full((2,), 2.0)]
errors = pad_sequence(
    errors, batch_first=True, padding_value=3.0
)
squared = errors**2  # (batch, time)
real, mask = masked(squared, lengths)
total, steps = real.sum(), mask.sum()
each = real.sum(1) / mask.sum(1)
for name, loss in {
    "squared.mean()": squared.mean(),
    "real.mean()": real.mean(),
    "total / steps": total / steps,
    "each.mean()": each.mean(),
}.items():
    print(f"{name:14} {loss:.3f}")

total_2, steps_2 = torch.tensor(3 * 9.0), 3
mean_of_means = (total / steps + total_2 / steps_2) / 2
print(f"{mean_of_means = :.3f}")
mean = (total + total_2) / (steps + steps_2)
print(f"{mean = :.3f}")
