"""Time RNN, GRU and LSTM on a GPU with cuDNN: sizes, layers, precisions, training and inference.

The nets of a row take turns, so that what slows the machine down slows all of them alike.
"""

import copy
import itertools
import math
import statistics
import time

import torch
from torch import nn

SETTINGS = {
    "hidden_sizes": [128, 256, 512, 1024, 2048, 4096],  # the input has as many features
    "layers": [1, 2, 4],
    "precisions": ["float32", "tf32", "bfloat16"],
    "modes": [["training", 64], ["inference", 64], ["inference", 1]],  # and the batch
    "time": 64,  # steps of a sequence
    "repetitions": 7,
    "least_milliseconds": 8.0,  # a turn is as many calls as take at least this long
    "checked_up_to": 1024,  # hidden size up to which the output is compared with float64
}


def nets(hidden_size, layers):
    """Return the nets of a row: name -> cell and hidden size."""
    found = {
        "GRU": (nn.GRU, hidden_size),
        "LSTM": (nn.LSTM, hidden_size),
        # A layer of about as many parameters as the GRU's.
        "LSTM, equal parameters": (nn.LSTM, equal(hidden_size, layers)),
    }
    return found if layers > 1 else found | {"RNN": (nn.RNN, hidden_size)}


def equal(hidden_size, layers):
    """Return the LSTM's size, a multiple of 8, that comes nearest to the GRU's parameters."""
    features = hidden_size

    def parameters(gates, size):
        return sum(
            gates * size * ((features if layer == 0 else size) + size + 2)
            for layer in range(layers)
        )

    wanted = parameters(3, hidden_size)
    return min(range(8, hidden_size + 1, 8), key=lambda size: abs(parameters(4, size) - wanted))


def rows(settings):
    """Return the rows of the record as (hidden size, layers, precision, mode, batch), best first.

    One layer before more, and of these the smaller before the larger.
    """
    return [
        (hidden_size, layers, precision, mode, batch)
        for layers, (mode, batch), precision, hidden_size in itertools.product(
            settings["layers"],
            settings["modes"],
            settings["precisions"],
            settings["hidden_sizes"],
        )
    ]


def label(hidden_size, layers, precision, mode, batch):
    """Return what a row is called."""
    return f"speed H={hidden_size} layers={layers} {precision} {mode} B={batch}"


def allow(precision):
    """Let float32 products be of ten bits, or not; bfloat16 is a matter of the tensors."""
    torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = precision == "tf32"


def call(net, x, mode):
    """Return a function that runs a net once, in training with the gradients of its parameters."""
    out = net.train(mode == "training")(x)[0]
    gradient = torch.randn_like(out)

    def train():
        net.zero_grad(set_to_none=True)
        net(x)[0].backward(gradient)

    def infer():
        with torch.inference_mode():
            net(x)

    return train if mode == "training" else infer


def milliseconds(run, calls, device):
    """Return how long calls took, each, on the device's own clock."""
    if device.type != "cuda":
        start = time.perf_counter()
        for _ in range(calls):
            run()
        return 1000 * (time.perf_counter() - start) / calls
    first, last = (torch.cuda.Event(enable_timing=True) for _ in range(2))
    first.record()
    for _ in range(calls):
        run()
    last.record()
    last.synchronize()
    return first.elapsed_time(last) / calls


def error(net, x):
    """Return how far a net's output is from that of float64, relative to its size."""
    with torch.inference_mode():
        out, exact = net(x)[0].double(), copy.deepcopy(net).double()(x.double())[0]
    return (torch.linalg.vector_norm(out - exact) / torch.linalg.vector_norm(exact)).item()


def measure(case, device, settings):
    """Return a row's values: the milliseconds of a call of each net, one for each repetition."""
    hidden_size, layers, precision, mode, batch = case
    allow(precision)
    kind = torch.bfloat16 if precision == "bfloat16" else torch.float32
    torch.manual_seed(0)
    x = torch.randn(settings["time"], batch, hidden_size, device=device, dtype=kind)
    runs, parameters, errors = {}, {}, {}
    for name, (cell, size) in nets(hidden_size, layers).items():
        net = cell(hidden_size, size, layers, device=device, dtype=kind)
        parameters[name] = sum(p.numel() for p in net.parameters())
        runs[name] = call(net, x, mode)
        if hidden_size <= settings["checked_up_to"] and layers == 1 and mode == "inference":
            errors[name] = float(f"{error(net, x):.2g}")
    calls = {}
    for name, run in runs.items():
        milliseconds(run, 2, device)  # the first calls choose algorithms and take memory
        once = milliseconds(run, 1, device)
        calls[name] = max(1, min(50, math.ceil(settings["least_milliseconds"] / once)))
    turns = {name: [] for name in runs}
    for _ in range(settings["repetitions"]):
        for name, run in runs.items():
            turns[name].append(round(milliseconds(run, calls[name], device), 5))
    return {
        "milliseconds": turns,
        "parameters": parameters,
        "ratio": round(
            statistics.median(
                gru / lstm for gru, lstm in zip(turns["GRU"], turns["LSTM"], strict=True)
            ),
            4,
        ),
    } | ({"error": errors} if errors else {})
