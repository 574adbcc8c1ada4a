"""Is c the long memory and h the short one, is r for what is near and z for what is far?

Asked of trained nets, on adding over 50 steps and on 10^5 characters of code. In an LSTM, h or c
alone is replaced by that of another sequence at the same step: a state that the net does get into,
which knows nothing of this sequence. In a GRU, r or z is held at its mean, unit by unit. Errors on
adding are in percent of those of a constant answer. The nets are those of adding_long and of
one_gate_less.
"""

import copy
import math
from functools import partial

import torch
from scipy import stats
from torch import nn

import adding
import characters
import decide
import gradients
import harness
import one_gate_less
import text_sizes
import until_done
import variants

SETTINGS = {
    "adding": one_gate_less.SETTINGS["adding"],
    "text": one_gate_less.SETTINGS["text"],
    "distances": 5,  # places of a mark that are taken together
    "left_out": 5,  # last steps, where errors are given by their distance from a mark
    "follow": 64,  # characters after a state is replaced
    # By value.
    "plan": [
        {"net": "LSTM", "task": "adding"},
        {"net": "GRU", "task": "adding"},
        {"net": "LSTM", "task": "text"},
        {"net": "GRU", "task": "text"},
    ],
    # Seconds of a run, and of what a tested run is then asked, for the forecast.
    "pace": {"adding": {"LSTM": 9, "GRU": 4}, "text": {"LSTM": 34, "GRU": 48}},
    "asked": {"adding": {"LSTM": 10, "GRU": 2}, "text": {"LSTM": 15, "GRU": 15}},
}  # fmt: skip
QUICK = {name: one_gate_less.QUICK[name] for name in ("adding", "text")} | {
    "distances": 1,
    "left_out": 1,
    "follow": 8,
}
# Which of an LSTM's states are replaced, as nn.LSTM orders them, and which gate of a GRU is held.
STATES = {"h": [0], "c": [1], "both": [0, 1]}
GATES = {"r": 0, "z": 1}


def replaced(state, which):
    """Return a state in which some parts are those of the sequence beside: (1, batch, H) each."""
    return tuple(part.roll(1, 1) if n in which else part for n, part in enumerate(state))


def percent(squares):
    """Return mean squares in percent of those of a constant answer, for a row."""
    return [round(100 * each / adding.CONSTANT, 2) for each in squares.tolist()]


def answers(model, x, which):
    """Return the answers of an LSTM if a state is replaced after one step: (steps, batch).

    x: (batch, steps, 2); the answer at n is that with the state replaced after step n.
    """
    found, state = [], None
    for step in range(x.shape[1]):
        _, state = model.rnn(x[:, step : step + 1], state)
        last = replaced(state, which)
        if step + 1 < x.shape[1]:
            _, last = model.rnn(x[:, step + 1 :], last)
        found.append(model.linear(last[0][0]).squeeze(1))
    return torch.stack(found)


def states_on_adding(model, settings):
    """Return errors where h, c or both are replaced, by step and by steps since the second mark.

    Since at the end h is all that is read, the last steps are left out of the latter.
    """
    x, y = until_done.part("test", settings["test_sequences"], settings["time"])
    early = settings["time"] - settings["left_out"]
    since = torch.arange(early, device=x.device)[:, None] - places(x)[:, 1]
    values = {}
    for name, which in STATES.items():
        squares = (answers(model, x, which) - y).square()
        values[f"by_step {name}"] = percent(squares.mean(1))
        values[f"since_mark {name}"] = percent(
            torch.stack([squares[:early][since == n].mean() for n in range(int(since.max()) + 1)])
        )
    (values["error"],) = percent((model(x) - y).square().mean()[None])
    return values


def states_on_text(model, settings):
    """Return the bits of each character after h, c or both of an LSTM were replaced.

    The first is the one that is foretold after one more character was read.
    """
    _, _, test = one_gate_less.parts(settings)[0]
    text = characters.laid_out(test, settings["evaluation_rows"])
    time, kinds = settings["follow"], {"neither": [], **STATES}
    # So that there is a state to begin with, the first piece is only read.
    _, state = model(text[:time].long())
    bits = {name: [] for name in kinds}
    for start in range(time, len(text) - time, time):
        piece = text[start : start + time + 1].long()
        for name, which in kinds.items():
            logits, after = model(piece[:-1], replaced(state, which))
            each = nn.functional.cross_entropy(logits.transpose(1, 2), piece[1:], reduction="none")
            bits[name].append(each.mean(1) / math.log(2))
            if name == "neither":
                going_on = after
        state = going_on
    return {
        f"bits_after {name}": [round(each, 5) for each in torch.stack(found).mean(0).tolist()]
        for name, found in bits.items()
    }


def places(x):
    """Return where the marks of sequences are, the first before the second: (batch, 2)."""
    return x[..., 1].nonzero()[:, 1].view(-1, 2)


def gates(rnn, x):
    """Return the values of r and z of a GRU at each step, shaped as its outputs."""
    time = 1 if rnn.batch_first else 0
    out, _ = rnn(x)
    past = torch.cat(
        [torch.zeros_like(out.narrow(time, 0, 1)), out.narrow(time, 0, out.shape[time] - 1)], time
    )
    sums = nn.functional.linear(x, rnn.weight_ih_l0, rnn.bias_ih_l0) + nn.functional.linear(
        past, rnn.weight_hh_l0, rnn.bias_hh_l0
    )
    r, z, _ = sums.chunk(3, -1)
    return {"r": r.sigmoid(), "z": z.sigmoid()}


def hold(model, gate, values):
    """Return a copy of a model in which a gate of each unit always has a value: (H,)."""
    model = copy.deepcopy(model)
    variants.change(model.rnn, GATES[gate], "open")
    gradients.set_bias(model.rnn, GATES[gate], torch.logit(values))
    return model


def lost(model, x, together):
    """Return how much of a marked number does not reach the answer, in percent, by distance.

    Each of the two numbers is changed by a half, up or down; what the answer then does is compared
    with that change, in squares. 0 if it does the same, 100 if it does nothing. x: (batch, steps,
    2); together: places of a mark for which one value is given, the first that of the nearest.
    """
    steps = x.shape[1]
    before, squares, distances = model(x), [], []
    for place in places(x).T:
        changed, sequence = x.clone(), torch.arange(len(x), device=x.device)
        changed[sequence, place, 0] = (changed[sequence, place, 0] + 0.5) % 1
        change = changed[sequence, place, 0] - x[sequence, place, 0]
        squares.append(((model(changed) - before - change) / change).square())
        distances.append((steps - 1 - place) // together)
    squares, distances = torch.cat(squares), torch.cat(distances)
    return [
        round(100 * squares[distances == n].mean().item(), 2)
        for n in range(-(-steps // together))
    ]  # fmt: skip


def means(rnn, x):
    """Return gate -> its mean over sequences and steps, unit by unit: (H,)."""
    return {name: value.flatten(0, 1).mean(0) for name, value in gates(rnn, x).items()}


def units(rnn, x):
    """Return for each unit for how many steps it keeps, by the mean of log z, and its mean r.

    And how the two go together: Spearman's rank correlation over the units.
    """
    found = gates(rnn, x)
    kept_for = -1 / found["z"].clamp(1e-6, 1 - 1e-6).log().flatten(0, 1).mean(0)
    r = found["r"].flatten(0, 1).mean(0)
    return {
        "kept_for": [round(each, 2) for each in kept_for.tolist()],
        "mean_r": [round(each, 3) for each in r.tolist()],
        "correlation": round(float(stats.spearmanr(kept_for.tolist(), r.tolist()).statistic), 4),
    }


def gates_on_adding(model, settings):
    """Return what is lost by distance if r or z is held at its mean, and the units' gates."""
    validation, _ = until_done.part(
        "validation", settings["validation_sequences"], settings["time"]
    )
    x, y = until_done.part("test", settings["test_sequences"], settings["time"])
    held = {name: hold(model, name, mean) for name, mean in means(model.rnn, validation).items()}
    values = units(model.rnn, x)
    for name, each in {"neither": model, **held}.items():
        values[f"lost {name}"] = lost(each, x, settings["distances"])
        (values[f"error {name}"],) = percent((each(x) - y).square().mean()[None])
    return values


def gates_on_text(model, settings):
    """Return the bits if r or z is held at its mean, and the units' gates."""
    _, validation, test = one_gate_less.parts(settings)[0]
    known, x = (
        model.embed(characters.laid_out(part, settings["evaluation_rows"]).long())
        for part in (validation, test)
    )
    values = units(model.rnn, x)
    for name, mean in means(model.rnn, known).items():
        held = hold(model, name, mean)
        values[f"bits {name}"] = round(characters.bits(held, test, settings), 5)
    return values


ASKED = {
    ("LSTM", "adding"): states_on_adding,
    ("LSTM", "text"): states_on_text,
    ("GRU", "adding"): gates_on_adding,
    ("GRU", "text"): gates_on_text,
}


def train(net, task, settings, rate, seed, tested):
    """Return a net's row; what its states or its gates are asked too, where it is tested.

    A net whose training failed has no numbers in it to ask, and its row says so.
    """
    torch.manual_seed(seed)
    signs = one_gate_less.signs_of(task, settings)
    model = one_gate_less.untrained(net, settings["width"][net], signs)
    values = one_gate_less.TASKS[task].train(model, rate, seed, settings, tested)
    if tested and not all(parameter.isfinite().all() for parameter in model.parameters()):
        values["failed"] = True
    elif tested:
        with torch.no_grad():
            values |= ASKED[net, task](model, settings)
    return values


def make_runs(settings, rows):
    """Return the runs that can be done, given the rows: (model, seed, function), by value."""
    runs = []
    for entry in settings["plan"]:
        net, task = entry["net"], entry["task"]
        own = settings | settings[task]
        runs.append(one_gate_less.baseline(task, own))
        runs += harness.tuned(
            rows, name_of(net, task, own), own["first_rate"], own,
            partial(train, net, task, own), one_gate_less.TASKS[task].chosen_by,
        )  # fmt: skip
    return list({run[:2]: run for run in runs}.values())


def name_of(net, task, settings):
    """Return what the rows call a net on a task."""
    return harness.part_label(f"{net} H={settings['width'][net]}", task)


def seeds(record, net, task, value):
    """Return a value of each tested seed of a net on a task: (seeds,) or (seeds, n)."""
    name = name_of(net, task, record["settings"][task])
    return torch.tensor(harness.values(record, value)[name], dtype=torch.float64)


def by_step(record, kind):
    """Return the errors of each seed of the LSTM on adding by the step after which it is replaced.

    Shape (seeds, steps).
    """
    return seeds(record, "LSTM", "adding", f"by_step {kind}")


def read_on(record, kind):
    """Return the errors of each seed on adding if a state is replaced at a step that is read on.

    Averaged over these steps; after the last ones, h is all that the answer is read from.
    """
    early = record["settings"]["adding"]["time"] - record["settings"]["left_out"]
    return by_step(record, kind)[:, :early].mean(1)


def more_bits(record, kind):
    """Return by how much each character of text costs more after a state was replaced.

    Shape (seeds, characters).
    """
    replaced, as_it_is = (
        seeds(record, "LSTM", "text", f"bits_after {each}") for each in (kind, "neither")
    )
    return replaced - as_it_is


def curves(record, task, count):
    """Return the curves of a plot: what is replaced -> for each seed, the first places and values.

    On adding the error by the step after which it is, on text the bits by the characters since.
    """
    values = {"adding": by_step, "text": more_bits}[task]
    places = list(range(1, count + 1))
    return {
        f"without its {kind}": [(places, found[:count].tolist()) for found in values(record, kind)]
        for kind in ("c", "h")
    }


def lost_curves(record):
    """Return the curves of a plot: what is held in a GRU -> for each seed, what is lost by age."""
    together = record["settings"]["distances"]
    return {
        f"{name} held": [
            ([together * (n + 0.5) for n in range(len(found))], found.tolist())
            for found in seeds(record, "GRU", "adding", f"lost {name}")
        ]
        for name in ("z", "r")
    }


def spread(values, places):
    """Return the mean of some seeds and, in brackets, the least and the greatest."""
    low, high = values.min(), values.max()
    return f"{values.mean():6.{places}f} ({low:.{places}f}–{high:.{places}f})"


def show_adding(record):
    """Print an LSTM's errors where a state is replaced while it reads, and after the last step."""
    print(f"{'replaced':8}  while it reads     at the end")
    for kind in STATES:
        last = by_step(record, kind)[:, -1]
        print(f"{kind:8}{spread(read_on(record, kind), 1):20}{spread(last, 0)}")
    print(f"{'nothing':8}{spread(seeds(record, 'LSTM', 'adding', 'error'), 1)}")


def show_text(record, characters):
    """Print how many bits more some characters cost after a state of an LSTM was replaced."""
    print(f"{'replaced':8}" + "".join(f"{each:6}" for each in characters))
    for kind in STATES:
        mean = more_bits(record, kind).mean(0)
        cells = (f"{mean[each - 1].item():6.3f}" for each in characters)
        print(f"{kind:8}" + "".join(cells).replace("-", "−"))


def show_lost(record):
    """Print how much of the nearest and the farthest numbers a GRU loses with a gate held.

    And how large its error then is.
    """
    print(f"{'held':8}  the nearest   the farthest")
    for name in ("neither", *GATES):
        found = seeds(record, "GRU", "adding", f"lost {name}")
        print(f"{name:8}{spread(found[:, 0], 0):16}{spread(found[:, -1], 0)}")
    print(f"\n{'held':8}  error")
    for name in ("neither", *GATES):
        print(f"{name:8}{spread(seeds(record, 'GRU', 'adding', f'error {name}'), 0)}")


def show_bits(record):
    """Print a GRU's bits on text with a gate held, and those of counting."""
    for name, value in (("neither", "test_bits"), ("r", "bits r"), ("z", "bits z")):
        print(f"{name:9}{spread(seeds(record, 'GRU', 'text', value), 3)}")
    print(f"{'counts':9}{baseline(record, 'text'):6.3f}")


def show_units(record):
    """Print how long units keep and how far r is open go together, Spearman's rank correlation."""
    for task in ("adding", "text"):
        found = spread(seeds(record, "GRU", task, "correlation"), 2)
        print(f"{task:9}{found}".replace("-", "−").replace("–", " to "))


TESTED = {"adding": "test_error", "text": "test_bits"}  # what tells a net from a baseline


def baseline(record, task):
    """Return what the strongest simple baseline of a task has on its test part."""
    name = harness.part_label(one_gate_less.TASKS[task].baseline, task)
    (found,) = harness.values(record, TESTED[task])[name]
    return found


def decided(record):
    """Return claim -> part -> what the rule decides, and the comparison.

    All tests of a claim are corrected together.
    """

    def net(name, task, values):
        """Return the values of a net, which decide nothing if it is not ahead of the baseline."""
        rows = name_of(name, task, record["settings"][task])
        ahead_of = (TESTED[task], baseline(record, task), False)
        found = decide.net(record, rows, TESTED[task], ahead_of)
        return decide.Net(values.tolist(), found.decides_nothing)

    def late(kind):
        bits = seeds(record, "LSTM", "text", f"bits_after {kind}")
        return net("LSTM", "text", bits[:, 1:].mean(1))

    def lost(gate, at):
        return net("GRU", "adding", seeds(record, "GRU", "adding", f"lost {gate}")[:, at])

    def held(gate):
        return net("GRU", "text", seeds(record, "GRU", "text", f"bits {gate}"))

    h, c = (net("LSTM", "adding", read_on(record, kind)) for kind in ("h", "c"))
    tests = {
        "states": {
            "adding": decide.compare(h, c, "forecast"),
            "text": decide.compare(late("h"), late("c"), "bits"),
        },
        "gates": {
            "near": decide.compare(lost("z", 0), lost("r", 0), "forecast"),
            "far": decide.compare(lost("r", -1), lost("z", -1), "forecast"),
            "text": decide.compare(held("z"), held("r"), "bits"),
        },
    }
    return {
        claim: decide.with_words({part: ("less", each) for part, each in compared.items()})
        for claim, compared in tests.items()
    }


def forecast(settings):
    """Return for each entry of the plan what it is and about how many seconds it takes."""
    found = []
    for entry in settings["plan"]:
        net, task = entry["net"], entry["task"]
        choice, seeds = settings[task]["choice_seeds"], len(settings[task]["seeds"])
        seconds = (harness.choice_runs(choice) + seeds) * settings["pace"][task][net]
        found.append((f"{net}, {task}", seconds + seeds * settings["asked"][task][net]))
    return found


def main(argv=None):
    """Run the experiment with the harness's options."""
    packages = (*harness.PACKAGES, "scipy")
    settings = text_sizes.of_text(SETTINGS)
    harness.main(__file__, settings, QUICK, make_runs, argv, packages=packages, forecast=forecast)


if __name__ == "__main__":
    main()
