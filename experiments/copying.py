"""How much of ten symbols do GRU, LSTM and a plain RNN say again after a wait?

The copy task of Hochreiter and Schmidhuber 1997 in the form of Arjovsky et al. 2016: ten symbols of
eight, blanks, a sign, and ten more steps, in which the symbols are to be said again. Only those are
asked for; that nothing is to be said before is no question of memory. The steps of training are
limited. Whole models are matched in parameters to the GRU; beside those with PyTorch's start stand
the same with the gate open that keeps.
"""

import math
from functools import partial

import torch
from torch import nn

import gradients
import harness
import sizes

SETTINGS = {
    "waits": [30],  # steps from the last symbol to the first that is said again
    "width": 64,  # units of the net that the others of a comparison are matched to
    "open_bias": 3,
    "steps": 1500,
    "batch_size": 32,
    "validation_sequences": 500,
    "test_sequences": 1000,
    "first_rate": 0.01,  # tried first; each run begins at its rate, which falls to 0 along a cosine
    "most_rates": 7,
    "max_norm": 1.0,  # the norm of the gradient is clipped to this
    "choice_seeds": [100, 101],  # of nets that choose a rate and are not compared
    "seeds": list(range(10)),
}
QUICK = {
    "waits": [2],
    "steps": 5,
    "batch_size": 4,
    "validation_sequences": 20,
    "test_sequences": 20,
    "most_rates": 3,
    "choice_seeds": [100],
    "seeds": [0],
}
SECONDS = {"GRU": 0.00042, "LSTM": 0.0002, "RNN": 0.00014}  # of a step of training, by symbol
SYMBOLS, ALPHABET = 10, 8  # how many are to be said again, of how many
BLANK, SIGN = ALPHABET, ALPHABET + 1


class CopyModel(nn.Module):
    """Logits for what is said in the last steps: (batch, time) -> (batch, SYMBOLS, ALPHABET)."""

    def __init__(self, cell, hidden_size):
        super().__init__()
        self.rnn = cell(ALPHABET + 2, hidden_size, batch_first=True)
        self.linear = nn.Linear(hidden_size, ALPHABET)

    def forward(self, x):
        out, _ = self.rnn(nn.functional.one_hot(x, ALPHABET + 2).float())
        return self.linear(out[:, -SYMBOLS:])


def sequences(count, wait, generator):
    """Draw what is read (count, wait + 2 SYMBOLS) and what is to be said (count, SYMBOLS)."""
    y = torch.randint(ALPHABET, (count, SYMBOLS), generator=generator)
    x = torch.full((count, wait + 2 * SYMBOLS), BLANK)
    x[:, :SYMBOLS] = y
    x[:, SYMBOLS + wait - 1] = SIGN
    return x.to(harness.DEVICE), y.to(harness.DEVICE)


def part(name, wait, settings):
    """Return the sequences of the validation or the test part, which no net is trained on."""
    seed = {"test": 10**6, "validation": 10**6 + 1}[name]
    generator = torch.Generator().manual_seed(seed)
    return sequences(settings[f"{name}_sequences"], wait, generator)


@torch.no_grad()
def judge(model, name, wait, settings):
    """Return a model's loss per symbol on a part, and what it says rightly in percent, for a row.

    Where the loss is no number any more, that of a guess: training that failed counts as it ended.
    """
    x, y = part(name, wait, settings)
    said = model(x)
    loss = nn.functional.cross_entropy(said.flatten(0, 1), y.flatten()).item()
    return {
        f"{name}_loss": round(loss if math.isfinite(loss) else math.log(ALPHABET), 5),
        f"{name}_right": round(100 * (said.argmax(-1) == y).double().mean().item(), 3),
    }


def nets(settings):
    """Return name -> (cell, hidden size, bias of the gate that keeps), by value."""
    gru, lstm, *_, rnn = sizes.nets(CopyModel, settings["width"]).items()
    bias = settings["open_bias"]
    return (
        {name: (*net, None) for name, net in (gru, lstm)}
        | {f"{name} +{bias}": (*net, bias) for name, net in (gru, lstm)}
        | {name: (*net, None) for name, net in (rnn,)}
    )


def train(name, wait, rate, seed, tested, settings):
    """Return a net's row: its loss and what it says rightly, on the test part too where tested."""
    cell, hidden_size, bias = nets(settings)[name]
    torch.manual_seed(seed)
    model = CopyModel(cell, hidden_size)
    if bias:
        gradients.set_bias(model.rnn, 1, bias)  # z of r, z, n and f of i, f, g, o come second
    model.to(harness.DEVICE)
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, settings["steps"])
    generator = torch.Generator().manual_seed(harness.data_seed(seed))
    for _ in range(settings["steps"]):
        x, y = sequences(settings["batch_size"], wait, generator)
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x).flatten(0, 1), y.flatten()).backward()
        nn.utils.clip_grad_norm_(model.parameters(), settings["max_norm"])
        optimizer.step()
        schedule.step()
    return {
        "parameters": sizes.count(model),
        "recurrent": sizes.count(model.rnn),
        "rate": rate,
        **judge(model, "validation", wait, settings),
        **(judge(model, "test", wait, settings) if tested else {}),
    }


def guess(wait, settings):
    """Return the row of an answer without memory: it gives each symbol the same chance."""

    def equal(x):
        return torch.zeros(len(x), SYMBOLS, ALPHABET, device=x.device)

    return judge(equal, "validation", wait, settings) | judge(equal, "test", wait, settings)


def make_runs(settings, rows):
    """Return the runs that can be done, given the rows: (model, seed, function), by value."""
    runs = []
    for wait in settings["waits"]:
        where = f"wait {wait}"
        runs.append((harness.part_label("guess", where), None, partial(guess, wait, settings)))
        for name in nets(settings):
            runs += harness.tuned(
                rows,
                harness.part_label(name, where),
                settings["first_rate"],
                settings,
                partial(train, name, wait, settings=settings),
                "validation_loss",
            )
    return runs


def forecast(settings):
    """Return for each net and wait about how many seconds they take."""
    runs = harness.choice_runs(settings["choice_seeds"]) + len(settings["seeds"])
    return [
        (
            f"{name}, wait {wait}",
            runs * settings["steps"] * (wait + 2 * SYMBOLS) * SECONDS[cell.__name__],
        )
        for wait in settings["waits"]
        for name, (cell, *_) in nets(settings).items()
    ]


def main(argv=None):
    """Run the experiment with the harness's options."""
    torch.set_num_threads(1)
    harness.main(__file__, SETTINGS, QUICK, make_runs, argv, forecast=forecast)


if __name__ == "__main__":
    main()
