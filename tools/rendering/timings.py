"""Writes the recorded ratios of time into a page's tables, a row of each from the experiment.

The page holds a table's head in its own language; below it a line asks for the rows, such as
<!-- generated: speed-cells -->
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean, median, stdev

from tools.project import files
from tools.project.files import EXPERIMENTS
from tools.sources.languages import Language
from tools.translations.overview import Overview

FILE = EXPERIMENTS / "speed.json"
SCANS = EXPERIMENTS / "scan.json"
ON_A_GPU = EXPERIMENTS / "records/gpu.json"


class Measurements:
    """The recorded times: by comparison, then by net, one for each repetition.

    A row holds one repetition of its comparison, or all of them.
    """

    def __init__(self, root: Path, file: Path = FILE):
        self.data = files.read_record(root / file)
        self.times: dict[str, dict[str, list[float]]] = {}
        for row in self.data["rows"]:
            for net, time in row.get("milliseconds", {}).items():
                repetitions = time if isinstance(time, list) else [time]
                self.times.setdefault(row["model"], {}).setdefault(net, []).extend(repetitions)

    def ratios(self, comparison: str, above: str, below: str) -> list[float]:
        """Divide one net's time by another's, in each repetition."""
        nets = self.times[comparison]
        return [a / b for a, b in zip(nets[above], nets[below], strict=True)]

    def ratio(self, comparison: str, above: str, below: str) -> float:
        """Divide the medians over all repetitions."""
        nets = self.times[comparison]
        return median(nets[above]) / median(nets[below])

    def ratio_with_spread(self, comparison: str, above: str, below: str) -> str:
        """Write the ratio of the medians, ± the distance of the farthest repetition from it."""
        middle = self.ratio(comparison, above, below)
        far = max(abs(each - middle) for each in self.ratios(comparison, above, below))
        return f"{middle:.2f} ± {far:.2f}"

    def first_call(self) -> float:
        """Count how many calls of nn.GRU the first call of the compiled layer takes."""
        (first, *_) = (row["first"] for row in self.data["rows"] if "first" in row)
        compiled: float = first["GRU by hand, compiled"]
        return compiled / median(self.times["compiled"]["GRU"])

    def sizes(self, kind: str) -> Iterator[tuple[str, str, str]]:
        """Find each comparison of a kind, with its hidden size and its batch."""
        for comparison in self.times:
            if found := re.fullmatch(rf"{kind} H=(\d+) B=(\d+)", comparison):
                yield comparison, found[1], found[2]


def _recorded(measurements: Measurements) -> list[list[str]]:
    data = measurements.data
    return [[data["processor"], data["versions"]["torch"].partition("+")[0], data["date"]]]


def _cells(measurements: Measurements) -> list[list[str]]:
    return [
        [
            batch,
            size,
            measurements.ratio_with_spread(comparison, "RNN", "LSTM"),
            measurements.ratio_with_spread(comparison, "GRU", "LSTM"),
            measurements.ratio_with_spread(comparison, "GRU, no oneDNN", "LSTM, no oneDNN"),
        ]
        for comparison, size, batch in measurements.sizes("cells")
    ]


def _threads(measurements: Measurements) -> list[list[str]]:
    return [
        [batch, size]
        + [
            measurements.ratio_with_spread(comparison, f"{cell}, threads 1", f"{cell}, threads 2")
            for cell in ("GRU", "LSTM")
        ]
        for comparison, size, batch in measurements.sizes("threads")
    ]


def _batch(measurements: Measurements) -> list[list[str]]:
    return [
        [
            cell,
            str(times),
            measurements.ratio_with_spread("batch", f"{cell}, batch {times}", f"{cell}, batch 1"),
            measurements.ratio_with_spread(
                "batch", f"{cell}, steps {50 * times}", f"{cell}, batch 1"
            ),
        ]
        for cell in ("GRU", "LSTM")
        for times in (8, 64)
    ]


def _packed(measurements: Measurements) -> list[list[str]]:
    return [
        [cell]
        + [
            measurements.ratio_with_spread(
                "packed", f"{cell}, shortest {length}", f"{cell}, shortest 0"
            )
            for length in (49, 1)
        ]
        for cell in ("GRU", "LSTM")
    ]


def _compiled(measurements: Measurements) -> list[list[str]]:
    return [
        [
            measurements.ratio_with_spread("compiled", "GRU by hand", "GRU"),
            measurements.ratio_with_spread("compiled", "GRU by hand, compiled", "GRU"),
            f"{round(measurements.first_call(), -2):,.0f}",
        ]
    ]


def _scans(batch: int) -> Callable[[Measurements], list[list[str]]]:
    def rows(measurements: Measurements) -> list[list[str]]:
        sizes = [times for name, times in measurements.times.items() if f"B={batch} " in name]
        return [
            [f"`nn.{net}`" if net.isupper() else f"`{net}`"]
            + [f"{mean(times[net]):.1f} ± {stdev(times[net]):.1f}" for times in sizes]
            for net in ("loop", "scan", "logs", "GRU", "LSTM")
        ]

    return rows


def _on_a_gpu(measurements: Measurements) -> list[list[str]]:
    """Write GRU ÷ LSTM in training one layer, a row for each size and a cell for each precision."""
    found: dict[str, list[str]] = {}
    for comparison in measurements.times:
        if size := re.fullmatch(r"speed H=(\d+) layers=1 \w+ training B=64", comparison):
            ratios = measurements.ratios(comparison, "GRU", "LSTM")
            cell = f"{median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"
            found.setdefault(size[1], [size[1]]).append(cell)
    return list(found.values())


def _writer(
    rows: Callable[[Measurements], list[list[str]]], file: Path = FILE
) -> Callable[..., str]:
    def write(page: str, language: Language, overview: Overview) -> str:
        record = Measurements(overview.sources.root, file)
        return "\n".join(f"| {' | '.join(cells)} |" for cells in rows(record))

    return write


TABLES = {
    "speed-recorded": _recorded,
    "speed-cells": _cells,
    "speed-threads": _threads,
    "speed-batch": _batch,
    "speed-packed": _packed,
    "speed-compiled": _compiled,
}
WRITERS = {name: _writer(rows) for name, rows in TABLES.items()} | {
    "scan-one": _writer(_scans(1), SCANS),
    "scan-many": _writer(_scans(32), SCANS),
    "speed-gpu": _writer(_on_a_gpu, ON_A_GPU),
}
