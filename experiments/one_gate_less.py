"""Which gate can be left out? One gate at a time is held open, in nets as wide and in wider ones.

A gate that is held at 1 has no weights to train. So beside the net of the same width stands the
one that counts: wide enough to have as many weights to train as the net with all its gates. On
adding and on 10^5 characters of code.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

import torch
from torch import nn

import adding
import characters
import harness
import sizes
import text_sizes
import until_done
import variants

TEXT = ("text", "embedding", "time", "batch_size", "max_norm", "checks", "evaluation_rows",
        "evaluation_time", "held_out", "orders", "captured")  # fmt: skip
SETTINGS = {
    "adding": until_done.SETTINGS | {
        "time": 50,
        "limit": 2000,  # steps of training
        "first_rate": 0.02,
        "width": {"LSTM": 37, "GRU": 43},  # of the nets with all gates; the two are of one size
    },
    "text": {name: text_sizes.SETTINGS[name] for name in TEXT} | {
        "characters": 10**5,
        "passes": 30,
        "first_rate": 0.008,
        "width": {"LSTM": 64, "GRU": 64},
        "choice_seeds": [100, 101],
        "most_rates": 7,
        "seeds": list(range(10)),
        "threads": 1,
    },
    # By value: a task, and whether nets with a gate held are as wide as the others or larger, with
    # as many weights to train.
    "plan": [
        {"task": "adding", "size": "as many"},
        {"task": "text", "size": "as many"},
    ],
    # Seconds of a run, for the forecast.
    "pace": {"adding": {"LSTM": 9, "GRU": 4}, "text": {"LSTM": 34, "GRU": 48}},
}  # fmt: skip
QUICK = {
    "adding": SETTINGS["adding"] | until_done.QUICK,
    "text": SETTINGS["text"] | {
        "characters": 1_000,
        "passes": 1,
        "batch_size": 4,
        "time": 16,
        "checks": 2,
        "held_out": 1_000,
        "evaluation_rows": 5,
        "evaluation_time": 50,
        "orders": [2, 3],
        "choice_seeds": [100],
        "most_rates": 3,
        "seeds": [0],
    },
    "plan": [{"task": "adding", "size": "as many"}, {"task": "text", "size": "as wide"}],
}  # fmt: skip


def untrained(name, hidden_size, signs):
    """Return a whole model as its training finds it.

    signs: how many the text has and the size of their embeddings; None on adding.
    """
    cell, block, how = variants.NETS[name]
    if signs:
        model = characters.CharacterModel(cell.__name__, hidden_size, *signs)
    else:
        model = adding.SumModel(cell, hidden_size)
    if how:
        variants.change(model.rnn, block, how)
    return model


def without_held(name, signs, hidden_size):
    """Return a model without the weights of a gate that is held, for counting alone."""
    model = untrained(name, hidden_size, signs)
    _, _, how = variants.NETS[name]
    if how == "open":
        for key, parameter in [*model.rnn.named_parameters()]:
            setattr(model.rnn, key, nn.Parameter(parameter[hidden_size:]))  # a block, whichever
    return model


def trainable(name, hidden_size, signs):
    """Return how many weights of a model are trained: not those of a gate that is held."""
    with torch.device("meta"):  # nothing is drawn
        return sizes.count(without_held(name, signs, hidden_size))


@cache
def matched(name, width, signs):
    """Return the hidden size with as many weights to train as all gates have at a width."""
    cell, _, _ = variants.NETS[name]
    wanted = trainable(cell.__name__, width, signs)
    return sizes.matched(partial(without_held, name, signs), wanted)


def train(task, name, hidden_size, signs, settings, rate, seed, tested):
    """Return a net's row."""
    torch.manual_seed(seed)
    model = untrained(name, hidden_size, signs)
    row = TASKS[task].train(model, rate, seed, settings, tested)
    return row | {"trainable": trainable(name, hidden_size, signs)}


def train_on_text(model, rate, seed, settings, tested):
    """Return the values of a net's row on text."""
    torch.set_num_threads(settings["threads"])
    (training, validation, test), _, text_hash = parts(settings)
    training = training[: settings["characters"]]
    row = text_sizes.last(characters.fit(model, training, validation, rate, seed, settings)) | {
        "text": text_hash,
        "rate": rate,
        "parameters": sizes.count(model),
        "recurrent": sizes.count(model.rnn),
    }
    row["validation_bits"] = min(row["curve"])
    if tested:
        row |= text_sizes.tested_on(model, test, settings)
    return row


def parts(settings):
    """Return the parts of the text, how many signs it has, and its hash."""
    return text_sizes.parts(settings["text"], settings["held_out"])


def signs_of(task, settings):
    """Return how many signs a text has and the size of their embeddings; None on adding."""
    return (parts(settings)[1], settings["embedding"]) if task == "text" else None


@dataclass(frozen=True)
class Task:
    """How nets are trained on a task, what a rate is chosen by, and what needs no net."""

    train: Callable  # of a model, a rate, a seed, settings, and whether it is tested
    chosen_by: str
    baseline: str
    without_net: Callable  # of settings


TASKS = {
    "adding": Task(until_done.train, until_done.CHOSEN_BY, "constant answer", until_done.constant),
    "text": Task(
        train_on_text, "validation_bits", "counts", lambda own: text_sizes.count(own, own)
    ),
}


def baseline(name_of_task, settings):
    """Return the run of the strongest simple baseline of a task."""
    task = TASKS[name_of_task]
    name = harness.part_label(task.baseline, name_of_task)
    return name, None, partial(task.without_net, settings)


def make_runs(settings, rows):
    """Return the runs that can be done, given the rows: (model, seed, function), by value."""
    runs = []
    for entry in settings["plan"]:
        name_of_task = entry["task"]
        task, own = TASKS[name_of_task], settings[name_of_task] | entry
        signs = signs_of(name_of_task, own)
        runs.append(baseline(name_of_task, own))
        for name in names(entry):
            cell, _, _ = variants.NETS[name]
            size = own["width"][cell.__name__]
            if entry["size"] == "as many":
                size = matched(name, size, signs)
            runs += harness.tuned(
                rows, harness.part_label(f"{name} H={size}", name_of_task), own["first_rate"], own,
                partial(train, name_of_task, name, size, signs, own), task.chosen_by,
            )  # fmt: skip
    return list({run[:2]: run for run in runs}.values())


def names(entry):
    """Return the nets of an entry of the plan; those with all gates are done with the wider."""
    wanted = {"as wide": ["open"], "as many": ["open", None]}[entry["size"]]
    return [name for name, (_, _, how) in variants.NETS.items() if how in wanted]


def forecast(settings):
    """Return for each entry of the plan what it is and about how many seconds it takes."""
    found = []
    for entry in settings["plan"]:
        own = settings[entry["task"]] | entry
        paces = settings["pace"][entry["task"]]
        a_run = sum(paces[variants.NETS[name][0].__name__] for name in names(entry))
        runs = harness.choice_runs(own["choice_seeds"]) + len(own["seeds"])
        found.append((f"{entry['task']}, gates held in nets {entry['size']}", runs * a_run))
    return found


def main(argv=None):
    """Run the experiment with the harness's options."""
    settings = text_sizes.of_text(SETTINGS)
    harness.main(__file__, settings, QUICK, make_runs, argv, forecast=forecast)


if __name__ == "__main__":
    main()
