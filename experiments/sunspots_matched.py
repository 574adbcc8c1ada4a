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

import decide
import harness
import intervals
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


def linear(power, fit):
    """Return what a linear AR(9) of a power of the numbers forecasts after each window: (289,).

    fit: a mask of the windows that it is fitted on.
    """
    _, numbers = sunspots.load()
    found = sunspots.autoregression(*sunspots.windows(numbers**power), ORDER, fit)
    return found.clip(0) ** (1 / power)


def of_roots():
    """Return the Result of the linear model of the numbers' square roots, on all years before."""
    years, numbers = sunspots.load()
    _, targets = sunspots.windows(numbers)
    _, _, test = sunspots.split(years[sunspots.SETTINGS["window"] :])
    found = linear(GIVEN["roots"], ~test)[test]
    return sunspots.Result(found, sunspots.rmse(found, targets[test]), ORDER + 1)


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


# Of each given, the linear model of it. On the validation years that of the roots is the strongest.
LINES = {"numbers": "AR(9)", "roots": "AR(9) of the roots"}
STRONGEST = LINES["roots"]
# Whole models of one number of parameters: that of the GRU, that of the LSTM as wide as it, and
# that of the GRU again.
PAIRS = [("LSTM H=17", "GRU H=20"), ("LSTM H=20", "GRU H=23"), ("RNN H=35", "GRU H=20")]


def beside_line(record, net, line):
    """Return the comparison of a net with a model that forecasts the same whatever the seed."""
    first = decide.net(record, net, "rmse")
    (error,) = harness.values(record, "rmse")[line]
    return decide.compare(first, decide.Net([error] * len(first.values)), "forecast")


def of_two(record, first, second):
    """Return the comparison of two nets; one that is not ahead of the line decides nothing."""
    (error,) = harness.values(record, "rmse")[STRONGEST]
    ahead_of = ("rmse", error, False)
    both = [decide.net(record, name, "rmse", ahead_of) for name in (first, second)]
    return decide.compare(*both, "forecast")


def decided(record):
    """Return what the rule decides, as pairs of a word and a comparison, by two models.

    That is for each net, whether its error is less than that of the linear model of the same given,
    and for each pair of nets, whether they are about equal. All tests are corrected together.
    """
    compared = {}
    for given, line in LINES.items():
        for name in nets():
            net = harness.part_label(name, given)
            compared[net, line] = "less", beside_line(record, net, line)
        for pair in PAIRS:
            pair = tuple(harness.part_label(name, given) for name in pair)
            compared[pair] = "equal", of_two(record, *pair)
    return decide.with_words(compared)


def show_decided(found):
    """Print what is decided of some pairs of models, with the difference and its interval."""
    last = None
    for (first, second), (word, c) in found.items():
        name, _, given = first.partition(", ")
        if given != last:
            print(f"given the {given}:")
        last = given
        beside = second.partition(", ")[0].removesuffix(" of the roots")
        numbers = intervals.written(c.difference, c.low, c.high, places=2)
        print(f"{name:9} − {beside:9} {numbers:20} {word}")


def points(record):
    """Return the plot's rows: the nets, and the linear models of what they are given."""
    names = {}
    for given, mark in {"numbers": "", "roots": ", √"}.items():
        names |= {harness.part_label(net, given): net.replace(" H=", " ") + mark for net in nets()}
        names[LINES[given]] = f"AR({ORDER}){mark}"
    rows = [row for row in record["rows"] if row["model"] in names]
    return [row | {"model": names[row["model"]]} for row in rows]


def show(record):
    """Print each model's size, its error on the test years, and how a net was chosen."""
    errors, seen = (harness.spread(record, value) for value in ("rmse", "validation_rmse"))
    known = {row["model"]: row for row in record["rows"]}
    print(f"{'model':26} size  test          rate validation")
    for name, (_, mean, sd) in errors.items():
        line = f"{name:26} {known[name]['parameters']:4} {mean:5.2f}"
        if sd is not None:
            line += f" ± {sd:.2f} {known[name]['rate']:5} {seen[name][1]:10.2f}"
        print(line)


def show_powers():
    """Print errors of the linear model of powers of the numbers.

    It is fitted on the training years, of which the validation years choose a power, and on both.
    """
    years, numbers = sunspots.load()
    _, targets = sunspots.windows(numbers)
    training, validation, test = sunspots.split(years[sunspots.SETTINGS["window"] :])

    def error(forecast, mask):
        return f"{sunspots.rmse(forecast[mask], targets[mask]):10.2f}"

    print("power  validation      test  test, fitted on both")
    for power in (1.0, 0.75, 0.5, 0.25):
        alone, both = linear(power, training), linear(power, training | validation)
        print(f"{power:5.2f}", error(alone, validation), error(alone, test), error(both, test))


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
