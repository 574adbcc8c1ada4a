import io

import numpy as np
from pandas import date_range, read_csv, to_datetime

times = date_range("2026-03-01", periods=1000, freq="s")
lines = [
    f"{t},{t.second % 7},{t.second % 5}" for t in times
]
del lines[302]
file = io.StringIO("\n".join(["time,flow,heat", *lines]))

table = read_csv(file, index_col="time")
if table.index.dtype.kind == "i":
    first, last = table.index[[0, -1]]
    table = table.reindex(range(first, last + 1))
else:
    iso = to_datetime(table.index, format="ISO8601")
    table = table.set_axis(iso).resample("s").mean()
LATE = 36
gap = table.isna().all(axis=1)  # of a pause LATE rows stay
ago = gap.groupby((~gap).cumsum()).cumsum()
table, gap = table[ago <= LATE], gap[ago <= LATE].mean()
assert gap < 0.4, f"{gap:.0%} are gaps: how long is a step?"
values = table.to_numpy(float)[:, None]  # (time, 1, D)
labels = np.zeros(values.shape[:2], "U5")
TRAIN, VALID = len(values) * 5 // 10, len(values) * 8 // 10
print(values.shape, TRAIN, VALID, np.isnan(values).sum())
