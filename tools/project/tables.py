"""Keeps a committed table of numbers: a name on each line, and its numbers, with tabs between."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from tools.project import files
from tools.project.errors import UserError


def read(file: Path, head: str) -> dict[str, list[int]]:
    """Read a table with this first line; raises UserError for a line that is none of its rows."""
    found = {}
    for number, line in enumerate(files.read(file).splitlines()[1:], 2):
        name, *numbers = line.split("\t")
        if len(numbers) != head.count("\t") or not all(map(str.isdigit, numbers)):
            columns = head.replace("\t", ", ")
            message = f"this is no row; write {columns}, with tabs between them"
            raise UserError(message, file, number)
        found[name] = list(map(int, numbers))
    return found


def write(file: Path, head: str, rows: Mapping[str, Iterable[int]]) -> None:
    """Write a table with this first line."""
    lines = ["\t".join([name, *map(str, numbers)]) for name, numbers in rows.items()]
    files.replace(file, "\n".join([head, *lines]) + "\n")
