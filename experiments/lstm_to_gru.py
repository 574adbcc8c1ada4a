"""Why does a GRU learn adding sooner than an LSTM? The walk from one to the other, step by step.

First the input gate is tied to the forget gate, then the output gate goes, then the tanh after the
state, and last a reset gate comes. Each step is also taken by itself: from an LSTM, and back from
a GRU. All are whole models of one number of parameters, within 1 % of each other: it is that of the
GRU and, to a parameter or so, that of an LSTM too. Since a cell with fewer weights for a unit then
has more units, the LSTM and the steps stand beside it once more, with as many units.
"""

import statistics
from functools import cache, partial

import torch

import adding
import cells
import decide
import harness
import intervals
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
# From here a better rate is looked for once the first search is over: between two good rates may
# lie a worse one, at which that search stops.
SECOND_RATE = 0.08
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
            name = f"{cell} H={size}"
            rate, _ = harness.chosen(
                rows, f"choice {name}", own["first_rate"], own["most_rates"],
                own["choice_seeds"], until_done.CHOSEN_BY,
            )  # fmt: skip
            runs += harness.tuned(
                rows, name, SECOND_RATE if rate else own["first_rate"], own,
                partial(train, cell, size, own), until_done.CHOSEN_BY,
            )  # fmt: skip
    return runs


# What a step changes, and the nets with and without it: the walk, the steps that an LSTM takes
# alone and those that a GRU takes back, and the first ones at equal width.
WALK = {
    "tie i to f": ("LSTM tied H=43", "LSTM H=37"),
    "then no output gate": ("LSTM tied no output gate H=53", "LSTM tied H=43"),
    "then no tanh": ("GRU no reset H=53", "LSTM tied no output gate H=53"),
    "then a reset gate": ("GRU H=43", "GRU no reset H=53"),
    "all four": ("GRU H=43", "LSTM H=37"),
}
ALONE = {
    "LSTM no output gate": ("LSTM no output gate H=43", "LSTM H=37"),
    "LSTM no tanh": ("LSTM no tanh H=37", "LSTM H=37"),
    "LSTM with reset gate": ("LSTM with reset H=33", "LSTM H=37"),
    "GRU untied": ("GRU untied H=37", "GRU H=43"),
    "GRU with output gate": ("GRU with output gate H=37", "GRU H=43"),
    "GRU with tanh": ("GRU with tanh H=43", "GRU H=43"),
}
AS_WIDE = {
    "tie i to f": ("LSTM tied H=43", "LSTM H=43"),
    "and no output gate": ("LSTM tied no output gate H=53", "LSTM H=53"),
    "and no tanh": ("GRU no reset H=53", "LSTM H=53"),
}


def by_net(record, pairs):
    """Return net -> its rows, each net once and in the order of the pairs."""
    names = dict.fromkeys(name for new, old in pairs.values() for name in (old, new))
    return {name: [row for row in record["rows"] if row["model"] == name] for name in names}


def rows_of(record, pairs):
    """Return the compared nets' rows, net by net."""
    return [row for rows in by_net(record, pairs).values() for row in rows]


def show(record, pairs):
    """Print the nets of some steps: size, rate, steps until done, and how many seeds were done."""
    print(f"{'net':24}     steps     done  units weights  rate")
    for name, rows in by_net(record, pairs).items():
        first, steps = rows[0], [row["steps"] for row in rows]
        done = f"{sum(row['done'] for row in rows)} of {len(rows)}"
        mean, sd = statistics.mean(steps), statistics.stdev(steps)
        size = f"{first['units']:5} {first['parameters']:7} {first['rate']:5}"
        print(f"{name.partition(' H=')[0]:24} {mean:3.0f} ± {sd:3.0f} {done}  {size}")


def decided(record):
    """Return of each group of steps what the rule decides of "fewer steps", and the comparisons.

    All tests of the page are corrected together.
    """
    groups = (WALK, ALONE, AS_WIDE)
    found = decide.with_words({
        (at, name): decide.less(record, *pair, "steps", "steps")
        for at, pairs in enumerate(groups)
        for name, pair in pairs.items()
    })  # fmt: skip
    return [{name: found[at, name] for name in pairs} for at, pairs in enumerate(groups)]


def show_decided(found):
    """Print what is decided of each step of a group, with the difference and its interval."""
    print(f"{'change':20} fewer steps?")
    for name, (word, c) in found.items():
        numbers = intervals.written(c.difference, c.low, c.high, places=0)
        print(f"{name:20} {word:9} {numbers}")


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
