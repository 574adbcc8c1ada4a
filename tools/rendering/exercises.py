"""Markdown extension: exercises that answer back, each answer a <details> with its reason.

What an author writes stands in tools/sources/exercises.py. Each part of an exercise goes through
the page's own Markdown, with a mark before it; then the parts are put into their elements. A script
may judge what is typed or chosen (overrides/assets/exercises.js); nothing depends on it.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from tools.project.errors import UserError
from tools.rendering import origin
from tools.sources import exercises, pages
from tools.sources.exercises import OTHERS, Exercise, Option

_MARK = "\ue000{exercise} {part} {option}\ue000"
_ANY_MARK = re.compile(r"\ue000(?P<exercise>\d+) (?P<part>\w+) (?P<option>\d+)\ue000")


class Exercises(Extension):
    """Makes what stands between /// exercise and /// answer back."""

    def extendMarkdown(self, md: Markdown) -> None:
        marks = _Marks(md)
        # Before pymdownx.snippets (32) and the fences, since an answer may include both.
        md.preprocessors.register(marks, "exercises", 35)
        # Before inline (20), which reads the questions and the answers.
        md.treeprocessors.register(_Parts(md, marks), "exercises", 25)


def makeExtension(**config: Any) -> Exercises:
    return Exercises(**config)


class _Marks(Preprocessor):
    """Writes a mark before each part of an exercise, in place of what an author writes there."""

    def __init__(self, md: Markdown):
        super().__init__(md)
        self.reader = origin.reader(md)
        self.found: list[Exercise] = []

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        self.found = exercises.read(pages.parse(text, Path("page.md"))) if "///" in text else []
        if not self.found:
            return lines
        source = self.reader.origin.page
        for line, message in exercises.faults(source):
            raise UserError(message, source.path, line)
        out, done = [], 0
        for number, exercise in enumerate(self.found):
            out += lines[done : exercise.line - 1]
            out += self._marked(number, exercise)
            done = exercise.end
        return out + lines[done:]

    def _marked(self, number: int, exercise: Exercise) -> Iterator[str]:
        words = self.reader.origin.language.text
        parts = [("question", 0, exercise.more)]
        if exercise.hint:
            parts.append(("hint", 0, exercise.hint))
        for at, option in enumerate(exercise.options):
            verdict = words["right" if option.right else "wrong"]
            first, *more = option.reason
            parts.append(("option", at, [f"**{verdict}** {first}", *more]))
        if exercise.solution:
            parts.append(("solution", 0, exercise.solution))
        for part, at, text in [*parts, ("end", 0, [])]:
            mark = _MARK.format(exercise=number, part=part, option=at)
            yield from ("", mark, "", *text, "")


class _Parts(Treeprocessor):
    """Puts what follows each mark into the element of its part."""

    def __init__(self, md: Markdown, marks: _Marks):
        super().__init__(md)
        self.marks = marks

    def run(self, root: Element) -> None:
        built = [_Built(each, self.marks.reader.origin) for each in self.marks.found]
        children, holder = list(root), root
        root[:] = []
        for child in children:
            mark = _ANY_MARK.fullmatch(child.text or "") if child.tag == "p" else None
            if not mark:
                holder.append(child)
                continue
            exercise = built[int(mark["exercise"])]
            if mark["part"] == "question":
                root.append(exercise.whole)
            if mark["part"] == "end":
                exercise.end()
                holder = root
            else:
                holder = exercise.part(mark["part"], int(mark["option"]))


class _Built:
    """The elements of an exercise."""

    def __init__(self, exercise: Exercise, place: origin.Origin):
        self.exercise, self.words = exercise, place.language.text
        asks = f"{exercise.id}-asks"
        attributes = {"class": "gg-exercise", "id": exercise.id, "role": "group"}
        self.whole = Element("div", {**attributes, "aria-labelledby": asks})
        self.options: Element | None = None
        question = SubElement(self.whole, "p", {"class": "gg-question", "id": asks})
        question.text = exercise.question

    def part(self, part: str, option: int) -> Element:
        """Begin a part, and give the element that holds it."""
        if part == "question":
            return self.whole
        if part == "option":
            return self._option(self.exercise.options[option])
        return self._folded(self.whole, self.words[part], f"gg-{part}")

    def end(self) -> None:
        """Add what the script fills: what it tells aloud, and that it is solved."""
        SubElement(self.whole, "p", {"class": "gg-told", "role": "status"})
        solved = SubElement(self.whole, "p", {"class": "gg-solved", "data-search-exclude": ""})
        solved.set("hidden", "")
        solved.text = AtomicString(f"{self.words['solved']} ")
        SubElement(solved, "button", {"type": "button"}).text = AtomicString(self.words["forget"])

    def _option(self, option: Option) -> Element:
        if self.options is None:
            self.options = self._field() if self.exercise.asks_number else self.whole
        answer = self.words["others"] if option.answer == OTHERS else option.answer
        if option.number:
            answer = answer.partition(" ±")[0].replace("-", "−")
        folded = self._folded(self.options, answer, "gg-option")
        folded.set("name", self.exercise.id)
        if option.right:
            folded.set("data-right", "")
        if option.number:
            value, within = option.number
            folded.set("data-number", f"{value}")
            folded.set("data-within", f"{within}")
        return folded

    def _field(self) -> Element:
        """Write the field for a number, and what the answers fold into."""
        form = SubElement(self.whole, "form", {"class": "gg-field", "data-search-exclude": ""})
        for name in ("retry", "one", "read", "or"):
            form.set(f"data-{name}", self.words[f"number_{name}"])
        label = SubElement(form, "label")
        label.text = AtomicString(f"{self.words['your_number']} ")
        SubElement(label, "input", {"inputmode": "decimal", "autocomplete": "off"})
        SubElement(form, "button").text = AtomicString(self.words["judge"])
        return self._folded(self.whole, self.words["answers"], "gg-answers")

    def _folded(self, parent: Element, summary: str, name: str) -> Element:
        folded = SubElement(parent, "details", {"class": name})
        SubElement(folded, "summary").text = summary
        return folded
