from math import ceil, log2, log10

import torch


def show(exercise, **numbers):
    for name, number in numbers.items():
        print(exercise, name, f"{round(number, 2):g}")


factor, left = 0.64, 1 / 1000
steps = next(t for t in range(100) if factor**t < left)
show(
    "why_steps",
    right=steps,
    one_short=steps - 1,
    halved=ceil(log2(1 / left)),
    subtracted=ceil((1 - left) / (1 - factor)),
)

T = 100
gate = torch.tensor(1 - 1 / T, dtype=torch.float64)
show(
    "why_bias",
    right=gate.logit().item(),
    half=gate.logit().item() / 2,
    gate=gate.item(),
    log10=log10(T),
    steps=T,
)
