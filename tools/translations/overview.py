"""Where each section of the site stands in each language: the pages held against the ledger."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from tools.sources.sections import Section, sections
from tools.sources.site import Site
from tools.translations.history import History
from tools.translations.ledger import LOCK, Entry, Ledger, Standing, State, standings

DEFINITIONS = "glossary.yml"  # stands for a page where the glossary's definitions are compared


@dataclass(frozen=True)
class Row:
    """One section: in which languages it stands, and how they stand to each other."""

    page: str
    sections: dict[str, Section]
    entry: Entry  # its page is the one where the section last stood
    standings: dict[str, Standing]

    @property
    def id(self) -> str:
        return self.entry.id

    @property
    def key(self) -> str:
        return f"{self.page}#{self.id}"

    def title(self, code: str) -> str:
        """Its heading in a language, or in the first that has one."""
        return self.sections.get(code, next(iter(self.sections.values()))).heading.text

    @property
    def is_in_step(self) -> bool:
        return self.states() == {State.IN_SYNC}

    def states(self) -> set[State]:
        return {standing.state for standing in self.standings.values()}

    def translated(self) -> dict[str, Section]:
        """The languages in which it is written, and not only laid out."""
        return {code: s for code, s in self.sections.items() if not s.untranslated}


def counts(rows: list[Row], code: str) -> dict[State, int]:
    """How many rows are in each state in a language, without states that none is in."""
    found = Counter(row.standings[code].state for row in rows)
    return {state: found[state] for state in State if found[state]}


class Overview:
    """All rows, in the order in which a reader meets them, and the ledger they rest on."""

    @classmethod
    def read(cls, root: Path) -> "Overview":
        return cls(Site.read(root), Ledger.read(root))

    def __init__(self, site: Site, ledger: Ledger):
        self.site, self.ledger = site, ledger
        self.history = History(site.root)
        read = {
            (path, code): sections(page)
            for code, pages in site.pages.items()
            for path, page in pages.items()
        }
        found = {
            (path, id): {c: read[path, c][id] for c in site.pages if id in read.get((path, c), {})}
            for path in site.paths()
            for id in _in_order([read[path, c] for c in site.pages if (path, c) in read])
        }
        orphans = {
            key: entry
            for key, entry in ledger.entries.items()
            if (entry.page, entry.id) not in found and entry.page != DEFINITIONS
        }
        self.leftover = orphans  # entries of sections that stand nowhere any more
        self._by_text = {
            (entry.id, hash): key
            for key, entry in orphans.items()
            for agreement in entry.agreements
            for hash in agreement.hashes.values()
        }
        self.rows = [self._row(path, id, own) for (path, id), own in found.items()]

    @cached_property
    def by_key(self) -> dict[str, Row]:
        return {row.key: row for row in self.rows}

    @cached_property
    def by_page(self) -> dict[str, list[Row]]:
        pages: dict[str, list[Row]] = {path: [] for path in self.site.paths()}
        for row in self.rows:
            pages[row.page].append(row)
        return pages

    def source(self, row: Row, code: str) -> str:
        """The file in which a section stands in a language, as findings name it."""
        if row.page == DEFINITIONS:
            return f"docs/{DEFINITIONS}"
        return self.site.source(row.page, code)

    def committed(self, row: Row, code: str, hash: str) -> Section | None:
        """Find the text of that hash that a section once had in a language."""
        if row.page == DEFINITIONS:
            return None
        return self.history.section(self._files(row.page, row.entry, code), row.id, hash)

    def _files(self, path: str, entry: Entry, code: str) -> list[str]:
        """Where a section stands in a language, and where it stood when last declared."""
        return [self.site.source(page, code) for page in dict.fromkeys([path, entry.page])]

    @cached_property
    def lost(self) -> list[str]:
        """Sections that were declared the same once and whose line is gone from the ledger."""
        new = [row.key for row in self.rows if State.NEW in row.states()]
        known = self.history.keys_of(LOCK.as_posix()) if new else set()
        return [key for key in new if key in known]

    def _row(self, path: str, id: str, own: dict[str, Section]) -> Row:
        texts: dict[str, str | None] = {code: None for code in self.site.pages}
        texts |= {code: s.hash for code, s in own.items() if not s.untranslated}
        entry = self.ledger.entries.get(f"{path}#{id}") or self._moved_here(id, texts)
        entry = entry or Entry(path, id)

        def left(code: str, hash: str) -> date | None:
            return self.history.moved_on(self._files(path, entry, code), id, hash)

        return Row(path, own, entry, standings(entry, texts, left))

    def _moved_here(self, id: str, texts: dict[str, str | None]) -> Entry | None:
        """Take the entry of a section that left another page, if a language kept its text."""
        for text in filter(None, texts.values()):
            key = self._by_text.get((id, text))
            if key in self.leftover:
                return self.leftover.pop(key)
        return None


@cache
def overview_of(root: Path) -> Overview:
    """A project's overview, read once; cache_clear() where its pages may have changed."""
    return Overview.read(root)


def _in_order(pages: list[dict[str, Section]]) -> list[str]:
    """Every language's ids; one that the first languages lack follows its predecessor."""
    order: list[str] = []
    for page in pages:
        at = 0
        for id in page:
            if id in order:
                at = order.index(id) + 1
            else:
                order.insert(at, id)
                at += 1
    return order
