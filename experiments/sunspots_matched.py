"""Who forecasts the yearly sunspot number better, GRU or LSTM, and is either ahead of a line?

A net is trained until its error on the validation years is no longer lowered, which also chooses
its learning rate. Whole models are matched in parameters. Each is given the numbers, and anew their
square roots, as a forecaster of counts would take them. Beside them stand forecasts by no net.
"""

import copy
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
    "seeds": list(range(10)),
}
QUICK = {"most_epochs": 2, "most_rates": 3, "choice_seeds": [100], "seeds": [0, 1, 2]}
SECONDS = {"GRU": 0.05, "LSTM": 0.016, "RNN": 0.017}  # of an epoch
EPOCHS = 110  # about as many as a run takes
GIVEN = {"numbers": 1.0, "roots": 0.5}  # powers of the numbers
ORDER = 9  # of the linear models: the one that the AIC prefers before the test years


def train(cell, hidden_size, rate, seed, settings=SETTINGS, power=1.0):
    """Train a Forecaster on a power of the numbers, and keep the epoch with the lowest error.

    Returns its Result, whose errors are in sunspot numbers, and the validation error after each
    epoch. Training that failed counts as it ended: it forecasts the mean of the training years.
    """
    years, numbers = sunspots.load()
    training, validation, test = sunspots.split(years)
    given = numbers**power
    mean, std = float(given[training].mean()), float(given[training].std())
    inputs, targets = sunspots.windows((given - mean) / std)
    masks = sunspots.split(years[sunspots.SETTINGS["window"] :])
    x_train, x_validation, x_test = (sunspots.tensor(inputs[mask]).unsqueeze(-1) for mask in masks)
    y_train = sunspots.tensor(targets[masks[0]])

    torch.manual_seed(seed)
    model = sunspots.Forecaster(cell, hidden_size).to(harness.DEVICE)
    mixing = torch.Generator().manual_seed(harness.data_seed(seed))
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)

    @torch.no_grad()
    def forecast(x):
        found = np.nan_to_num(model(x).double().cpu().numpy(), posinf=0.0, neginf=0.0)
        return (mean + std * found).clip(0) ** (1 / power)

    errors = []
    while len(errors) < settings["most_epochs"]:
        for batch in torch.randperm(len(x_train), generator=mixing).split(settings["batch_size"]):
            optimizer.zero_grad()
            nn.functional.mse_loss(model(x_train[batch]), y_train[batch]).backward()
            optimizer.step()
        errors.append(sunspots.rmse(forecast(x_validation), numbers[validation]))
        if errors[-1] == min(errors):
            best, best_epoch = copy.deepcopy(model.state_dict()), len(errors)
        if len(errors) - best_epoch == settings["patience"]:
            break

    model.load_state_dict(best)
    found = forecast(x_test)
    error = sunspots.rmse(found, numbers[test])
    return sunspots.Result(found, error, sizes.count(model), best_epoch), errors


def row(name, rate, seed, tested, settings):
    """Train a net and return its row: its errors on the validation years, and on the test years."""
    net, _, given = name.rpartition(", ")
    result, errors = train(*nets(settings)[net], rate, seed, settings, GIVEN[given])
    values = {
        "parameters": result.parameters,
        "rate": rate,
        "best_epoch": result.best_epoch,
        "validation_rmse": round(min(errors), 4),
    }
    return values | ({"rmse": round(result.rmse, 4)} if tested else {})


def nets(settings=SETTINGS):
    """Return name -> (cell, hidden size), whole models of one number of parameters, both ways."""
    return sizes.nets(sunspots.Forecaster, settings["width"])


def of_roots():
    """Return the Result of the linear model of the numbers' square roots, on all years before."""
    years, numbers = sunspots.load()
    inputs, roots = sunspots.windows(numbers ** GIVEN["roots"])
    _, _, test = sunspots.split(years[sunspots.SETTINGS["window"] :])
    found = sunspots.autoregression(inputs, roots, ORDER, ~test)[test].clip(0)
    found **= 1 / GIVEN["roots"]
    error = sunspots.rmse(found, numbers[sunspots.split(years)[2]])
    return sunspots.Result(found, error, ORDER + 1)


def beside(result):
    """Return the row of a forecast by no net."""
    return {"parameters": result.parameters, "rmse": round(result.rmse, 4)}


def make_runs(settings, rows):
    """Return the runs that can be done, given the rows: (model, seed, function), by value."""
    without = sunspots.baselines() | {f"AR({ORDER}) of the roots": of_roots()}
    names = [harness.part_label(name, given) for given in GIVEN for name in nets(settings)]
    return [
        *((name, None, partial(beside, result)) for name, result in without.items()),
        *harness.each_tuned(rows, names, settings, row, "validation_rmse"),
    ]


def forecast(settings):
    """Return for each net about how many seconds it takes."""
    runs = harness.choice_runs(settings["choice_seeds"]) + len(settings["seeds"])
    epochs = runs * min(EPOCHS, settings["most_epochs"]) * len(GIVEN)
    return [(name, epochs * SECONDS[cell.__name__]) for name, (cell, _) in nets(settings).items()]


def main(argv=None):
    """Run the experiment with the harness's options."""
    torch.set_num_threads(1)
    harness.main(__file__, SETTINGS, QUICK, make_runs, argv, forecast=forecast)


if __name__ == "__main__":
    main()
