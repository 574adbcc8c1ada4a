"""Change one gate of a GRU or an LSTM, its bias or its work, and train it on adding and on text."""

import torch
from torch import nn

import adding
import gradients
import harness
import learning_rate

SHARED = ("learning_rates", "seeds", "threads")


def of_task(settings):
    """Return the settings that one task has for itself."""
    return {name: value for name, value in settings.items() if name not in SHARED}


SETTINGS = {
    "learning_rates": [0.005, 0.01, 0.02, 0.04],
    "seeds": 5,
    "threads": 1,
    "adding": of_task(adding.SETTINGS),
    "text": of_task(learning_rate.SETTINGS),
}
QUICK = {
    "learning_rates": [0.02],
    "seeds": 1,
    "adding": SETTINGS["adding"] | {"time": 20, "steps": 300},
    "text": SETTINGS["text"] | {"steps": 20, "check_every": 10},
}
# A cell, which block of its weights is changed (r, z, n and i, f, g, o), and how: to a bias of 1 at
# the start, or to a gate that is always 1 and so has no say.
NETS = {
    "LSTM": (nn.LSTM, None, None),
    "LSTM f+1": (nn.LSTM, 1, "bias"),
    "LSTM f=1": (nn.LSTM, 1, "open"),
    "LSTM i=1": (nn.LSTM, 0, "open"),
    "LSTM o=1": (nn.LSTM, 3, "open"),
    "GRU": (nn.GRU, None, None),
    "GRU z+1": (nn.GRU, 1, "bias"),
    "GRU r=1": (nn.GRU, 0, "open"),
}
HIDDEN = {"adding": 32, "text": 64}


def change(rnn, block, how):
    """Give one gate of a one-layer GRU or LSTM a bias of 1, or hold it at 1 through training.

    In float32 the sigmoid of 100 is 1 and its slope 0, so no gradient moves a gate that is held.
    """
    if how == "open":
        rows = slice(block * rnn.hidden_size, (block + 1) * rnn.hidden_size)
        with torch.no_grad():
            rnn.weight_ih_l0[rows] = rnn.weight_hh_l0[rows] = 0.0
    gradients.set_bias(rnn, block, 100.0 if how == "open" else 1.0)


def train_adding(name, rate, seed, settings):
    """Return a net's row on adding: the step at which it was done or None, and its error."""
    cell, block, how = NETS[name]
    torch.manual_seed(seed)
    model = adding.SumModel(cell, HIDDEN["adding"])
    if how:
        change(model.rnn, block, how)
    model.to(harness.DEVICE)
    solved_at, error = adding.fit(model, rate, seed, settings["adding"])
    return {"solved_at": solved_at, "test_error": round(error, 4)}


def train_text(name, rate, seed, settings):
    """Return a net's row on text: its bits per character when training is over."""
    cell, block, how = NETS[name]
    training, validation, test, characters = learning_rate.load(settings["text"])
    torch.manual_seed(seed)
    model = learning_rate.CharacterModel(cell, HIDDEN["text"], characters)
    if how:
        change(model.rnn, block, how)
    model.to(harness.DEVICE)
    *_, last = learning_rate.fit(model, training, validation, rate, settings["text"])
    return {
        "validation_bits": round(last, 4),
        "test_bits": round(learning_rate.bits(model, test, settings["text"]["time"]), 4),
    }


def make_runs(settings):
    """Return the harness's runs: each net on each task at each rate once per seed."""
    return [
        (harness.part_label(label, task), seed, run)
        for task, train in (("adding", train_adding), ("text", train_text))
        for label, seed, run in harness.runs_at_rates(NETS, settings, train)
    ]


def show_adding(record):
    """Print the fewest and the most steps that each net needed at each rate, or how many got there.

    record: the part of the experiment on adding.
    """
    rates = record["settings"]["learning_rates"]
    solved = harness.values(record, "solved_at")
    print("rate    " + "".join(f"{rate:>9}" for rate in rates))
    for name in NETS:
        cells = []
        for rate in rates:
            seeds = solved[harness.label(name, rate)]
            steps = [step for step in seeds if step]
            whole = len(steps) == len(seeds)
            cells.append(f"{min(steps)}-{max(steps)}" if whole else f"{len(steps)} of {len(seeds)}")
        print(f"{name:8}" + "".join(f"{cell:>9}" for cell in cells))


def at_rate(record, rate):
    """Return the rows of one learning rate, which call their nets without it."""
    named = {harness.label(name, rate): name for name in NETS}
    return [row | {"model": named[row["model"]]} for row in record["rows"] if row["model"] in named]


def main(argv=None):
    """Run the experiment with the harness's options."""
    torch.set_num_threads(SETTINGS["threads"])
    harness.main(__file__, SETTINGS, QUICK, make_runs, argv)


if __name__ == "__main__":
    main()
