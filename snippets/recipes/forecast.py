import copy

import numpy as np
import torch
from pandas import DataFrame
from statsmodels.datasets import co2
from torch import Tensor, nn

# >>> values (time, features); [:, 0] is to forecast
weekly = co2.load_pandas().data["co2"]
t = 2 * np.pi * weekly.index.day_of_year / 365.25
waves = [f(k * t) for k in (1, 2) for f in (np.sin, np.cos)]
values = np.stack([weekly, *waves], 1)
TRAIN, VALID = 1501, 1866  # 1958-86, 1987-93, 1994-2001
WINDOW, SEASON, AHEAD, STEPS = 104, 52, 26, [1, 4, 13, 26]
# <<<
HIDDEN, RATE, BATCH, EPOCHS = 32, 0.02, 128, 25
Part = tuple[Tensor, Tensor, Tensor]
device = "cuda" if torch.cuda.is_available() else "cpu"


def windows(first: int, last: int) -> Part:
    df = DataFrame(values).reindex(range(last))
    s = df[:TRAIN]  # a constant column has no spread
    df = (df - s.mean()) / s.std().where(s.nunique() > 1, 1)
    df = [df.ffill().fillna(0), df[0].notna(), df[0]]
    rows = torch.tensor(np.column_stack(df)).to(device)
    rows = rows[max(first - WINDOW, 0) :]
    rows = rows.unfold(0, WINDOW + AHEAD, 1).mT.clone()
    rows[:, :, [0, -1]] -= rows[:, WINDOW - 1, None, :1]
    x, y = rows[:, :WINDOW, :-1], rows[:, WINDOW:, -1]
    return x, torch.cat([x[:, :, 0], x[:, -1, 1:]], 1), y


class Forecaster(nn.Module):
    def __init__(self, D: int) -> None:
        super().__init__()
        self.gru = nn.GRU(D, HIDDEN, batch_first=True)
        self.fc = nn.Linear(HIDDEN, AHEAD)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc(self.gru(x)[1][-1])  # (batch, AHEAD)


def rmse(forecast: Tensor, y: Tensor) -> Tensor:  # (AHEAD,)
    return (forecast - y).square().nanmean(0).sqrt()


def ridge(train: Part, valid: Part) -> Tensor:
    _, x, y = train
    a, b, i = x.T @ x, x.T @ y, torch.eye(x.shape[1]).to(x)
    p = torch.tensor([0.1, 1, 10, 100]).to(x)[:, None, None]
    fits = torch.linalg.solve(a + p * i, b)
    _, x, y = valid
    return min(fits, key=lambda w: rmse(x @ w, y).mean())


def gru(train: Part, valid: Part, seed: int) -> nn.Module:
    torch.manual_seed(seed)
    x, _, y = train
    net, best = Forecaster(x.shape[2]).to(x), torch.inf
    optimizer = torch.optim.Adam(net.parameters(), lr=RATE)
    for _ in range(EPOCHS):
        order = torch.randperm(len(x), device="cpu")
        for rows in order.split(BATCH):
            loss = (net(x[rows]) - y[rows]).square().mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        with torch.no_grad():
            error = rmse(net(valid[0]), valid[2]).mean()
        if error < best:
            best, kept = error, copy.deepcopy(net)
    return kept.requires_grad_(False)


def run(seed: int) -> dict[str, dict[str, float]]:
    ends = [0, TRAIN, VALID, len(values) + AHEAD]
    assert min(np.diff(ends)) > WINDOW + AHEAD, "too short"
    train, valid, (x, z, y) = map(windows, ends, ends[1:])
    train = [p[train[2].isfinite().all(1)] for p in train]
    assert len(train[0]), "each window misses a target"
    ago = x[:, -SEASON + np.arange(AHEAD) % SEASON, 0]
    back = ago - x[:, -SEASON - 1, :1]
    found = dict(last=0 * ago, seasonal=back)
    found["ridge"] = z @ ridge(train, valid)
    found["GRU"] = gru(train, valid, seed)(x)
    s = DataFrame(values)[0]
    unit, now = s[:TRAIN].std(), s.ffill().iloc[-1]
    for m, f in found.items():
        e, after = rmse(f, y) * unit, now + f[-1] * unit
        found[m] = {str(k): e[k - 1].item() for k in STEPS}
        found[m]["+1"] = after[0].item()
    return found


if __name__ == "__main__":
    print("STEPS   ", *(f"{k:>6}" for k in [*STEPS, "+1"]))
    for k, e in run(seed=0).items():
        print(f"{k:8}", *map("{:6.2f}".format, e.values()))
