"""What needs a GPU, in one queue by value: cuDNN's speed, then text of 10^6 to 10^8 characters.

A row is kept as soon as its run is done, a run that is kept is skipped, and the queue stops by
itself. It measures its pace first and says what will not fit; that falls off its end. To go on
with the record in records/, copy it into the folder that --out names first, and back afterwards.
"""

import argparse
import json
import math
import os
import statistics
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import torch

import characters
import harness
import origin
import sizes
import speed_gpu
import texts

SETTINGS = {
    "speed": speed_gpu.SETTINGS,
    "speed_seconds": 90,  # then the rest of the timings waits for the end of the queue
    # Nets that train side by side, each in a stream of its own: as many of these as read most.
    "lanes": [1, 3, 6],
    "captured": True,  # a step is captured as a graph once, and replayed
    "precision": "tf32",
    "text": "kernel",
    "embedding": 64,
    "time": 128,  # characters of a piece, over which gradients are carried
    "batch_size": 64,
    "max_norm": 1.0,
    "evaluation_rows": 250,
    "evaluation_time": 500,
    "checks": 10,  # of the validation part, over a run
    # The learning rate of each net is chosen at this size in one pass, and carried over to the
    # others: three rates in steps of 2 around the first, and on until the best lies inside.
    "choice": {"characters": 10_000_000, "passes": 1, "most": 7},
    # By nets that are not compared. The first rows of the record are from before that was so: their
    # choice has seed 0, and its rate was carried over to 10^8 characters, where one diverged.
    "choice_seeds": [100],
    "first_rate": {"256": 0.004, "512": 0.002, "1024": 0.001},
    # By value. A width is the GRU's (direction "down": the others get its parameters) or the
    # LSTM's ("up": the GRU gets the LSTM's); whole models, by their number of parameters. Where
    # it says "lower", rates below the one that was carried over are tried at this size, too.
    "plan": [
        {"characters": 10**8, "passes": 1, "widths": [1024], "seeds": [0, 1, 2], "lower": True},
        {"characters": 10**8, "passes": 1, "widths": [256], "seeds": [0, 1, 2], "lower": True},
        {"characters": 10**7, "passes": 4, "widths": [1024, 256], "seeds": [0, 1, 2]},
        {"characters": 10**6, "passes": 10, "widths": [1024, 256], "seeds": [0, 1, 2]},
        {"characters": 10**7, "passes": 4, "widths": [256, 1024], "seeds": [0, 1, 2],
         "cells": ["RNN"]},
        {"characters": 10**7, "passes": 4, "widths": [512], "seeds": [0, 1, 2]},
        {"characters": 10**7, "passes": 12, "widths": [256, 1024], "seeds": [0, 1, 2]},
        {"characters": 10**6, "passes": 30, "widths": [256, 1024], "seeds": [0, 1, 2]},
        {"characters": 10**7, "passes": 4, "widths": [256, 1024],
         "seeds": [3, 4, 5, 6, 7, 8, 9]},
        {"characters": 10**7, "passes": 4, "widths": [256], "seeds": [0, 1, 2],
         "direction": "up"},
        {"characters": 10**6, "passes": 10, "widths": [1024, 256],
         "seeds": [3, 4, 5, 6, 7, 8, 9]},
        {"characters": 10**8, "passes": 1, "widths": [512], "seeds": [0, 1, 2], "lower": True},
    ],
}  # fmt: skip
# What decides which runs there are and when, and nothing within a row: it may change on the way.
ORDER = ("plan", "lanes", "speed_seconds", "choice_seeds")
QUICK = {
    "speed": speed_gpu.SETTINGS
    | {"hidden_sizes": [8, 16], "layers": [1, 2], "time": 4, "repetitions": 2,
       "least_milliseconds": 0.0, "precisions": ["float32"]},
    "lanes": [1, 2],
    "text": "code",
    "time": 16,
    "batch_size": 8,
    "evaluation_rows": 10,
    "evaluation_time": 50,
    "checks": 2,
    "held_out": 3_000,
    "choice": {"characters": 8_000, "passes": 1, "most": 4},
    "first_rate": {"16": 0.01},
    "plan": [
        {"characters": 8_000, "passes": 2, "widths": [16], "seeds": [0, 1]},
        {"characters": 20_000, "passes": 1, "widths": [16], "seeds": [0], "lower": True},
        {"characters": 8_000, "passes": 2, "widths": [16], "seeds": [0], "cells": ["RNN"]},
        {"characters": 8_000, "passes": 2, "widths": [16], "seeds": [0], "direction": "up"},
    ],
}  # fmt: skip
PACE = 24  # steps over which a pace is measured


@dataclass(frozen=True)
class Job:
    """One run: what its row is called, and either a case of the timings or a net to train."""

    model: str
    seed: int
    case: tuple | None = None
    net: characters.Net | None = None
    characters: int = 0
    passes: int = 0
    rate: float = 0.0

    @property
    def key(self):
        return self.model, self.seed


def nets(width, cells, direction, settings):
    """Return the nets of a comparison, all of one number of parameters."""
    counted = settings["characters_known"], settings["embedding"]
    return characters.nets(width, cells, direction, *counted, step=4)


def choices(net, rows, settings):
    """Return the rate chosen for a net, or None, and the jobs of its choice."""
    how, name = settings["choice"], f"choice {net.name}"
    first, seeds = settings["first_rate"][str(net.width)], settings["choice_seeds"]
    own = {key: row for key, row in rows.items() if key[1] in seeds}
    rate, tried = harness.chosen(own, name, first, how["most"], seeds, "validation_bits")
    return rate, [
        Job(harness.label(name, each), seed, None, net, how["characters"], how["passes"], each)
        for each, seed in tried
    ]


def lowered(net, part, rate, entry, rows, settings):
    """Return the best of a net's rates at an entry's size, or None, and the jobs of that choice.

    rate: carried over from a smaller size, where twice of it was worse. Half of it is tried, and
    half of that as long as the lowest is the best: a longer training may not bear the same rate.
    """
    name, seeds = harness.part_label(f"choice {net.name}", part), settings["choice_seeds"]
    size, passes = entry["characters"], entry["passes"]
    rates, found = [rate, rate / 2], {}
    while True:
        for each in rates[len(found) :]:
            keys = [(harness.label(name, each), seed) for seed in seeds]
            found[each] = [rows[key]["validation_bits"] for key in keys if key in rows]
        jobs = [
            Job(harness.label(name, each), seed, None, net, size, passes, each)
            for each in rates
            for seed in seeds
        ]
        if any(len(each) < len(seeds) for each in found.values()):
            return None, jobs
        best = min(found, key=lambda each: statistics.mean(found[each]))
        if best > rates[-1] or len(rates) == settings["choice"]["most"]:
            return best, jobs
        rates.append(best / 2)


def called(net, part, rate, rows):
    """Return what the rows of a net are called: with their rate, if there are others at another."""
    name = harness.part_label(f"text {net.name}", part)
    others = {row["rate"] for (model, _), row in rows.items() if model == name} - {rate}
    return harness.part_label(name, f"rate {rate}") if others else name


def timings(rows, settings):
    """Return the timings that are not among the rows, in the order of value."""
    jobs = [Job(speed_gpu.label(*case), 0, case) for case in speed_gpu.rows(settings["speed"])]
    return [job for job in jobs if job.key not in rows]


def todo(rows, settings):
    """Return the nets that can be trained now and are not among the rows, in the order of value.

    rows: (model, seed) -> row. A net's runs follow once its learning rate is chosen.
    """
    found = {}
    for entry in settings["plan"]:
        for _, jobs in of_entry(entry, rows, settings):
            found |= {job.key: job for job in jobs if job.key not in rows | found}
    return list(found.values())


def of_entry(entry, rows, settings):
    """Yield each net of an entry of the plan with the jobs that can be done for it."""
    cells = entry.get("cells", ["GRU", "LSTM"])
    for seed in entry["seeds"]:
        for width in entry["widths"]:
            for net in nets(width, cells, entry.get("direction", "down"), settings):
                rate, jobs = choices(net, rows, settings)
                size, passes = entry["characters"], entry["passes"]
                part = f"{size} characters, {passes} passes"
                if rate and entry.get("lower"):
                    rate, jobs = lowered(net, part, rate, entry, rows, settings)
                if rate:
                    name = called(net, part, rate, rows)
                    jobs = [Job(name, seed, None, net, size, passes, rate)]
                yield net, jobs


def steps(job, settings):
    """Return how many steps a net's training takes."""
    return job.passes * job.characters // (settings["time"] * settings["batch_size"])


def make(net, seed, settings, device):
    """Return a net as its training finds it; a seed means the same on every device."""
    torch.manual_seed(seed)
    return characters.CharacterModel(
        net.cell, net.hidden_size, settings["characters_known"], settings["embedding"]
    ).to(device)


def train(job, parts, settings, device):
    """Train a net, a step for each value taken; return its row's values in the end."""
    model = make(job.net, job.seed, settings, device)
    training, validation, test = parts
    values = yield from characters.fit(
        model, training[: job.characters], validation, job.rate, job.seed,
        settings | {"passes": job.passes},
    )  # fmt: skip
    chosen = job.model.startswith("choice")  # that a rate is chosen must not look at the test part
    return (
        values
        | {
            "parameters": sizes.count(model),
            "recurrent": sizes.count(model.rnn),
            "width": job.net.width,
            "direction": job.net.direction,
            "characters": job.characters,
            "passes": job.passes,
            "rate": job.rate,
            "validation_bits": min(values["curve"]),
        }
        | ({} if chosen else {"test_bits": round(characters.bits(model, test, settings), 5)})
    )


def read(settings, device):
    """Return the parts of the text on the device, and the settings with what they say of it."""
    text = texts.load(settings["text"])
    most = settings.get("held_out")
    parts = [torch.from_numpy(getattr(text, part)).to(device) for part in texts.PARTS]
    parts[1:] = [part[:most] for part in parts[1:]]
    return parts, settings | {
        "characters_known": len(text.alphabet),
        "text_hash": text.hash,
        "text_origin": text.origin,
    }


class Lane:
    """A net in training, in a stream of its own."""

    def __init__(self, job, parts, settings, device):
        self.job, self.began = job, time.perf_counter()
        self.stream = torch.cuda.Stream(device) if device.type == "cuda" else None
        self.steps = train(job, parts, settings, device)

    def advance(self):
        """Take a step; return the row's values if it was the last, else None."""
        with torch.cuda.stream(self.stream):
            try:
                next(self.steps)
            except StopIteration as stop:
                return stop.value
        return None


def pace(net, count, parts, settings, device):
    """Return the seconds of a step of a net when `count` of it train side by side."""
    long = PACE * 4 * settings["time"] * settings["batch_size"]
    job = Job("pace", 0, None, net, long, 1, 0.001)
    lanes = [Lane(job, parts, settings | {"checks": 1}, device) for _ in range(count)]
    for lane in lanes:
        lane.advance()
    wait(device)
    start = time.perf_counter()
    for _ in range(PACE):
        for lane in lanes:
            lane.advance()
    wait(device)
    return (time.perf_counter() - start) / PACE


def wait(device):
    """Wait until the device has done what it was told."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def agree(net, parts, settings, device):
    """Return by how many bits captured steps differ from plain ones after some steps."""
    found = []
    for captured in (False, True):
        long = PACE * 2 * settings["time"] * settings["batch_size"]
        job = Job("agree", 0, None, net, long, 1, 0.001)
        lane = Lane(job, parts, settings | {"captured": captured, "checks": 1}, device)
        while (row := lane.advance()) is None:
            pass
        found.append(row["validation_bits"])
    return abs(found[0] - found[1])


class Queue:
    """The record, and what is left to do until the end of the time."""

    def __init__(self, file, source, rows, parts, settings, device, end):
        self.file, self.source, self.rows = file, source, rows
        self.parts, self.settings, self.device, self.end = parts, settings, device, end
        self.lanes, self.paces = 1, {}

    @property
    def left(self):
        return self.end - time.perf_counter()

    def keep(self, job, values, began):
        """Keep a row at once."""
        row = {"model": job.model, "seed": job.seed, "code": self.source["code"], **values}
        row["seconds"] = round(time.perf_counter() - began, 2)
        self.rows[job.key] = row
        harness.write(self.file, self.source, self.rows.values())
        shown = ("ratio", "validation_bits", "test_bits", "seconds")
        said = ", ".join(f"{key} {row[key]}" for key in shown if key in row)
        print(f"[{self.left:4.0f} s left] {job.model}, seed {job.seed}: {said}", flush=True)

    def seconds(self, job):
        """Return about how long a net trains beside others, by the nearest that was measured."""
        nearest = min(self.paces, key=lambda net: abs(net.hidden_size - job.net.hidden_size))
        return self.paces[nearest] * steps(job, self.settings)

    def measure(self):
        """Measure how many nets side by side read most, and the pace of those of the plan."""
        widths = {w: None for entry in self.settings["plan"][:3] for w in entry["widths"]}
        cells = ["GRU", "LSTM"]
        every = [net for w in widths for net in nets(w, cells, "down", self.settings)]
        arguments = self.parts, self.settings, self.device
        found = {n: pace(every[0], n, *arguments) for n in self.settings["lanes"]}
        self.lanes = max(found, key=lambda n: n / found[n])
        self.paces = {net: pace(net, self.lanes, *arguments) for net in every[1:]}
        self.paces[every[0]] = found[self.lanes]
        size = self.settings["time"] * self.settings["batch_size"]
        for n, seconds in found.items():
            self.say(f"{n} x {every[0].cell} H={every[0].hidden_size}", n * size / seconds)
        for net, seconds in self.paces.items():
            self.say(f"{self.lanes} x {net.cell} H={net.hidden_size}", self.lanes * size / seconds)

    def say(self, what, pace):
        """Print how fast nets read."""
        print(f"{what}: {pace:,.0f} characters a second in all", flush=True)

    def forecast(self):
        """Say what each entry of the plan will take, and from which on there is no time."""
        total, seen = 0.0, set()
        how = self.settings["choice"]
        print(f"{self.left:.0f} s are left for:")
        for number, entry in enumerate(self.settings["plan"], 1):
            jobs = []
            for net, _ in of_entry(entry, self.rows, self.settings):
                jobs.append(Job("", 0, None, net, entry["characters"], entry["passes"]))
                if entry.get("lower") and (net, number) not in seen:  # of two, at this size
                    jobs += [jobs[-1]] * 2
                    seen.add((net, number))
                if net not in seen:  # its rate is chosen first, of about four
                    jobs += [Job("", 0, None, net, how["characters"], how["passes"])] * 4
                    seen.add(net)
            total += sum(map(self.seconds, jobs)) / self.lanes
            fits = "fits" if total < self.left else "will not fit"
            print(f"  {number}. {entry}: {len(jobs)} runs, {total:.0f} s in all: {fits}")
        print(end="", flush=True)

    def go(self):
        """Do what can be done until the time is over: timings, nets, the rest of the timings."""
        cases = {job.key for job in timings({}, self.settings)}
        spent = sum(row["seconds"] for key, row in self.rows.items() if key in cases)
        self.time_cells(self.settings["speed_seconds"] - spent)
        if todo(self.rows, self.settings):
            speed_gpu.allow(self.settings["precision"])
            self.measure()
            self.forecast()
            self.train()
        self.time_cells(math.inf)

    def time_cells(self, most):
        """Do timings, one after another and nothing beside them, for so many seconds at most."""
        end = min(self.end, time.perf_counter() + most)
        for job in timings(self.rows, self.settings):
            if (began := time.perf_counter()) > end:
                return
            values = speed_gpu.measure(job.case, self.device, self.settings["speed"])
            self.keep(job, values, began)
            if self.device.type == "cuda":
                torch.cuda.empty_cache()

    def train(self):
        """Train nets side by side until the time is over or none is left that fits."""
        lanes, look = [], True
        while self.left > 0:
            while look and len(lanes) < self.lanes:
                if look := self.next(lanes):
                    lanes.append(Lane(look, self.parts, self.settings, self.device))
            if not lanes:
                return
            for lane in list(lanes):
                values = lane.advance()
                if values is not None:
                    self.keep(lane.job, values | {"beside": len(lanes) - 1}, lane.began)
                    lanes.remove(lane)
                    look = True  # what follows from the row may fit
        for lane in lanes:
            print(f"cut: {lane.job.model}, seed {lane.job.seed}")

    def next(self, lanes):
        """Return the next net to train that is not under way and fits, None if there is none."""
        under_way = {lane.job.key for lane in lanes}
        for job in todo(self.rows, self.settings):
            if job.key not in under_way and self.seconds(job) < self.left:
                return job
        return None


def main(argv=None, script=__file__, settings=SETTINGS):
    """Run the queue; return 0, also where the time was over before it was empty.

    script: whose name the record has, settings: those of its queue.
    """
    begun = time.perf_counter()
    name = Path(script).stem
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--out", type=Path, required=True, help=f"folder of the record, {name}.json"
    )
    parser.add_argument("--minutes", type=float, default=8.0, help="then it stops by itself")
    parser.add_argument("--device", default="cuda", help="cpu for a trial")
    parser.add_argument("--quick", action="store_true", help="tiny settings, for a trial")
    parser.add_argument("--plain", action="store_true", help="capture no step")
    args = parser.parse_args(argv)
    if not args.out.is_dir():
        parser.error(f"--out needs a folder that exists, not {args.out}")
    if args.device.startswith("cuda") and not torch.cuda.is_available():
        parser.error("there is no GPU here; --device cpu --quick tries the queue without one")
    device = torch.device(args.device)
    settings = settings | QUICK if args.quick else settings
    if args.plain or device.type == "cpu":
        settings = settings | {"captured": False}
    try:
        parts, settings = read(settings, device)
    except texts.Missing as error:
        parser.error(str(error))
    versions = {"python": sys.version.split()[0]}
    versions |= {package: harness.version(package) for package in ("torch", "numpy")}
    if device.type == "cuda":
        versions |= {"cuda": torch.version.cuda, "cudnn": torch.backends.cudnn.version()}
    source = {
        "experiment": name,
        "code": origin.code(Path(__file__), "Queue"),
        "processor": harness.processor(device),
        "settings": settings,
        "versions": versions,
        "rule": origin.rule(),
    }
    file = args.out / f"{name}.json"
    print(f"{date.today()}, {source['processor']}, {versions}, rule {source['rule'][:16]}")
    print(f"text {settings['text']}, {len(parts[0]):,} characters, {settings['text_origin']}")
    with harness.alone(file):
        rows = resumed(file, source) if file.exists() else {}
        end = begun + 60 * args.minutes
        if settings["captured"]:
            works(parts, settings, device, args, script, end)
        queue = Queue(file, source, rows, parts, settings, device, end)
        try:
            queue.go()
        except KeyboardInterrupt:
            print(f"Stopped: {len(rows)} rows are kept in {file}; start again to go on.")
            return 130
    print(f"{len(rows)} rows in {file} after {(time.perf_counter() - begun) / 60:.1f} minutes.")
    for job in timings(rows, settings) + todo(rows, settings):
        print(f"not done: {job.model}, seed {job.seed}")
    return 0


def resumed(file, source):
    """Return the rows of a record that is gone on with; each says by which code it was made.

    SystemExit if they were got otherwise in what decides them.
    """
    try:
        recorded = json.loads(file.read_text(encoding="utf-8"))["settings"]
    except (ValueError, KeyError, TypeError):
        recorded = {}  # the harness says that the file is damaged
    settings = {name: each for name, each in source["settings"].items() if name not in ORDER}
    settings |= {name: recorded[name] for name in ORDER if name in recorded}
    return harness.read(file, source | {"settings": settings}, None, confirming=True)


def works(parts, settings, device, args, script, end):
    """Try whether captured steps do what plain ones do; else begin anew without them."""
    speed_gpu.allow(settings["precision"])
    (net,) = nets(settings["plan"][0]["widths"][-1], ["GRU"], "down", settings)
    try:
        apart = agree(net, parts, settings, device)
        print(f"captured and plain steps end {apart:.5f} bits apart", flush=True)
        if apart < 0.01:
            return
    except RuntimeError as error:
        print(f"a step cannot be captured here: {error}", flush=True)
    minutes = (end - time.perf_counter()) / 60
    arguments = ["--plain", "--out", args.out, "--minutes", minutes, "--device", args.device]
    arguments += ["--quick"] if args.quick else []
    os.execv(sys.executable, [sys.executable, script, *map(str, arguments)])


if __name__ == "__main__":
    sys.exit(main())
