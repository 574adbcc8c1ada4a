"""Reads what the head of a page tells the search, such as words that stand on no page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from tools.project import yaml_file
from tools.project.errors import UserError
from tools.sources.pages import Page, once

KEY = "search"

_SETTINGS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "exclude": (lambda value: value is True, "true, or takes this line out"),
    "weight": (lambda value: isinstance(value, int | float) and value > 0, "a number such as 0.5"),
    "opening": (lambda value: value is True, "true, or takes this line out"),
    "words": (lambda value: isinstance(value, dict), "a section's id and its words on each line"),
}


@dataclass(frozen=True)
class Words:
    """What people call a section's matter, beside what it says; no reader sees them."""

    id: str  # the section's
    text: str
    line: int


@once
def settings(page: Page) -> dict[str, Any]:
    """Give what the head says under search:; raises UserError for what is no YAML."""
    lines = page.lines[1 : _end(page)]
    values = yaml_file.parse("\n".join(lines), page.path, first=2) if lines else {}
    found = values.get(KEY) if isinstance(values, dict) else None
    return found if isinstance(found, dict) else {}


@once
def words(page: Page) -> list[Words]:
    """List the words of each section, in the head's order."""
    found = settings(page).get("words")
    if not isinstance(found, dict):
        return []
    lines = _lines(page)
    return [Words(str(key), str(text), lines[str(key)]) for key, text in found.items()]


def faults(page: Page) -> Iterator[tuple[int, str]]:
    """Find what is wrong there: the line, and what to do."""
    try:
        found = settings(page)
    except UserError:
        return  # whoever reads the whole head says it
    lines = _lines(page)
    for name, value in found.items():
        fits, wanted = _SETTINGS.get(str(name), (None, ""))
        if fits is None:
            known = ", ".join(_SETTINGS)
            yield lines[str(name)], f"the search has no setting '{name}'; it has {known}"
        elif not fits(value):
            yield lines[str(name)], f"'{name}' has {value!r} here; write {wanted}"
    for each in words(page):
        if each.id not in page.ids:
            known = ", ".join(page.ids)
            yield each.line, f"no section of this page is '{each.id}'; it has {known}"
        elif not isinstance(found["words"][each.id], str) or not each.text.strip():
            yield each.line, f"'{each.id}' has no words here; write some, or take the line out"


def block(page: Page) -> range:
    """Give the lines of the head that are the search's, which no reader sees."""
    end = _end(page)
    first = next((n for n in range(1, end) if page.lines[n].startswith(f"{KEY}:")), end)
    last = first + 1
    while last < end and page.lines[last].startswith(" "):
        last += 1
    if first == 1 < end == last:
        return range(1, end + 2)  # all of the head
    return range(first + 1, last + 1) if first < end else range(0)


def _end(page: Page) -> int:
    """Count the lines before the second --- of the head."""
    has_one = page.lines[0] == "---" and "---" in page.lines[1:]
    return page.lines.index("---", 1) if has_one else 1


def _lines(page: Page) -> dict[str, int]:
    """Find the lines of the search's settings and of each section's words."""
    found: dict[str, int] = {}

    def note(node: yaml.Node | None) -> None:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                found[str(key.value)] = key.start_mark.line + 2
                note(value)

    head = yaml.compose("\n".join(page.lines[1 : _end(page)]), yaml.CSafeLoader)
    pairs = head.value if isinstance(head, yaml.MappingNode) else []
    note(next((value for key, value in pairs if key.value == KEY), None))
    return found
