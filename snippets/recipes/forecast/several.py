import copy
import sys

import numpy as np
import torch
from pandas import DataFrame, concat, date_range
from sklearn.linear_model import RidgeCV
from torch import Tensor, nn

# >>> table: a row for each day and store, gaps NaN
draw, some = np.random.default_rng(0), []
for name, level, n in ("north", 90, 400), ("south", 9, 370):
    promo = draw.random(n) < 0.1
    sales = draw.normal([5, 6, 8, 7, 5, 5, 5], 0.5, (58, 7))
    sales = level * sales.ravel()[-n:] * (1 + promo)
    sales[-7:] = np.nan  # the days to come
    one = DataFrame(dict(sales=sales, promo=promo))
    one["day"] = date_range(end="2026-02-09", periods=n)
    some.append(one.assign(store=name))
table = concat(some)
DAY, STORE, STEP = "day", "store", "D"
COLUMNS, KNOWN = ["sales", "promo"], [1]
PART, WINDOW, AHEAD, SEASON = 60, 28, 7, 7
# <<<
D = len(COLUMNS) + 1  # one more says where a gap is
HIDDEN, RATE, BATCH, EPOCHS = 32, 0.005, 64, 30
wide = table.pivot(index=DAY, columns=STORE)[COLUMNS]
wide = wide.asfreq(STEP).astype(float)
last = wide[COLUMNS[0]].dropna(how="all").index[-1]
days = date_range(last, periods=AHEAD + 1, freq=STEP)[1:]
wide = wide.reindex(wide[:last].index.append(days))
names = [*wide[COLUMNS[0]]]
told = wide[[COLUMNS[k] for k in KNOWN]][-AHEAD:].notna()
assert told.all(axis=None), "days to come: KNOWN is empty"


def cube(wide: DataFrame) -> Tensor:  # (store, day, column)
    rows = torch.tensor(wide.to_numpy()).float()
    return rows.unflatten(1, (-1, len(names))).permute(
        2, 0, 1
    )


def windows(wide: DataFrame) -> list[Tensor]:
    y = cube(wide)[:, :, :1]
    rows = cube(wide.ffill().fillna(0))
    rows = torch.cat([rows, y.isnan(), y], 2)
    rows = rows.unfold(1, WINDOW + AHEAD, 1).mT.clone()
    level = rows[:, :, :WINDOW, :1].mean(2, keepdim=True)
    rows[..., [0, -1]] -= level
    x, later = rows.split([WINDOW, AHEAD], 2)
    parts = [x[..., :D], later[..., KNOWN]]
    which = torch.eye(len(x))[:, None].expand(
        *x.shape[:2], -1
    )
    x = torch.cat(
        [*(p.flatten(2) for p in parts), which], 2
    )
    return [x, later[..., D], level[..., 0]]


class Forecaster(nn.Module):
    def __init__(self, inputs: int) -> None:
        super().__init__()
        self.gru = nn.GRU(D, HIDDEN, batch_first=True)
        rest = inputs - WINDOW * D
        self.fc = nn.Linear(HIDDEN + rest, AHEAD)

    def forward(self, x: Tensor) -> Tensor:
        x, z = x.tensor_split([WINDOW * D], 1)
        h = self.gru(x.unflatten(1, (WINDOW, D)))[1][-1]
        return self.fc(torch.cat([h, z], 1))


def gru(x: Tensor, y: Tensor, valid: list) -> nn.Module:
    torch.manual_seed(0)
    net, best = Forecaster(x.shape[1]), torch.inf
    adam = torch.optim.Adam(net.parameters(), RATE)
    for _ in range(EPOCHS):
        order = torch.randperm(len(x), device="cpu")
        for k in order.split(BATCH):
            loss = (net(x[k]) - y[k]).square().mean()
            adam.zero_grad()
            loss.backward()
            adam.step()
        with torch.no_grad():
            e = (
                (net(valid[0]) - valid[1])
                .square()
                .nanmean()
            )
        if e < best:
            best, kept = e, copy.deepcopy(net)
    return kept.requires_grad_(False)


def part(start: int, stop: int | None) -> list[Tensor]:
    return [p[:, start:stop].flatten(0, 1) for p in every]


past, saved = wide[: -2 * PART - AHEAD], sys.argv[1:]
known = past[COLUMNS[0]].count().to_dict()
assert min(known.values()) > WINDOW + AHEAD, (
    f"too short: {known}"
)
std = past.std().where(past.nunique() > 1, 1)
fitted = [past.mean(), std]
if saved:
    fitted = torch.load(*saved, weights_only=False)
every = windows((wide - fitted[0]) / fitted[1])
if not saved:
    x, y, _ = part(0, -2 * PART - AHEAD)
    x, y = (p[y.isfinite().all(1)] for p in (x, y))
    valid = part(-2 * PART - 1, -PART - AHEAD)
    ridge = RidgeCV([0.1, 1, 10, 100]).fit(x, y)
    fitted += ridge, gru(x, y, valid)
    torch.save(fitted, "several.pt")
mean, std, ridge, net = fitted
assert wide.columns.equals(mean.index), (
    "other stores: train"
)
x, y, level = part(-PART - 1, None)
ago = WINDOW - SEASON + np.arange(AHEAD) % SEASON
ago = x[:, D * ago]
line = torch.tensor(ridge.predict(x))
found = dict(seasonal=ago, ridge=line, GRU=net(x))
print(" " * 8, *(f"{n:>6}" for n in names))
for model, f in found.items():
    e = (f - y).square().view(len(names), -1, AHEAD)
    e = e[:, :-AHEAD].nanmean((1, 2)).sqrt().numpy()
    e = std[COLUMNS[0]] * e
    print(f"{model:8}", *map("{:6.1f}".format, e))
    f = (f + level)[PART :: PART + 1].T
    f = DataFrame(f.numpy(), days, names)
    f = f * std[COLUMNS[0]] + mean[COLUMNS[0]]
    f.to_csv(f"{model}.csv", index_label=DAY)
print(f.round(1))
