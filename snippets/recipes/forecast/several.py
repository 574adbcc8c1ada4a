import numpy as np

# of each store (time, features), [:, 0] is to forecast
draw = np.random.default_rng(0)
stores = {
    name: draw.normal(level, level / 9, (200, 2))
    for name, level in {"north": 90, "south": 9}.items()
}
TRAIN, WINDOW, AHEAD = 150, 28, 7

x, y = [], []
for k, rows in enumerate(stores.values()):
    train = rows[:TRAIN]
    rows = (rows - train.mean(0)) / train.std(0)
    which = np.eye(len(stores))[[k] * len(rows)]
    rows = np.hstack([rows, which])
    for i in range(WINDOW, TRAIN - AHEAD + 1):
        x.append(rows[i - WINDOW : i])
        y.append(rows[i : i + AHEAD, 0])
print(np.shape(x), np.shape(y))
