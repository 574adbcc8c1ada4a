"""Train GRU, LSTM and a plain RNN on more and more text: does the order change with its size?"""

import copy
import pydoc_data.topics
import random
from functools import partial

import torch

import harness
import learning_rate

SETTINGS = learning_rate.SETTINGS | {
    "characters": [4_000, 40_000, 400_000],  # of training text
    "topics_shuffled_by": 0,  # a seed, so that a part of the text is like the whole
    "steps": 1500,
    "check_every": 50,
    "learning_rates": [0.0025, 0.005, 0.01, 0.02],
    "seeds": 3,
}
QUICK = {
    "characters": [4_000, 40_000],
    "steps": 20,
    "check_every": 10,
    "learning_rates": [0.01],
    "seeds": 1,
}


def load(settings):
    """Return training, validation and test as character numbers, and how many there are."""
    names = sorted(pydoc_data.topics.topics)
    random.Random(settings["topics_shuffled_by"]).shuffle(names)
    return learning_rate.load(settings, names)


NETS = learning_rate.NETS


def part(characters):
    """Return what the part of the experiment is called that trains on so many characters."""
    return f"{characters} characters"


def train(characters, name, rate, seed, settings):
    """Return a net's row: its bits per character where its validation bits were lowest."""
    cell, hidden_size = NETS[name]
    training, validation, test, alphabet = load(settings)
    torch.manual_seed(seed)
    model = learning_rate.CharacterModel(cell, hidden_size, alphabet).to(harness.DEVICE)
    curve = []
    for bits in learning_rate.fit(model, training[:characters], validation, rate, settings):
        curve.append(round(bits, 4))
        if curve[-1] == min(curve):
            best = copy.deepcopy(model.state_dict())
    model.load_state_dict(best)
    return {
        "parameters": sum(p.numel() for p in model.rnn.parameters()),
        "curve": curve,  # validation bits after each check_every steps
        "validation_bits": min(curve),
        "test_bits": round(learning_rate.bits(model, test, settings["time"]), 4),
    }


def count(characters, order, settings):
    """Return the row of a model that counts what followed `order` characters."""
    training, validation, test, alphabet = load(settings)
    return learning_rate.markov(order, training[:characters], validation, test, alphabet)


def make_runs(settings):
    """Return the harness's runs: at each size models that count, and each net at each rate."""
    runs = []
    for characters in settings["characters"]:
        for order in learning_rate.ORDERS:
            model = harness.part_label(learning_rate.counting(order), part(characters))
            runs.append((model, None, partial(count, characters, order, settings)))
        runs += [
            (harness.part_label(label, part(characters)), seed, run)
            for label, seed, run in harness.runs_at_rates(
                NETS, settings, partial(train, characters)
            )
        ]
    return runs


def points(record):
    """Return net -> (characters of training text, test bits) of each seed at its best rate."""
    found = {name: [] for name in NETS}
    for characters in record["settings"]["characters"]:
        sized = harness.part_of(record, part(characters))
        bits = harness.values(sized, "test_bits")
        for name, rate in harness.best_rates(sized, found, "validation_bits").items():
            found[name] += [(characters, value) for value in bits[harness.label(name, rate)]]
    return found


def curves(record, characters):
    """Return what learning_rate.curves does for one size of text, each net at its best rate."""
    sized = harness.part_of(record, part(characters))
    return learning_rate.curves(sized, harness.best_rates(sized, NETS, "validation_bits"))


def main(argv=None):
    """Run the experiment with the harness's options."""
    torch.set_num_threads(SETTINGS["threads"])
    harness.main(__file__, SETTINGS, QUICK, make_runs, argv)


if __name__ == "__main__":
    main()
