"""How far beyond the words they were trained on do GRU, LSTM and a plain RNN count a…ab…b?

Every fifth length up to the longest is kept out of training; on those the learning rate of each net
is chosen, by two seeds. Then ten seeds are tested on longer words, fifty lengths at a time; the
first fifty are called seen, though every fifth of them only chose the rate. Whole models are
matched in parameters, at a width where that is so within 1 % in both directions.
"""

import math

import torch
from torch import nn

import counting
import harness
import sizes

SETTINGS = {
    "width": 43,  # units of the net that the others of a comparison are matched to
    "longest": 50,  # the most a in training
    "held_out_every": 5,  # lengths that are a multiple of this are for the validation
    "steps": 4000,
    "batch_size": 16,
    "first_rate": 0.02,  # tried first; each run begins at its rate, which falls to 0 along a cosine
    "most_rates": 7,
    "max_norm": 1.0,  # the norm of the gradient is clipped to this
    "choice_seeds": [100, 101],  # of nets that choose a rate and are not compared
    "seeds": list(range(10)),
}
QUICK = {"longest": 5, "steps": 10, "most_rates": 4, "choice_seeds": [100], "seeds": [0]}
SECONDS = {"GRU": 0.025, "LSTM": 0.009, "RNN": 0.015}  # of a step


def parts(settings):
    """Return the lengths for training and those for the validation."""
    lengths, every = range(1, settings["longest"] + 1), settings["held_out_every"]
    return [n for n in lengths if n % every], [n for n in lengths if not n % every]


@torch.no_grad()
def loss(model, lengths):
    """Return the mean cross-entropy of what is certain in the words of some lengths.

    Where it is no number any more, that of a guess: training that failed counts as it ended.
    """
    x, y, _, certain = counting.words(lengths)
    found = nn.functional.cross_entropy(model(x)[certain], y[certain]).item()
    return found if math.isfinite(found) else math.log(3)


def train(name, rate, seed, tested, settings):
    """Return a net's row: its loss on the lengths held out; where tested, how far it counts."""
    cell, hidden_size = sizes.nets(counting.SymbolModel, settings["width"])[name]
    training, validation = parts(settings)
    torch.manual_seed(seed)
    model = counting.SymbolModel(cell, hidden_size).to(harness.DEVICE)
    drawing = torch.Generator().manual_seed(harness.data_seed(seed))
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, settings["steps"])
    for _ in range(settings["steps"]):
        drawn = torch.randint(len(training), (settings["batch_size"],), generator=drawing).tolist()
        x, y, within, _ = counting.words([training[each] for each in drawn])
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x)[within], y[within]).backward()
        nn.utils.clip_grad_norm_(model.parameters(), settings["max_norm"])
        optimizer.step()
        schedule.step()
    return {
        "parameters": sizes.count(model),
        "recurrent": sizes.count(model.rnn),
        "rate": rate,
        "validation_loss": round(loss(model, validation), 6),
        "validation_right": counting.right(model, validation),
        **(test(model, settings) if tested else {}),
    }


def ranges(settings):
    """Return the tested lengths by name: those up to the longest of training, and thrice as many.

    Each range has as many lengths as the first, so that their numbers can be compared.
    """
    longest = settings["longest"]
    starts = range(1, 4 * longest, longest)
    found = {f"{n}-{n + longest - 1}": range(n, n + longest) for n in starts}
    return {"seen": found.pop(f"1-{longest}")} | found


def test(model, settings):
    """Return the first length that a net gets wrong, if any, and how many of each range right."""
    right = {
        key: [counting.right(model, [n]) for n in each] for key, each in ranges(settings).items()
    }
    every = [each for part in right.values() for each in part]
    return {
        "first_wrong": every.index(0) + 1 if 0 in every else None,
        "right": {key: sum(each) for key, each in right.items()},
    }


def make_runs(settings, rows):
    """Return the runs that can be done, given the rows: (model, seed, function), by value."""
    nets = sizes.nets(counting.SymbolModel, settings["width"])
    return harness.each_tuned(rows, nets, settings, train, "validation_loss")


def forecast(settings):
    """Return for each net about how many seconds it takes."""
    runs = harness.choice_runs(settings["choice_seeds"]) + len(settings["seeds"])
    return [
        (name, runs * settings["steps"] * SECONDS[cell.__name__])
        for name, (cell, _) in sizes.nets(counting.SymbolModel, settings["width"]).items()
    ]


def main(argv=None):
    """Run the experiment with the harness's options."""
    torch.set_num_threads(1)
    harness.main(__file__, SETTINGS, QUICK, make_runs, argv, forecast=forecast)


if __name__ == "__main__":
    main()
