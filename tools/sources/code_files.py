"""The code that the site gives to its readers as files: each snippet and each experiment.

A file's first line says where it is from, in which version and under which licence.
"""

from collections.abc import Iterator
from pathlib import Path

from tools.project import addresses, files, git
from tools.project.files import EXPERIMENTS

PLACE = "code"
SNIPPETS = Path("snippets")
_COMMENTS = {".py": "#", ".c": "//"}


def address(file: str) -> str:
    """Give the address of a file of the project, below that of the site."""
    return f"{PLACE}/{file.removeprefix(f'{SNIPPETS.as_posix()}/')}"


def listed(root: Path) -> list[str]:
    """List the files, as paths in the project."""
    found = [*(root / SNIPPETS).rglob("*"), *(root / EXPERIMENTS).glob("*.py")]
    return sorted(file.relative_to(root).as_posix() for file in found if file.suffix in _COMMENTS)


def texts(root: Path, name: str, home: str) -> Iterator[tuple[str, str]]:
    """Give each file with its text; `name` and `home` are those of the site."""
    place = "" if addresses.is_local(home) else home
    versions = git.versions(root, SNIPPETS.as_posix(), EXPERIMENTS.as_posix())
    for file in listed(root):
        version = f", {versions[file]}" if file in versions else ""
        origin = f"{name}, {place}{address(file)}{version}, SPDX-License-Identifier: 0BSD"
        path = root / file
        yield file, f"{_COMMENTS[path.suffix]} {origin}\n{files.read(path)}"


def write(root: Path, site: Path, name: str, home: str) -> None:
    """Write the files into the built site."""
    for file, text in texts(root, name, home):
        place = site / address(file)
        place.parent.mkdir(parents=True, exist_ok=True)
        files.replace(place, text)
