"""Checks that each number of an exercise was computed, and that an exercise's id is its own.

What a page's exercises recognise is printed by snippets/PAGE/exercises.py, a line for each number:
gru_count one_bias 96 is what the exercise gru-count knows as a mistake, and "right" the answer.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path, PurePosixPath

from tools.project import files
from tools.sources import exercises
from tools.sources.exercises import Exercise
from tools.sources.findings import Finding
from tools.sources.languages import Language
from tools.translations.overview import Overview

NAME = "exercises"
RIGHT = "right"

_LINE = re.compile(r"(?P<id>\w+) (?P<name>\w+) (?P<number>-?\d+(?:\.\d+)?)")

Computed = dict[str, list[tuple[str, Decimal]]]  # by exercise: names and numbers


def check(overview: Overview) -> Iterator[Finding]:
    """Find numbers that no snippet printed, those that no page has, and ids that stand twice."""
    sources = overview.sources
    for path in sources.paths():
        printed = _printed(sources.root, path)
        asked: set[str] = set()
        for language in sources.languages:
            if page := sources.pages[language.code].get(path):
                file = sources.file(path, language.code)
                for exercise in exercises.read(page):
                    if exercise.asks_number:
                        asked.add(_key(exercise))
                        for line, message in _numbers(exercise, path, printed):
                            yield Finding(file, line, message)
        yield from _unasked(sources.root, path, printed.keys() - asked)
    for language in sources.languages:
        yield from _twice(overview, language)


def snippet(path: str) -> Path:
    """The snippet that computes the numbers of a page's exercises, from the project's folder."""
    return Path("snippets", PurePosixPath(path).with_suffix("")) / f"{NAME}.py"


def _printed(root: Path, path: str) -> Computed:
    found: Computed = {}
    out = root / snippet(path).with_suffix(".out")
    for line in files.read(out).splitlines() if out.is_file() else []:
        if match := _LINE.fullmatch(line):
            number = (match["name"], Decimal(match["number"]))
            found.setdefault(match["id"], []).append(number)
    return found


def _key(exercise: Exercise) -> str:
    """The exercise's id as Python writes a name."""
    return exercise.id.replace("-", "_")


def _numbers(exercise: Exercise, path: str, printed: Computed) -> Iterator[tuple[int, str]]:
    file, key = snippet(path).as_posix(), _key(exercise)
    known_as = PurePosixPath(file).relative_to("snippets").with_suffix("")
    if key not in printed:
        yield (
            exercise.line,
            f"no run gives the numbers of this exercise; print them in {file}, a line for each, "
            f"such as {key} {RIGHT} 108, and make record NAME={known_as}",
        )
        return
    given = [(option, *option.number) for option in exercise.options if option.number]
    said = ", ".join(f"{name} {number}" for name, number in printed[key])
    for option, value, _ in given:
        if not any(
            (name == RIGHT, number) == (option.right, value) for name, number in printed[key]
        ):
            kind = "right" if option.right else "a mistake"
            message = f"{value} is {kind} here, and {file} prints {said}; make them the same"
            yield option.line, message
    for name, number in printed[key]:
        if number not in [value for _, value, _ in given]:
            yield exercise.line, f"{file} prints {name} {number}, which has no answer here; add it"


def _unasked(root: Path, path: str, keys: set[str]) -> Iterator[Finding]:
    out = snippet(path).with_suffix(".out")
    for line, text in enumerate(files.read(root / out).splitlines() if keys else [], 1):
        if (key := text.partition(" ")[0]) in keys:
            message = f"{path} asks for no number in an exercise '{key.replace('_', '-')}'"
            advice = f"take this out of {snippet(path).as_posix()}, or mend the name"
            yield Finding(out.as_posix(), line, f"{message}; {advice}")


def _twice(overview: Overview, language: Language) -> Iterator[Finding]:
    """A reader's browser remembers by the id alone what is solved."""
    seen: dict[str, str] = {}
    for path, page in overview.sources.pages[language.code].items():
        for exercise in exercises.read(page):
            first = seen.setdefault(exercise.id, path)
            if exercise.id and first != path:
                message = f"the id '{exercise.id}' is that of an exercise on {first}; rename one"
                yield Finding(overview.sources.file(path, language.code), exercise.line, message)
