"""The glossary's definitions as sections, so that the ledger notices when one language moves.

In the ledger and on the command line a definition is glossary.yml#KEY.
"""

from collections.abc import Iterator

from tools.sources import glossary
from tools.sources.findings import Finding, Level
from tools.sources.pages import Heading, Page, Words
from tools.sources.sections import Section
from tools.translations import parity
from tools.translations.ledger import Entry, standings
from tools.translations.overview import DEFINITIONS, Overview, Row


def rows(overview: Overview) -> list[Row]:
    """Give the definitions that several languages have, and how these stand to each other."""
    terms = glossary.load(overview.sources.root).defined
    return [_row(overview, term) for term in terms if len(term.definition) > 1]


def check(overview: Overview) -> Iterator[Finding]:
    """Find definitions that one language changed since they were last compared."""
    for row in rows(overview):
        line = next(iter(row.sections.values())).start
        moved = {code for standing in row.standings.values() for code in standing.behind}
        if moved:
            names = " and ".join(overview.sources.language(code).name for code in sorted(moved))
            yield Finding(
                glossary.FILE.as_posix(),
                line,
                f"the definition of '{row.id}' has changed in {names} since the languages said the "
                f"same; change the others too, then: python -m tools.translations sync {row.key}",
                Level.BLOCKS_SYNC,
            )
        yield from parity.of_row(overview, row, list(row.sections))


def forget(overview: Overview) -> list[str]:
    """Drop what the ledger holds on definitions that are gone; gives their keys."""
    known = {row.key for row in rows(overview)}
    entries = overview.ledger.entries
    gone = [k for k, entry in entries.items() if entry.page == DEFINITIONS and k not in known]
    for key in gone:
        del entries[key]
    return gone


def _row(overview: Overview, term: glossary.Term) -> Row:
    sections = {
        code: _section(term, text)
        for code, text in term.definition.items()
        if code in overview.sources.pages
    }
    entry = overview.ledger.entries.get(f"{DEFINITIONS}#{term.key}") or Entry(DEFINITIONS, term.key)
    texts = {code: section.hash for code, section in sections.items()}
    undated = standings(entry, texts, lambda code, text_hash: None)  # git's history has pages alone
    return Row(DEFINITIONS, sections, entry, undated)


def _section(term: glossary.Term, text: str) -> Section:
    """Make of a definition a page of one line, which stands where the term does."""
    before = [""] * (term.line - 1)
    heading = Heading(2, term.key, term.key, term.line, term.line)
    words = [Words(text, term.line)]
    page = Page(glossary.FILE, [*before, text], headings=[heading], words=words)
    return Section(page, term.key, heading, term.line, term.line)
