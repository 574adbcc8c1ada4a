import copy
from math import pi

import numpy as np
import torch
from statsmodels.datasets import co2
from torch import Tensor, nn

# >>> values (time, features); [:, 0] is to forecast
weekly = co2.load_pandas().data["co2"]
year = 2 * pi * weekly.index.day_of_year / 365.25
values = np.stack([weekly, np.sin(year), np.cos(year)], 1)
TRAIN, VALID = 1502, 1867  # 1958-86, 1987-93, 1994-2001
WINDOW, AHEAD, SEASON = 104, 26, 52
STEPS = [1, 4, 13, 26]
# <<<
HIDDEN, RATE, EPOCHS, PATIENCE = 32, 0.003, 60, 10
PENALTIES = [0.01, 0.1, 1.0, 10.0, 100.0, 1000.0]
device = "cuda" if torch.cuda.is_available() else "cpu"


class Part:  # inputs, targets, known
    def __init__(self, first: int, last: int) -> None:
        seen = values[max(first - WINDOW, 0) : last]
        if len(seen) < WINDOW + AHEAD:
            raise ValueError(
                f"{last - first} < WINDOW + AHEAD"
            )
        known = np.isfinite(seen)
        rows = np.arange(len(seen))[:, None]
        at = np.maximum.accumulate(np.where(known, rows, 0))
        seen = np.take_along_axis(seen, at, 0)
        table = torch.tensor(
            np.hstack([seen, known[:, :1]])
        )
        cut = table.float().unfold(0, WINDOW + AHEAD, 1).mT
        self.x, self.y = (
            cut[:, :WINDOW].clone(),
            cut[:, WINDOW:, 0],
        )
        level = self.x[:, -1:, 0].clone()
        self.x[:, :, 0] -= level
        self.y = self.y - level
        self.known = cut[:, WINDOW:, -1] > 0

    def rmse(self, forecast: Tensor) -> Tensor:  # (AHEAD,)
        squared = (forecast - self.y).square() * self.known
        return (squared.sum(0) / self.known.sum(0)).sqrt()


class Forecaster(nn.Module):
    def __init__(self, features: int) -> None:
        super().__init__()
        self.gru = nn.GRU(
            features, HIDDEN, batch_first=True
        )
        self.fc = nn.Linear(HIDDEN, AHEAD)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc(self.gru(x)[1][-1])  # (batch, AHEAD)


def seasonal(x: Tensor) -> Tensor:
    ago = WINDOW - SEASON + torch.arange(AHEAD) % SEASON
    return x[:, ago, 0] - x[:, WINDOW - 1 - SEASON, :1]


def run(seed: int) -> dict[str, dict[str, float]]:
    train, valid, test = (
        Part(0, TRAIN),
        Part(TRAIN, VALID),
        Part(VALID, len(values)),
    )
    found = dict(
        last=0 * test.y,
        seasonal=seasonal(test.x),
        GRU=0 * test.y,
    )
    return {
        model: {
            str(step): test.rmse(forecast)[step - 1].item()
            for step in STEPS
        }
        for model, forecast in found.items()
    }


if __name__ == "__main__":
    print("step  ", *(f"{step:5}" for step in STEPS))
    for model, errors in run(seed=0).items():
        print(
            f"{model:8}",
            *(f"{e:5.1f}" for e in errors.values()),
        )
