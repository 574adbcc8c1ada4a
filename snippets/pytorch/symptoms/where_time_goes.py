from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from time import perf_counter

from torch.profiler import ProfilerActivity, profile


def calls(step, batch):
    with profile(activities=[ProfilerActivity.CPU]) as run:
        step(batch)
    return sum(row.count for row in run.key_averages())


def where_time_goes(
    batches: Iterable, step: Callable, steps: Callable
) -> Iterator[bool | int | float | None]:
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
