from itertools import islice
from time import perf_counter, sleep

import torch
from torch import nn
from torch.profiler import ProfilerActivity, profile


def calls(step, batch):
    with profile(activities=[ProfilerActivity.CPU]) as run:
        step(batch)
    return sum(row.count for row in run.key_averages())


def where_time_goes(batches, step, steps):
    wait = work = 0.0
    counts, start = [], perf_counter()
    for k, batch in enumerate(islice(batches, 6)):
        ready = perf_counter()
        if k in (0, 5):
            counts.append(calls(step, batch) / steps(batch))
        else:
            step(batch)
        done = perf_counter()
        if k in (2, 3, 4):
            wait += ready - start
            work += done - ready
        start = done
    if len(counts) < 2:
        raise ValueError("6 batches or more")
    enough = steps(batch) >= 20
    yield wait > work
    yield round(counts[0]) if enough else None
    yield round(counts[-1] / counts[0], 1)


class Loop(nn.Module):
    def __init__(self):
        super().__init__()
        self.cell = nn.LSTMCell(8, 16)

    def forward(self, x, state=None):
        out = []
        for x_t in x:
            state = self.cell(x_t, state)
            out.append(state[0])
        return torch.stack(out), state


def slowly(batches):
    for x in batches:
        sleep(0.1)
        yield x


def run(name, batches, net):
    state = None

    def step(x):
        nonlocal state
        net.zero_grad()
        out, new = net(x, state)
        if name == "state":
            state = new
        out.mean().backward(retain_graph=name == "state")

    print(f"{name:7}", *where_time_goes(batches, step, len))


torch.manual_seed(0)
# 6 * (time, batch, features)
batches = torch.randn(6, 20, 4, 8)
lstm = nn.LSTM(8, 16)
run("✓", batches, lstm)
run("sleep", slowly(batches), lstm)
run("Loop", batches, Loop())
run("state", batches, lstm)
