"""Markdown extension: tells a reader of a section whose newer text, or only one, is elsewhere.

It works on the headings themselves, so a heading may have any attributes beside its id.
"""

from datetime import date
from posixpath import relpath
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from tools.rendering import origin
from tools.rendering.origin import Origin
from tools.sources import languages
from tools.translations.ledger import State
from tools.translations.overview import Row

_OLDER = (State.BEHIND, State.BOTH_MOVED)
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


class Notices(Extension):
    """Says which sections are not in step."""

    def extendMarkdown(self, md: Markdown) -> None:
        # After toc (5), which lists the headings, and MkDocs (0 and -1), which follows the links
        # between sources; those of a notice lead to finished pages.
        md.treeprocessors.register(_NoticeTreeprocessor(md), "notices", -5)


def makeExtension(**config: Any) -> Notices:
    return Notices(**config)


class _NoticeTreeprocessor(Treeprocessor):
    def __init__(self, md: Markdown):
        super().__init__(md)
        self.reader = origin.reader(md)

    def run(self, root: Element) -> None:
        place = self.reader.origin
        rows = {row.id: row for row in place.overview.by_page[place.path]}
        missing = _missing(rows, place.text)
        root[:0] = [_only_there(row, place) for row in missing.get(None, [])]
        for parent in list(root.iter()):
            for heading in [child for child in parent if child.tag in _HEADINGS]:
                if row := rows.get(heading.get("id", "")):
                    section = _section(parent, heading)
                    end = list(parent).index(section[-1]) + 1
                    parent[end:end] = [_only_there(row, place) for row in missing.get(row.id, [])]
                    _tell(parent, section, row, place)


def has_any(place: Origin) -> bool:
    """Tell whether a page has any notice."""
    rows = {row.id: row for row in place.overview.by_page[place.path]}
    return bool(_missing(rows, place.text)) or any(
        row.sections[place.text].untranslated in place.overview.sources.pages
        or row.standings[place.text].state in _OLDER
        for row in rows.values()
        if place.text in row.sections
    )


def _section(parent: Element, heading: Element) -> list[Element]:
    """Find what follows a heading up to the next, which may stand in an element of its own."""
    children = list(parent)
    section = [heading]
    for child in children[children.index(heading) + 1 :]:
        if any(element.tag in _HEADINGS for element in child.iter()):
            break
        section.append(child)
    return section


def _tell(parent: Element, section: list[Element], row: Row, place: Origin) -> None:
    """Put a notice after a section's heading, if there is something to tell."""
    at = list(parent).index(section[0])
    source = row.sections[place.text].untranslated
    if source in place.overview.sources.pages:
        whole = Element("div", {"lang": source})
        whole.extend([section[0], _not_translated(source, place), *section[1:]])
        parent[at : at + len(section)] = [whole]
    elif row.standings[place.text].state in _OLDER:
        parent.insert(at + 1, _moved(row, place))


def _missing(rows: dict[str, Row], code: str) -> dict[str | None, list[Row]]:
    """Find sections that only other languages have, by the section here that they follow."""
    found: dict[str | None, list[Row]] = {}
    after = None
    for section_id, row in rows.items():
        if code in row.sections:
            after = section_id
        elif row.translated():
            found.setdefault(after, []).append(row)
    return found


def _not_translated(source: str, place: Origin) -> Element:
    return _notice(_words("not_translated", source, place), place.reader)


def _moved(row: Row, place: Origin) -> Element:
    """Say that a section is older than its other language, or that both have changed."""
    standing = row.standings[place.text]
    days, agreed = standing.behind, standing.agreed
    assert agreed  # else it would be behind nobody
    latest = max(days, key=lambda other: days[other] or date.max)
    if standing.state is State.BOTH_MOVED:
        key, day = "both_moved", agreed.day
    elif moved := days[latest]:
        key, day = "behind", moved
    else:
        key, day = "behind_unknown", agreed.day
    before, _, after = _words(key, latest, place).partition("{day}")
    time = Element("time")
    time.text, time.tail = AtomicString(str(day)), AtomicString(f"{after} ")
    there = _link(place.readers.text["read_there"], _address(latest, row, place), hreflang=latest)
    return _notice(before, place.reader, time, there)


def _only_there(row: Row, place: Origin) -> Element:
    other = next(iter(row.translated()))
    there = _link(row.title(other), _address(other, row, place), lang=other)
    return _notice(f"{_words('only_there', other, place)} ", "", there)


def _address(other: str, row: Row, place: Origin) -> str:
    url, there = languages.address(place.path), place.overview.sources.language(other)
    base = relpath(".", url or ".")
    return f"{languages.href(url, place.readers, there, base)}#{row.id}"


def _words(key: str, other: str, place: Origin) -> str:
    name = place.overview.sources.language(other).name_in(place.readers)
    return place.readers.text[key].replace("{language}", name)


def _link(text: str, address: str, **attributes: str) -> Element:
    link = Element("a", {"href": address, **attributes})
    link.text = AtomicString(text)
    return link


def _notice(text: str, code: str, *more: Element) -> Element:
    notice = Element("p", {"class": "gg-notice", "data-search-exclude": ""})
    if code:
        notice.set("lang", code)
    notice.text = AtomicString(text)
    notice.extend(more)
    notice.tail = "\n"
    return notice
