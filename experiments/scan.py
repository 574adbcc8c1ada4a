"""Time a minGRU step by step and by two scans, beside nn.GRU and nn.LSTM, on one thread of a CPU.

It is the processor's time for this program, which leaves out what other programs take; and the nets
take turns, so that what slows the machine down slows all of them alike.
"""

import math
import os
import time
import timeit
from functools import cache, partial

import torch
from torch import nn

import harness

SETTINGS = {
    "input_size": 32,
    "hidden_size": 64,
    "repetitions": 10,
    "least_seconds": 0.02,  # a turn is as many calls as take at least this long
}
SIZES = [(batch, steps) for batch in (1, 32) for steps in (64, 256, 1024)]
QUICK = {"repetitions": 1, "least_seconds": 0}
NETS = ("loop", "scan", "logs", "GRU", "LSTM")


class MinGRU(nn.Module):
    """A minGRU layer: gate and new memory of all steps at once, then the states."""

    def __init__(self, input_size, hidden_size, states):
        """States: a function from what is kept and what is new at each step to the states."""
        super().__init__()
        self.parts, self.states = nn.Linear(input_size, 2 * hidden_size), states

    def forward(self, x):
        """(time, batch, features) -> a tuple whose first part is all states."""
        z, n = self.parts(x).chunk(2, -1)
        z, n = torch.sigmoid(z), torch.where(n >= 0, n + 0.5, torch.sigmoid(n))
        return (self.states(z, (1 - z) * n),)


def loop(a, b):
    """Return h_t = a_t h_{t-1} + b_t, one step after another."""
    h, out = torch.zeros_like(b[0]), []
    for a_t, b_t in zip(a, b, strict=True):
        h = a_t * h + b_t
        out.append(h)
    return torch.stack(out)


def scan(a, b):
    """Return the same in as many rounds as the number of steps has binary digits."""
    k = 1
    while k < len(a):
        b = torch.cat([b[:k], b[k:] + a[k:] * b[:-k]])
        a = torch.cat([a[:k], a[k:] * a[:-k]])
        k *= 2
    return b


def logs(a, b):
    """Return the same, all b being positive, by sums of logarithms, as the authors' code does."""
    a = a.log().cumsum(0)
    return (a + (b.log() - a).logcumsumexp(0)).exp()


@cache
def call(name, batch, steps, input_size, hidden_size):
    """Return a function that trains a net once: forward and the gradients of the parameters."""
    torch.manual_seed(0)
    minimal = {"loop": loop, "scan": scan, "logs": logs}
    if name in minimal:
        net = MinGRU(input_size, hidden_size, minimal[name])
    else:
        net = getattr(nn, name)(input_size, hidden_size)
    x = torch.randn(steps, batch, input_size)

    def run():
        net.zero_grad()
        net(x)[0].sum().backward()

    return run


def seconds(run, calls=1):
    """Return the processor's seconds for a call, of a number of calls, on one thread.

    Python's collector rests meanwhile: it ran in one turn of ten, and made that ten times as long.
    """
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        return timeit.timeit(run, number=calls, timer=time.process_time) / calls
    finally:
        torch.set_num_threads(before)


def measure(batch, steps, settings):
    """Return a row: milliseconds of each net, and how much else the machine had to do before."""
    load = os.getloadavg()[0]
    sizes = settings["input_size"], settings["hidden_size"]
    runs = {name: call(name, batch, steps, *sizes) for name in NETS}
    times = {}
    for name, run in runs.items():
        for _ in range(2):  # the first calls take longer, and would say that few are enough
            run()
        calls = max(1, math.ceil(settings["least_seconds"] / seconds(run)))
        times[name] = round(1000 * seconds(run, calls), 4)
    return {"milliseconds": times, "load": round(load, 2)}


def label(batch, steps):
    """Return what the rows of one size are called."""
    return f"B={batch} T={steps}"


def make_runs(settings):
    """Return the harness's runs: each size once in each repetition."""
    return [
        (label(batch, steps), repetition, partial(measure, batch, steps, settings))
        for repetition in range(settings["repetitions"])
        for batch, steps in SIZES
    ]


def main(argv=None):
    """Run the experiment with the harness's options."""
    harness.main(__file__, SETTINGS, QUICK, make_runs, argv, device=torch.device("cpu"))


if __name__ == "__main__":
    main()
