"""Cuts a page into sections, and gives each a hash that white space does not change."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

from tools.sources import searching
from tools.sources.pages import Heading, Page

# Chinese and Japanese put no space between words, so one that a line break makes means nothing.
# Korean does.
_CJK = r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u2018-\u201d\u2014\u2026]"
_SPACE_AT_CJK = re.compile(rf"(?<={_CJK}) | (?={_CJK})")
_RULE = re.compile(r"\s*\|[\s:|-]+")  # under a table's head, drawn in any length
_ID = re.compile(r"\{\s*#[\w-]+\s*\}\s*$")
_UNTRANSLATED = re.compile(r"<!--\s*untranslated:\s*(?P<language>[\w-]+)\s*-->")


class _OnLine(Protocol):
    @property
    def line(self) -> int: ...


T = TypeVar("T", bound=_OnLine)


@dataclass(frozen=True)
class Section:
    """A heading and what follows it up to the next; a page's first section has its head too."""

    page: Page
    id: str
    heading: Heading
    start: int  # first line
    end: int  # last line

    @cached_property
    def hash(self) -> str:
        """Ten digits that change when the text does; reflowing a paragraph does not change them."""
        return hashlib.sha256(self._text().encode()).hexdigest()[:10]

    @cached_property
    def lines(self) -> list[str]:
        return self.page.lines[self.start - 1 : self.end]

    @cached_property
    def untranslated(self) -> str | None:
        """The language that it is still in, if the mark of a laid-out section stands in it."""
        comments = self.within(self.page.comments)
        marks = (_UNTRANSLATED.fullmatch(comment.text) for comment in comments)
        return next((mark["language"] for mark in marks if mark), None)

    def within(self, items: list[T]) -> list[T]:
        """Select those of a page's items that stand in this section."""
        return [item for item in items if self.start <= item.line <= self.end]

    def _text(self) -> str:
        text: list[str] = []
        prose: list[str] = []
        number = self.start
        fences = {fence.line: fence for fence in self.within(self.page.fences)}
        unseen = searching.block(self.page) if self.start == 1 else range(0)
        while number <= self.end:
            if number in fences:
                text += [_reflowed(prose), _reflowed([fences[number].info])]
                text += [line.rstrip() for line in fences[number].body.rstrip().splitlines()]
                prose, number = [], fences[number].end
            elif number not in unseen:
                prose.append(self.page.lines[number - 1])
            number += 1
        return "\n".join([*text, _reflowed(prose)])


def sections(page: Page) -> dict[str, Section]:
    """Cut a page into its sections, by the ids of their headings, in the page's order."""
    headings = [(heading.id, heading) for heading in page.headings if heading.id]
    starts = [1, *(heading.line for _, heading in headings[1:])]
    ends = [start - 1 for start in starts[1:]] + [len(page.lines)]
    return {
        section_id: Section(page, section_id, heading, start, end)
        for (section_id, heading), start, end in zip(headings, starts, ends, strict=False)
    }


def mark(language: str) -> str:
    """Write the line by which a laid-out section says which language it is still in."""
    return f"<!-- untranslated: {language} -->"


def _table_row(line: str) -> str:
    """Draw the cells and the rule of a table's row as narrow as they can be."""
    narrow = re.sub(r"\s*\|\s*", "|", line)
    return re.sub(":?-+:?", "-", narrow) if _RULE.fullmatch(line) else narrow


def _reflowed(lines: list[str]) -> str:
    kept = (
        _ID.sub("", _table_row(line) if line.lstrip().startswith("|") else line) for line in lines
    )
    text = unicodedata.normalize("NFC", " ".join(" ".join(kept).split()))
    return _SPACE_AT_CJK.sub("", text)
