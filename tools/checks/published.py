"""Which files a build may find: pages, drawings and the theme's, none of them a link or large."""

from collections.abc import Iterator
from pathlib import Path

from tools.project import files
from tools.project.errors import UserError
from tools.sources import markup
from tools.sources.findings import Finding
from tools.translations.overview import Overview

LARGEST = 1_000_000  # bytes

_PAGES = {".md", ".py"}
_KINDS = {  # of the files in a folder and below it
    "docs/figures": {".svg"},
    "docs/poster": {".css", ".otf", ".txt", ".typ"},
    "docs/pictures": {".jpg", ".png"},  # of the READMEs; no page shows them
    "overrides/assets": {".css", ".js", ".svg", ".woff2", ".txt"},
    "overrides": {".html"},  # a script beside them would be published, and weighed by nobody
}
_IN_DOCS = {".yml", ".lock"}


def check(overview: Overview) -> Iterator[Finding]:
    """Find files that must not be published, or that cannot be read."""
    root = overview.sources.root
    for folder in ("docs", "experiments", "overrides", "snippets"):
        for path in sorted((root / folder).rglob("*")):
            file = path.relative_to(root)
            if any(part.startswith(".") or part == "__pycache__" for part in file.parts):
                continue  # nothing of it is published
            for message in _faults(path, file):
                yield Finding(file.as_posix(), 1, message)
    for path in sorted((root / "docs").glob("*.yml")):
        for line, message in markup.in_words(files.read(path)):
            yield Finding(path.relative_to(root).as_posix(), line, message)
    yield from _unreadable(root)


def _unreadable(root: Path) -> Iterator[Finding]:
    """Find snippets, outputs and records that cannot be shown."""
    for folder, suffix, read in (
        ("snippets", ".py", files.read),
        ("snippets", ".out", files.read),
        (files.EXPERIMENTS, ".json", files.read_record),
    ):
        for file in sorted((root / folder).rglob(f"*{suffix}")):
            try:
                read(file)
            except UserError as error:
                yield Finding.of(error)


def _faults(path: Path, file: Path) -> Iterator[str]:
    if path.is_symlink():
        yield "this is a link, and a build would publish what it leads to; put the file itself here"
    elif path.is_file():
        kinds = _kinds(file)
        if kinds and file.suffix not in kinds:
            what = ", ".join(sorted(kinds))
            yield f"only files of the kinds {what} belong here; take this one away"
        if path.stat().st_size > LARGEST:
            yield f"this file has more than {LARGEST:,} bytes; make it smaller"


def _kinds(file: Path) -> set[str]:
    """Give the suffixes that a file may have; none where it may have any."""
    for folder, kinds in _KINDS.items():
        if file.is_relative_to(folder):
            return kinds
    if file.parts[0] != "docs":
        return set()
    return _IN_DOCS if len(file.parts) == 2 else _PAGES
