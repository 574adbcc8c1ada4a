"""Train nets on a…ab…b with as many b as a, and see whether they still count in longer words."""

from functools import partial

import torch
from torch import nn

import harness

SETTINGS = {
    "longest": 50,  # the most a in training
    "steps": 2500,
    "batch_size": 16,
    "learning_rate": 0.02,  # at the start; it falls to 0 along a cosine
    "max_norm": 1.0,  # the norm of the gradient is clipped to this
    "seeds": 5,
    "threads": 1,
}
QUICK = {"longest": 20, "steps": 800, "seeds": 1}
NETS = {
    "RNN H=10": (nn.RNN, 10),
    "GRU H=10": (nn.GRU, 10),
    "LSTM H=10": (nn.LSTM, 10),
    "LSTM H=8": (nn.LSTM, 8),  # fewer parameters than the GRU
}
A, B, END = range(3)


class SymbolModel(nn.Module):
    """Logits for the next symbol at each step: (batch, time) -> (batch, time, 3)."""

    def __init__(self, cell, hidden_size):
        super().__init__()
        self.rnn = cell(3, hidden_size, batch_first=True)
        self.linear = nn.Linear(hidden_size, 3)

    def forward(self, symbols):
        out, _ = self.rnn(nn.functional.one_hot(symbols, 3).float())
        return self.linear(out)


class WiredCounter(nn.Module):
    """An LSTM of one unit whose weights are set by hand; it counts up with a and down with b.

    All gates are open: a bias of 100 makes their sigmoids exactly 1 in float32. An a adds tanh(100)
    to the cell state, which is exactly 1, a b takes 1 away. So the hidden state tanh(c) is 0 only
    where there are as many b as a, and above 0.7 where there are more a.
    """

    def __init__(self):
        super().__init__()
        self.rnn = nn.LSTM(3, 1, batch_first=True).requires_grad_(False)
        for parameter in self.rnn.parameters():
            parameter.zero_()
        self.rnn.bias_ih_l0[[0, 1, 3]] = 100.0  # i, f, o
        self.rnn.weight_ih_l0[2] = torch.tensor([100.0, -100.0, 0.0])  # g

    def forward(self, symbols):
        h, _ = self.rnn(nn.functional.one_hot(symbols, 3).float())
        return torch.cat([torch.full_like(h, -1), h, 0.5 - h], -1)


def words(lengths):
    """Return words a^n b^n as padded symbols (batch, time), what follows each, and two masks.

    The first mask is true within a word, the second from its first b on. From there on what follows
    is certain: another b, or the end after the last.
    """
    position = torch.arange(2 * max(lengths) + 1, device=harness.DEVICE)
    n = torch.tensor(lengths, device=harness.DEVICE)[:, None]
    symbols = torch.where(position < n, A, torch.where(position < 2 * n, B, END))
    within = position[:-1] < 2 * n
    return symbols[:, :-1], symbols[:, 1:], within, within & (position[:-1] >= n)


def right(model, lengths):
    """Return for how many lengths n every certain symbol of a^n b^n is predicted rightly."""
    count = 0
    for n in lengths:
        x, y, _, certain = words([n])
        with torch.no_grad():
            count += bool((model(x).argmax(-1) == y)[certain].all())
    return count


def ranges(settings):
    """Return the tested lengths by name: those of training, up to twice and up to four times."""
    longest = settings["longest"]
    limits = [0, longest, 2 * longest, 4 * longest]
    return {
        f"{low + 1}-{high}": range(low + 1, high + 1)
        for low, high in zip(limits, limits[1:], strict=False)
    }


def train(name, seed, settings):
    """Return a net's row: its parameters, and how many lengths of each range it gets right."""
    cell, hidden_size = NETS[name]
    torch.manual_seed(seed)
    model = SymbolModel(cell, hidden_size).to(harness.DEVICE)
    optimizer = torch.optim.Adam(model.parameters(), lr=settings["learning_rate"])
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, settings["steps"])
    for _ in range(settings["steps"]):
        lengths = torch.randint(1, settings["longest"] + 1, (settings["batch_size"],))
        x, y, within, _ = words(lengths.tolist())
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x)[within], y[within]).backward()
        nn.utils.clip_grad_norm_(model.parameters(), settings["max_norm"])
        optimizer.step()
        schedule.step()
    return {
        "parameters": sum(p.numel() for p in model.rnn.parameters()),
        "right": {key: right(model, lengths) for key, lengths in ranges(settings).items()},
    }


def make_runs(settings):
    """Return the harness's runs: each net once per seed."""
    return [
        (name, seed, partial(train, name, seed, settings))
        for name in NETS
        for seed in range(settings["seeds"])
    ]


def counts(record):
    """Return net -> range of lengths -> how many of them each seed got right."""
    return {
        name: {key: [seed[key] for seed in seeds] for key in ranges(record["settings"])}
        for name, seeds in harness.values(record, "right").items()
    }


def show(record):
    """Print how many lengths of each range each seed of each net got right."""
    print("lengths  net        right, for each seed")
    for key in ranges(record["settings"]):
        for name, by_range in counts(record).items():
            print(f"{key:8} {name:9}" + "".join(f"{number:4}" for number in by_range[key]))


def main(argv=None):
    """Run the experiment with the harness's options."""
    torch.set_num_threads(SETTINGS["threads"])
    harness.main(__file__, SETTINGS, QUICK, make_runs, argv)


if __name__ == "__main__":
    main()
