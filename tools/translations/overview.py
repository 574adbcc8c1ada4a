"""Where each section of the site stands in each language: the pages held against the ledger."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from tools.sources.sections import Section, sections
from tools.sources.sources import Sources
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
        """Give its heading in a language, or in the first that has one."""
        return self.sections.get(code, next(iter(self.sections.values()))).heading.text

    @property
    def is_in_step(self) -> bool:
        return self.states() == {State.IN_SYNC}

    def states(self) -> set[State]:
        return {standing.state for standing in self.standings.values()}

    def translated(self) -> dict[str, Section]:
        """Select the languages in which it is written, and not only laid out."""
        return {code: s for code, s in self.sections.items() if not s.untranslated}


def counts(rows: list[Row], code: str) -> dict[State, int]:
    """Count the rows in each state in a language, without states that none is in."""
    found = Counter(row.standings[code].state for row in rows)
    return {state: found[state] for state in State if found[state]}


class Overview:
    """All rows, in the order in which a reader meets them, and the ledger they rest on."""

    @classmethod
    def read(cls, root: Path) -> "Overview":
        return cls(Sources.read(root), Ledger.read(root))

    def __init__(self, sources: Sources, ledger: Ledger):
        self.sources, self.ledger = sources, ledger
        self.history = History(sources.root)
        read = {
            (path, code): sections(page)
            for code, pages in sources.pages.items()
            for path, page in pages.items()
        }
        found = {
            (path, section_id): {
                c: read[path, c][section_id]
                for c in sources.pages
                if section_id in read.get((path, c), {})
            }
            for path in sources.paths()
            for section_id in _in_order([read[path, c] for c in sources.pages if (path, c) in read])
        }
        orphans = {
            key: entry
            for key, entry in ledger.entries.items()
            if (entry.page, entry.id) not in found and entry.page != DEFINITIONS
        }
        self.leftover = orphans  # entries of sections that stand nowhere any more
        self._by_text = {
            (entry.id, text_hash): key
            for key, entry in orphans.items()
            for agreement in entry.agreements
            for text_hash in agreement.hashes.values()
        }
        self.rows = [self._row(path, section_id, own) for (path, section_id), own in found.items()]

    @cached_property
    def by_key(self) -> dict[str, Row]:
        return {row.key: row for row in self.rows}

    @cached_property
    def by_page(self) -> dict[str, list[Row]]:
        pages: dict[str, list[Row]] = {path: [] for path in self.sources.paths()}
        for row in self.rows:
            pages[row.page].append(row)
        return pages

    def file(self, row: Row, code: str) -> str:
        """Name the file in which a section stands in a language, as findings do."""
        if row.page == DEFINITIONS:
            return f"docs/{DEFINITIONS}"
        return self.sources.file(row.page, code)

    def committed(self, row: Row, code: str, text_hash: str) -> Section | None:
        """Find the text of that hash that a section once had in a language."""
        if row.page == DEFINITIONS:
            return None
        return self.history.section(self._files(row.page, row.entry, code), row.id, text_hash)

    def _files(self, path: str, entry: Entry, code: str) -> list[str]:
        """Name the files of a section in a language: now, and when it was last declared."""
        return [self.sources.file(page, code) for page in dict.fromkeys([path, entry.page])]

    @cached_property
    def lost(self) -> list[str]:
        """Sections that were declared the same once and whose line is gone from the ledger."""
        new = [row.key for row in self.rows if State.NEW in row.states()]
        known = self.history.keys_of(LOCK.as_posix()) if new else set()
        return [key for key in new if key in known]

    def _row(self, path: str, section_id: str, own: dict[str, Section]) -> Row:
        texts: dict[str, str | None] = {code: None for code in self.sources.pages}
        texts |= {code: s.hash for code, s in own.items() if not s.untranslated}
        entry = self.ledger.entries.get(f"{path}#{section_id}") or self._moved_here(
            section_id, texts
        )
        entry = entry or Entry(path, section_id)

        def left(code: str, text_hash: str) -> date | None:
            return self.history.moved_on(self._files(path, entry, code), section_id, text_hash)

        return Row(path, own, entry, standings(entry, texts, left))

    def _moved_here(self, section_id: str, texts: dict[str, str | None]) -> Entry | None:
        """Take the entry of a section that left another page, if a language kept its text."""
        for text in filter(None, texts.values()):
            key = self._by_text.get((section_id, text))
            if key in self.leftover:
                return self.leftover.pop(key)
        return None


@cache
def overview_of(root: Path) -> Overview:
    """Read a project's overview, once; cache_clear() where its pages may have changed."""
    return Overview.read(root)


def _in_order(pages: list[dict[str, Section]]) -> list[str]:
    """Merge every language's ids; one that the first languages lack follows its predecessor."""
    order: list[str] = []
    for page in pages:
        at = 0
        for section_id in page:
            if section_id in order:
                at = order.index(section_id) + 1
            else:
                order.insert(at, section_id)
                at += 1
    return order
