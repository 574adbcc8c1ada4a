"""Why does a GRU learn adding sooner than an LSTM? The walk from one to the other, step by step.

First the input gate is tied to the forget gate, then the output gate goes, then the tanh after the
state, and last a reset gate comes. Each step is also taken by itself: from an LSTM, and back from
a GRU. All are whole models of one number of parameters, within 1 % of each other: it is that of the
GRU and, to a parameter or so, that of an LSTM too. Since a cell with fewer weights for a unit then
has more units, the LSTM and the steps stand beside it once more, with as many units.
"""

from functools import cache, partial

import torch

import adding
import cells
import harness
import sizes
import until_done

SETTINGS = until_done.SETTINGS | {
    "time": 50,
    "limit": 2000,  # steps of training
    "first_rate": 0.02,
    "gru": 43,  # units of the GRU to whose parameters the others are matched
    # By value: cells, with about how many steps they take, for the forecast; those of an entry with
    # `units` are as wide as it says, the others as large as the GRU.
    "plan": [
        {"nets": {"LSTM": 480, "LSTM tied": 190, "LSTM tied no output gate": 240,
                  "GRU no reset": 240, "GRU": 110}, "seeds": list(range(20))},
        {"nets": {"LSTM": 480, "LSTM tied no output gate": 240, "GRU no reset": 240}, "units": 43},
        {"nets": {"LSTM no output gate": 600, "LSTM no tanh": 350, "LSTM with reset": 340,
                  "GRU untied": 300, "GRU with tanh": 200, "GRU with output gate": 250}},
        {"nets": {"LSTM": 480}, "units": 53},
    ],
    "pace": 0.045,  # seconds a step, likewise
}  # fmt: skip
QUICK = until_done.QUICK | {
    "plan": [
        {"nets": {"LSTM": 10, "GRU no reset": 10, "GRU": 10}},
        {"nets": {"LSTM": 10}, "units": 43},
    ]
}


def net(cell, hidden_size):
    """Return a whole model with a cell of a size."""
    return adding.SumModel(partial(cells.Cell, cell), hidden_size)


def train(cell, hidden_size, settings, rate, seed, tested):
    """Return a net's row."""
    torch.manual_seed(seed)
    row = until_done.train(net(cell, hidden_size), rate, seed, settings, tested)
    return row | {"units": hidden_size}


@cache
def matched(cell, gru):
    """Return the hidden size at which a net has as many parameters as a GRU of a size."""
    return sizes.matched(partial(net, cell), sizes.count(net("GRU", gru)))


def make_runs(settings, rows):
    """Return the runs that can be done, given the rows: (model, seed, function), by value."""
    runs = [("constant answer", None, partial(until_done.constant, settings))]
    for entry in settings["plan"]:
        own = settings | entry
        for cell in entry["nets"]:
            size = entry.get("units") or matched(cell, settings["gru"])
            runs += harness.tuned(
                rows, f"{cell} H={size}", settings["first_rate"], own,
                partial(train, cell, size, own), until_done.CHOSEN_BY,
            )  # fmt: skip
    return runs


def forecast(settings):
    """Return for each entry of the plan what it is and about how many seconds it takes."""
    return [
        (
            f"{len(own['nets'])} cells, " + (f"H={own['units']}" if "units" in own else "as large"),
            (harness.choice_runs(own["choice_seeds"]) + len(own["seeds"]))
            * sum(own["nets"].values()) * own["pace"],
        )
        for own in (settings | entry for entry in settings["plan"])
    ]  # fmt: skip


def main(argv=None):
    """Run the experiment with the harness's options."""
    harness.main(__file__, SETTINGS, QUICK, make_runs, argv, forecast=forecast)


if __name__ == "__main__":
    main()
