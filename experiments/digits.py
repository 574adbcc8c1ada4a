"""Handwritten digits read row by row: the images, and a model that says which digit one is."""

import torch
from sklearn.datasets import load_digits
from torch import nn

import harness


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
    """Return the images in the order of the file, (n, 8, 8) within 0 and 1, and their digits (n,).

    They come with scikit-learn: 1797 of 8 by 8 pixels in 17 shades, by Alpaydin and Kaynak, 1998,
    from the UCI Machine Learning Repository, under CC BY 4.0.
    """
    data = load_digits()
    x = torch.tensor(data.images, dtype=torch.float32, device=harness.DEVICE) / 16
    return x, torch.tensor(data.target, device=harness.DEVICE)


def wrong(model, part):
    """Return the share of images, in percent, that a model takes for another digit."""
    x, y = part
    with torch.no_grad():
        return 100 * (model(x).argmax(1) != y).double().mean().item()
