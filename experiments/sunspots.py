"""Forecast the yearly sunspot number from the 20 years before: GRU, LSTM, tanh RNN, baselines."""

import copy
from dataclasses import dataclass
from functools import partial

import numpy as np
import torch
from statsmodels.datasets import sunspots
from torch import nn
from tqdm import trange

import harness

SETTINGS = {
    "window": 20,
    "last_training_year": 1920,
    "last_validation_year": 1955,
    "num_layers": 2,
    "epochs": 150,
    "seeds": 5,
    # Chosen on the validation years alone, in a search that was not kept: full batch and batches
    # of 32, each with learning rates 0.001, 0.003, 0.005, 0.01, 0.02 and 0.03, compared by the
    # lowest validation RMSE of a run, averaged over the four nets and five seeds.
    "batch_size": 32,
    "learning_rate": 0.005,
    "threads": 1,
}
QUICK = {"epochs": 20, "seeds": 1}
NETS = {
    "GRU H=20": (nn.GRU, 20),
    "LSTM H=20": (nn.LSTM, 20),
    "LSTM H=17": (nn.LSTM, 17),  # about as many parameters as the GRU
    "RNN H=20": (nn.RNN, 20),
}


@dataclass
class Result:
    """What a model did on the test years 1956-2008; errors are in sunspot numbers."""

    forecast: np.ndarray  # (53,), each one year ahead
    rmse: float
    parameters: int
    best_epoch: int | None = None  # counted from 1
    history: dict | None = None  # "train" and "validation": RMSE after each epoch


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


def order_by_aic():
    """Return the order, of 1 to 20, of the linear AR with the lowest AIC before the test years."""
    years, numbers = load()
    inputs, targets = windows(numbers)
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


def train(cell, hidden_size, seed, epochs=SETTINGS["epochs"], progress=True):
    """Train a Forecaster and return its Result at the epoch with the lowest validation error.

    A run of fewer epochs is the beginning of a longer run with the same seed.
    """
    years, numbers = load()
    training, _, test = split(years)
    mean, std = float(numbers[training].mean()), float(numbers[training].std())
    inputs, targets = windows((numbers - mean) / std)
    masks = split(years[SETTINGS["window"] :])
    x_train, x_validation, x_test = (tensor(inputs[mask]).unsqueeze(-1) for mask in masks)
    y_train, y_validation, _ = (tensor(targets[mask]) for mask in masks)

    torch.manual_seed(seed)
    model = Forecaster(cell, hidden_size).to(harness.DEVICE)
    optimizer = torch.optim.Adam(model.parameters(), lr=SETTINGS["learning_rate"])
    history = {"train": [], "validation": []}
    for epoch in trange(1, epochs + 1, unit="epoch", disable=not progress):
        for batch in torch.randperm(len(x_train)).split(SETTINGS["batch_size"]):
            optimizer.zero_grad()
            nn.functional.mse_loss(model(x_train[batch]), y_train[batch]).backward()
            optimizer.step()
        with torch.no_grad():
            history["train"].append(std * rmse(model(x_train), y_train))
            history["validation"].append(std * rmse(model(x_validation), y_validation))
        if history["validation"][-1] == min(history["validation"]):
            best_epoch = epoch
            best_state = copy.deepcopy(model.state_dict())

    model.load_state_dict(best_state)
    with torch.no_grad():
        forecast = mean + std * model(x_test).cpu().numpy()
    error = rmse(forecast, numbers[test])
    parameters = sum(p.numel() for p in model.parameters())
    return Result(forecast, error, parameters, best_epoch, history)


def make_runs(settings):
    """Return the harness's runs: each baseline once, each net once per seed."""
    runs = [
        (name, None, partial(row, result, name == "AR(9)")) for name, result in baselines().items()
    ]
    for name, (cell, hidden_size) in NETS.items():
        for seed in range(settings["seeds"]):
            runs.append((name, seed, partial(run_net, cell, hidden_size, seed, settings["epochs"])))
    return runs


def run_net(cell, hidden_size, seed, epochs):
    """Train a net and return its row, with the forecasts for the first seed."""
    return row(train(cell, hidden_size, seed, epochs, progress=False), seed == 0)


def row(result, with_forecast):
    """Return a Result as a row of the results file."""
    values = {"parameters": result.parameters, "rmse": round(result.rmse, 4)}
    if result.history:
        values["best_epoch"] = result.best_epoch
        values["validation_rmse"] = round(min(result.history["validation"]), 4)
    if with_forecast:
        values["forecast"] = [round(float(number), 1) for number in result.forecast]
    return values


def main(argv=None):
    """Run the experiment with the harness's options."""
    torch.set_num_threads(SETTINGS["threads"])
    harness.main(__file__, SETTINGS, QUICK, make_runs, argv)


if __name__ == "__main__":
    main()
