"""What people ask: questions in tests/search/, each with the sections that answer it."""

import csv
import unicodedata
from dataclasses import dataclass

from tests.sources import ROOT, SOURCES
from tools.sources import glossary, sections

FOLDER = ROOT / "tests/search"
KINDS = {"sentence", "fragment", "message", "misspelt", "mixed", "symbol", "term", "exam"}


@dataclass(frozen=True)
class Question:
    """One that somebody asked, or is asked in an exam, in words of our own."""

    language: str
    kind: str
    words: str
    sections: list[str]  # such as gates/compare#decide, the best one first
    source: str

    @property
    def plain(self) -> str:
        """Its words without case, width and space, which alone make no other question."""
        return "".join(unicodedata.normalize("NFKC", self.words).casefold().split())


def read(half: str) -> list[Question]:
    """Read the questions of a half, seen or unseen."""
    with (FOLDER / f"{half}.tsv").open(encoding="utf-8", newline="") as file:
        _, _, *lines = file  # what the file is, and the names of its columns
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Question(language, kind, words, places.split(), source)
            for language, kind, words, places, source in rows
        ]


def places(code: str) -> set[str]:
    """All that a question may be answered by in a language: sections and terms."""
    defined = glossary.load(ROOT).defined
    terms = {f"glossary#{term.key}" for term in defined if code in term.definition}
    return terms | {
        f"{path.rpartition('.')[0]}#{section_id}"
        for path, page in SOURCES.pages[code].items()
        for section_id in sections.sections(page)
    }
