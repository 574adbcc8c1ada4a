import numpy as np

# >>> of own.py: values (time, 1, D), TRAIN, VALID, LATE
values = np.random.default_rng(1).normal(size=(3000, 1, 2))
TRAIN, VALID, LATE = 1500, 2400, 36
# <<<
size = dict(spike=1, flat=36, shift=73)
rng = np.random.default_rng(0)
std = np.nanstd(values[:TRAIN, 0], 0)
values = np.tile(values, (1, 31, 1))
labels = np.zeros(values.shape[:2], "U5")
for k, kind in enumerate([*size] * 10, 1):
    i = rng.integers(VALID, len(values) - 73 - LATE)
    j, c = i + size[kind], k % len(std)
    x = values[:, k, c]
    x[i:j] = x[i] if kind == "flat" else x[i:j] + std[c]
    labels[i : j + LATE, k] = kind
print(values.shape, *size)
