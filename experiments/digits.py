"""Recognise handwritten digits row by row: RNN, GRU and LSTM, and a linear model beside them."""

import torch
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from torch import nn

import harness

SETTINGS = {
    "training": 997,  # images, in the order of the data set
    "validation": 400,  # the next ones; the last 400 are for the test
    "batch_size": 32,
    "epochs": 20,
    "learning_rates": [0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064],
    "max_norm": 1.0,  # the norm of the gradient is clipped to this
    "seeds": 5,
    "threads": 1,
}
QUICK = {"epochs": 2, "learning_rates": [0.008], "seeds": 1}
NETS = {
    "GRU H=32": (nn.GRU, 32),
    "LSTM H=32": (nn.LSTM, 32),
    "LSTM H=27": (nn.LSTM, 27),  # about as many parameters as the GRU
    "RNN H=59": (nn.RNN, 59),  # the same
}
GATED = [name for name in NETS if not name.startswith("RNN")]


class DigitModel(nn.Module):
    """Logits for ten digits after the last row: (batch, 8, 8) -> (batch, 10)."""

    def __init__(self, cell, hidden_size):
        super().__init__()
        self.rnn = cell(8, hidden_size, batch_first=True)
        self.linear = nn.Linear(hidden_size, 10)

    def forward(self, x):
        out, _ = self.rnn(x)
        return self.linear(out[:, -1])


def load():
    """Return pairs for training, validation and test: images (n, 8, 8) within 0 and 1, digits (n,).

    The images come with scikit-learn: 1797 of 8 by 8 pixels in 17 shades, by Alpaydin and Kaynak,
    1998, from the UCI Machine Learning Repository, under CC BY 4.0.
    """
    data = load_digits()
    x = torch.tensor(data.images, dtype=torch.float32, device=harness.DEVICE) / 16
    y = torch.tensor(data.target, device=harness.DEVICE)
    sizes = [SETTINGS["training"], SETTINGS["validation"]]
    sizes.append(len(x) - sum(sizes))
    return list(zip(x.split(sizes), y.split(sizes), strict=True))


def wrong(model, part):
    """Return the share of images, in percent, that a model takes for another digit."""
    x, y = part
    with torch.no_grad():
        return 100 * (model(x).argmax(1) != y).double().mean().item()


def train(name, rate, seed, settings):
    """Return a net's row: its parameters, and its errors in percent in training and after it."""
    cell, hidden_size = NETS[name]
    (x, y), validation, test = load()
    torch.manual_seed(seed)
    model = DigitModel(cell, hidden_size).to(harness.DEVICE)
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    curve = []
    for _ in range(settings["epochs"]):
        for batch in torch.randperm(len(x)).to(harness.DEVICE).split(settings["batch_size"]):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x[batch]), y[batch]).backward()
            nn.utils.clip_grad_norm_(model.parameters(), settings["max_norm"])
            optimizer.step()
        curve.append(round(wrong(model, validation), 2))
    return {
        "parameters": sum(p.numel() for p in model.rnn.parameters()),
        "curve": curve,  # validation errors after each epoch
        "validation_wrong": curve[-1],
        "test_wrong": round(wrong(model, test), 2),
    }


def linear():
    """Return the row of a linear model of all 64 pixels at once."""
    (x, y), *parts = load()
    model = LogisticRegression(max_iter=1000).fit(x.flatten(1).cpu(), y.cpu())
    validation, test = (100 * (1 - model.score(x.flatten(1).cpu(), y.cpu())) for x, y in parts)
    return {
        "parameters": model.coef_.size + model.intercept_.size,
        "validation_wrong": round(validation, 2),
        "test_wrong": round(test, 2),
    }


def make_runs(settings):
    """Return the harness's runs: the linear model once, each net at each rate once per seed."""
    return [("linear", None, linear), *harness.runs_at_rates(NETS, settings, train)]


def points(record):
    """Return gated net -> (learning rate, test errors in percent) of each seed."""
    found = harness.values(record, "test_wrong")
    return {
        name: [
            (rate, share)
            for rate in record["settings"]["learning_rates"]
            for share in found[harness.label(name, rate)]
        ]
        for name in GATED
    }


def main(argv=None):
    """Run the experiment with the harness's options."""
    torch.set_num_threads(SETTINGS["threads"])
    packages = (*harness.PACKAGES, "scikit-learn")
    harness.main(__file__, SETTINGS, QUICK, make_runs, argv, packages=packages)


if __name__ == "__main__":
    main()
