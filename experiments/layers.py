"""Are more layers always better, or both directions? On code and on digits read row by row.

Two and three layers against one on 10^5 characters, as whole models of one number of parameters,
and two layers as wide as the one. Both directions against one on digits that are mixed before they
are split, as whole models of one number of parameters.
"""

from functools import cache, partial

import torch
from torch import nn

import characters
import digits
import digits_mixed
import harness
import one_gate_less
import sizes
import text_sizes

SETTINGS = {
    # The widths of LSTMs are such that more layers, or directions, match them within 1 %.
    "text": one_gate_less.SETTINGS["text"] | {"width": {"GRU": 64, "LSTM": 63}, "checks": 5},
    "digits": digits_mixed.SETTINGS | {"width": {"GRU": 32, "LSTM": 29}},
    # By value: how many layers there are, or directions, and whether a net with more of them is as
    # wide as that with one or narrower, with as many parameters.
    "plan": [
        {"task": "text", "number": 1, "size": "as wide"},
        {"task": "text", "number": 2, "size": "as many"},
    ],
    # Seconds of a run, both cells together, for the forecast.
    "pace": {
        "text": {"1 as wide": 73, "2 as many": 92, "2 as wide": 121, "3 as many": 107},
        "digits": {"1 as wide": 17, "2 as many": 30},
    },
}  # fmt: skip
QUICK = {
    "text": one_gate_less.QUICK["text"] | {"width": {"GRU": 8, "LSTM": 8}},
    "digits": SETTINGS["digits"] | digits_mixed.QUICK,
    "plan": [
        {"task": "text", "number": 2, "size": "as wide"},
        {"task": "digits", "number": 2, "size": "as many"},
    ],
}
CELLS = {"GRU": nn.GRU, "LSTM": nn.LSTM}


class Layers(characters.CharacterModel):
    """A model of characters with several layers of its cell."""

    def __init__(self, cell, layers, hidden_size, signs):
        super().__init__(cell, hidden_size, *signs)
        self.rnn = CELLS[cell](self.rnn.input_size, hidden_size, layers)


class Directions(digits.DigitModel):
    """A model of digits that reads the rows from above, or from both ends."""

    def __init__(self, cell, directions, hidden_size):
        super().__init__(CELLS[cell], hidden_size)
        both = directions == 2
        self.rnn = CELLS[cell](8, hidden_size, batch_first=True, bidirectional=both)
        self.linear = nn.Linear(directions * hidden_size, 10)

    def forward(self, x):
        _, state = self.rnn(x)
        last = state[0] if isinstance(state, tuple) else state  # (directions, batch, hidden)
        return self.linear(torch.cat([*last], 1))


def net(task, cell, number, signs, hidden_size):
    """Return an untrained whole model; number: of its layers, on digits of its directions."""
    if task == "text":
        return Layers(cell, number, hidden_size, signs)
    return Directions(cell, number, hidden_size)


@cache
def matched(task, cell, number, signs, width):
    """Return the hidden size with as many parameters as one layer, or direction, at a width."""
    with torch.device("meta"):  # nothing is drawn
        wanted = sizes.count(net(task, cell, 1, signs, width))
    return sizes.matched(partial(net, task, cell, number, signs), wanted)


def train(task, cell, number, signs, hidden_size, settings, rate, seed, tested):
    """Return a net's row."""
    torch.manual_seed(seed)
    model = net(task, cell, number, signs, hidden_size)
    if task == "text":
        return one_gate_less.train_on_text(model, rate, seed, settings, tested)
    return digits_mixed.trained(model, rate, seed, tested, settings)


# The strongest that need no net.
WITHOUT_NET = {
    "text": {"counts": one_gate_less.TASKS["text"].without_net},
    "digits": {
        "logistic regression": digits_mixed.linear,
        "nearest images": digits_mixed.nearest,
        "support vectors": digits_mixed.support,
    },
}
CHOSEN_BY = {"text": "validation_bits", "digits": "validation_loss"}


def how_many(task, number):
    """Return what there are of a number of, in words."""
    what = {"text": "layer", "digits": "direction"}[task]
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def make_runs(settings, rows):
    """Return the runs that can be done, given the rows: (model, seed, function), by value."""
    runs = []
    for entry in settings["plan"]:
        task, number = entry["task"], entry["number"]
        own = settings[task] | entry
        signs = one_gate_less.signs_of(task, own)
        for name, row in WITHOUT_NET[task].items():
            runs.append((harness.part_label(name, task), None, partial(row, own)))
        for cell in CELLS:
            size = own["width"][cell]
            if entry["size"] == "as many":
                size = matched(task, cell, number, signs, size)
            name = f"{cell} H={size}, {how_many(task, number)}"
            runs += harness.tuned(
                rows, harness.part_label(name, task), own["first_rate"], own,
                partial(train, task, cell, number, signs, size, own), CHOSEN_BY[task],
            )  # fmt: skip
    return list({run[:2]: run for run in runs}.values())


def forecast(settings):
    """Return for each entry of the plan what it is and about how many seconds it takes."""
    found = []
    for entry in settings["plan"]:
        task, what = entry["task"], f"{entry['number']} {entry['size']}"
        own = settings[task] | entry
        runs = harness.choice_runs(own["choice_seeds"]) + len(own["seeds"])
        seconds = runs * settings["pace"][task][what]
        found.append((f"{task}, {how_many(task, entry['number'])}, {entry['size']}", seconds))
    return found


def main(argv=None):
    """Run the experiment with the harness's options."""
    torch.set_num_threads(1)
    packages = (*harness.PACKAGES, "scikit-learn")
    settings = text_sizes.of_text(SETTINGS)
    harness.main(__file__, settings, QUICK, make_runs, argv, packages=packages, forecast=forecast)


if __name__ == "__main__":
    main()
