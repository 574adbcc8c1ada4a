"""What can be taken along: a zip of the site, and where somebody made them, a book per language."""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from tools.project import files, git
from tools.sources.languages import Language

ZIP = "gate-by-gate.zip"
BOOKS = Path("book")  # the folder of the books, in the project and in the site
_OF = BOOKS / "version.txt"


class Version(NamedTuple):
    """What the books were made of: the newest commit's day and its short name."""

    day: str
    commit: str


def size(file: str) -> str:
    """Give what stands for a file's size until all is built and put_size() can say it."""
    return f"@megabytes of {file}@"


def put_size(site: Path, file: str, measured: int) -> None:
    """Say the size of a file, in bytes, on the built pages and where they are searched."""
    for page in (*site.rglob("take-along/index.*"), *site.rglob("search-index*.js")):
        text = files.read(page)
        if size(file) in text:
            files.replace(page, text.replace(size(file), f"{measured / 1e6:.1f}"))


def book(language: Language) -> Path:
    """Name the book in a language, in the project and in the site."""
    return BOOKS / f"gate-by-gate-{language.code}.pdf"


def version(root: Path) -> Version:
    """Ask git for the newest commit; both are empty where there is none."""
    day, _, commit = git.output(root, "log", "-1", "--format=%cs %h").strip().partition(" ")
    return Version(day, commit)


def keep(root: Path, made: dict[Path, bytes], of: Version) -> None:
    """Write the books, and beside them what they were made of."""
    (root / BOOKS).mkdir(exist_ok=True)
    for file, pdf in made.items():
        files.replace(root / file, pdf)
    files.replace(root / _OF, " ".join(of))


def made_of(root: Path, language: Language) -> Version | None:
    """Tell what the book in a language was made of; None where there is no book."""
    if not (root / book(language)).is_file() or not (root / _OF).is_file():
        return None
    day, _, commit = files.read(root / _OF).partition(" ")
    return Version(day, commit)


def publish(root: Path, site: Path, every: Iterable[Language]) -> None:
    """Put the books that were made into a built site."""
    for language in every:
        if made_of(root, language):
            (site / BOOKS).mkdir(exist_ok=True)
            shutil.copyfile(root / book(language), site / book(language))
