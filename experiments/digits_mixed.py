"""Who reads handwritten digits better, row by row, when all parts come from the same writers?

The images are mixed before they are split, in five ways, of which each has two of the ten seeds.
A net is trained until its loss on the validation part is no longer lowered, which also chooses its
learning rate, for each split anew. Whole models are matched in parameters. Beside them stand three
models that see all pixels at once, and a guess.
"""

import copy
import math
import statistics
from functools import cache, partial

import torch
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC
from threadpoolctl import threadpool_limits
from torch import nn

import decide
import digits
import harness
import intervals
import sizes

SETTINGS = {
    "width": 42,  # units of the net that the others of a comparison are matched to
    "mixed_by": 0,  # a seed, of the first split; the next has the next
    "splits": 5,
    "training": 997,  # images
    "validation": 400,  # the other 400 are for the test
    "batch_size": 32,
    "patience": 20,  # epochs after the best one
    "most_epochs": 300,
    "first_rate": 0.008,
    "most_rates": 7,
    "max_norm": 1.0,  # the norm of the gradient is clipped to this
    "penalties": [0.1, 1.0, 10.0, 100.0, 1000.0],  # C of the regression
    # C of the support vectors, and gamma: how near an image must be to matter.
    "support": {"C": [0.3, 1, 3, 10, 30], "gamma": [0.03, 0.1, 0.3, 1.0]},
    "neighbours": [1, 2, 3, 4, 5, 6, 7],
    "choice_seeds": [100, 101],  # of nets that choose a rate and are not compared
    "seeds": list(range(10)),
}
QUICK = {
    "splits": 2, "batch_size": 256, "most_epochs": 1, "most_rates": 3, "penalties": [10.0],
    "choice_seeds": [100], "seeds": [0, 1], "support": {"C": [3, 10], "gamma": [0.1]},
}  # fmt: skip
SECONDS = {"GRU": 0.25, "LSTM": 0.16, "RNN": 0.14}  # of an epoch
EPOCHS = 60  # about as many as a run takes


@cache
def load(mixed_by, training, validation):
    """Return pairs for training, validation and test: images (n, 8, 8), digits (n,).

    mixed_by: a seed; None leaves the images in the order of the file.
    """
    x, y = digits.load()
    order = torch.arange(len(x))
    if mixed_by is not None:
        order = torch.randperm(len(x), generator=torch.Generator().manual_seed(mixed_by))
    lengths = [training, validation, len(x) - training - validation]
    parts = (each[order.to(each.device)].split(lengths) for each in (x, y))
    return list(zip(*parts, strict=True))


def parts(settings, split=0):
    """Return pairs for training, validation and test of one way to split the images.

    split: a number; None cuts them in the order of the file.
    """
    mixed_by = None if split is None else settings["mixed_by"] + split
    return load(mixed_by, settings["training"], settings["validation"])


@torch.no_grad()
def loss(model, part):
    """Return the mean cross-entropy, or a guess's: training that failed counts as it ended."""
    x, y = part
    found = nn.functional.cross_entropy(model(x), y).item()
    return found if math.isfinite(found) else math.log(10)


def fit(model, training, validation, rate, seed, settings):
    """Train a net until its validation loss is not lowered for some epochs, and keep the best.

    Returns the loss after each epoch.
    """
    x, y = training
    mixing = torch.Generator().manual_seed(harness.data_seed(seed))
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    curve = []
    while len(curve) < settings["most_epochs"]:
        order = torch.randperm(len(x), generator=mixing).to(x.device)
        for batch in order.split(settings["batch_size"]):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x[batch]), y[batch]).backward()
            nn.utils.clip_grad_norm_(model.parameters(), settings["max_norm"])
            optimizer.step()
        curve.append(loss(model, validation))
        if curve[-1] == min(curve):
            best, best_at = copy.deepcopy(model.state_dict()), len(curve)
        if len(curve) - best_at == settings["patience"]:
            break
    model.load_state_dict(best)
    return curve


def train(name, split, rate, seed, tested, settings):
    """Return a net's row: its errors in percent on the validation part, and on the test part."""
    torch.manual_seed(seed)
    model = digits.DigitModel(*sizes.nets(digits.DigitModel, settings["width"])[name])
    return {"split": split} | trained(model, rate, seed, tested, settings, split)


def trained(model, rate, seed, tested, settings, split=0):
    """Train a whole model; return its row's values, those of the test part if `tested`."""
    training, validation, test = parts(settings, split)
    model.to(harness.DEVICE)
    curve = fit(model, training, validation, rate, seed, settings)
    values = {
        "parameters": sizes.count(model),
        "recurrent": sizes.count(model.rnn),
        "rate": rate,
        "epochs": len(curve),
        "validation_loss": round(min(curve), 5),
        "validation_wrong": round(digits.wrong(model, validation), 2),
    }
    if tested:
        values["test_wrong"] = round(digits.wrong(model, test), 2)
    return values


def flat(settings, split):
    """Return the parts with all pixels of an image in a row, as scikit-learn takes them."""
    return [(x.flatten(1).cpu(), y.cpu()) for x, y in parts(settings, split)]


def wrong(model, part):
    """Return the share of images, in percent, that a model of scikit-learn takes for another."""
    return round(100 * (1 - model.score(*part)), 2)


def linear(settings, split=0):
    """Return the row of logistic regression; the validation loss chooses its penalty, too."""
    training, validation, test = flat(settings, split)
    found = {}
    for penalty in settings["penalties"]:
        with threadpool_limits(1):  # on a core that others use, two threads take a hundred times
            model = LogisticRegression(C=penalty, max_iter=10_000).fit(*training)
        found[log_loss(validation[1], model.predict_proba(validation[0]))] = penalty, model
    penalty, model = found[min(found)]
    return {
        "parameters": model.coef_.size + model.intercept_.size,
        "penalty": penalty,
        "validation_loss": round(min(found), 5),
        "validation_wrong": wrong(model, validation),
        "test_wrong": wrong(model, test),
    }


def nearest(settings, split=0):
    """Return the row of the nearest images of training; the validation errors choose how many."""
    training, validation, test = flat(settings, split)
    models = [KNeighborsClassifier(count).fit(*training) for count in settings["neighbours"]]
    best = min(models, key=lambda model: wrong(model, validation))
    return {
        "neighbours": best.n_neighbors,
        "validation_wrong": wrong(best, validation),
        "test_wrong": wrong(best, test),
    }


def support(settings, split=0):
    """Return the row of support vectors with radial kernels; the validation errors choose both.

    Of equal ones the smaller C, and then the smaller gamma.
    """
    training, validation, test = flat(settings, split)
    models = [
        SVC(C=penalty, gamma=gamma).fit(*training)
        for penalty in settings["support"]["C"]
        for gamma in settings["support"]["gamma"]
    ]
    best = min(models, key=lambda model: wrong(model, validation))
    return {
        "penalty": best.C,
        "gamma": best.gamma,
        "validation_wrong": wrong(best, validation),
        "test_wrong": wrong(best, test),
    }


def majority(settings, split=0):
    """Return the row of a guess: the digit that the training part has most of."""
    (_, y), *held = parts(settings, split)
    guess = y.mode().values
    validation, test = (100 * (y != guess).double().mean().item() for _, y in held)
    return {"validation_wrong": round(validation, 2), "test_wrong": round(test, 2)}


BESIDE = {
    "majority": majority,
    "logistic regression": linear,
    "nearest images": nearest,
    "support vectors": support,
}


def make_runs(settings, rows):
    """Return the runs that can be done, given the rows: (model, seed, function), by value.

    What needs no net has the number of the split for its seed. A net's seeds take turns with the
    splits; on each its rate is chosen by the validation part of that split alone.
    """
    splits = range(settings["splits"])
    runs = [
        (name, split, partial(row, settings, split))
        for name, row in BESIDE.items()
        for split in splits
    ]
    for name in sizes.nets(digits.DigitModel, settings["width"]):
        for split in splits:
            part = harness.part_label(name, f"split {split}")
            own = settings | {"seeds": settings["seeds"][split :: settings["splits"]]}
            runs += [
                (name if model == part else model, seed, run)
                for model, seed, run in harness.tuned(
                    rows, part, settings["first_rate"], own,
                    partial(train, name, split, settings=settings), "validation_loss",
                )
            ]  # fmt: skip
    return runs


# Whole models of one number of parameters: that of the GRU, that of the LSTM as wide as it, and
# that of the GRU again.
PAIRS = [("LSTM H=36", "GRU H=42"), ("LSTM H=42", "GRU H=49"), ("RNN H=74", "GRU H=42")]


def tested_rows(record):
    """Return the rows that were tested, without those of the nets that choose a rate."""
    return [row for row in record["rows"] if "test_wrong" in row]


def by_model(record, value="test_wrong"):
    """Return model -> a value of each of its rows that were tested."""
    return harness.values({"rows": tested_rows(record)}, value)


def strongest(record):
    """Return the model without a net that the validation part has the fewest errors of."""
    found = by_model(record, "validation_wrong")
    return min(BESIDE, key=lambda name: statistics.mean(found[name]))


def decided(record):
    """Return what the rule decides, as pairs of a word and a comparison, by two models.

    That is for each net, whether it is less often wrong than the strongest model without one, and
    for each pair of nets, whether they are about equal. All tests are corrected together.
    """
    errors, beside = by_model(record), strongest(record)
    level = statistics.mean(errors[beside])
    nets = {
        name: decide.net(record, name, "test_wrong", ahead_of=("test_wrong", level, False))
        for name in dict.fromkeys(name for pair in PAIRS for name in pair)
    }
    bare = {name: decide.Net(values) for name, values in errors.items()}
    compared = {
        (name, beside): ("less", decide.compare(bare[name], bare[beside], "accuracy"))
        for name in nets
    } | {
        (a, b): ("equal", decide.compare(nets[a], nets[b], "accuracy")) for a, b in PAIRS
    }  # fmt: skip
    return decide.with_words(compared)


def points(record):
    """Return the plot's rows: a point for each seed or split, and for the strongest without a net a
    line at its mean, under that name."""
    beside = strongest(record)
    models = dict.fromkeys([beside, *reversed(BESIDE), *by_model(record)])
    del models["majority"]  # far to the right of all others
    level = statistics.mean(by_model(record)[beside])
    return [{"model": "mean", "seed": None, "test_wrong": level}] + [
        row | {"model": name.replace(" H=", " ")}
        for name in models
        for row in record["rows"]
        if row["model"] == name
    ]


def show(record):
    """Print each model's parameters, its errors on the test part, and how long a net trained."""
    weights, epochs = by_model(record, "parameters"), by_model(record, "epochs")
    print(f"{'':19} weights  wrong, %     epochs")
    for name, errors in by_model(record).items():
        size = weights.get(name, [""])[0]
        line = f"{name:19} {size:7} {statistics.mean(errors):5.2f} ± {statistics.stdev(errors):.2f}"
        if name in epochs:
            line += f"  {statistics.mean(epochs[name]):3.0f} ± {statistics.stdev(epochs[name]):.0f}"
        print(line)


def show_decided(found):
    """Print what is decided of some pairs of models, with the difference and its interval."""
    for (first, second), (word, c) in found.items():
        numbers = intervals.written(c.difference, c.low, c.high, places=2)
        print(f"{first:9} − {second:15} {numbers:22} {word}")


def show_rates(record):
    """Print the learning rate of each net on each split."""
    rows = [row for row in tested_rows(record) if "split" in row]
    for name in dict.fromkeys(row["model"] for row in rows):
        by_split = {row["split"]: row["rate"] for row in rows if row["model"] == name}
        print(f"{name:9}", *(f"{by_split[split]:5}" for split in sorted(by_split)))


def show_by_split(record):
    """Print how far the nets of each pair lie apart if a split has one value: its seeds' mean."""
    rows = [row for row in tested_rows(record) if "split" in row]
    for first, second in PAIRS:
        apart = []
        for split in range(record["settings"]["splits"]):
            means = [
                statistics.mean(
                    row["test_wrong"]
                    for row in rows
                    if (row["model"], row["split"]) == (name, split)
                )
                for name in (first, second)
            ]
            apart.append(means[0] - means[1])
        numbers = intervals.written(*intervals.difference(apart, [0.0]), places=2)
        print(f"{first:9} − {second:9} {numbers}")


def near_in_file(places):
    """Return how often the image most like another stands near it in the file, in percent.

    And how often that is so of two images of one digit, which is what chance gives.
    """
    x, y = digits.load()
    place = torch.arange(len(x))
    apart = (place[:, None] - place).abs().to(x.device)
    distances = torch.cdist(x.flatten(1), x.flatten(1), compute_mode="donot_use_mm_for_euclid_dist")
    nearest = distances.fill_diagonal_(math.inf).argmin(1)
    near, others = apart <= places, (y[:, None] == y) & (apart > 0)
    found = near[place, nearest], near[others]
    return [100 * each.double().mean().item() for each in found]


def forecast(settings):
    """Return for each net about how many seconds it takes."""
    choice = harness.choice_runs(settings["choice_seeds"]) * settings["splits"]
    runs = choice + len(settings["seeds"])
    epochs = runs * min(EPOCHS, settings["most_epochs"])
    return [
        (name, epochs * SECONDS[cell.__name__])
        for name, (cell, _) in sizes.nets(digits.DigitModel, settings["width"]).items()
    ]


def main(argv=None):
    """Run the experiment with the harness's options."""
    torch.set_num_threads(1)
    packages = (*harness.PACKAGES, "scikit-learn")
    harness.main(__file__, SETTINGS, QUICK, make_runs, argv, packages=packages, forecast=forecast)


if __name__ == "__main__":
    main()
