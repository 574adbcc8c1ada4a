"""Train nets of one or two units to count and to hold a digit, for the gate lab.

Counting: after each symbol of a word of a and b, are there as many b as a? No word has more b than
a so far, and while training at most eight more a. Holding: at some steps a flag stands beside a
digit, and at every step the last flagged digit is asked for.

Each net is trained from twenty seeds; the page shows the one with the least loss on words that
training has not seen, and says of all twenty how far they go. The settings were chosen on the seeds
from 0 to 9, of which none is trained here. Weights are rounded first, so that the record and the
page hold the nets that were tested.
"""

from functools import partial

import torch
from torch import nn

import harness

SETTINGS = {
    "depth": 8,  # the most a that wait for their b while training
    "turn": 0.25,  # how probable it is that a is followed by b, or b by a
    "hold": 12,  # the most steps from a flag to the next while training
    "length": 24,  # symbols of a word
    "words": 1024,  # for training, and as many each to choose a seed and to test it
    "batch_size": 32,
    "bias": 1.0,  # of the gate that keeps, f or z, at the start
    "steps": 1500,
    "learning_rate": 0.05,  # at the start; it falls to 0 along a cosine
    "max_norm": 1.0,  # the norm of the gradient is clipped to this
    "seeds": 20,
    "first_seed": 100,
    "digits": 4,  # of a weight, after the point
    "longest": 100,  # the largest n of a^n b^n, and the most steps that a digit is held
}
QUICK = {"steps": 20, "words": 32, "seeds": 1, "longest": 20}
NETS = {
    "counting, LSTM H=1": (nn.LSTM, 1),
    "counting, GRU H=1": (nn.GRU, 1),
    "counting, GRU H=2": (nn.GRU, 2),
    "holding, LSTM H=1": (nn.LSTM, 1),
    "holding, GRU H=1": (nn.GRU, 1),
}
A, B = range(2)


class Answer(nn.Module):
    """One number at each step: (batch, time, 2) -> (batch, time)."""

    def __init__(self, cell, hidden_size):
        super().__init__()
        self.rnn = cell(2, hidden_size, batch_first=True)
        self.linear = nn.Linear(hidden_size, 1)

    def forward(self, x):
        out, _ = self.rnn(x)
        return self.linear(out)[..., 0]


class Counting:
    """Of a word of a and b: is the number of a minus that of b 0, after each symbol?"""

    loss = staticmethod(nn.functional.binary_cross_entropy_with_logits)

    def draw(self, settings, generator):
        """Return words (words, length, 2) and the answers, 1 where there are as many b as a."""
        count = torch.zeros(settings["words"], dtype=torch.long)
        symbol, symbols, counts = torch.full_like(count, A), [], []
        for _ in range(settings["length"]):
            turns = torch.rand(len(count), generator=generator) < settings["turn"]
            symbol = torch.where(turns, B - symbol, symbol)
            symbol = torch.where(count == 0, A, torch.where(count == settings["depth"], B, symbol))
            count = count + torch.where(symbol == A, 1, -1)
            symbols.append(symbol)
            counts.append(count)
        return one_hot(torch.stack(symbols, 1)), (torch.stack(counts, 1) == 0).double()

    def right(self, out, answers):
        """Return where an answer is right."""
        return (out > 0) == (answers > 0)

    def far(self, model, settings):
        """Return the least n whose a^n b^n has a wrong answer, None if there is none."""
        for n in range(1, settings["longest"] + 1):
            answers = (torch.arange(1, 2 * n + 1) == 2 * n).double()
            out = model(one_hot(torch.tensor([A] * n + [B] * n))[None])[0]
            if not self.right(out, answers).all():
                return n
        return None


class Holding:
    """Of digits, some with a flag: which was the last with a flag? An answer is a tenth of it."""

    loss = staticmethod(nn.functional.mse_loss)

    def draw(self, settings, generator, hold=None):
        """Return digits with flags (words, length, 2), and the answers.

        hold: how many steps every digit is held; where it is not given, up to the setting.
        """
        words, length = settings["words"], (hold or settings["length"] - 1) + 1
        digits = torch.randint(10, (words, length), generator=generator) / 10.0
        flags = torch.zeros(words, length, dtype=torch.bool)
        flags[:, 0] = True
        if hold is None:
            due = torch.zeros(words, dtype=torch.long)
            for step in range(length):
                flags[:, step] |= due == step
                gap = torch.randint(1, settings["hold"] + 1, (words,), generator=generator)
                due = torch.where(flags[:, step], step + gap, due)
        last = torch.cummax(torch.arange(length) * flags, 1).values
        return torch.stack([digits, flags.double()], -1), digits.gather(1, last)

    def right(self, out, answers):
        """Return where an answer is nearest to the right digit."""
        return (10 * out).round() == (10 * answers).round()

    def far(self, model, settings):
        """Return the least number of steps after which a held digit is told wrongly."""
        x, answers = self.draw(settings, generator(2), hold=settings["longest"])
        is_wrong = ~self.right(model(x), answers).all(0)
        return int(is_wrong.int().argmax()) if is_wrong.any() else None


TASKS = {"counting": Counting(), "holding": Holding()}


def one_hot(symbols):
    """Return symbols as vectors."""
    return nn.functional.one_hot(symbols, 2).double()


def generator(part, seed=0):
    """Return the dice of a part of the data, and of a seed if it has its own."""
    return torch.Generator().manual_seed(harness.data_seed(10 * seed + part))


def rounded(model, digits):
    """Round a model's weights, and return them by name."""
    with torch.no_grad():
        for weight in model.parameters():
            weight.copy_(weight.mul(10**digits).round().div(10**digits))
    return {
        name.removeprefix("rnn."): weight.tolist() for name, weight in model.state_dict().items()
    }


def train(name, seed, settings):
    """Return a net's row: how it was chosen, its weights, and what it gets right."""
    task, (cell, hidden_size) = TASKS[name.partition(",")[0]], NETS[name]
    torch.manual_seed(seed)
    model = Answer(cell, hidden_size).double()
    with torch.no_grad():
        model.rnn.bias_ih_l0[hidden_size : 2 * hidden_size] = settings["bias"]  # f, z
    dice = generator(0, seed)
    x, y = task.draw(settings, dice)
    optimizer = torch.optim.Adam(model.parameters(), lr=settings["learning_rate"])
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, settings["steps"])
    for _ in range(settings["steps"]):
        drawn = torch.randint(len(x), (settings["batch_size"],), generator=dice)
        optimizer.zero_grad()
        task.loss(model(x[drawn]), y[drawn]).backward()
        nn.utils.clip_grad_norm_(model.parameters(), settings["max_norm"])
        optimizer.step()
        schedule.step()
    weights = rounded(model, settings["digits"])
    with torch.no_grad():
        x, y = task.draw(settings, generator(1))
        loss = task.loss(model(x), y).item()
        x, y = task.draw(settings, generator(2))
        return {
            "parameters": sum(weight.numel() for weight in model.parameters()),
            "loss": round(loss, 6),
            "right": round(100 * task.right(model(x), y).double().mean().item(), 2),
            "first_wrong": task.far(model, settings),
            "weights": weights,
        }


def make_runs(settings):
    """Return the harness's runs: each net once per seed."""
    return [
        (name, seed, partial(train, name, seed, settings))
        for name in NETS
        for seed in range(settings["first_seed"], settings["first_seed"] + settings["seeds"])
    ]


def main(argv=None):
    """Run the experiment with the harness's options."""
    torch.set_num_threads(1)
    harness.main(__file__, SETTINGS, QUICK, make_runs, argv, device=torch.device("cpu"))


if __name__ == "__main__":
    main()
