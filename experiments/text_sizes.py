"""Train GRU, LSTM and a plain RNN on 10^5 and 10^6 characters of code: who leads, and where?

Whole models of one number of parameters, in both directions; each net's learning rate is chosen by
two seeds on the validation part, and ten seeds are trained at it. Beside them stand counts, as
modified Kneser-Ney mixes them, and two seeds that read twice as long, to see what more training
would bring. From 10^4 and 3 * 10^4 characters, and from bits on the text that was read beside those
on text held out, one sees which net learns by heart; there an LSTM as wide as the GRU stands beside
one as large. The bits of each document of the test part say how much of an interval is the text's.
"""

import math
from functools import cache, partial

import numpy as np
import torch

import characters
import harness
import ngrams
import sizes
import texts

CELLS = ["GRU", "LSTM", "RNN"]
SETTINGS = {
    "text": "code",
    "embedding": 32,
    "time": 64,  # characters of a piece, over which gradients are carried
    "batch_size": 32,
    "max_norm": 1.0,
    "checks": 10,  # of the validation part, over a run; the best decides what is kept
    "evaluation_rows": 50,
    "evaluation_time": 200,
    "held_out": 200_000,  # characters of the validation part that are looked at, and of the test
    "seen": 50_000,  # characters of the training part that are looked at at each check
    "choice_seeds": [100, 101],  # of nets that choose a rate and are not compared
    "most_rates": 7,
    # Of the counts: how many characters before the next they look at, the validation part chooses;
    # beyond 20 their bits fall by less than 0.002.
    "orders": list(range(1, 25)),
    "captured": False,
    "threads": 1,
    # By value; at these widths the nets of a comparison are within 0.5 % of one size.
    "plan": [
        {"characters": 10**6, "passes": 8, "width": 128, "first_rate": 0.004},
        {"characters": 10**5, "passes": 30, "width": 128, "first_rate": 0.004},
        {"characters": 10**5, "passes": 30, "width": 67, "first_rate": 0.008},
        # So little text that a net learns it by heart: the LSTM as large as the GRU and as wide.
        *(
            {"characters": size, "passes": passes, "width": 67, "first_rate": 0.008} | cells
            for size, passes in ((10**4, 80), (3 * 10**4, 30))
            for cells in ({"cells": ["GRU", "LSTM"]}, {"cells": ["LSTM"], "direction": "up"})
        ),
    ],
    "seeds": list(range(10)),
    # Characters a second by width, for the forecast: in training and in an evaluation.
    "pace": {
        "training": {"67": 80_000, "128": 50_000, "130": 50_000, "256": 22_000},
        "evaluation": {"67": 300_000, "128": 140_000, "130": 140_000, "256": 60_000},
    },
}  # fmt: skip
QUICK = {
    "plan": [{"characters": 3_000, "passes": 2, "width": 16, "first_rate": 0.01}],
    "batch_size": 4,
    "time": 16,
    "checks": 2,
    "held_out": 1_000,
    "seen": 1_000,
    "evaluation_rows": 5,
    "evaluation_time": 50,
    "choice_seeds": [100],
    "most_rates": 4,
    "orders": [2, 3],
    "seeds": [0],
    "pace": {"training": {"16": 10_000}, "evaluation": {"16": 10_000}},
}


@cache
def parts(name, held_out):
    """Return the parts of a text as numbers, how many signs there are, and its hash."""
    text = texts.load(name)
    training, *held = (torch.from_numpy(getattr(text, part)) for part in texts.PARTS)
    return (training, *(part[:held_out] for part in held)), len(text.alphabet), text.hash


def train(net, entry, rate, passes, seed, settings, tested):
    """Return a net's row; its test bits too where the run chooses nothing."""
    torch.set_num_threads(settings["threads"])
    (training, validation, test), known, text_hash = parts(settings["text"], settings["held_out"])
    training = training[: entry["characters"]]
    torch.manual_seed(seed)
    model = characters.CharacterModel(net.cell, net.hidden_size, known, settings["embedding"])
    values, seen = watched(
        characters.fit(model, training, validation, rate, seed, settings | {"passes": passes}),
        lambda: characters.bits(model, training[: settings["seen"]], settings),
    )
    curve = values["curve"]
    values |= {
        "text": text_hash,
        "parameters": sizes.count(model),
        "recurrent": sizes.count(model.rnn),
        "rate": rate,
        "passes": passes,
        "validation_bits": min(curve),
        "training_curve": [round(each, 5) for each in seen],
        "training_bits": round(seen[curve.index(min(curve))], 5),
    }
    if tested:
        values |= tested_on(model, test, settings)
    return values


def tested_on(model, test, settings):
    """Return the values of a row on the test part: its bits, and those of each document."""
    found = characters.bits_of_each(model, test, settings).double().cpu()
    documents = texts.load(settings["text"]).test_documents
    values = {"test_bits": round(found.mean().item(), 5)}
    if documents is not None:
        placed = torch.from_numpy(documents[: len(test)])
        placed = characters.laid_out(placed, settings["evaluation_rows"])[1:]
        values["document_bits"] = of_documents(found.numpy(), placed.numpy())[0]
    return values


def of_documents(bits, documents):
    """Return the mean bits of the documents of a text, and how many characters each has.

    bits: of each character; documents: which it is from.
    """
    sizes, sums = (np.bincount(documents.flat, each) for each in (None, bits.flat))
    there = sizes > 0
    return (sums[there] / sizes[there]).round(4).tolist(), sizes[there].tolist()


def error_of_text(bits, sizes):
    """Return the standard error of a text's bits that comes from which documents it holds.

    bits: of each document, also the differences of two nets; sizes: characters of each.
    """
    bits, sizes = np.array(bits), np.array(sizes)
    apart = sizes * (bits - np.average(bits, weights=sizes))
    return math.sqrt((apart**2).sum() * len(bits) / (len(bits) - 1)) / sizes.sum()


def last(steps):
    """Return what a generator returns in the end."""
    return watched(steps, lambda: None)[0]


def watched(steps, look):
    """Return what a generator returns in the end, and what look() gave after each of its values."""
    seen = []
    while True:
        try:
            if next(steps) is not None:
                seen.append(look())
        except StopIteration as stop:
            return stop.value, seen


def count(entry, settings):
    """Return the row of modified Kneser-Ney, of the order that the validation part chooses."""
    (training, validation, test), known, text_hash = parts(settings["text"], settings["held_out"])
    training = training[: entry["characters"]].numpy()
    row, bits = ngrams.chosen(training, validation.numpy(), test.numpy(), known, settings["orders"])
    documents = texts.load(settings["text"]).test_documents
    if documents is not None:
        found = of_documents(bits, documents[1 : len(test)])
        row |= dict(zip(("document_bits", "document_characters"), found, strict=True))
    return {"text": text_hash} | row


def of_text(settings):
    """Return settings with the hash of their text, so that a record is not gone on with another."""
    name = settings["text"]
    if isinstance(name, dict):
        name = name["text"]
    return settings | {"text_hash": texts.load(name).hash}


def make_runs(settings, rows):
    """Return the runs that can be done, given the rows: (model, seed, function), by value."""
    _, known, _ = parts(settings["text"], settings["held_out"])
    found = {}
    for entry in settings["plan"]:
        size = f"{entry['characters']} characters"
        runs = [(harness.part_label("counts", size), None, partial(count, entry, settings))]
        for net in nets(entry, known, settings):
            runs += of_net(net, entry, size, settings, rows)
        found |= {run[:2]: run for run in runs if run[:2] not in found}
    return list(found.values())


def nets(entry, known, settings):
    """Return the nets that an entry of the plan compares."""
    direction = entry.get("direction", "down")
    cells = entry.get("cells", CELLS)
    return characters.nets(entry["width"], cells, direction, known, settings["embedding"])


def of_net(net, entry, size, settings, rows):
    """Return a net's runs: those that choose its rate, then its seeds, then two twice as long."""
    name, passes = harness.part_label(net.name, size), entry["passes"]
    first, seeds = entry["first_rate"], settings["choice_seeds"]

    def once(rate, seed, tested, passes=passes):
        return train(net, entry, rate, passes, seed, settings, tested)

    runs = harness.tuned(rows, name, first, settings, once, "validation_bits")
    rate, _ = harness.chosen(
        rows, f"choice {name}", first, settings["most_rates"], seeds, "validation_bits"
    )
    if rate:
        longer = f"twice as long {name}"
        runs += [(longer, seed, partial(once, rate, seed, False, 2 * passes)) for seed in seeds]
    return runs


def forecast(settings):
    """Return for each entry of the plan what it is and about how many seconds it takes."""
    choice, seeds = len(settings["choice_seeds"]), len(settings["seeds"])
    runs = harness.choice_runs(settings["choice_seeds"]) + seeds + choice
    lengths = runs + choice  # since the last are twice as long
    found = []
    for entry in settings["plan"]:
        width, size = str(entry["width"]), entry["characters"]
        looked_at = settings["checks"] * (settings["held_out"] + min(settings["seen"], size))
        a_length = entry["passes"] * size / settings["pace"]["training"][width]
        seconds = lengths * a_length + runs * looked_at / settings["pace"]["evaluation"][width]
        cells = entry.get("cells", CELLS)
        what = f"{size} characters, width {width}: {', '.join(cells)}"
        found.append((what, len(cells) * seconds))
    return found


def main(argv=None):
    """Run the experiment with the harness's options."""
    harness.main(__file__, of_text(SETTINGS), QUICK, make_runs, argv, forecast=forecast)


if __name__ == "__main__":
    main()
