"""What a GPU is lent for, in one queue by value: cuDNN's speed, then text of 10^6 to 10^8 characters.

A row is kept as soon as its run is done, a run that is kept is skipped, and the queue stops by
itself. It measures its pace first and says what will not fit; that falls off its end.
"""

import argparse
import os
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import torch

import characters
import harness
import origin
import speed_gpu
import texts

SETTINGS = {
    "speed": speed_gpu.SETTINGS,
    "speed_seconds": 90,  # then the rest of the timings waits for the end of the queue
    "lanes": 6,  # nets that train side by side, each in a stream of its own
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
    # The learning rate of each net is chosen at this size in one pass with one seed, and carried
    # over to the others: three rates in steps of 2 around the first, and on until the best lies
    # inside.
    "choice": {"characters": 10_000_000, "passes": 1, "most": 7},
    "first_rate": {"256": 0.004, "512": 0.002, "1024": 0.001},
    # By value. A width is the GRU's (direction "down": the others get its parameters) or the
    # LSTM's ("up": the GRU gets the LSTM's); whole models, by their number of parameters.
    "plan": [
        {"characters": 10**7, "passes": 4, "widths": [1024, 256], "seeds": [0, 1, 2]},
        {"characters": 10**6, "passes": 10, "widths": [1024, 256], "seeds": [0, 1, 2]},
        {"characters": 10**8, "passes": 1, "widths": [1024, 256], "seeds": [0]},
        {"characters": 10**8, "passes": 1, "widths": [1024, 256], "seeds": [1, 2]},
        {"characters": 10**7, "passes": 4, "widths": [256, 1024], "seeds": [0, 1, 2],
         "cells": ["RNN"]},
        {"characters": 10**6, "passes": 10, "widths": [1024, 256],
         "seeds": [3, 4, 5, 6, 7, 8, 9]},
        {"characters": 10**7, "passes": 4, "widths": [256], "seeds": [0, 1, 2],
         "direction": "up"},
        {"characters": 10**7, "passes": 4, "widths": [256, 1024],
         "seeds": [3, 4, 5, 6, 7, 8, 9]},
        {"characters": 10**7, "passes": 4, "widths": [512], "seeds": [0, 1, 2]},
        {"characters": 10**8, "passes": 1, "widths": [512], "seeds": [0, 1, 2]},
    ],
}  # fmt: skip
QUICK = {
    "speed": speed_gpu.SETTINGS
    | {"hidden_sizes": [8, 16], "layers": [1, 2], "time": 4, "repetitions": 2,
       "least_milliseconds": 0.0, "precisions": ["float32"]},
    "lanes": 2,
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
        {"characters": 20_000, "passes": 1, "widths": [16], "seeds": [0]},
        {"characters": 8_000, "passes": 2, "widths": [16], "seeds": [0], "cells": ["RNN"]},
        {"characters": 8_000, "passes": 2, "widths": [16], "seeds": [0], "direction": "up"},
    ],
}  # fmt: skip
PACE = 24  # steps over which a pace is measured


@dataclass(frozen=True)
class Net:
    """A net on text: its cell and its size."""

    cell: str
    hidden_size: int
    width: int  # the size of the net that the others of its comparison are matched to
    direction: str


@dataclass(frozen=True)
class Job:
    """One run: what its row is called, and either a case of the timings or a net to train."""

    model: str
    seed: int
    case: tuple | None = None
    net: Net | None = None
    characters: int = 0
    passes: int = 0
    rate: float = 0.0

    @property
    def key(self):
        return self.model, self.seed


def nets(width, cells, direction, settings):
    """Return the nets of a comparison, all of one number of parameters."""
    first = "GRU" if direction == "down" else "LSTM"
    counted = settings["characters_known"], settings["embedding"]
    parameters = characters.weights(first, width, *counted)
    return [
        Net(
            cell,
            width if cell == first else characters.matched(cell, parameters, *counted),
            width,
            direction,
        )
        for cell in cells
    ]


def choose(found, first, most):
    """Return the best of the rates tried, or None, and those still to try.

    found: rate -> validation bits. The best has a worse one on both sides, or `most` were tried.
    """
    start = [first / 2, first, first * 2]
    if missing := [rate for rate in start if rate not in found]:
        return None, missing
    best = min(found, key=found.get)
    if len(found) < most and best == max(found):
        return None, [best * 2]
    if len(found) < most and best == min(found):
        return None, [best / 2]
    return best, []


def choices(net, rows, settings):
    """Return the rate chosen for a net, or None, and the jobs that its choice still needs."""
    how = settings["choice"]
    name = f"choice {net.cell} H={net.hidden_size}, rate "
    found = {
        float(model.removeprefix(name)): row["validation_bits"]
        for (model, _), row in rows.items()
        if model.startswith(name)
    }
    rate, missing = choose(found, settings["first_rate"][str(net.width)], how["most"])
    return rate, [
        Job(f"{name}{rate!r}", 0, None, net, how["characters"], how["passes"], rate)
        for rate in missing
    ]


def todo(rows, settings):
    """Return the jobs that can be done now and are not among the rows, in the order of value.

    rows: (model, seed) -> row. A net's runs follow once its learning rate is chosen.
    """
    speed = [Job(speed_gpu.label(*case), 0, case) for case in speed_gpu.rows(settings["speed"])]
    spent = sum(rows[job.key]["seconds"] for job in speed if job.key in rows)
    text = []
    for entry in settings["plan"]:
        text += [job for _, jobs in of_entry(entry, rows, settings) for job in jobs]
    jobs = speed + text if spent < settings["speed_seconds"] else text + speed
    once = {job.key: job for job in reversed(jobs) if job.key not in rows}
    return [job for job in jobs if once.get(job.key) is job]


def of_entry(entry, rows, settings):
    """Yield each net of an entry of the plan with the jobs that can be done for it."""
    cells = entry.get("cells", ["GRU", "LSTM"])
    for seed in entry["seeds"]:
        for width in entry["widths"]:
            for net in nets(width, cells, entry.get("direction", "down"), settings):
                rate, jobs = choices(net, rows, settings)
                if rate:
                    size = entry["characters"]
                    name = f"text {net.cell} H={net.hidden_size}, {size} characters"
                    jobs = [Job(name, seed, None, net, size, entry["passes"], rate)]
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
            "parameters": characters.sizes.count(model),
            "recurrent": characters.sizes.count(model.rnn),
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
        self.paces = {}

    @property
    def left(self):
        return self.end - time.perf_counter()

    def keep(self, job, values, began):
        """Keep a row at once."""
        row = {"model": job.model, "seed": job.seed, **values}
        row["seconds"] = round(time.perf_counter() - began, 2)
        self.rows[job.key] = row
        harness.write(self.file, self.source, self.rows.values())
        shown = ("ratio", "validation_bits", "test_bits", "seconds")
        said = ", ".join(f"{key} {row[key]}" for key in shown if key in row)
        print(f"[{self.left:4.0f} s left] {job.model}, seed {job.seed}: {said}", flush=True)

    def seconds(self, job):
        """Return about how long a job will take beside others."""
        if job.case:
            return 5.0 if self.device.type == "cuda" else 0.1
        known = self.paces.get(job.net) or self.nearest(job.net)
        return known * steps(job, self.settings)

    def nearest(self, net):
        """Return the pace of the measured net that is nearest in size."""
        distances = {abs(each.hidden_size - net.hidden_size): p for each, p in self.paces.items()}
        return distances[min(distances)]

    def measure(self):
        """Measure the pace of the nets that the plan begins with; say what will fit."""
        widths = {w: None for entry in self.settings["plan"][:3] for w in entry["widths"]}
        for width in widths:
            for net in nets(width, ["GRU", "LSTM"], "down", self.settings):
                arguments = self.parts, self.settings, self.device
                alone, beside = (
                    pace(net, count, *arguments) for count in (1, self.settings["lanes"])
                )
                self.paces[net] = beside
                piece = self.settings["time"] * self.settings["batch_size"]
                print(
                    f"{net.cell} H={net.hidden_size}: {piece / alone:,.0f} characters a second "
                    f"alone, {piece * self.settings['lanes'] / beside:,.0f} with "
                    f"{self.settings['lanes']} side by side",
                    flush=True,
                )

    def forecast(self):
        """Say what each entry of the plan will take, and from which on there is no time."""
        total, seen = 0.0, set()
        print(f"{self.left:.0f} s are left for:")
        for number, entry in enumerate(self.settings["plan"], 1):
            jobs = [
                Job("", seed, None, net, entry["characters"], entry["passes"], 0.0)
                for seed in entry["seeds"]
                for width in entry["widths"]
                for net in nets(
                    width, entry.get("cells", ["GRU", "LSTM"]), entry.get("direction", "down"),
                    self.settings,
                )
            ]  # fmt: skip
            how = self.settings["choice"]
            for net in {job.net for job in jobs} - seen:
                jobs += [Job("", 0, None, net, how["characters"], how["passes"], 0.0)] * 4
                seen.add(net)
            total += sum(map(self.seconds, jobs)) / self.settings["lanes"]
            fits = "fits" if total < self.left else "will not fit"
            print(f"  {number}. {entry}: {len(jobs)} runs, {total:.0f} s in all: {fits}")

    def go(self):
        """Do the jobs in order until the time is over."""
        measured = False
        while self.left > 0:
            first = next(iter(todo(self.rows, self.settings)), None)
            if first is None:
                return
            if first.case:
                began = time.perf_counter()
                self.keep(
                    first, speed_gpu.measure(first.case, self.device, self.settings["speed"]), began
                )
                if self.device.type == "cuda":
                    torch.cuda.empty_cache()
                continue
            if not measured:
                speed_gpu.allow(self.settings["precision"])
                self.measure()
                self.forecast()
                measured = True
            if not self.side_by_side():
                return

    def side_by_side(self):
        """Train nets until no job of theirs is left that fits; return whether any was done."""
        lanes, done = [], 0
        while True:
            while len(lanes) < self.settings["lanes"] and (job := self.next(lanes)):
                lanes.append(Lane(job, self.parts, self.settings, self.device))
            if not lanes or self.left <= 0:
                for lane in lanes:
                    print(f"cut: {lane.job.model}, seed {lane.job.seed}")
                return done
            for lane in list(lanes):
                values = lane.advance()
                if values is not None:
                    self.keep(lane.job, values | {"beside": len(lanes) - 1}, lane.began)
                    lanes.remove(lane)
                    done += 1

    def next(self, lanes):
        """Return the next job to train that is not under way and fits, None if there is none."""
        under_way = {lane.job.key for lane in lanes}
        for job in todo(self.rows, self.settings):
            if job.net and job.key not in under_way and self.seconds(job) < self.left:
                return job
        return None


def main(argv=None):
    """Run the queue; return 0, also where the time was over before it was empty."""
    begun = time.perf_counter()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="folder of the record, gpu.json")
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
    settings = SETTINGS | QUICK if args.quick else SETTINGS
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
        "experiment": "gpu",
        "code": origin.code(Path(__file__), "Queue"),
        "processor": harness.processor(device),
        "settings": settings,
        "versions": versions,
        "rule": origin.rule(),
    }
    file = args.out / "gpu.json"
    print(f"{date.today()}, {source['processor']}, {versions}, rule {source['rule'][:16]}")
    print(f"text {settings['text']}, {len(parts[0]):,} characters, {settings['text_origin']}")
    with harness.alone(file):
        rows = harness.read(file, source, None) if file.exists() else {}
        end = begun + 60 * args.minutes
        if settings["captured"]:
            works(file, parts, settings, device, args)
        queue = Queue(file, source, rows, parts, settings, device, end)
        try:
            queue.go()
        except KeyboardInterrupt:
            print(f"Stopped: {len(rows)} rows are kept in {file}; start again to go on.")
            return 130
    print(f"{len(rows)} rows in {file} after {(time.perf_counter() - begun) / 60:.1f} minutes.")
    for job in todo(rows, settings):
        print(f"not done: {job.model}, seed {job.seed}")
    return 0


def works(file, parts, settings, device, args):
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
    arguments = ["--plain", "--out", str(args.out), "--minutes", str(args.minutes - 0.5)]
    arguments += ["--device", args.device] + (["--quick"] if args.quick else [])
    os.execv(sys.executable, [sys.executable, str(Path(__file__).resolve()), *arguments])


if __name__ == "__main__":
    sys.exit(main())
