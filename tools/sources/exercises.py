"""Reads the exercises of a page, and says what is wrong with one.

/// exercise | How many numbers does `nn.GRU(3, 4)` learn? { #gru-count }
> The hint, if there is one.

- [x] 108
    > The reason.
- [ ] 96
    > Each answer has a reason of its own.
- [ ] *
    > What is told of any other number. A * asks for a number; without it the answers are chosen.

What else is to be said, once it is answered.
///
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from tools.sources.pages import Page, once

LEAST_WRONG = 2  # answers that are wrong, each with its reason, beside what is told of all others
OTHERS = "*"

_ANY = re.compile(r"[ \t>]*///")
_BEGIN = re.compile(r"/// exercise \| (?P<question>\S.*?)(?: *\{ *#(?P<id>[\w-]+) *\})?")
_END = re.compile(r"/// *")
_LIKE_OPTION = re.compile(r"- ?\[.?\](?!\()")
_OPTION = re.compile(r"- \[(?P<mark>[ x])\] (?P<answer>\S.*)")
_REASON = re.compile(r" {4}>(?: (?P<text>.*))?")
_HINT = re.compile(r">(?: (?P<text>.*))?")
_NUMBER = re.compile(r"(?P<value>-?\d+(?:\.\d+)?)(?: ± (?P<within>\d+(?:\.\d+)?))?")
_HOW = "/// exercise | The question? { #its-id }"


@dataclass
class Option:
    """One answer, whether it is the right one, and why."""

    answer: str
    right: bool
    line: int
    reason: list[str] = field(default_factory=list)

    @property
    def number(self) -> tuple[Decimal, Decimal] | None:
        """The number that it recognises and how far off one may be; None if it is in words."""
        found = _NUMBER.fullmatch(self.answer)
        return found and (Decimal(found["value"]), Decimal(found["within"] or 0))


@dataclass
class Exercise:
    """A question with its answers, as they stand on a page."""

    question: str
    id: str
    line: int
    more: list[str] = field(default_factory=list)  # what stands below the question
    hint: list[str] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    solution: list[str] = field(default_factory=list)
    end: int = 0  # the line of its ///; 0 where that is missing
    faults: list[tuple[int, str]] = field(default_factory=list)

    @property
    def asks_number(self) -> bool:
        return any(option.answer == OTHERS for option in self.options)


_Found = tuple[list[Exercise], list[tuple[int, str]]]  # and what is wrong outside of them


def read(page: Page) -> list[Exercise]:
    """Find a page's exercises; what cannot be read is among their faults."""
    return _read(page)[0]


def faults(page: Page) -> Iterator[tuple[int, str]]:
    """Find what is wrong with a page's exercises: the line, and what to do."""
    exercises, outside = _read(page)
    yield from outside
    ids = [exercise.id for exercise in exercises]
    for place, exercise in enumerate(exercises):
        yield from exercise.faults
        if not exercise.id:
            message = f"this exercise has no id; add one, the same in every language: {_HOW}"
            yield exercise.line, message
        elif exercise.id in ids[:place] or exercise.id in page.ids:
            yield exercise.line, f"the id '{exercise.id}' stands twice on this page; rename one"
        if not exercise.end:
            yield exercise.line, "this exercise does not end; write /// on a line of its own"
        yield from _of_options(exercise)
        if exercise.asks_number:
            yield from _of_numbers(exercise.options)


@once
def _read(page: Page) -> _Found:
    in_block = {n for fence in page.fences for n in range(fence.line, fence.end + 1)}
    headings = {heading.line for heading in page.headings}
    found: list[Exercise] = []
    outside: list[tuple[int, str]] = []
    current: Exercise | None = None
    for line, text in enumerate(page.lines, 1):
        text = text.rstrip()
        begins = None if line in in_block else _BEGIN.fullmatch(text)
        if begins or line in headings:
            current = None
        if begins:
            current = Exercise(begins["question"], begins["id"] or "", line)
            found.append(current)
        elif current and line not in in_block and _END.fullmatch(text):
            current.end, current = line, None
        elif line not in in_block and _ANY.match(text):
            outside.append((line, f"no exercise begins or ends like this; it begins with {_HOW}"))
        elif current:
            _take(current, line, text, in_block=line in in_block)
    return found, outside


def _take(exercise: Exercise, line: int, text: str, *, in_block: bool) -> None:
    """Put a line where it belongs within an exercise."""
    options = exercise.options
    after = bool(options) and bool(exercise.solution)
    if not in_block and _LIKE_OPTION.match(text):
        if not (option := _OPTION.fullmatch(text)):
            message = "an answer begins with - [x] if it is right and with - [ ] if not; mend it"
            exercise.faults.append((line, message))
        elif after:
            exercise.faults.append((line, "put this answer to the others, above what follows them"))
        else:
            options.append(Option(option["answer"], option["mark"] == "x", line))
    elif not options and not in_block and (hint := _HINT.fullmatch(text)):
        exercise.hint.append(hint["text"] or "")
    elif not options:
        exercise.more.append(text)
    elif after or (text and not text.startswith(" ")):
        exercise.solution.append(text)
    elif reason := _REASON.fullmatch(text):
        options[-1].reason.append(reason["text"] or "")
    elif not text:
        options[-1].reason.append("")
    else:
        message = "below an answer stands its reason, four spaces and > before each line; mend it"
        exercise.faults.append((line, message))


def _of_options(exercise: Exercise) -> Iterator[tuple[int, str]]:
    right = [option for option in exercise.options if option.right]
    wrong = [o for o in exercise.options if not o.right and o.answer != OTHERS]
    if not right:
        yield exercise.line, "this exercise has no right answer; write - [x] before it"
    for option in right[1:]:
        yield option.line, "this is the second right answer, and one is asked for; write - [ ]"
    if len(wrong) < LEAST_WRONG:
        kind = "mistakes in numbers" if exercise.asks_number else "wrong answers"
        yield (
            exercise.line,
            f"this exercise has {len(wrong)} {kind}; name {LEAST_WRONG} that people make, each "
            "with its reason",
        )
    for option in exercise.options:
        if not "".join(option.reason).strip():
            yield option.line, f"the answer {option.answer} has no reason; write it below, after >"


def _of_numbers(options: list[Option]) -> Iterator[tuple[int, str]]:
    for option in options:
        if option.answer == OTHERS:
            if option.right:
                yield option.line, "* stands for every other number and cannot be right; name it"
        elif not option.number:
            yield (
                option.line,
                f"a number is asked for, because there is a *, and '{option.answer}' is none; "
                "write it as 108, -0.5 or 15.5 ± 0.5",
            )
    if [o.answer for o in options].index(OTHERS) < len(options) - 1:
        yield options[-1].line, "* stands for every other number; put it last, and once"
    numbers = [(option, option.number) for option in options if option.number]
    for (_, (value, within)), (option, (other, off)) in combinations(numbers, 2):
        if abs(value - other) <= within + off:
            yield option.line, f"an answer above recognises {other} too; tell them apart"
