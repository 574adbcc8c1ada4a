"""Why does a GRU learn adding sooner than an LSTM? The walk from one to the other, step by step.

First the input gate is tied to the forget gate, then the output gate goes, then the tanh after the
state, and last a reset gate comes. Each step is also taken by itself: from an LSTM, and back from
a GRU. The nets of a size are whole models of one number of parameters, within 1 % of each other:
it is that of the GRU and, to a parameter or so, that of an LSTM too.
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
    # By value: the hidden size of the GRU to which the others are matched.
    "plan": [
        {"gru": 43, "nets": list(cells.CELLS)[:5], "seeds": list(range(20))},
        {"gru": 43, "nets": list(cells.CELLS)[5:], "seeds": list(range(20))},
        {"gru": 64, "nets": list(cells.CELLS)[:5]},
    ],
    "pace": 0.03,  # seconds a step, for the forecast
    "usual": 400,  # steps until a net is done, likewise
}  # fmt: skip
QUICK = until_done.QUICK | {"plan": [{"gru": 43, "nets": ["LSTM", "GRU no reset", "GRU"]}]}


def net(cell, hidden_size):
    """Return a whole model with a cell of a size."""
    return adding.SumModel(partial(cells.Cell, cell), hidden_size)


def train(cell, hidden_size, settings, rate, seed, tested):
    """Return a net's row."""
    torch.manual_seed(seed)
    return until_done.train(net(cell, hidden_size), rate, seed, settings, tested)


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
            size = matched(cell, entry["gru"])
            runs += harness.tuned(
                rows, f"{cell} H={size}, beside GRU H={entry['gru']}", settings["first_rate"],
                own, partial(train, cell, size, own), until_done.CHOSEN_BY,
            )  # fmt: skip
    return runs


def forecast(settings):
    """Return for each entry of the plan what it is and about how many seconds it takes."""
    return [
        (
            f"{len(own['nets'])} cells of the size of a GRU H={own['gru']}",
            len(own["nets"]) * (4 * len(own["choice_seeds"]) + len(own["seeds"]))
            * settings["usual"] * settings["pace"],
        )
        for own in (settings | entry for entry in settings["plan"])
    ]  # fmt: skip


def main(argv=None):
    """Run the experiment with the harness's options."""
    harness.main(__file__, SETTINGS, QUICK, make_runs, argv, forecast=forecast)


if __name__ == "__main__":
    main()
