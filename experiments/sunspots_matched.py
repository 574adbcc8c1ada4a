"""Who forecasts the yearly sunspot number better, GRU or LSTM, and is either ahead of a line?

A net is trained until its error on the validation years is no longer lowered, which also chooses
its learning rate. Whole models are matched in parameters. Beside them stand forecasts by no net.
"""

import copy
import math
from functools import partial

import numpy as np
import torch
from torch import nn

import harness
import sizes
import sunspots

SETTINGS = {
    "width": 20,  # units of the net that the others of a comparison are matched to
    "batch_size": 32,
    "patience": 50,  # epochs after the best one
    "most_epochs": 500,
    "first_rate": 0.004,
    "most_rates": 7,
    "choice_seeds": [100, 101, 102, 103, 104],  # of nets that choose a rate and are not compared
    "seeds": list(range(20)),
}
QUICK = {"most_epochs": 2, "most_rates": 3, "choice_seeds": [100], "seeds": [0, 1, 2]}
SECONDS = {"GRU": 0.05, "LSTM": 0.016, "RNN": 0.017}  # of an epoch
EPOCHS = 130  # about as many as a run takes


def train(cell, hidden_size, rate, seed, settings=SETTINGS):
    """Train a Forecaster; return its Result at the epoch with the lowest validation error.

    Training that failed counts as it ended: its forecast is the mean of the training years.
    """
    years, numbers = sunspots.load()
    training, _, test = sunspots.split(years)
    mean, std = float(numbers[training].mean()), float(numbers[training].std())
    inputs, targets = sunspots.windows((numbers - mean) / std)
    masks = sunspots.split(years[sunspots.SETTINGS["window"] :])
    x_train, x_validation, x_test = (sunspots.tensor(inputs[mask]).unsqueeze(-1) for mask in masks)
    y_train, y_validation, _ = (sunspots.tensor(targets[mask]) for mask in masks)

    torch.manual_seed(seed)
    model = sunspots.Forecaster(cell, hidden_size).to(harness.DEVICE)
    mixing = torch.Generator().manual_seed(harness.data_seed(seed))
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    errors = []
    while len(errors) < settings["most_epochs"]:
        for batch in torch.randperm(len(x_train), generator=mixing).split(settings["batch_size"]):
            optimizer.zero_grad()
            nn.functional.mse_loss(model(x_train[batch]), y_train[batch]).backward()
            optimizer.step()
        with torch.no_grad():
            found = std * sunspots.rmse(model(x_validation), y_validation)
        errors.append(found if math.isfinite(found) else math.inf)
        if errors[-1] == min(errors):
            best, best_epoch = copy.deepcopy(model.state_dict()), len(errors)
        if len(errors) - best_epoch == settings["patience"]:
            break

    model.load_state_dict(best)
    with torch.no_grad():
        forecast = mean + std * np.nan_to_num(model(x_test).cpu().numpy())
    error = sunspots.rmse(forecast, numbers[test])
    return sunspots.Result(forecast, error, sizes.count(model), best_epoch, errors)


def row(name, rate, seed, tested, settings):
    """Train a net and return its row: its errors on the validation years, and on the test years."""
    cell, hidden_size = nets(settings)[name]
    result = train(cell, hidden_size, rate, seed, settings)
    values = {
        "parameters": result.parameters,
        "rate": rate,
        "best_epoch": result.best_epoch,
        "validation_rmse": round(min(result.history), 4),
    }
    return values | ({"rmse": round(result.rmse, 4)} if tested else {})


def nets(settings=SETTINGS):
    """Return name -> (cell, hidden size), whole models of one number of parameters, both ways."""
    return sizes.nets(sunspots.Forecaster, settings["width"])


def beside(result):
    """Return the row of a forecast by no net."""
    return {"parameters": result.parameters, "rmse": round(result.rmse, 4)}


def make_runs(settings, rows):
    """Return the runs that can be done, given the rows: (model, seed, function), by value."""
    runs = [(name, None, partial(beside, result)) for name, result in sunspots.baselines().items()]
    return runs + harness.each_tuned(rows, nets(settings), settings, row, "validation_rmse")


def forecast(settings):
    """Return for each net about how many seconds it takes."""
    runs = harness.choice_runs(settings["choice_seeds"]) + len(settings["seeds"])
    epochs = runs * min(EPOCHS, settings["most_epochs"])
    return [(name, epochs * SECONDS[cell.__name__]) for name, (cell, _) in nets(settings).items()]


def main(argv=None):
    """Run the experiment with the harness's options."""
    torch.set_num_threads(1)
    harness.main(__file__, SETTINGS, QUICK, make_runs, argv, forecast=forecast)


if __name__ == "__main__":
    main()
