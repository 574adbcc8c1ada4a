"""What every experiment shares: a progress bar, rows kept as they finish, and resuming."""

import argparse
import json
import math
import os
import platform
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import date
from functools import partial
from importlib.metadata import version
from pathlib import Path

import torch
from filelock import FileLock, Timeout
from tqdm import tqdm

import origin

WAYS_OUT = "delete the file, pass --fresh to replace it or --out to write another"
PACKAGES = ("torch", "numpy", "statsmodels")
# Data are drawn and nets are made on the CPU, so that a seed means the same everywhere.
DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")


def main(
    script,
    settings,
    quick,
    make_runs,
    argv=None,
    device=DEVICE,
    packages=PACKAGES,
    forecast=None,
    record=None,
    code=None,
):
    """Run an experiment from the command line; its rows go to NAME.json beside the script.

    script: the experiment's `__file__`.
    settings: dict of JSON values, all that decides the results; quick: those --quick replaces.
    make_runs(settings): list of (model, seed, function); function() returns a row's other values.
    device: where the runs compute, packages: what they rest on; the results name both.
    forecast(settings): for an experiment under the rule, by value, pairs of what it does and about
    how many seconds that takes. Its later runs follow from the rows of earlier ones, as
    make_runs(settings, rows) with (model, seed) -> row; its rows go to records/NAME.json.
    record: the results file, code: the hash of what its rows depend on, where a script makes
    several.
    Returns the results file, None if nothing was kept.
    Raises SystemExit: with a message if the file is damaged or was made in another way, and with
    status 130 after Ctrl-C.
    """
    script = Path(script)
    parser = argparse.ArgumentParser(prog=script.name)
    parser.add_argument("--quick", action="store_true", help="fewer and shorter runs, only printed")
    parser.add_argument("--out", type=Path, help="results file, also for --quick")
    parser.add_argument("--fresh", action="store_true", help="start over instead of resuming")
    parser.add_argument(
        "--confirm",
        type=int,
        metavar="N",
        help="repeat N runs; if they give what is recorded, note that today's code does",
    )
    if forecast:
        parser.add_argument(
            "--hours", type=float, default=math.inf, help="begin no run after so long"
        )
    args = parser.parse_args(argv)
    if args.confirm is not None and (args.confirm < 1 or args.quick or args.fresh):
        parser.error("--confirm needs a number of runs, from 1 on, and neither --quick nor --fresh")
    if args.out and (args.out.is_dir() or not args.out.parent.is_dir()):
        parser.error(f"--out needs a file in a folder that exists, not {args.out}")
    kept = record or script.with_suffix(".json")
    if forecast:
        kept = script.parent / "records" / kept.name
    file = args.out or (None if args.quick else kept)
    source = {
        "experiment": kept.stem,
        "code": code or origin.code(script),
        "processor": processor(device),
        "settings": settings | quick if args.quick else settings,
        "versions": {"python": platform.python_version()} | {p: version(p) for p in packages},
    }
    if forecast:
        source["rule"] = origin.rule()
        foretell(forecast(source["settings"]))
        runs = partial(make_runs, source["settings"])
    else:
        fixed = make_runs(source["settings"])
        runs = lambda rows: fixed  # noqa: E731
    with alone(file):
        if args.confirm:
            return confirm(file, source, runs, args.confirm)
        keep = bool(file) and file.exists() and not args.fresh
        rows = read(file, source, runs) if keep else {}
        return run(file, source, runs, rows, args.hours if forecast else math.inf)


def foretell(entries):
    """Print about how long an experiment takes, by value; what does not fit is at the end."""
    total = 0.0
    for what, seconds in entries:
        total += seconds
        print(f"{what}: {seconds / 3600:.2f} hours, {total / 3600:.2f} in all")


@contextmanager
def alone(file):
    """Let no other run write the same results file meanwhile; SystemExit if one does already."""
    if file is None:
        yield
        return
    lock = f"experiment-{origin.digest(str(file.resolve()))}.lock"
    try:
        with FileLock(Path(tempfile.gettempdir(), lock), timeout=0):
            yield
    except Timeout:
        sys.exit(f"Another run is writing {file}: wait for it, stop it, or pass --out.")


def run(file, source, runs, rows, hours=math.inf):
    """Do the runs that are not among the rows yet, keeping each; return the file.

    runs(rows): those that can be done, given the rows; hours: after which none begins.
    """
    end = time.monotonic() + 3600 * hours
    try:
        with tqdm(initial=len(rows), unit="run") as bar:
            while waiting := [each for each in runs(rows) if each[:2] not in rows]:
                bar.total = len(rows) + len(waiting)
                if time.monotonic() > end:
                    break
                model, seed, function = waiting[0]
                bar.set_description(model)
                start = time.perf_counter()
                row = {"model": model, "seed": seed, **function()}
                row["seconds"] = round(time.perf_counter() - start, 2)
                if file:
                    write(file, source, [*rows.values(), row])
                rows[model, seed] = row
                bar.update()
                shown = (f"{k} {v}" for k, v in row.items() if isinstance(v, str | int | float))
                bar.write(", ".join(shown))
    except KeyboardInterrupt:
        kept = (
            f"{len(rows)} of {bar.total} runs kept in {file}; start again without --fresh to resume"
        )
        print(f"Stopped: {kept if file else 'no run is kept without --out'}.", file=sys.stderr)
        raise SystemExit(130) from None
    for model, seed, _ in waiting:
        print(f"not done: {model}, seed {seed}")
    if file and not waiting:
        print(f"All {len(rows)} runs are in {file}.")
    return file


def read(file, source, runs, confirming=False):
    """Return a results file's rows by (model, seed); SystemExit if damaged or made otherwise.

    runs(rows): the runs that can be done, given the rows; None where no row is to be looked up.
    confirming: the code may have changed since.
    """
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
        old = flat(record)
        rows = {(row["model"], row["seed"]): row for row in record["rows"]}
        foreign = [] if confirming and "code" not in record else origin.foreign(file)
    except OSError:
        sys.exit(f"There is no {file}: leave out --confirm to make it.")
    except (ValueError, KeyError, TypeError, AttributeError):
        sys.exit(f"{file} is damaged and cannot be resumed: {WAYS_OUT}.")
    new = flat(json.loads(json.dumps(source)))
    for key in sorted(old.keys() | new.keys()):
        if old.get(key) != new.get(key):
            sys.exit(
                f"{file} was made with {key} = {old.get(key)!r} and this run has {new.get(key)!r}: "
                f"{WAYS_OUT}."
            )
    if foreign:
        sys.exit("\n".join(foreign))
    possible = rows.keys() if runs is None else {(model, seed) for model, seed, _ in runs(rows)}
    if unknown := rows.keys() - possible:
        model, seed = min(unknown, key=str)
        sys.exit(
            f"{file} has a row that this experiment does not make, {model}, seed {seed}: "
            f"{WAYS_OUT}."
        )
    if record.get("code") != source["code"] and not confirming:
        sys.exit(
            f"{file} was made by other code than there is now: {WAYS_OUT}; "
            f"or, if its results stay the same, --confirm 5 repeats five runs and notes it."
        )
    return rows


def confirm(file, source, runs, count):
    """Repeat some runs, spread over all; note in the file that today's code gives its results.

    SystemExit, with the file as it was, if a run gives something else.
    """
    rows = read(file, source, runs, confirming=True)
    done = [run for run in runs(rows) if run[:2] in rows]
    chosen = done[:: math.ceil(len(done) / count)]
    for model, seed, function in tqdm(chosen, unit="run"):
        try:
            row = json.loads(json.dumps({"model": model, "seed": seed, **function()}))
        except KeyboardInterrupt:
            print(f"Stopped: {file} is as it was.", file=sys.stderr)
            raise SystemExit(130) from None
        recorded = {k: v for k, v in rows[model, seed].items() if k not in ("seconds", "sum")}
        if row != recorded:
            keys = [key for key in row | recorded if row.get(key) != recorded.get(key)]
            sys.exit(
                f"{file} does not hold what this code gives: {model}, seed {seed} differs in "
                f"{', '.join(keys)}: {WAYS_OUT}."
            )
    write(file, source, rows.values(), json.loads(file.read_text(encoding="utf-8"))["date"])
    print(f"{len(chosen)} of {len(done)} runs give what {file} holds.")
    return file


def load(script):
    """Return the recorded results of an experiment, given its script's `__file__`."""
    file = Path(script).with_suffix(".json")
    if not file.exists():
        file = file.parent / "records" / file.name
    return json.loads(file.read_text(encoding="utf-8"))


def label(name, rate):
    """Return what a row calls a net with its learning rate."""
    return f"{name}, {rate}"


def part_label(label, part):
    """Return what a row calls a net in one part of an experiment, such as one task of several."""
    return f"{label}, {part}"


def part_of(record, part):
    """Return the record of one part of an experiment, whose rows call their nets as usual."""
    end = part_label("", part)
    rows = [row for row in record["rows"] if row["model"].endswith(end)]
    return record | {"rows": [row | {"model": row["model"].removesuffix(end)} for row in rows]}


def runs_at_rates(nets, settings, train):
    """Return runs for main: each net at each learning rate once per seed.

    train(name, rate, seed, settings) returns a row's other values.
    """
    return [
        (label(name, rate), seed, partial(train, name, rate, seed, settings))
        for name in nets
        for rate in settings["learning_rates"]
        for seed in range(settings["seeds"])
    ]


def data_seed(seed):
    """Return the seed of a run's data, which must not be drawn as its weights are."""
    return seed + 10_000


def choose(found, first, most):
    """Return the best of the rates tried, or None, and those still to try.

    found: rate -> validation bits. The best has a worse one on both sides, or `most` were tried.
    """
    start = [first, first / 2, first * 2]
    if missing := [rate for rate in start if rate not in found]:
        return None, missing
    best = min(found, key=found.get)
    if len(found) < most and best == max(found):
        return None, [best * 2]
    if len(found) < most and best == min(found):
        return None, [best / 2]
    return best, []


def chosen(rows, name, first, most, seeds, value):
    """Return the rate at which the worst seed of a net is best, or None, and the runs to find it.

    rows: (model, seed) -> row; name: what the net is called without its rate; first, most: as
    choose has them. The runs are pairs of a rate and a seed, those among the rows too.
    """
    found = {}
    for (model, seed), row in rows.items():
        before, _, rate = model.rpartition(", ")
        if before == name:
            found.setdefault(float(rate), {})[seed] = row[value]
    # Why the worst seed and not the mean: a rate at which some seeds are quick and others hardly
    # learn has a good mean whenever the few that choose are lucky. And a rate is out with its first
    # seed that is worse than all of another, so that the rest of its runs is saved.
    worst = {rate: max(by_seed.values()) for rate, by_seed in found.items()}
    missing = {rate: {*seeds} - by_seed.keys() for rate, by_seed in found.items()}
    bound = min((worst[rate] for rate in found if not missing[rate]), default=math.inf)
    going_on = [rate for rate in found if missing[rate] and worst[rate] <= bound]
    rate, untried = (None, going_on) if going_on else choose(worst, first, most)
    done = [(each, seed) for each, by_seed in found.items() for seed in seeds if seed in by_seed]
    return rate, list(dict.fromkeys(done + [(each, seed) for each in untried for seed in seeds]))


def choice_runs(seeds):
    """Return about how many runs choose a rate: two rates have all seeds, others a few of them."""
    return 2 * len(seeds) + 4


def edge(rate, tried):
    """Return what a row says of a rate with no worse one on either side: it decides nothing."""
    rates = {each for each, _ in tried}
    return {"edge": True} if rate in (min(rates), max(rates)) else {}


def tuned(rows, name, first, settings, train, value):
    """Return a net's runs: those that choose its rate, then its seeds at that rate.

    settings: among others `choice_seeds`, `most_rates` and `seeds`; train(rate, seed, tested)
    returns a row's other values, among them the value to choose by, those of the test part only
    where it is asked for them.
    """
    choosing = f"choice {name}"
    seeds, most = settings["choice_seeds"], settings["most_rates"]
    rate, tried = chosen(rows, choosing, first, most, seeds, value)
    runs = [
        (label(choosing, each), seed, partial(train, each, seed, False)) for each, seed in tried
    ]
    if rate:
        known = edge(rate, tried)
        runs += [
            (name, seed, lambda seed=seed: train(rate, seed, True) | known)
            for seed in settings["seeds"]
        ]
    return runs


def each_tuned(rows, names, settings, train, value):
    """Return the runs of several nets, each tuned by itself from `first_rate` on.

    train(name, rate, seed, tested, settings=settings) returns a row's other values.
    """
    return [
        run
        for name in names
        for run in tuned(
            rows, name, settings["first_rate"], settings,
            partial(train, name, settings=settings), value,
        )
    ]  # fmt: skip


def values(record, value):
    """Return model -> a value of each of its rows, for the models that have it."""
    found = {}
    for row in record["rows"]:
        if value in row:
            found.setdefault(row["model"], []).append(row[value])
    return found


def spread(record, value):
    """Return model -> (number of runs, mean, sample sd or None for a single run) of a value."""
    return {
        model: (len(v), statistics.mean(v), statistics.stdev(v) if len(v) > 1 else None)
        for model, v in values(record, value).items()
    }


def curves(record, rates, every):
    """Return net -> for each seed the steps and the values of its curve, at the net's rate.

    rates: net -> learning rate; every: how many steps lie between two values.
    """
    found = values(record, "curve")
    return {
        name: [
            ([every * (k + 1) for k in range(len(curve))], curve)
            for curve in found[label(name, rate)]
        ]
        for name, rate in rates.items()
    }


def best_rates(record, names, value):
    """Return net -> the learning rate with the lowest mean of a value, the first of equal ones."""
    found = spread(record, value)
    rates = record["settings"]["learning_rates"]
    return {name: min(rates, key=lambda rate: found[label(name, rate)][1]) for name in names}


def show(record, value):
    """Print a value's mean and spread for each model."""
    parameters = {row["model"]: row["parameters"] for row in record["rows"]}
    print(f"{'model':26} weights  {value}")
    for model, (_, mean, sd) in spread(record, value).items():
        plus_minus = f" ± {sd:.2f}" if sd is not None else ""
        print(f"{model:26} {parameters[model]:7} {mean:6.2f}{plus_minus}")


def show_best(record, names, chosen_by, value):
    """Print a value of each model, each net at the rate at which another value is lowest."""
    chosen = {row["model"]: "" for row in record["rows"] if row["seed"] is None}
    rates = best_rates(record, names, chosen_by)
    chosen |= {label(name, rate): rate for name, rate in rates.items()}
    weights, found = values(record, "parameters"), spread(record, value)
    print(f"{'model':14} {'weights' if weights else '':7}   rate  {value}")
    for model, rate in chosen.items():
        _, mean, sd = found[model]
        plus_minus = f" ± {sd:.2f}" if sd is not None else ""
        name, weight = model.removesuffix(f", {rate}"), weights.get(model, [""])[0]
        print(f"{name:14} {weight:7} {rate:>6}  {mean:5.2f}{plus_minus}")


def show_rates(record, names, value):
    """Print the mean of a value of each net at each learning rate."""
    print("rate  " + "".join(f"{name:>10}" for name in names))
    found = spread(record, value)
    for rate in record["settings"]["learning_rates"]:
        means = (found[label(name, rate)][1] for name in names)
        print(f"{rate:<6}" + "".join(f"{mean:10.2f}" for mean in means))


def show_choice(record, net):
    """Print the steps until done of the seeds that chose a net's rate, a line for each rate."""
    by_rate = values(
        {"rows": [row for row in record["rows"] if row["model"].startswith(f"choice {net},")]},
        "steps",
    )
    for name in sorted(by_rate, key=lambda name: float(name.rpartition(" ")[2])):
        print(f"{name.rpartition(' ')[2]:5}", *by_rate[name])


def show_origin(record):
    """Print when, where and with what the results were got."""
    print(f"recorded {record['date']} on {record['processor']}")
    for name, value in (record["versions"] | record["settings"]).items():
        inner = value.items() if isinstance(value, dict) else [("", value)]
        for key, number in inner:
            print(" ", *filter(None, (name, key)), number)


def flat(record):
    """Return all that must agree before rows may share a file, as one dict."""
    same = {key: record[key] for key in ("experiment", "processor", "rule") if key in record}
    return same | record["settings"] | record["versions"]


def write(file, source, rows, day=None):
    """Write the results file in one step, so that stopping at any moment leaves a whole file."""
    source = json.loads(json.dumps(source))
    rows = [row | {"sum": origin.row_sum(source, row)} for row in rows]
    record = source | {
        "date": day or date.today().isoformat(),
        "seconds": round(sum(row["seconds"] for row in rows), 2),
        "rows": "ROWS",
    }
    # One row per line keeps a diff readable; the json module alone would give each number a line.
    lines = ",\n".join("    " + json.dumps(row, sort_keys=True, allow_nan=False) for row in rows)
    text = json.dumps(record, indent=2, sort_keys=True).replace('"ROWS"', f"[\n{lines}\n  ]")
    temporary = file.with_name(file.name + ".partial")
    temporary.write_text(text + "\n", encoding="utf-8", newline="\n")
    os.replace(temporary, file)


def processor(device=DEVICE):
    """Return the model name of the processor or, for a GPU, of the GPU."""
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
