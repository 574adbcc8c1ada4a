"""Finds the folder where a build leaves for the next one what takes long to make."""

import os
import shutil
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

_TEMPORARY: list[TemporaryDirectory[str]] = []  # each lives as long as the build


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
