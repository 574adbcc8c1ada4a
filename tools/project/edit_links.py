"""Finds the project's repository, and where a source file can be edited in a browser."""

import os
import re
from functools import cache
from pathlib import Path

from tools.project import addresses, git

VARIABLE = "REPO_URL"

_ORIGIN = re.compile(
    r"(?:https://(?:[^@/]+@)?|ssh://git@|git@)(?P<host>[\w.-]+)[:/](?P<path>.+?)(?:\.git)?/?"
)
# What follows a repository's address where a file is edited, by what its host's name tells
_PLACES = {
    re.compile(r"\bgitlab\b"): "-/edit/main",
    re.compile(r"\b(?:codeberg|forgejo|gitea)\b"): "_edit/main",
    re.compile(r"\b(?:github|gitee)\b"): "edit/main",
}


def repository(root: Path) -> str | None:
    """Give the address of the repository, or None if unknown.

    REPO_URL names it, such as https://github.com/owner/name; without it, a clone of a repository
    on GitHub knows its own.
    """
    url = os.environ.get(VARIABLE)
    return addresses.require_address(VARIABLE, url).rstrip("/") if url else _github(root)


def address(root: Path, file: str) -> str | None:
    """Give the address where a file of the project opens for editing, or None if unknown."""
    home = repository(root) or ""
    host = home.partition("://")[2].partition("/")[0]
    place = next((place for name, place in _PLACES.items() if name.search(host)), None)
    return f"{home}/{place}/{file}" if place else None


@cache
def _github(root: Path) -> str | None:
    origin = _ORIGIN.fullmatch(git.output(root, "remote", "get-url", "origin").strip())
    if origin is None or origin["host"] != "github.com":
        return None
    return f"https://github.com/{origin['path']}"
