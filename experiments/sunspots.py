"""The yearly sunspot number, from the 20 years before: data, a net, and forecasts by no net."""

from dataclasses import dataclass

import numpy as np
import torch
from statsmodels.datasets import sunspots
from torch import nn

import harness

SETTINGS = {
    "window": 20,
    "last_training_year": 1920,
    "last_validation_year": 1955,
    "num_layers": 2,
}


@dataclass
class Result:
    """What a model did on the test years 1956-2008; errors are in sunspot numbers."""

    forecast: np.ndarray  # (53,), each one year ahead
    rmse: float
    parameters: int
    best_epoch: int | None = None  # counted from 1


class Forecaster(nn.Module):
    """A recurrent net with a linear layer on the last step's state: (batch, time, 1) -> (batch,).

    cell: nn.RNN, nn.GRU or nn.LSTM.
    """

    def __init__(self, cell, hidden_size, num_layers=SETTINGS["num_layers"]):
        super().__init__()
        self.rnn = cell(1, hidden_size, num_layers, batch_first=True)
        self.linear = nn.Linear(hidden_size, 1)

    def forward(self, x):
        _, state = self.rnn(x)
        hidden = state[0] if isinstance(state, tuple) else state  # an LSTM's state is (h, c)
        return self.linear(hidden[-1]).squeeze(-1)


def load():
    """Return years (309,), 1700 to 2008, and the yearly mean sunspot numbers (309,)."""
    data = sunspots.load_pandas().data
    return data["YEAR"].to_numpy(dtype=int), data["SUNACTIVITY"].to_numpy()


def windows(series):
    """Cut (n,) values into inputs (n - 20, 20), oldest first, and the values after them (n - 20,).

    The target of window i belongs to year i + 20 of the series.
    """
    views = np.lib.stride_tricks.sliding_window_view(series, SETTINGS["window"] + 1)
    return views[:, :-1], views[:, -1]


def split(years):
    """Return three boolean masks over the years: training, validation and test."""
    train = years <= SETTINGS["last_training_year"]
    test = years > SETTINGS["last_validation_year"]
    return train, ~train & ~test, test


def rmse(forecast, actual):
    """Return the root mean square error of two arrays or tensors of one shape, in their unit."""
    return float(((forecast - actual) ** 2).mean() ** 0.5)


def autoregression(inputs, targets, order, fit):
    """Fit a linear AR(order) on the windows that the mask `fit` picks; return all forecasts (n,).

    inputs: (n, 20) as from windows(); targets: (n,).
    """
    design = np.column_stack([np.ones(len(inputs)), inputs[:, -order:]])
    weights, *_ = np.linalg.lstsq(design[fit], targets[fit])
    return design @ weights


def order_by_aic(power=1.0):
    """Return the order, of 1 to 20, of the linear AR with the lowest AIC before the test years.

    power: of the numbers, which it forecasts.
    """
    years, numbers = load()
    inputs, targets = windows(numbers**power)
    _, _, test = split(years[SETTINGS["window"] :])

    def aic(order):
        forecast = autoregression(inputs, targets, order, ~test)
        error = rmse(forecast[~test], targets[~test]) ** 2
        return (~test).sum() * np.log(error) + 2 * (order + 1)

    return min(range(1, SETTINGS["window"] + 1), key=aic)


def baselines():
    """Return a dict from name to Result; AR(p) is fitted on training and validation years."""
    years, numbers = load()
    inputs, targets = windows(numbers)
    train, _, test = split(years[SETTINGS["window"] :])

    def linear(order, fit):
        return autoregression(inputs, targets, order, fit)[test], order + 1

    mean = numbers[split(years)[0]].mean()
    forecasts = {
        "training mean": (np.full(test.sum(), mean), 1),
        "11 years ago": (inputs[test, -11], 0),
        "persistence": (inputs[test, -1], 0),
        "AR(2)": linear(2, ~test),
        "AR(9)": linear(9, ~test),
        "AR(20)": linear(20, ~test),
        "AR(9), training years only": linear(9, train),
    }
    return {
        name: Result(forecast, rmse(forecast, targets[test]), parameters)
        for name, (forecast, parameters) in forecasts.items()
    }


def tensor(values):
    """Return an array as a tensor on the harness's device."""
    return torch.tensor(values, dtype=torch.float32, device=harness.DEVICE)
