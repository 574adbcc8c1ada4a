"""Count in binary with a wired GRU of 28 units, with noise on every weight, beside an LSTM's unit.

A unit of the GRU is a bit. It turns (z = 0, n = -h) when its symbol is read and all lower bits are
1, and keeps (z = 1) otherwise; half of the units count the a, half the b.

The two are not alike. The GRU's 28 units have 2,688 weights and biases, of which 294 are not 0, the
LSTM's unit has 24 and 5. The GRU's states begin at -1, not at 0, and its count ends at 2^14 - 1;
the LSTM's ends where its floats do. That a = b is read off outside of the GRU, where its bits are
made numbers and compared; of the LSTM one looks whether its state is near 0.
"""

from functools import partial

import torch
from torch import nn

import counting
import harness
import intervals

SETTINGS = {
    "bits": 14,  # for each of the two symbols
    "lengths": [10, 100, 1000, 10_000],  # n of a^n b^n
    "noise": [0.0, 0.001, 0.003, 0.01, 0.03],  # a share of each weight, and as much added to it
    "seeds": 20,
}
QUICK = {"bits": 5, "lengths": [5, 20], "noise": [0.0, 0.003], "seeds": 2}
OPEN = 100.0  # a gate wide open
EQUAL_BELOW = 0.5  # |h| of the LSTM's unit, which is tanh(0) or at least tanh(1)


def gru(bits):
    """Return the wired GRU: two inputs, the symbols a and b; all states begin at -1."""
    layer = nn.GRU(2, 2 * bits).requires_grad_(False)
    for parameter in layer.parameters():
        parameter.zero_()
    reset, keep, new = torch.arange(6 * bits).view(3, 2, bits)
    layer.bias_ih_l0[reset] = OPEN
    for symbol in range(2):
        for bit in range(bits):
            row = keep[symbol, bit]
            layer.weight_ih_l0[row, symbol] = -2 * OPEN
            layer.weight_hh_l0[row, reset[symbol, :bit]] = -OPEN
            layer.bias_ih_l0[row] = OPEN * (bit + 1)
            layer.weight_hh_l0[new[symbol, bit], reset[symbol, bit]] = -OPEN
    return layer


def disturb(layer, noise, seed):
    """Make every weight and bias wrong by a share of itself and by as much, the zeros too."""
    generator = torch.Generator().manual_seed(seed)
    for parameter in layer.parameters():
        for change in (parameter.mul_, parameter.add_):
            drawn = noise * torch.randn(parameter.shape, generator=generator)
            change(1 + drawn if change == parameter.mul_ else drawn)


def gru_says_equal(layer, word):
    """Return after each symbol whether the GRU has counted as many b as a."""
    states, _ = layer(word, torch.full((1, layer.hidden_size), -1.0))
    bits = (states > 0).long().view(len(word), 2, -1)
    a, b = (bits * 2 ** torch.arange(bits.shape[2])).sum(2).T
    return a == b


def lstm_says_equal(layer, word):
    """Return after each symbol whether the LSTM's unit is where it began."""
    states, _ = layer(nn.functional.pad(word, (0, 1)))  # it has an input for the end, too
    return states[:, 0].abs() < EQUAL_BELOW


def wrong(layer, says_equal, n):
    """Return after how many of the 2 n symbols of a^n b^n a net is wrong about a = b."""
    word = torch.zeros(2 * n, 2)
    word[:n, 0], word[n:, 1] = 1, 1
    truth = torch.arange(1, 2 * n + 1) == 2 * n
    return int((says_equal(layer, word) != truth).sum())


@torch.no_grad()
def count(cell, noise, seed, settings):
    """Return a row: for each length, after how many symbols the answer is wrong."""
    layer, says_equal = {
        "GRU": lambda: (gru(settings["bits"]), gru_says_equal),
        "LSTM": lambda: (counting.WiredCounter().rnn, lstm_says_equal),
    }[cell]()
    disturb(layer, noise, seed)
    return {
        "units": layer.hidden_size,
        "noise": noise,
        "wrong": {str(n): wrong(layer, says_equal, n) for n in settings["lengths"]},
    }


def make_runs(settings, rows):
    """Return the runs: both nets at each noise once per seed."""
    return [
        (
            harness.part_label(cell, f"noise {noise:.1%}"),
            seed,
            partial(count, cell, noise, seed, settings),
        )
        for noise in settings["noise"]
        for cell in ("GRU", "LSTM")
        for seed in range(settings["seeds"] if noise else 1)
    ]


@torch.no_grad()
def held(bits, steps):
    """Return what the units for the a hold before each and after the last: (steps + 1, bits)."""
    layer = gru(bits)
    start = torch.full((1, layer.hidden_size), -1.0)
    after, _ = layer(torch.tensor([[1.0, 0.0]]).expand(steps, 2), start)
    return torch.cat([start, after])[:, :bits]


def more(noise, lengths):
    """Return rows as the record's, run now, with more noise than it has or in shorter words."""
    settings = SETTINGS | {"noise": noise, "lengths": lengths}
    return [{"model": model, "seed": seed, **run()} for model, seed, run in make_runs(settings, {})]


def right(rows, lengths):
    """Return net -> noise -> how many of all seeds gave no wrong answer in words so long."""
    found = {}
    for row in rows:
        exact = not any(row["wrong"][str(n)] for n in lengths)
        net = row["model"].partition(",")[0]
        of_noise = found.setdefault(net, {}).setdefault(row["noise"], [0, 0])
        of_noise[0] += exact
        of_noise[1] += 1
    return found


def show(rows, lengths):
    """Print how many seeds are right in words of each length and in all, with the interval."""
    wide = [len(f" {n:2}") for n in lengths]
    print("noise net " + "".join(f"{n:{w}}" for n, w in zip(lengths, wide, strict=True)) + "  all")
    by_length = [right(rows, [n]) for n in lengths]
    for net, by_noise in right(rows, lengths).items():
        for noise, (count, of) in by_noise.items():
            each = (at[net][noise][0] for at in by_length)
            counts = "".join(f"{number:{w}}" for number, w in zip(each, wide, strict=True))
            line = f"{percent(noise):5} {net:4}{counts} {count:2} of {of:2} {interval(count, of)}"
            print(line.rstrip())


def interval(count, of):
    """Write the exact interval of a share; one run without noise comes out the same each time."""
    return "" if of == 1 else "{:3.0%}…{:.0%}".format(*intervals.share(count, of))


def percent(noise):
    """Write a share in percent, with no digit more than it has."""
    return f"{100 * noise:.3g} %"


def show_sizes():
    """Print how many units and weights the nets have, and how many of the weights are not 0."""
    print("net   units  weights  not 0")
    for net, layer in (("GRU", gru(SETTINGS["bits"])), ("LSTM", counting.WiredCounter().rnn)):
        weights = torch.cat([each.flatten() for each in layer.parameters()])
        print(f"{net:5} {layer.hidden_size:5} {len(weights):8} {int(weights.count_nonzero()):6}")


def forecast(settings):
    """Return what it does and about how many seconds that takes."""
    symbols = 2 * sum(settings["lengths"])
    return [("wired counters", len(make_runs(settings, {})) * symbols / 50_000)]


def main(argv=None):
    """Run the experiment with the harness's options."""
    torch.set_num_threads(1)
    harness.main(__file__, SETTINGS, QUICK, make_runs, argv, forecast=forecast)


if __name__ == "__main__":
    main()
