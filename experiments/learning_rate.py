"""Compare GRU, LSTM and a plain RNN over learning rates on one text, character by character."""

import math
import pydoc_data.topics
from functools import partial

import torch
from torch import nn

import harness
import plots

SETTINGS = {
    "time": 64,
    "batch_size": 32,
    "embedding": 32,
    "steps": 600,
    "check_every": 100,  # steps of training
    "learning_rates": [0.0025, 0.005, 0.01, 0.02, 0.04],
    "max_norm": 1.0,  # the norm of the gradient is clipped to this
    "validation_share": 0.05,  # of the text, before the test share at its end
    "test_share": 0.05,
    "seeds": 5,
    "threads": 1,
}
QUICK = {"steps": 20, "check_every": 10, "learning_rates": [0.01], "seeds": 1}
NETS = {
    "GRU H=64": (nn.GRU, 64),
    "LSTM H=64": (nn.LSTM, 64),
    "LSTM H=54": (nn.LSTM, 54),  # about as many parameters as the GRU
    "RNN H=121": (nn.RNN, 121),  # the same
}
ORDERS = (0, 1, 2)  # how many characters before the next one a model looks at that only counts
GATED = [name for name in NETS if not name.startswith("RNN")]


class CharacterModel(nn.Module):
    """Logits for the next character at each step: (batch, time) -> (batch, time, characters)."""

    def __init__(self, cell, hidden_size, characters, embedding=SETTINGS["embedding"]):
        super().__init__()
        self.embed = nn.Embedding(characters, embedding)
        self.rnn = cell(embedding, hidden_size, batch_first=True)
        self.linear = nn.Linear(hidden_size, characters)

    def forward(self, x):
        out, _ = self.rnn(self.embed(x))
        return self.linear(out)


def text(names=None):
    """Return Python's own help texts on topics, sorted unless a list gives another order."""
    topics = pydoc_data.topics.topics
    return "\n".join(topics[name] for name in names or sorted(topics))


def load(settings=SETTINGS, names=None):
    """Return training, validation and test as character numbers, and how many there are.

    The texts come with Python, under the PSF licence, and differ from version to version.
    """
    written = text(names)
    alphabet = sorted(set(written))
    number = {character: n for n, character in enumerate(alphabet)}
    codes = torch.tensor([number[character] for character in written], device=harness.DEVICE)
    test = int(len(codes) * settings["test_share"])
    validation = int(len(codes) * settings["validation_share"])
    parts = codes.split([len(codes) - validation - test, validation, test])
    return *parts, len(alphabet)


def bits(model, codes, time):
    """Return a model's mean loss on a text in bits per character; each `time` steps start anew."""
    rows = (len(codes) - 1) // time
    x = codes[: rows * time].view(rows, time)
    y = codes[1 : rows * time + 1].view(rows, time)
    with torch.no_grad():
        loss = nn.functional.cross_entropy(model(x).transpose(1, 2), y)
    return loss.item() / math.log(2)


def markov_bits(codes, training, characters, order, smoothing=0.1):
    """Return the bits per character of a model that counts what followed `order` characters.

    It predicts (count + smoothing) / (all counts + characters x smoothing); order 0 counts single
    characters.
    """

    def numbered(text):
        """Give each run of order + 1 characters a number of its own."""
        windows = text.unfold(0, order + 1, 1)  # (runs, order + 1)
        return windows @ characters ** torch.arange(order, -1, -1, device=windows.device)

    counts = torch.bincount(numbered(training), minlength=characters ** (order + 1))
    counts = counts.view(-1, characters) + smoothing
    chances = (counts / counts.sum(1, keepdim=True)).flatten()
    return -chances[numbered(codes)].log2().mean().item()


def counting(order):
    """Return what a row calls the model that counts what followed `order` characters."""
    return f"counts after {order}"


def markov(order, training, validation, test, characters):
    """Return the row of a model that counts: its bits per character, as a net's row has them."""
    return {
        "parameters": characters ** (order + 1),
        "validation_bits": round(markov_bits(validation, training, characters, order), 4),
        "test_bits": round(markov_bits(test, training, characters, order), 4),
    }


def fit(model, training, validation, rate, settings):
    """Train a model on random pieces of a text; yield its validation bits from time to time."""
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    span = torch.arange(settings["time"] + 1)
    for step in range(1, settings["steps"] + 1):
        starts = torch.randint(len(training) - len(span), (settings["batch_size"], 1))
        batch = training[(starts + span).to(training.device)]  # (batch, time + 1)
        logits = model(batch[:, :-1]).transpose(1, 2)  # (batch, characters, time)
        optimizer.zero_grad()
        nn.functional.cross_entropy(logits, batch[:, 1:]).backward()
        nn.utils.clip_grad_norm_(model.parameters(), settings["max_norm"])
        optimizer.step()
        if step % settings["check_every"] == 0:
            yield bits(model, validation, settings["time"])


def train(name, rate, seed, settings):
    """Return a net's row: its parameters, and its bits per character in training and after it."""
    cell, hidden_size = NETS[name]
    training, validation, test, characters = load(settings)
    torch.manual_seed(seed)
    model = CharacterModel(cell, hidden_size, characters, settings["embedding"]).to(harness.DEVICE)
    curve = [round(each, 4) for each in fit(model, training, validation, rate, settings)]
    return {
        "parameters": sum(p.numel() for p in model.rnn.parameters()),
        "curve": curve,  # validation bits after each check_every steps
        "validation_bits": curve[-1],
        "test_bits": round(bits(model, test, settings["time"]), 4),
    }


def make_runs(settings):
    """Return the harness's runs: models that count, and each net at each rate once per seed."""
    parts = load(settings)
    counts = [(counting(order), None, partial(markov, order, *parts)) for order in ORDERS]
    return counts + harness.runs_at_rates(NETS, settings, train)


def points(record):
    """Return gated net -> (learning rate, validation bits) of each seed."""
    found = harness.values(record, "validation_bits")
    return {
        name: [
            (rate, bits)
            for rate in record["settings"]["learning_rates"]
            for bits in found[harness.label(name, rate)]
        ]
        for name in GATED
    }


def curves(record, rates):
    """Return net -> for each seed, steps of training and validation bits, at the net's rate."""
    return harness.curves(record, rates, record["settings"]["check_every"])


def draw(record, folder):
    """Write a record's plot into a folder: learning-rate.svg."""
    found = harness.spread(record, "validation_bits")
    rates = record["settings"]["learning_rates"]
    results = {}
    for name in GATED:
        rows = (found[harness.label(name, rate)] for rate in rates)
        _, means, deviations = zip(*rows, strict=True)
        results[name] = rates, means, deviations
    plots.rates(results, folder / "learning-rate.svg")


def main(argv=None):
    """Run the experiment with the harness's options, and draw the results that are kept."""
    torch.set_num_threads(SETTINGS["threads"])
    file = harness.main(__file__, SETTINGS, QUICK, make_runs, argv)
    if file:
        draw(harness.load(file), file.parent)


if __name__ == "__main__":
    main()
