"""What must be equal in every language and is not: each section's structure and its numbers."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import zip_longest

from tools.sources import exercises, numerals, searching
from tools.sources.findings import Finding, Level
from tools.sources.sections import Section
from tools.translations.ledger import LOCK, State
from tools.translations.overview import Overview, Row


@dataclass(frozen=True)
class Item:
    """One thing that every language must have: its kind, what tells it from others, its line."""

    kind: str
    name: str
    line: int

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.name

    def __str__(self) -> str:
        first, *more = self.name.splitlines()
        return f"{self.kind} {first}{' ...' if more else ''}"


def check(overview: Overview) -> list[Finding]:
    """Find every difference, at the line where it stands."""
    return [*map(_lost, overview.lost)] + [
        finding
        for path, rows in overview.by_page.items()
        for findings in (
            *(_missing(overview, row) for row in rows if row.translated()),
            *(_marks(overview, row) for row in rows),
            *(of_row(overview, row, list(row.sections)) for row in rows),
            out_of_place(overview, path, list(overview.sources.pages)).values(),
        )
        for finding in findings
    ]


def of_row(overview: Overview, row: Row, codes: list[str]) -> Iterator[Finding]:
    """Find the differences in one section between some of the languages that have it."""
    first, *others = codes
    for other in others:
        for apart in _apart(row, first, other):
            yield _finding(overview, row, apart)
        yield from _swapped(overview, row, first, other)


def contradictions(overview: Overview) -> list[Finding]:
    """Find numbers and formulas in whose place another language says something else.

    Whoever writes one language alone may leave a sentence to the others, but not a number that
    is theirs too: it needs no translator.
    """
    return [
        _finding(overview, row, apart)
        for row in overview.rows
        for other in list(row.sections)[1:]
        for apart in _apart(row, next(iter(row.sections)), other)
        if apart.twin and apart.item.kind in CERTAIN
    ]


def out_of_place(overview: Overview, path: str, codes: list[str]) -> dict[str, Finding]:
    """Find sections that stand elsewhere in one of these languages, by their ids."""
    present = [code for code in codes if path in overview.sources.pages[code]]
    orders = {code: _ids(overview.by_page[path], code) for code in present}
    found = {}
    for code in present[1:]:
        reference = [section_id for section_id in orders[present[0]] if section_id in orders[code]]
        ids = [section_id for section_id in orders[code] if section_id in reference]
        for section_id in _moved(ids, reference):
            section = overview.by_key[f"{path}#{section_id}"].sections[code]
            at = reference.index(section_id)
            name = overview.sources.language(present[0]).name
            found[section_id] = Finding(
                overview.sources.file(path, code),
                section.heading.line,
                f"the section '{section_id}' stands elsewhere than on the {name} page, where it "
                + (f"follows '{reference[at - 1]}'" if at else "is the first")
                + "; move it in one of them: the words stay as they are",
                Level.BLOCKS_SYNC,
            )
    return found


def _missing(overview: Overview, row: Row) -> Iterator[Finding]:
    has, section = next(iter(row.translated().items()))
    for language in overview.sources.languages:
        code, name = language.code, language.name
        if code in row.sections or row.page not in overview.sources.pages[code]:
            continue
        other = overview.sources.language(has).name
        yield Finding(
            overview.sources.file(row.page, has),
            section.heading.line,
            f"the {name} page has no section '{row.id}'. Whoever writes {name} lays it out with: "
            f"python -m tools.translations new {row.key} --lang {code}. If {name} has it under "
            f"another id, give both the same; if it is to go, take it out of the {other} page too",
            Level.BLOCKS_SYNC,
        )


def _lost(key: str) -> Finding:
    message = f"{key} was declared to say the same once, and its line is gone from here"
    advice = "restore it with git, or compare the languages again: python -m tools.translations"
    return Finding(LOCK.as_posix(), 1, f"{message}; {advice} sync {key}", Level.BLOCKS_SYNC)


def _marks(overview: Overview, row: Row) -> Iterator[Finding]:
    for code, section in row.sections.items():
        if section.untranslated and section.untranslated not in row.translated():
            yield Finding(
                overview.sources.file(row.page, code),
                section.heading.line,
                f"the section '{row.id}' is marked as not translated from "
                f"'{section.untranslated}', which lacks it; take out the mark or the section",
                Level.BLOCKS_SYNC,
            )


@dataclass(frozen=True)
class Apart:
    """An item that another language lacks, and what stands there in its place, if anything."""

    code: str
    other: str
    item: Item
    twin: Item | None


def _apart(row: Row, first: str, other: str) -> Iterator[Apart]:
    """Find what one of two languages has and the other lacks, at the one that moved."""
    ahead = row.standings[other].state is State.AHEAD
    code, other = (other, first) if ahead else (first, other)
    mine, theirs = _unmatched(row.sections[code], row.sections[other])
    for kind in dict.fromkeys(item.kind for item in mine + theirs):
        here, there = ([i for i in side if i.kind == kind] for side in (mine, theirs))
        for item, twin in zip_longest(here, there):
            if item is None:
                yield Apart(other, code, twin, None)
            else:
                yield Apart(code, other, item, twin)


def _unmatched(mine: Section, theirs: Section) -> tuple[list[Item], list[Item]]:
    """Find the items of each that the other has not; a number may be spelled out there."""
    sides = []
    for section, other in ((mine, theirs), (theirs, mine)):
        words = (words.text for words in other.within(other.page.words))
        spelled = Counter({(NUMBER, _digits(n)): k for n, k in numerals.spelled(words).items()})
        unmatched = _surplus(items(section), Counter(item.key for item in items(other)))
        sides.append((unmatched, spelled))
    (own, spelled_there), (other_own, spelled_here) = sides
    both = spelled_there & spelled_here  # each is the other's; but 一 is seldom a number
    del both[NUMBER, "1"]
    return _surplus(own, spelled_there - both), _surplus(other_own, spelled_here - both)


def _surplus(found: list[Item], wanted: Counter[tuple[str, str]]) -> list[Item]:
    """Keep the items that are more than are wanted of their kind and name, the last of them."""
    seen: Counter[tuple[str, str]] = Counter()
    kept = []
    for item in found:
        seen[item.key] += 1
        if seen[item.key] > wanted[item.key]:
            kept.append(item)
    return kept


def _finding(overview: Overview, row: Row, apart: Apart) -> Finding:
    there = overview.file(row, apart.other)
    if apart.twin:
        message = f"{apart.item} stands here where {there}:{apart.twin.line} has {apart.twin}"
        advice = "make them the same"
    else:
        heading = row.sections[apart.other].heading.line
        message = f"{apart.item} stands here and not in the section '{row.id}' of {there}:{heading}"
        advice = "put it there too, or take it out here"
    source = overview.file(row, apart.code)
    return Finding(source, apart.item.line, f"{message}; {advice}", Level.BLOCKS_SYNC)


def _swapped(overview: Overview, row: Row, first: str, code: str) -> Iterator[Finding]:
    """Find blocks in another order; what stands within a sentence follows the language."""
    mine, theirs = (
        [item for item in items(row.sections[c]) if item.kind not in IN_A_SENTENCE]
        for c in (code, first)
    )
    if Counter(item.key for item in mine) != Counter(item.key for item in theirs):
        return
    for item, twin in zip(mine, theirs, strict=True):
        if item.key != twin.key:
            where = f"{overview.sources.file(row.page, first)}:{twin.line}"
            yield Finding(
                overview.sources.file(row.page, code),
                item.line,
                f"{item} stands here where {where} has {twin}; put them in the same order",
                Level.BLOCKS_SYNC,
            )
            return


def _ids(rows: list[Row], code: str) -> list[str]:
    own = [row for row in rows if code in row.sections]
    return [row.id for row in sorted(own, key=lambda row: row.sections[code].start)]


def _moved(ours: list[str], theirs: list[str]) -> list[str]:
    blocks = SequenceMatcher(a=ours, b=theirs, autojunk=False).get_matching_blocks()
    kept = {section_id for block in blocks for section_id in ours[block.a : block.a + block.size]}
    return [section_id for section_id in ours if section_id not in kept]


NUMBER = "the number"
IN_A_SENTENCE = {"the link", "the formula", NUMBER}
CERTAIN = {NUMBER, "the formula", "the displayed formula"}


def items(section: Section) -> list[Item]:
    """List what a section has to have in every language, in its order."""
    page, heading = section.page, section.heading
    found = [Item("the heading level", "#" * heading.level, heading.line)]
    for sought in searching.words(page):
        if sought.id == section.id:
            found.append(Item("the words for the search of", sought.id, sought.line))
    for formula in section.within(page.formulas):
        kind = "the displayed formula" if formula.display else "the formula"
        found.append(Item(kind, " ".join(formula.latex.split()), formula.line))
    for fence in section.within(page.fences):
        kind = "the code cell" if fence.cell else "the block"
        found.append(Item(kind, _shared(fence.language, fence.body), fence.line))
    for link in section.within(page.links):
        kind = "the picture" if link.image else "the link"
        asked = {"lit": link.lit, "cell": link.cell, "turned": link.turned}
        shown = [link.target, *(f"{name}={value}" for name, value in asked.items() if value)]
        found.append(Item(kind, " ".join(shown), link.line))
    for table in section.within(page.tables):
        size = f"{table.rows} rows × {table.columns} columns"
        found.append(Item("the table of", size, table.line))
    for box in section.within(page.admonitions):
        found.append(Item("the box", box.kind, box.line))
    for exercise in section.within(exercises.read(page)):
        found.append(Item("the exercise", exercise.id, exercise.line))
        if exercise.hint:
            found.append(Item("the hint of", exercise.id, exercise.line))
        for place, option in enumerate(exercise.options, 1):
            what = "right" if option.right else "wrong"
            number = f" {option.answer}" if exercise.asks_number else ""
            name = f"{place} of {exercise.id}, {what}{number}"
            found.append(Item("the answer", name, option.line))
    for words in section.within(page.words) + section.within(page.code) + section.within(page.alts):
        found += [Item(NUMBER, _digits(n), words.line) for n in numerals.in_digits(words.text)]
    return sorted(found, key=lambda item: item.line)


def _digits(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _shared(language: str, body: str) -> str:
    """Write a block's text without what differs by nature: a page's own folder."""
    return f"```{language} " + re.sub(r"\bdocs/[A-Za-z-]+/", "docs/LANGUAGE/", body.strip())
