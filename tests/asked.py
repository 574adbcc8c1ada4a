"""What people ask: questions in tests/search/, each with the sections that answer it."""

import unicodedata

from tests.sources import ROOT, SOURCES
from tools.sources import glossary, sections
from tools.theme.asking import FOLDER, Question, questions

KINDS = {"sentence", "fragment", "message", "misspelt", "mixed", "symbol", "term", "exam"}


def plain(question: Question) -> str:
    """Its words without case, width and space, which alone make no other question."""
    return "".join(unicodedata.normalize("NFKC", question.words).casefold().split())


def read(half: str) -> list[Question]:
    """Read the questions of a half, seen or unseen."""
    return questions(ROOT / FOLDER / f"{half}.tsv")


def places(code: str) -> set[str]:
    """All that a question may be answered by in a language: sections and terms."""
    defined = glossary.load(ROOT).defined
    terms = {f"glossary#{term.key}" for term in defined if code in term.definition}
    return terms | {
        f"{path.rpartition('.')[0]}#{section_id}"
        for path, page in SOURCES.pages[code].items()
        for section_id in sections.sections(page)
    }
