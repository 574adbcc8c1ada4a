"""Keeps for the next build what takes long to make, each thing under a hash of all it rests on."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tools.project import files

_TEMPORARY: list[TemporaryDirectory[str]] = []  # each lives as long as the build
_SOURCES = ("docs", "experiments", "overrides", "snippets", "tools")
_SETTINGS = ("mkdocs.yml", "requirements*.txt")
_PAGES = ("*.md", "*.py")  # below docs
_MADE = "made"  # what has a key
_OTHERS = ("*.lock", "*.partial", "*.pyc")  # nothing is made of these


@cache
def folder(root: Path) -> Path:
    """Give the project's .cache, or a copy of it for this build where it cannot be written."""
    kept = root / ".cache"
    with suppress(OSError):
        kept.mkdir(exist_ok=True)
    if kept.is_dir() and os.access(kept, os.W_OK):
        return kept
    _TEMPORARY.append(TemporaryDirectory())
    copy = Path(_TEMPORARY[-1].name) / "cache"
    if kept.is_dir():
        shutil.copytree(kept, copy)
    copy.mkdir(exist_ok=True)
    return copy


@cache
def sources(root: Path) -> str:
    """Hash Python, what is installed, and every source of the project but its pages.

    It is read once; cache_clear() where something may have changed.
    """
    digest = sha256(sys.version.encode())
    for path in sys.path:
        digest.update("\0".join(sorted(each.name for each in Path(path).glob("*-info"))).encode())
    for file in _sources(root):
        digest.update(f"\0{file.relative_to(root)}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _sources(root: Path) -> Iterator[Path]:
    for pattern in _SETTINGS:
        yield from sorted(root.glob(pattern))
    for name in _SOURCES:
        others = _OTHERS + _PAGES if name == "docs" else _OTHERS
        for file in sorted((root / name).rglob("*")):
            if file.is_file() and not any(map(file.match, others)):
                yield file


def key(root: Path, rests_on: Iterable[str]) -> str:
    """Name what rests on some texts and on all sources but the pages."""
    return sha256("\0".join([sources(root), *rests_on]).encode()).hexdigest()


def find(root: Path, name: str, key: str) -> Any:
    """Give what was kept by a name, if under this key; None if it was not."""
    with suppress(OSError, ValueError):  # nothing yet, or a disk that was full
        found, _, value = _file(root, name).read_text("utf-8").partition("\n")
        if found == key:
            return json.loads(value)
    return None


def keep(root: Path, name: str, key: str, value: Any) -> None:
    """Keep what JSON can hold, in place of what was kept by this name before."""
    file = _file(root, name)
    file.parent.mkdir(parents=True, exist_ok=True)
    files.replace(file, f"{key}\n{json.dumps(value, ensure_ascii=False)}")


def kept(root: Path, name: str, rests_on: Iterable[str], make: Callable[[], Any]) -> Any:
    """Give what rests on some texts, made now or by an earlier build."""
    under = key(root, rests_on)
    value = find(root, name, under)
    if value is None:
        value = make()
        keep(root, name, under, value)
    return value


def forget_if_changed(root: Path) -> None:
    """Drop all that was kept if a source has changed meanwhile.

    What was made of the new source would be found under the key of the old one.
    """
    before = sources(root)
    sources.cache_clear()
    if sources(root) != before:
        shutil.rmtree(folder(root) / _MADE, ignore_errors=True)


def _file(root: Path, name: str) -> Path:
    return folder(root) / _MADE / f"{name}.json"
