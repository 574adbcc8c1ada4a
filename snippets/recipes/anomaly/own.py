import io

import numpy as np
from pandas import read_csv

lines = [f"{k},{k % 7},{k % 5}" for k in range(1000)]
file = io.StringIO("\n".join(["time,flow,heat", *lines]))

table = read_csv(file, index_col="time")
first, last = table.index[[0, -1]]
table = table.reindex(range(first, last + 1))
values = table.to_numpy(float)[:, None]  # (time, 1, D)
labels = np.zeros(values.shape[:2], "U5")
TRAIN, VALID = len(values) * 5 // 10, len(values) * 8 // 10
LATE = 36
print(values.shape, TRAIN, VALID, np.isnan(values).sum())
