"""Measure how the gradient fades before and after training: does a net open its gates itself?

The nets are those of the adding problem, which takes a memory of up to 50 steps.
"""

import copy
from functools import partial

import torch

import adding
import harness

SETTINGS = adding.SETTINGS | {
    "learning_rates": [0.01],
    "sequences": 200,  # the gradients are averaged over so many
    "fade_from": 5,  # the fading per step is taken between these two distances
    "fade_to": 45,
}
QUICK = {"steps": 300, "seeds": 1}
NETS = ("GRU H=32", "LSTM H=32", "RNN H=32")


def gradients(model, settings):
    """Return how strongly a net's answer reacts to its memory d steps before the end, d = 1 on.

    The norm of the gradient, averaged over sequences of the task; the memory is an LSTM's c, the
    other nets' h. Shape (time - 1,).
    """
    model = copy.deepcopy(model).double()  # floats would end before a plain RNN's gradient does
    x, _ = adding.sequences(
        settings["sequences"], settings["time"], torch.Generator().manual_seed(10**6)
    )
    state, memories = None, []
    for step in x.double().split(1, dim=1):
        out, state = model.rnn(step, state)
        memory = state[1] if isinstance(state, tuple) else state
        memory.retain_grad()
        memories.append(memory)
    model.linear(out[:, -1]).sum().backward()
    return torch.stack([memory.grad.norm(dim=-1).mean() for memory in reversed(memories[:-1])])


def per_step(by_distance, settings):
    """Return by what factor the gradient is multiplied at each step back, on average."""
    start, end = settings["fade_from"], settings["fade_to"]
    return (by_distance[end - 1] / by_distance[start - 1]).item() ** (1 / (end - start))


def measure(name, seed, settings):
    """Return a net's row: its factor per step, untrained and trained, and when it was done."""
    model = adding.untrained(name, seed)
    before = gradients(model, settings)
    solved_at, _ = adding.fit(model, settings["learning_rates"][0], seed, settings)
    after = gradients(model, settings)
    return {
        "solved_at": solved_at,
        "before": round(per_step(before, settings), 3),
        "after": round(per_step(after, settings), 3),
    }


def make_runs(settings):
    """Return the harness's runs: each net once per seed."""
    return [
        (name, seed, partial(measure, name, seed, settings))
        for name in NETS
        for seed in range(settings["seeds"])
    ]


def points(record):
    """Return rows for a plot: each net's factor per step, untrained and trained, for each seed."""
    return [
        {
            "model": f"{row['model'].partition(' ')[0]}, {when}",
            "seed": row["seed"],
            "factor": row[key],
        }
        for row in record["rows"]
        for when, key in (("untrained", "before"), ("trained", "after"))
    ]


def show(record):
    """Print the lowest and the highest factor per step of each net, untrained and trained."""
    print("net       untrained       trained         solved")
    for name in NETS:
        before, after, solved = (
            harness.values(record, value)[name] for value in ("before", "after", "solved_at")
        )
        ranges = (f"{min(factors):.3f} to {max(factors):.3f}" for factors in (before, after))
        print(f"{name:9}", *ranges, f"{sum(map(bool, solved))} of {len(solved)}", sep="  ")


def main(argv=None):
    """Run the experiment with the harness's options."""
    torch.set_num_threads(SETTINGS["threads"])
    harness.main(__file__, SETTINGS, QUICK, make_runs, argv)


if __name__ == "__main__":
    main()
