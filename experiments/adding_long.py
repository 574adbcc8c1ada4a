"""Do starts with a long memory help on adding over 50, 200 and 400 steps, and which net needs them?

GRU, LSTM and a plain RNN, whole models of one number of parameters within 1 %: a GRU of 43 units
and an LSTM of 37 have the same but for one, so that neither is made smaller or larger for the
other.
"""

import statistics
from functools import partial

import torch
from torch import nn

import adding
import decide
import gradients
import harness
import until_done

NETS = {"GRU": (nn.GRU, 43), "LSTM": (nn.LSTM, 37), "RNN": (nn.RNN, 76)}
SETTINGS = until_done.SETTINGS | {
    "limit": {"50": 2000, "200": 3000, "400": 4000},  # steps of training, by the sequences' length
    "first_rate": {"GRU": 0.02, "LSTM": 0.02, "RNN": 0.002},
    # Of longer sequences, whose runs are long, fewer seeds choose a rate.
    "choice_seeds": {"50": [100, 101, 102, 103, 104], "200": [100, 101, 102],
                     "400": [100, 101, 102]},
    # By value. `usual`: about how many steps a run takes, for the forecast.
    "plan": [
        {"time": 50, "start": "default", "usual": {"GRU": 150, "LSTM": 450, "RNN": 2000}},
        {"time": 200, "start": "default", "usual": {"GRU": 200, "LSTM": 1700}},
        {"time": 200, "start": "long memory", "usual": {"GRU": 200, "LSTM": 400}},
        {"time": 200, "start": "forget bias 1", "usual": {"LSTM": 1700}},
        {"time": 400, "start": "long memory", "usual": {"GRU": 250, "LSTM": 400}},
        {"time": 50, "start": "long memory", "usual": {"GRU": 150, "LSTM": 300}},
        {"time": 50, "start": "forget bias 1", "usual": {"LSTM": 450}},
        {"time": 50, "start": "orthogonal", "usual": {"GRU": 150, "LSTM": 450}},
    ],
    # Seconds for one step of training on sequences of one step, for the forecast.
    "pace": {"GRU": 0.00045, "LSTM": 0.0003, "RNN": 0.00025},
}  # fmt: skip
QUICK = until_done.QUICK | {
    "limit": {"4": 10},
    "choice_seeds": {"4": [100]},
    "plan": [
        {"time": 4, "start": "default", "usual": {"RNN": 10}},
        {"time": 4, "start": "long memory", "usual": {"LSTM": 10}},
    ],
}


def as_it_is(rnn, time):
    """Leave PyTorch's initial values."""


def orthogonal(rnn, time):
    """Make each matrix from state to state orthogonal: that of each gate and of the new memory."""
    with torch.no_grad():
        for block in rnn.weight_hh_l0.split(rnn.hidden_size):
            nn.init.orthogonal_(block)


def long_memory(rnn, time):
    """Let each unit keep for a number of steps, drawn from 2 to `time`, after Tallec and Ollivier.

    They call it chrono initialisation (2018): the bias of an LSTM's f is log(u), with u uniform
    from 1 to time - 1, and that of its i is -log(u). In a GRU it is z that keeps.
    """
    bias = torch.empty(rnn.hidden_size).uniform_(1, time - 1).log()
    gradients.set_bias(rnn, 1, bias)  # z of r, z, n and f of i, f, g, o both come second
    if isinstance(rnn, nn.LSTM):
        gradients.set_bias(rnn, 0, -bias)


def forget_bias(rnn, time):
    """Let the bias of an LSTM's forget gate be 1."""
    gradients.set_bias(rnn, 1, 1.0)


STARTS = {
    "default": as_it_is,
    "orthogonal": orthogonal,
    "long memory": long_memory,
    "forget bias 1": forget_bias,
}


def untrained(name, start, time, seed):
    """Return a whole model as its training finds it."""
    torch.manual_seed(seed)
    model = adding.SumModel(*NETS[name])
    STARTS[start](model.rnn, time)
    return model


def train(name, settings, rate, seed, tested):
    """Return a net's row."""
    model = untrained(name, settings["start"], settings["time"], seed)
    return until_done.train(model, rate, seed, settings, tested)


def of_entry(settings, entry):
    """Return the settings of an entry of the plan, some of which go by its sequences' length."""
    by_length = {name: settings[name][str(entry["time"])] for name in ("limit", "choice_seeds")}
    return settings | entry | by_length


def called(name, time, start="default"):
    """Return what a net's rows are called."""
    return harness.part_label(f"{name} H={NETS[name][1]}, {start}", f"T={time}")


def make_runs(settings, rows):
    """Return the runs that can be done, given the rows: (model, seed, function), by value."""
    runs = []
    for entry in settings["plan"]:
        own = of_entry(settings, entry)
        constant = harness.part_label("constant answer", f"T={entry['time']}")
        runs.append((constant, None, partial(until_done.constant, own)))
        for name in entry["usual"]:
            runs += harness.tuned(
                rows, called(name, entry["time"], entry["start"]),
                settings["first_rate"][name], own, partial(train, name, own), until_done.CHOSEN_BY,
            )  # fmt: skip
    return list({run[:2]: run for run in runs}.values())


LENGTHS = (50, 200)  # those that the page shows


def runs_of(record, name, time, start="default"):
    """Return a net's rows, one for each seed; none if it was not run."""
    return [row for row in record["rows"] if row["model"] == called(name, time, start)]


def points(record):
    """Return net -> (length, steps) of each seed, those not done at the limit."""
    return {
        name: [(time, row["steps"]) for time in LENGTHS for row in runs_of(record, name, time)]
        for name in ("GRU", "LSTM")
    }


def show(record, start="default"):
    """Print of each net and length the rate, how many seeds were done, their error and steps.

    Where one was not done, the mean of the steps is at least what is printed.
    """
    for time in LENGTHS:
        for name in NETS:
            if found := runs_of(record, name, time, start):
                first, steps = found[0], sorted(row["steps"] for row in found)
                count = sum(row["done"] for row in found)
                error = statistics.mean(row["test_error"] for row in found)
                bound = "" if count == len(found) else "≥ "
                print(f"{called(name, time, start)}: {first['parameters']} weights")
                print(f"    rate {first['rate']}, {count} of {len(found)} done, error {error:.3f}")
                middle = f"mean {bound}{statistics.mean(steps):.0f}"
                print(f"    {middle}, median {statistics.median(steps):.0f}:")
                print("   ", *steps)


def show_constant(record):
    """Print the error of a constant answer at each length."""
    for time in LENGTHS:
        (error,) = harness.values(record, "test_error")[f"constant answer, T={time}"]
        print(f"constant answer, T={time}: error {error:.3f}")


# What is compared at the end: of each sentence the net that takes fewer steps, and the other.
SENTENCES = {
    "GRU < LSTM, T=50": (("GRU", 50), ("LSTM", 50)),
    "LSTM < GRU, T=200": (("LSTM", 200), ("GRU", 200)),
    "GRU, T=200: long memory < default": (("GRU", 200, "long memory"), ("GRU", 200)),
    "LSTM, T=200: long memory < default": (("LSTM", 200, "long memory"), ("LSTM", 200)),
    "LSTM < GRU, T=200, long memory": (("LSTM", 200, "long memory"), ("GRU", 200, "long memory")),
}


def decided(record):
    """Return what the rule decides of each sentence, and the comparison; all corrected together."""
    return decide.with_words({
        name: decide.less(record, *(called(*net) for net in nets), "steps", "steps")
        for name, nets in SENTENCES.items()
    })  # fmt: skip


def forecast(settings):
    """Return for each entry of the plan what it is and about how many seconds it takes."""
    return [
        (
            f"T={own['time']}, {own['start']}: {', '.join(own['usual'])}",
            (harness.choice_runs(own["choice_seeds"]) + len(own["seeds"])) * own["time"]
            * sum(steps * own["pace"][name] for name, steps in own["usual"].items()),
        )
        for own in (of_entry(settings, entry) for entry in settings["plan"])
    ]  # fmt: skip


def main(argv=None):
    """Run the experiment with the harness's options."""
    harness.main(__file__, SETTINGS, QUICK, make_runs, argv, forecast=forecast)


if __name__ == "__main__":
    main()
