"""Add two marked numbers of a sequence: how many steps of training does each net need?

The adding problem of Hochreiter and Schmidhuber 1997, in the form that later papers
use: two numbers of each sequence are marked, and the net gives their sum after the last step.
"""

import torch
from torch import nn

import harness

SETTINGS = {
    "time": 50,
    "batch_size": 64,
    "steps": 2000,
    "check_every": 50,  # steps of training
    "solved_below": 0.01,  # mean square error on the test sequences
    "test_sequences": 1000,
    "learning_rates": [0.005, 0.01, 0.02, 0.04],
    "max_norm": 1.0,  # the norm of the gradient is clipped to this
    "seeds": 5,
    "threads": 1,
}
QUICK = {"time": 20, "steps": 600, "learning_rates": [0.01], "seeds": 1}
NETS = {
    "GRU H=32": (nn.GRU, 32),
    "LSTM H=32": (nn.LSTM, 32),
    "LSTM H=27": (nn.LSTM, 27),  # about as many parameters as the GRU
    "RNN H=32": (nn.RNN, 32),
}
# What a constant answer of 1 is off by: the variance of the sum of two numbers uniform in (0, 1).
CONSTANT = 1 / 6


class SumModel(nn.Module):
    """One number after the last step: (batch, time, 2) -> (batch,)."""

    def __init__(self, cell, hidden_size):
        super().__init__()
        self.rnn = cell(2, hidden_size, batch_first=True)
        self.linear = nn.Linear(hidden_size, 1)

    def forward(self, x):
        out, _ = self.rnn(x)
        return self.linear(out[:, -1]).squeeze(1)


def sequences(count, time, generator):
    """Draw sequences (count, time, 2), numbers beside marks, and the sums of the marked numbers.

    One mark stands in each half of a sequence. The tensors are on the harness's device.
    """
    numbers = torch.rand(count, time, generator=generator)
    first = torch.randint(time // 2, (count, 1), generator=generator)
    second = torch.randint(time // 2, time, (count, 1), generator=generator)
    marks = torch.zeros(count, time).scatter_(1, torch.cat([first, second], 1), 1.0)
    x, y = torch.stack([numbers, marks], -1), (numbers * marks).sum(1)
    return x.to(harness.DEVICE), y.to(harness.DEVICE)


def untrained(name, seed):
    """Return a net as its training finds it."""
    torch.manual_seed(seed)
    return SumModel(*NETS[name]).to(harness.DEVICE)


def fit(model, rate, seed, settings):
    """Train a net until it is done; return the step at which it was or None, and its error."""
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    generator = torch.Generator().manual_seed(seed)
    x_test, y_test = sequences(
        settings["test_sequences"], settings["time"], torch.Generator().manual_seed(10**6)
    )
    solved_at, error = None, None
    for step in range(1, settings["steps"] + 1):
        x, y = sequences(settings["batch_size"], settings["time"], generator)
        optimizer.zero_grad()
        nn.functional.mse_loss(model(x), y).backward()
        nn.utils.clip_grad_norm_(model.parameters(), settings["max_norm"])
        optimizer.step()
        if step % settings["check_every"] == 0:
            with torch.no_grad():
                error = nn.functional.mse_loss(model(x_test), y_test).item()
            if error < settings["solved_below"]:
                solved_at = step
                break
    return solved_at, error


def train(name, rate, seed, settings):
    """Return a net's row: its parameters, the step at which it was done or None, its error."""
    model = untrained(name, seed)
    solved_at, error = fit(model, rate, seed, settings)
    return {
        "parameters": sum(p.numel() for p in model.rnn.parameters()),
        "solved_at": solved_at,
        "test_error": round(error, 4),
    }


def make_runs(settings):
    """Return the harness's runs: each net at each learning rate once per seed."""
    return harness.runs_at_rates(NETS, settings, train)


def solved(record):
    """Return net -> learning rate -> the steps at which its seeds were done, None for never."""
    steps = harness.values(record, "solved_at")
    rates = record["settings"]["learning_rates"]
    return {name: {rate: steps[harness.label(name, rate)] for rate in rates} for name in NETS}


def points(record):
    """Return net -> (learning rate, steps) of each seed that was done; no net that never was."""
    pairs = {
        name: [(rate, step) for rate, steps in by_rate.items() for step in steps if step]
        for name, by_rate in solved(record).items()
    }
    return {name: found for name, found in pairs.items() if found}


def parameters(record):
    """Return net -> how many parameters it has."""
    rate = record["settings"]["learning_rates"][0]
    found = harness.values(record, "parameters")
    return {name: found[harness.label(name, rate)][0] for name in NETS}


def show(record):
    """Print the fewest and the most steps that each net needed at each learning rate."""
    weights = parameters(record)
    print(f"{'rate':8}" + "".join(f"{name:>11}" for name in NETS))
    print(f"{'weights':8}" + "".join(f"{weights[name]:>11}" for name in NETS))
    for rate in record["settings"]["learning_rates"]:
        cells = []
        for by_rate in solved(record).values():
            steps = [step for step in by_rate[rate] if step]
            cells.append(f"{min(steps)}-{max(steps)}" if steps else "never")
        print(f"{rate:<8}" + "".join(f"{cell:>11}" for cell in cells))


def main(argv=None):
    """Run the experiment with the harness's options."""
    torch.set_num_threads(SETTINGS["threads"])
    harness.main(__file__, SETTINGS, QUICK, make_runs, argv)


if __name__ == "__main__":
    main()
