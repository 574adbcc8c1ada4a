"""Writes the recorded ratios of time into a page's tables, a row of each from the experiment.

The page holds a table's head in its own language; below it a line asks for the rows, such as
<!-- generated: speed-cells -->
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from tools.project import files
from tools.project.files import EXPERIMENTS
from tools.sources.languages import Language
from tools.translations.overview import Overview

RECORD = EXPERIMENTS / "speed.json"


class Record:
    """The recorded times: by comparison, then by net, one for each repetition."""

    def __init__(self, root: Path):
        self.told = files.read_record(root / RECORD)
        self.times: dict[str, dict[str, list[float]]] = {}
        for row in self.told["rows"]:
            for net, time in row["milliseconds"].items():
                self.times.setdefault(row["model"], {}).setdefault(net, []).append(time)

    def ratios(self, comparison: str, above: str, below: str) -> list[float]:
        """How many times as long one net takes as another, in each repetition."""
        nets = self.times[comparison]
        return [a / b for a, b in zip(nets[above], nets[below], strict=True)]

    def ratio(self, comparison: str, above: str, below: str) -> float:
        """The same of the medians over all repetitions."""
        nets = self.times[comparison]
        return median(nets[above]) / median(nets[below])

    def shown(self, comparison: str, above: str, below: str) -> str:
        """The ratio of the medians, ± the distance of the farthest repetition from it."""
        middle = self.ratio(comparison, above, below)
        far = max(abs(each - middle) for each in self.ratios(comparison, above, below))
        return f"{middle:.2f} ± {far:.2f}"

    def first_call(self) -> float:
        """How many calls of nn.GRU the first call of the compiled layer takes."""
        (first, *_) = (row["first"] for row in self.told["rows"] if "first" in row)
        compiled: float = first["GRU by hand, compiled"]
        return compiled / median(self.times["compiled"]["GRU"])

    def sizes(self, kind: str) -> Iterator[tuple[str, str, str]]:
        """Each comparison of a kind, with its hidden size and its batch."""
        for comparison in self.times:
            if found := re.fullmatch(rf"{kind} H=(\d+) B=(\d+)", comparison):
                yield comparison, found[1], found[2]


def _recorded(record: Record) -> list[list[str]]:
    told = record.told
    return [[told["processor"], told["versions"]["torch"].partition("+")[0], told["date"]]]


def _cells(record: Record) -> list[list[str]]:
    return [
        [
            batch,
            size,
            record.shown(comparison, "RNN", "LSTM"),
            record.shown(comparison, "GRU", "LSTM"),
            record.shown(comparison, "GRU, no oneDNN", "LSTM, no oneDNN"),
        ]
        for comparison, size, batch in record.sizes("cells")
    ]


def _threads(record: Record) -> list[list[str]]:
    return [
        [batch, size]
        + [
            record.shown(comparison, f"{cell}, threads 1", f"{cell}, threads 2")
            for cell in ("GRU", "LSTM")
        ]
        for comparison, size, batch in record.sizes("threads")
    ]


def _batch(record: Record) -> list[list[str]]:
    return [
        [
            cell,
            str(times),
            record.shown("batch", f"{cell}, batch {times}", f"{cell}, batch 1"),
            record.shown("batch", f"{cell}, steps {50 * times}", f"{cell}, batch 1"),
        ]
        for cell in ("GRU", "LSTM")
        for times in (8, 64)
    ]


def _packed(record: Record) -> list[list[str]]:
    return [
        [cell]
        + [
            record.shown("packed", f"{cell}, shortest {length}", f"{cell}, shortest 0")
            for length in (49, 1)
        ]
        for cell in ("GRU", "LSTM")
    ]


def _compiled(record: Record) -> list[list[str]]:
    return [
        [
            record.shown("compiled", "GRU by hand", "GRU"),
            record.shown("compiled", "GRU by hand, compiled", "GRU"),
            f"{round(record.first_call(), -2):,.0f}",
        ]
    ]


def _writer(rows: Callable[[Record], list[list[str]]]) -> Callable[..., str]:
    def write(page: str, language: Language, overview: Overview) -> str:
        record = Record(overview.site.root)
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
WRITERS = {name: _writer(rows) for name, rows in TABLES.items()}
