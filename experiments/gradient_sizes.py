"""How much of a gradient reaches back through an untrained net, at which sizes, and when trained?

Untrained: what the last output has of an input, per step back, as in gradients; and what is left
after some steps in the best of all directions, the largest singular value of the Jacobian from one
state to a later one, so that no direction can have been missed. Exactly: with all weights 0 the
gates stand at 1/2, and the Jacobian of n steps is a power of 1/2. Along training: nets on adding,
with the gradient of their memory, after more and more steps.
"""

import copy
import math
import statistics
from collections import Counter
from functools import partial
from itertools import product

import torch
from torch import nn

import adding
import decide
import gradients
import harness
import intervals
import sizes
import until_done

SETTINGS = {
    "hidden_sizes": [64, 16, 256],
    "input_sizes": [8, 64],
    "input_scales": [1, 5],  # the inputs' standard deviation
    "distance": 100,  # how many steps back the gradient of an output is followed
    "fade_from": 10,  # the factor per step is taken between these two distances
    "fade_to": 50,  # also how many steps the best direction is followed
    "seeds": list(range(10)),
    "training": until_done.SETTINGS
    | {
        "width": 32,
        "time": 50,
        "steps": [0, 50, 100, 200, 400, 800],
        "choice_steps": 400,  # one of those; the validation error then chooses the rate
        "first_rate": 0.01,
        "sequences": 200,  # the gradients are averaged over so many
        "fade_from": 5,
        "fade_to": 45,
    },
}
QUICK = {
    "hidden_sizes": [4],
    "input_sizes": [8],
    "distance": 12,
    "fade_from": 2,
    "fade_to": 6,
    "seeds": [0],
    "training": SETTINGS["training"]
    | {"time": 10, "steps": [0, 2], "choice_steps": 2, "most_rates": 3, "choice_seeds": [100],
       "test_sequences": 20, "validation_sequences": 20, "sequences": 5, "fade_to": 8,
       "seeds": [0]},
}  # fmt: skip
# A cell, and what is done to its initial values: orthogonal matrices from state to state, one for
# each gate, or the bias of the gate that keeps.
NETS = {
    "GRU": (nn.GRU, None),
    "LSTM": (nn.LSTM, None),
    "RNN": (nn.RNN, None),
    "LSTM +1": (nn.LSTM, 1),
    "RNN orthogonal": (nn.RNN, "orthogonal"),
    "GRU orthogonal": (nn.GRU, "orthogonal"),
    "LSTM orthogonal": (nn.LSTM, "orthogonal"),
}
SECONDS = {"16": 0.05, "64": 0.08, "256": 0.6}  # of a measurement, by the hidden size
STEP_SECONDS = {"GRU": 0.0225, "LSTM": 0.009, "RNN": 0.004}  # of a step of training


def untrained(name, hidden_size, input_size, input_scale, seed):
    """Return a net before any training, in float64.

    Inputs that are larger by a factor act as input weights that are, which is what is done here.
    """
    cell, change = NETS[name]
    bias = None if change == "orthogonal" else change
    sized = {"input_size": input_size, "hidden_size": hidden_size}
    rnn = gradients.net(cell, bias, seed, sized)
    with torch.no_grad():
        if change == "orthogonal":
            for block in rnn.weight_hh_l0.split(hidden_size):
                nn.init.orthogonal_(block)
        rnn.weight_ih_l0.mul_(input_scale)
    return rnn


def jacobian(rnn, x, before):
    """Return the Jacobian of the last state by the state after the first `before` steps.

    x: (time, 1, inputs); an LSTM's state is h and c, one after the other.
    """
    with torch.no_grad():
        state = rnn(x[:before])[1]
    parts = state if isinstance(state, tuple) else (state,)
    parts = tuple(part.clone().requires_grad_() for part in parts)
    last = rnn(x[before:], parts if len(parts) > 1 else parts[0])[1]
    last = torch.cat([part.flatten() for part in (last if len(parts) > 1 else (last,))])
    each = torch.eye(len(last), dtype=last.dtype)
    rows = torch.autograd.grad(last, parts, each, is_grads_batched=True)
    return torch.cat([part.flatten(1) for part in rows], 1)


def log10(share):
    """Return a logarithm for a row; of nothing, that of the least that float64 can hold."""
    return round(math.log10(max(share, math.ulp(0.0))), 4)


def measure(name, hidden_size, input_size, input_scale, seed, settings):
    """Return the row of an untrained net: the gradient left per step, and in the best direction."""
    rnn = untrained(name, hidden_size, input_size, input_scale, seed)
    by_distance = gradients.gradients(rnn, settings["distance"])
    start, end = settings["fade_from"], settings["fade_to"]
    x = torch.randn(settings["distance"], 1, input_size, dtype=torch.float64)
    best = torch.linalg.matrix_norm(jacobian(rnn, x, len(x) - end), 2)
    return {
        "recurrent": sizes.count(rnn),
        "per_step": round(
            ((by_distance[end] / by_distance[start]) ** (1 / (end - start))).item(), 4
        ),
        "log10": log10(by_distance[end].item()),
        "log10_best_direction": log10(best.item()),
    }


def exact(cell, settings):
    """Return the row of a net with all weights 0: how much of its memory's gradient is left."""
    steps = settings["fade_to"]
    rnn = cell(1, 1).double().requires_grad_(False)
    for parameter in rnn.parameters():
        parameter.zero_()
    x = torch.ones(1 + steps, 1, 1, dtype=torch.float64)
    kept = jacobian(rnn, x, 1)[-1, -1].item()  # of an LSTM, from c to c
    return {"kept": kept, "exactly_a_half_per_step": kept == 0.5**steps}


def along(name, rate, seed, tested, settings):
    """Return a net's row: its validation error after some steps; if tested, its factors on the way.

    Training begins anew for each number of steps; by its seed it goes the same way each time.
    """
    settings = settings["training"]
    cell, hidden_size = sizes.nets(adding.SumModel, settings["width"])[name]

    def trained(steps):
        torch.manual_seed(seed)
        model = adding.SumModel(cell, hidden_size).to(harness.DEVICE)
        # It does not end before its time.
        how = settings | {"steps": steps, "check_every": steps, "solved_below": 0}
        adding.fit(model, rate, harness.data_seed(seed), how)
        return model

    chosen_after = settings["choice_steps"]
    models = {steps: trained(steps) for steps in (settings["steps"] if tested else [chosen_after])}
    model = models[chosen_after]
    values = {
        "parameters": sizes.count(model),
        "recurrent": sizes.count(model.rnn),
        "rate": rate,
        "validation_error": until_done.known(until_done.error(model, "validation", settings)),
    }
    if tested:
        errors = (until_done.error(model, "test", settings) for model in models.values())
        values |= {
            "steps": [*models],
            "per_step": [factor(model, settings) for model in models.values()],
            "test_error": [until_done.known(error) for error in errors],
        }
    return values


def memory_gradients(model, sequences, time):
    """Return how strongly the answer of a net for adding reacts to its memory d steps before.

    The norm of the gradient for d = 1 on, averaged over sequences of the task; the memory is an
    LSTM's c, the other nets' h. Shape (time - 1,).
    """
    model = copy.deepcopy(model).double()  # floats would end before a plain RNN's gradient does
    x, _ = adding.sequences(sequences, time, torch.Generator().manual_seed(10**6))
    state, memories = None, []
    for step in x.double().split(1, dim=1):
        out, state = model.rnn(step, state)
        memory = state[1] if isinstance(state, tuple) else state
        memory.retain_grad()
        memories.append(memory)
    model.linear(out[:, -1]).sum().backward()
    return torch.stack([memory.grad.norm(dim=-1).mean() for memory in reversed(memories[:-1])])


def factor(model, settings):
    """Return by what the gradient of a net's memory is multiplied per step back, on average.

    0 where it is no number: training failed, and nothing of use comes back.
    """
    start, end = settings["fade_from"], settings["fade_to"]
    left = memory_gradients(model, settings["sequences"], settings["time"])
    found = (left[end - 1] / left[start - 1]).item() ** (1 / (end - start))
    return round(found, 4) if math.isfinite(found) else 0.0


def make_runs(settings, rows):
    """Return the runs that can be done, given the rows: (model, seed, function), by value."""
    runs = [
        (f"{cell.__name__}, all weights 0", None, partial(exact, cell, settings))
        for cell in (nn.GRU, nn.LSTM)
    ]
    runs += [
        (
            harness.part_label(name, f"H={hidden_size}, D={input_size}, inputs x {input_scale}"),
            seed,
            partial(measure, name, hidden_size, input_size, input_scale, seed, settings),
        )
        for hidden_size in settings["hidden_sizes"]
        for input_size in settings["input_sizes"]
        for input_scale in settings["input_scales"]
        for name in NETS
        for seed in settings["seeds"]
    ]
    for name in trained_nets(settings):
        runs += harness.tuned(
            rows,
            harness.part_label(name, "along training"),
            settings["training"]["first_rate"],
            settings["training"],
            partial(along, name, settings=settings),
            "validation_error",
        )
    return runs


def trained_nets(settings):
    """Return the names of the nets that are trained."""
    return [*sizes.nets(adding.SumModel, settings["training"]["width"])]


# Nets whose gradients are compared, the first of a pair said to keep less after the steps.
PAIRS = (
    ("RNN", "GRU"),
    ("RNN", "LSTM"),
    ("LSTM", "LSTM +1"),
    ("GRU", "GRU orthogonal"),
    ("LSTM", "LSTM orthogonal"),
    ("RNN orthogonal", "GRU"),
)
GATED = ("GRU", "LSTM")  # as torch makes them


def places(settings):
    """Return sizes and inputs as the rows name them, the smallest net first."""
    return [
        f"H={hidden_size}, D={input_size}, inputs x {input_scale}"
        for hidden_size, input_size, input_scale in product(
            sorted(settings["hidden_sizes"]), settings["input_sizes"], settings["input_scales"]
        )
    ]


def by_inputs(record, net, value):
    """Return hidden size -> for each kind of inputs, a value of a kind of net for each seed."""
    found, settings = harness.values(record, value), record["settings"]
    return {
        size: [
            found[harness.part_label(net, place)]
            for place in places(settings | {"hidden_sizes": [size]})
        ]
        for size in sorted(settings["hidden_sizes"])
    }


def by_size(record, net, value):
    """Return hidden size -> a value of a kind of net, of all its inputs and seeds."""
    return {size: sum(lists, []) for size, lists in by_inputs(record, net, value).items()}


def best_direction(record, nets):
    """Return the points of a plot: net -> (hidden size, factor per step in the best direction).

    A point is a seed, with the inputs with which it keeps most.
    """
    steps = record["settings"]["fade_to"]
    return {
        net: [
            (size, 10 ** (most / steps))
            for size, lists in by_inputs(record, net, "log10_best_direction").items()
            for most in map(max, zip(*lists, strict=True))
        ]
        for net in nets
    }


def show_most(record):
    """Print the most that is left in any direction, as a power of ten, for each kind and size."""
    sizes_ = sorted(record["settings"]["hidden_sizes"])
    print(f"{'':16}" + "".join(f"{f'H={size}':>8}" for size in sizes_))
    for net in NETS:
        most = (max(seeds) for seeds in by_size(record, net, "log10_best_direction").values())
        print(f"{net:16}" + "".join(f"{left:8.1f}" for left in most).replace("-", "−"))


def show_exact(record):
    """Print what is left of the memory's gradient in nets with all weights 0."""
    for row in record["rows"]:
        if "kept" in row:
            cell = row["model"].partition(",")[0]
            print(f"{cell:4}", f"{row['kept']:.3e}", row["exactly_a_half_per_step"])


def show_factors(record, nets):
    """Print the factor per step of some nets, mean and spread over the seeds, at each place."""
    untrained_rows = [row for row in record["rows"] if "log10" in row]
    found = harness.spread({"rows": untrained_rows}, "per_step")
    print(f"{'':24}" + "".join(f"{net:>15}" for net in nets))
    for place in places(record["settings"]):
        seeds = [found[harness.part_label(net, place)] for net in nets]
        print(f"{place:24}" + "".join(f"{mean:9.3f} ± {sd:.3f}" for _, mean, sd in seeds))


def decided(record):
    """Return (first, second, place) -> what the rule decides of "keeps less", and the comparison.

    All tests of the pairs are corrected together.
    """
    return decide.with_words({
        (*pair, place): decide.less(
            record, *(harness.part_label(net, place) for net in pair), "log10", "gradient"
        )
        for pair in PAIRS
        for place in places(record["settings"])
    })  # fmt: skip


def show_decided(found):
    """Print for each pair what is decided how often, and the difference that is nearest to less."""
    for first, second in PAIRS:
        own = {
            place: found[key] for key in found for place in key[2:] if key[:2] == (first, second)
        }
        words = Counter(word for word, _ in own.values())
        print(f"{first} < {second}:", ", ".join(f"{word} {n}" for word, n in words.items()))
        for end in (max, min):
            place = end(own, key=lambda place: own[place][1].difference)
            _, c = own[place]
            numbers = intervals.written(c.difference, c.low, c.high, places=1)
            print(f"    {numbers:24} {place}")


def apart(name, size, steps, settings=SETTINGS):
    """Return how far the states of an untrained net may lie apart after other beginnings.

    Two sequences have as many random steps of their own as the best direction is followed, then
    `steps` in common. It is the largest difference of a number of the state, over all inputs and
    seeds of the settings.
    """
    own, found = settings["fade_to"], []
    for input_size, input_scale, seed in product(
        settings["input_sizes"], settings["input_scales"], settings["seeds"]
    ):
        rnn = untrained(name, size, input_size, input_scale, seed)
        x = torch.randn(own + steps, 2, input_size, dtype=torch.float64)
        x[own:, 1] = x[own:, 0]
        with torch.no_grad():
            state = rnn(x)[1]
        state = torch.cat(state) if isinstance(state, tuple) else state
        found.append((state[:, 0] - state[:, 1]).abs().max().item())
    return max(found)


def show_apart(name, steps):
    """Print how far the states of each size of a net lie apart after some common steps."""
    for size in sorted(SETTINGS["hidden_sizes"]):
        far = (f"{apart(name, size, common):8.0e}" for common in steps)
        print(f"{f'{name} H={size}':12}", *far)


def along_training(record):
    """Return net -> the rows of its seeds along training."""
    found = {}
    for row in record["rows"]:
        net, _, part = row["model"].partition(", ")
        if "per_step" in row and part == "along training":
            found.setdefault(net, []).append(row)
    return found


def curves_along(record):
    """Return the curves of a plot: cell -> for each seed, of both sizes, the factor by steps."""
    curves = {}
    for net, rows in along_training(record).items():
        curves.setdefault(net.partition(" ")[0], []).extend(
            (row["steps"], row["per_step"]) for row in rows
        )
    return curves


def left_when_trained(record, net):
    """Return the power of ten that the last factor of each seed of a net leaves over 50 steps.

    50 is how far the best direction of untrained nets is followed.
    """
    steps = record["settings"]["fade_to"]
    return [log10(row["per_step"][-1] ** steps) for row in along_training(record)[net]]


def show_along(record):
    """Print of each net the least and the greatest factor, and the error's mean, by steps.

    Then how much the last factors leave over as many steps as untrained nets are followed.
    """
    for net, rows in along_training(record).items():
        print(f"{net}: {rows[0]['parameters']} parameters, learning rate {rows[0]['rate']}")
        factors, errors = (
            zip(*(row[value] for row in rows), strict=True) for value in ("per_step", "test_error")
        )
        for steps, found, seeds in zip(rows[0]["steps"], factors, errors, strict=True):
            error = statistics.mean(seeds)
            print(f"{steps:7}   {min(found):.3f} to {max(found):.3f}   {error:.3f}")
        left = [100 * 10**power for power in left_when_trained(record, net)]
        print(f"   left   {min(left):.0f} to {max(left):.0f} %")
    print(f"a constant answer{adding.CONSTANT:15.3f}")


def forecast(settings):
    """Return what it does and about how many seconds that takes."""
    each = len(settings["input_sizes"]) * len(settings["input_scales"]) * len(settings["seeds"])
    how = settings["training"]
    choice = harness.choice_runs(how["choice_seeds"]) * how["choice_steps"]
    steps = choice + len(how["seeds"]) * sum(how["steps"])
    return [
        (f"untrained, H={size}", len(NETS) * each * SECONDS.get(str(size), 0.05))
        for size in settings["hidden_sizes"]
    ] + [
        (f"{name}, along training", steps * STEP_SECONDS[name.partition(" ")[0]])
        for name in trained_nets(settings)
    ]


def main(argv=None):
    """Run the experiment with the harness's options."""
    torch.set_num_threads(1)
    harness.main(__file__, SETTINGS, QUICK, make_runs, argv, torch.device("cpu"), forecast=forecast)


if __name__ == "__main__":
    main()
