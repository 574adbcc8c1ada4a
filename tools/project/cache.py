"""Keeps for the next build what takes long to make, each thing under a hash of all it rests on."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tools.project import files

State = list[tuple[str, int, int, int]]  # of files: name, size, when written, when touched at all

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


@dataclass
class _Build:
    """What is known of the sources as a build begins, and what it has made."""

    root: Path
    state: State
    sources: str  # a hash
    made: dict[Path, tuple[str, str]] = field(default_factory=dict)  # a file's key and value


_build: _Build | None = None


def begin(root: Path) -> None:
    """Begin a build of a project, before any of its sources is read.

    What kept() is asked for outside a build, or by tools that are not those of the project as they
    are now, is made and not kept.
    """
    global _build
    is_own = (root / "tools").resolve() == _CODE and _code() == _LOADED
    every = [*_sources(root)]
    _build = _Build(root, _state(every), _hash(root, every)) if is_own else None


def end() -> None:
    """Keep what was made so far, unless a source was touched since begin(), and be it in vain."""
    made = _build.made if _build else {}
    if _build and _state(_sources(_build.root)) == _build.state:
        with suppress(OSError):  # the next build has to make it again
            for file, (key, value) in made.items():
                file.parent.mkdir(parents=True, exist_ok=True)
                files.replace(file, f"{key} {_sum(value)}\n{value}")
    made.clear()


def kept(
    root: Path,
    name: str,
    rests_on: Iterable[str],
    make: Callable[[], Any],
    may_keep: Callable[[], bool] = lambda: True,
) -> Any:
    """Give what rests on some texts and on all sources but the pages, of this build or an earlier.

    It is what JSON can hold, and takes the place of what was kept by this name before.
    """
    if _build is None or _build.root != root:
        return make()
    key = sha256("\0".join([_build.sources, *rests_on]).encode()).hexdigest()
    file = folder(root) / _MADE / f"{name}.json"
    with suppress(OSError, ValueError):  # nothing yet, or a disk that was full
        head, _, text = file.read_text("utf-8").partition("\n")
        if head == f"{key} {_sum(text)}":
            return json.loads(text)
    value = make()
    if may_keep():
        _build.made[file] = key, json.dumps(value, ensure_ascii=False)
    return value


def _sum(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _hash(root: Path, every: Iterable[Path]) -> str:
    """Hash Python, what is installed, and the sources."""
    digest = sha256("\0".join([sys.version, *_installed()]).encode())
    for file in every:
        digest.update(f"\0{file.relative_to(root)}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _state(files: Iterable[Path]) -> State:
    found = ((f"{file}", file.stat()) for file in files)
    return [(name, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns) for name, stat in found]


def _installed() -> list[str]:
    return sorted(each.name for path in sys.path for each in Path(path).glob("*-info"))


def _sources(root: Path) -> Iterator[Path]:
    for pattern in _SETTINGS:
        yield from sorted(root.glob(pattern))
    for name in _SOURCES:
        yield from _below(root / name, _OTHERS + _PAGES if name == "docs" else _OTHERS)


def _below(folder: Path, others: tuple[str, ...]) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not any(map(file.match, others)):
            yield file


def _code() -> tuple[State, list[str]]:
    return _state(_below(_CODE, _OTHERS)), _installed()


_CODE = Path(__file__).resolve().parents[1]
_LOADED = _code()  # a server goes on with the code that it began with
