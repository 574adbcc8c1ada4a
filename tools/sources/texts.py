"""The texts that recipes read, which the site gives to readers as they are."""

import shutil
from pathlib import Path

FOLDER = Path("snippets", "recipes", "texts")
PLACE = "texts"


def names(root: Path) -> list[str]:
    """Name the texts, in order, without their licences."""
    return [name for name in _files(root) if "LICENSE" not in name]


def _files(root: Path) -> list[str]:
    return sorted(file.name for file in (root / FOLDER).glob("*.txt"))


def write(root: Path, site: Path) -> None:
    """Put the texts, and their licences, into a built site."""
    if _files(root):
        (site / PLACE).mkdir(parents=True, exist_ok=True)
        copy(root, site / PLACE)


def copy(root: Path, folder: Path) -> None:
    """Put the texts, and their licences, into a folder."""
    for name in _files(root):
        shutil.copyfile(root / FOLDER / name, folder / name)


def give(root: Path, code: str, folder: Path) -> None:
    """Put the texts where code that is run will look for them, if it reads any."""
    if ".txt" in code:
        copy(root, folder)
