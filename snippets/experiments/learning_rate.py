"""Compare GRU and LSTM over learning rates on one text, character by character."""

import math
import pydoc_data.topics

import torch
from torch import nn

import harness
import plots

SETTINGS = {
    "time": 64,
    "batch_size": 32,
    "embedding": 32,
    "steps": 600,
    "learning_rates": [0.0025, 0.005, 0.01, 0.02, 0.04],
    "max_norm": 1.0,  # the norm of the gradient is clipped to this
    "validation_share": 0.05,  # of the text, before the test share at its end
    "test_share": 0.05,
    "seeds": 5,
    "threads": 1,
}
QUICK = {"steps": 20, "learning_rates": [0.01], "seeds": 1}
NETS = {
    "GRU H=64": (nn.GRU, 64),
    "LSTM H=64": (nn.LSTM, 64),
    "LSTM H=54": (nn.LSTM, 54),  # about as many parameters as the GRU
}


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


def text():
    """Return Python's own help texts, as long as this version of Python has them."""
    topics = pydoc_data.topics.topics
    return "\n".join(topics[name] for name in sorted(topics))


def load(settings=SETTINGS):
    """Return training, validation and test as character numbers, and how many there are."""
    written = text()
    alphabet = sorted(set(written))
    number = {character: n for n, character in enumerate(alphabet)}
    codes = torch.tensor([number[character] for character in written])
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


def train(name, rate, seed, settings):
    """Return a net's row: its parameters, and its bits per character when training is over."""
    cell, hidden_size = NETS[name]
    training, validation, test, characters = load(settings)
    torch.manual_seed(seed)
    model = CharacterModel(cell, hidden_size, characters, settings["embedding"])
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    span = torch.arange(settings["time"] + 1)
    for _ in range(settings["steps"]):
        starts = torch.randint(len(training) - len(span), (settings["batch_size"], 1))
        batch = training[starts + span]  # (batch, time + 1)
        logits = model(batch[:, :-1]).transpose(1, 2)  # (batch, characters, time)
        optimizer.zero_grad()
        nn.functional.cross_entropy(logits, batch[:, 1:]).backward()
        nn.utils.clip_grad_norm_(model.parameters(), settings["max_norm"])
        optimizer.step()
    return {
        "parameters": sum(p.numel() for p in model.rnn.parameters()),
        "validation_bits": round(bits(model, validation, settings["time"]), 4),
        "test_bits": round(bits(model, test, settings["time"]), 4),
    }


def make_runs(settings):
    """Return the harness's runs: each net at each learning rate once per seed."""
    return harness.runs_at_rates(NETS, settings, train)


def draw(record, folder):
    """Write a record's plot into a folder: learning-rate.svg."""
    found = harness.spread(record, "validation_bits")
    rates = record["settings"]["learning_rates"]
    results = {}
    for name in NETS:
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
