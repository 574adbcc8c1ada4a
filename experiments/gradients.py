"""Measure how the gradient fades with distance at the start of training: RNN, GRU, LSTM."""

import math
from functools import partial

import torch
from torch import nn

import harness
import plots

SETTINGS = {
    "input_size": 8,
    "hidden_size": 64,
    "distance": 100,  # how many steps back the gradient is followed
    "fade_from": 10,  # the fading per step is taken between these two distances
    "fade_to": 50,
    "seeds": 5,
    "threads": 1,
}
QUICK = {"seeds": 1}
# A cell, and what is done to its initial values: the bias of the gate that keeps, or an orthogonal
# matrix from state to state.
NETS = {
    "RNN": (nn.RNN, None),
    "RNN orthogonal": (nn.RNN, "orthogonal"),
    "GRU": (nn.GRU, None),
    "GRU +1": (nn.GRU, 1),
    "GRU +3": (nn.GRU, 3),
    "LSTM": (nn.LSTM, None),
    "LSTM +1": (nn.LSTM, 1),
    "LSTM +3": (nn.LSTM, 3),
}


def set_bias(rnn, block, bias):
    """Let the gate of one block of weights of a one-layer net start at a bias."""
    rows = slice(block * rnn.hidden_size, (block + 1) * rnn.hidden_size)
    with torch.no_grad():
        rnn.bias_ih_l0[rows], rnn.bias_hh_l0[rows] = bias, 0.0


def net(cell, change, seed, settings=SETTINGS):
    """Return an untrained net in float64, with torch's initial values but for one change.

    change: None, "orthogonal", or the bias of the gate that keeps (z in a GRU, f in an LSTM).
    """
    torch.manual_seed(seed)
    size = settings["hidden_size"]
    rnn = cell(settings["input_size"], size).double()
    if change == "orthogonal":
        nn.init.orthogonal_(rnn.weight_hh_l0)
    elif change is not None:
        set_bias(rnn, 1, change)  # z of r, z, n and f of i, f, g, o both come second
    return rnn


def gradients(rnn, distance):
    """Return how much the last output reacts to the input d steps back, for d = 0 to distance.

    The norm of the gradient of a random projection of the last output, divided by that at d = 0;
    the inputs are standard normal. Shape (distance + 1,).
    """
    x = torch.randn(distance + 1, 1, rnn.input_size, dtype=torch.float64, requires_grad=True)
    out, _ = rnn(x)
    (out[-1] * torch.randn_like(out[-1])).sum().backward()
    norms = x.grad.norm(dim=(1, 2)).flip(0)
    return norms / norms[0]


def measure(name, seed, settings):
    """Return a net's row: log10 of the gradient at each distance, and its share left per step."""
    cell, change = NETS[name]
    by_distance = gradients(net(cell, change, seed, settings), settings["distance"])
    start, end = settings["fade_from"], settings["fade_to"]
    per_step = (by_distance[end] / by_distance[start]) ** (1 / (end - start))
    return {
        "per_step": round(per_step.item(), 4),
        "log10": [round(math.log10(share), 3) for share in by_distance.tolist()],
    }


def make_runs(settings):
    """Return the harness's runs: each net once per seed."""
    return [
        (name, seed, partial(measure, name, seed, settings))
        for name in NETS
        for seed in range(settings["seeds"])
    ]


def draw(record, folder):
    """Write a record's two plots into a folder: gradients-default.svg and gradients-bias.svg."""
    curves = {name: [] for name in NETS}
    for row in record["rows"]:
        curves[row["model"]].append(row["log10"][: record["settings"]["fade_to"] + 1])
    default = {name: curves[name] for name in ("RNN", "GRU", "LSTM")}
    plots.fading(default, "GRU and LSTM fade alike", folder / "gradients-default.svg")
    gated = {
        name if "+" in name else f"{name} ≈0": curve  # torch draws its biases around 0
        for name, curve in curves.items()
        if not name.startswith("RNN")
    }
    plots.fading(gated, "a bias keeps more of it", folder / "gradients-bias.svg")


def main(argv=None):
    """Run the experiment with the harness's options, and draw the results that are kept."""
    torch.set_num_threads(SETTINGS["threads"])
    file = harness.main(__file__, SETTINGS, QUICK, make_runs, argv, device=torch.device("cpu"))
    if file:
        draw(harness.load(file), file.parent)


if __name__ == "__main__":
    main()
