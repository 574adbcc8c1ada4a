"""Time RNN, GRU and LSTM on a CPU: sizes, batches, threads, oneDNN on and off, packed, compiled.

The nets of a comparison take turns, so that what slows the machine down slows all of them alike.
"""

import atexit
import math
import os
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from functools import cache, partial

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

import harness

SETTINGS = {
    "input_size": 32,
    "repetitions": 7,
    "rounds": 3,  # turns within a repetition; their median counts
    "least_seconds": 0.01,  # a turn is as many calls as take at least this long
    "compile": True,  # needs a C++ compiler and most of a minute
}
BATCHES, SIZES = (1, 32), (32, 64, 128, 256, 512)
QUICK = {"repetitions": 1, "rounds": 1, "least_seconds": 0, "compile": False}


@dataclass(frozen=True)
class Case:
    """One layer in one direction, and what it is given."""

    cell: str = "GRU"
    hidden_size: int = 64
    batch: int = 32
    steps: int = 50
    threads: int = 1
    onednn: bool = True
    shortest: int = 0  # length of the shortest sequence of a packed batch; 0: not packed
    backward: bool = True  # the gradients of the parameters too
    form: str = "nn"  # or a GRU in plain tensors: "by hand" or "compiled"


def cells(case):
    """Return the nets of a comparison of cells at one size and batch."""
    return {
        f"{cell}{'' if backward else ', forward'}{'' if onednn else ', no oneDNN'}": replace(
            case, cell=cell, backward=backward, onednn=onednn
        )
        for backward in (True, False)
        for cell, onednn in (
            ("RNN", True), ("GRU", True), ("GRU", False), ("LSTM", True), ("LSTM", False),
        )
    }  # fmt: skip


def both(case, field, values):
    """Return a GRU and an LSTM for each value of a field of the case."""
    return {
        f"{cell}, {field} {value}": replace(case, cell=cell, **{field: value})
        for cell in ("GRU", "LSTM")
        for value in values
    }


def cells_name(size, batch):
    """Return what the comparison of cells at one size and batch is called."""
    return f"cells H={size} B={batch}"


COMPARISONS = {
    **{
        cells_name(size, batch): cells(Case(hidden_size=size, batch=batch))
        for batch in BATCHES
        for size in SIZES
    },
    **{
        f"threads H={size} B={batch}": both(
            Case(hidden_size=size, batch=batch), "threads", (1, 2)
        )
        for size, batch in ((32, 1), (64, 32), (256, 32), (512, 32))
    },
    "batch": both(Case(), "batch", (1, 8, 64)) | both(Case(batch=1), "steps", (400, 3200)),
    "packed": both(Case(), "shortest", (0, 1, 49)),
    "compiled": {
        "GRU": Case(steps=20),
        "GRU by hand": Case(steps=20, form="by hand"),
        "GRU by hand, compiled": Case(steps=20, form="compiled"),
    },
}  # fmt: skip


def by_hand(x, h, W_i, W_h, b_i, b_h):
    """Run a GRU layer in plain tensors: (time, batch, features), (batch, hidden) -> all states."""
    out = []
    for i_t in x @ W_i.T + b_i:
        i_r, i_z, i_n = i_t.chunk(3, -1)
        h_r, h_z, h_n = (h @ W_h.T + b_h).chunk(3, -1)
        r, z = torch.sigmoid(i_r + h_r), torch.sigmoid(i_z + h_z)
        h = (1 - z) * torch.tanh(i_n + r * h_n) + z * h
        out.append(h)
    return torch.stack(out)


@cache
def compiled():
    """Return by_hand compiled; the first call takes most of a minute."""
    if not shutil.which("g++") and not shutil.which("clang++"):
        sys.exit("Compiling needs a C++ compiler, g++ or clang++; there is none here.")
    folder = tempfile.TemporaryDirectory()  # nothing in it yet, so the first call compiles
    atexit.register(folder.cleanup)
    os.environ["TORCHINDUCTOR_CACHE_DIR"] = folder.name
    return torch.compile(by_hand)


@cache
def call(case, input_size):
    """Return a function that runs a case once, always on the same random batch."""
    torch.manual_seed(0)
    net = getattr(nn, case.cell)(input_size, case.hidden_size)
    x = torch.randn(case.steps, case.batch, input_size)
    if case.shortest:
        lengths = torch.linspace(case.steps, case.shortest, case.batch).round().long()
        x = pack_padded_sequence(x, lengths)
    forward = partial(net, x)
    if case.form != "nn":
        layer = compiled() if case.form == "compiled" else by_hand
        forward = partial(layer, x, torch.zeros(case.batch, case.hidden_size), *net.parameters())

    def run():
        with torch.set_grad_enabled(case.backward):
            out = forward()
        if case.backward:
            net.zero_grad()
            out = out[0] if case.form == "nn" else out
            (out.data if case.shortest else out).sum().backward()

    return run


def seconds(case, run, calls=1):
    """Return how long a number of calls took, each, with the case's threads and oneDNN."""
    before = torch.get_num_threads(), torch.backends.mkldnn.enabled
    torch.set_num_threads(case.threads)
    torch.backends.mkldnn.enabled = case.onednn
    try:
        start = time.perf_counter()
        for _ in range(calls):
            run()
        return (time.perf_counter() - start) / calls
    finally:
        torch.set_num_threads(before[0])
        torch.backends.mkldnn.enabled = before[1]


def measure(name, settings):
    """Return a comparison's row: milliseconds of a call of each net, and of the first ones."""
    cases = COMPARISONS[name]
    nets = {net: (case, call(case, settings["input_size"])) for net, case in cases.items()}
    first = {net: seconds(*each) for net, each in nets.items()}
    calls = {
        net: max(1, math.ceil(settings["least_seconds"] / seconds(*each)))
        for net, each in nets.items()
    }
    turns = {net: [] for net in nets}
    for _ in range(settings["rounds"]):
        for net, each in nets.items():
            turns[net].append(seconds(*each, calls[net]))
    times = {net: statistics.median(each) for net, each in turns.items()}
    row = {"milliseconds": {net: round(1000 * time, 4) for net, time in times.items()}}
    if name == "compiled":
        row["first"] = {net: round(1000 * time, 4) for net, time in first.items()}
    return row


def make_runs(settings):
    """Return the harness's runs: each comparison once in each repetition."""
    return [
        (name, repetition, partial(measure, name, settings))
        for repetition in range(settings["repetitions"])
        for name in COMPARISONS
        if name != "compiled" or settings["compile"]
    ]


def times(record, comparison, net):
    """Return the milliseconds that a net took, one for each repetition."""
    rows = (row["milliseconds"] for row in record["rows"] if row["model"] == comparison)
    return [row[net] for row in rows]


def points(record, batch):
    """Return pairs of units and GRU ÷ LSTM, one for each repetition, with oneDNN and without."""
    found = {"with oneDNN": [], "without oneDNN": []}
    for size in SIZES:
        for name, how in zip(found, ("", ", no oneDNN"), strict=True):
            pair = (times(record, cells_name(size, batch), cell + how) for cell in ("GRU", "LSTM"))
            found[name] += [(size, gru / lstm) for gru, lstm in zip(*pair, strict=True)]
    return found


def medians(record, batch):
    """Return units -> GRU ÷ LSTM with oneDNN, by the medians."""
    found = {}
    for size in SIZES:
        pair = (times(record, cells_name(size, batch), cell) for cell in ("GRU", "LSTM"))
        gru, lstm = map(statistics.median, pair)
        found[size] = gru / lstm
    return found


def show(record):
    """Print how long RNN and GRU take, by the medians, where an LSTM takes 1."""
    print("batch units   RNN   GRU   GRU, no oneDNN")
    for batch in BATCHES:
        for size in SIZES:
            middle = {
                net: statistics.median(times(record, cells_name(size, batch), net))
                for net in ("RNN", "GRU", "LSTM", "GRU, no oneDNN", "LSTM, no oneDNN")
            }
            compared = (
                middle["RNN"] / middle["LSTM"],
                middle["GRU"] / middle["LSTM"],
                middle["GRU, no oneDNN"] / middle["LSTM, no oneDNN"],
            )
            print(f"{batch:5} {size:5}", *(f"{ratio:5.2f}" for ratio in compared))


def main(argv=None):
    """Run the experiment with the harness's options."""
    harness.main(__file__, SETTINGS, QUICK, make_runs, argv, device=torch.device("cpu"))


if __name__ == "__main__":
    main()
