"""Checks the drawings themselves, and the words by which a page says what one shows."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from xml.parsers import expat

from tools.project import files
from tools.rendering.figures import DRAWINGS, KEY, PART, unknown
from tools.sources import glossary, markup
from tools.sources.findings import Finding
from tools.sources.pages import Link
from tools.translations.overview import Overview

CELLS = {"rnn", "gru", "lstm"}  # pages and drawings are named after them
SHORTEST = 20  # characters that can say what a drawing shows


def check(overview: Overview) -> Iterator[Finding]:
    """Find what is wrong with the drawings themselves."""
    root = overview.sources.root
    terms = glossary.load(root).terms
    for path in sorted((root / DRAWINGS).glob("*.svg")):
        file, svg = path.relative_to(root).as_posix(), files.read(path)
        found = list(markup.in_svg(svg)) or list(_misplaced(svg))
        yield from (Finding(file, line, message) for line, message in found)
        for line, text in enumerate(svg.splitlines(), 1):
            for key in KEY.findall(text):
                if key not in terms:
                    yield Finding(file, line, unknown(key))


def faults_of_text(root: Path, link: Link, page: str) -> Iterator[str]:
    """Find what is wrong with the words by which a page says what a picture shows."""
    if len(link.alt) < SHORTEST:
        yield (
            f"the text in [ ] of {link.target} has {len(link.alt)} characters; say in a sentence "
            "what it shows, for those who cannot see it"
        )
        return
    terms = glossary.load(root)
    cell = link.target.partition(":")[2].partition("-")[0]
    for key in [*CELLS.intersection([cell]), link.lit]:
        term = terms.terms.get(key or "")  # in any language, since a page may be laid out in one
        if term and not any(terms.mentions(term, link.alt, code) for code in term.names):
            yield (
                f"{link.target} shows '{key}', which the text in [ ] does not name; "
                "is it the right drawing? If so, name it"
            )
    about = PurePosixPath(page).stem
    if {about, cell} <= CELLS and about != cell:
        yield f"{link.target} belongs to the page on the {cell.upper()}; show a {about}-... here"


def _misplaced(svg: str) -> Iterator[tuple[int, str]]:
    """Find words that name one part of a drawing and stand in another or in none."""
    parts, within = set(PART.findall(svg)), [""]
    found: list[tuple[int, str]] = []
    parser = expat.ParserCreate()

    def begin(name: str, attributes: dict[str, str]) -> None:
        within.append(attributes.get("data-part", within[-1]))

    def words(text: str) -> None:
        for key in parts.intersection(KEY.findall(text)) - {within[-1]}:
            place = f"the part '{within[-1]}'" if within[-1] else "no part"
            message = f"the word '{key}' stands in {place}; put it into the part '{key}'"
            found.append((parser.CurrentLineNumber, message))

    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda name: within.pop()
    parser.CharacterDataHandler = words
    parser.buffer_text = True
    parser.Parse(svg, True)
    yield from found
