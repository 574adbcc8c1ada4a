from time import perf_counter, sleep

import torch
from torch import nn
from torch.profiler import ProfilerActivity, profile


def where_time_goes(batches, step):
    wait = work = 0.0
    calls = []
    start = perf_counter()
    for x in batches:
        wait += perf_counter() - start
        with profile(
            activities=[ProfilerActivity.CPU]
        ) as run:
            start = perf_counter()
            step(x)
            work += perf_counter() - start
        rows = run.key_averages()
        calls.append(sum(row.count for row in rows))
        start = perf_counter()
    yield wait > work
    yield round(calls[0] / len(x))
    yield round(calls[-1] / calls[0], 1)


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

    print(f"{name:7}", *where_time_goes(batches, step))


torch.manual_seed(0)
# 3 * (time, batch, features)
batches = torch.randn(3, 20, 4, 8)
lstm = nn.LSTM(8, 16)
run("✓", batches, lstm)
run("sleep", slowly(batches), lstm)
run("Loop", batches, Loop())
run("state", batches, lstm)
