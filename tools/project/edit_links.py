"""Finds where a source file can be edited in a browser."""

import os
import re
from functools import cache
from pathlib import Path

from tools.project import addresses, git

_ORIGIN = re.compile(
    r"(?:https://(?:[^@/]+@)?|ssh://git@|git@)(?P<host>[\w.-]+)[:/](?P<path>.+?)(?:\.git)?/?"
)

# What stands before a branch or a file where one is edited: on GitHub, GitLab, Gitea
_PLACE = re.compile(r"(.+?)/(?:-/)?_?edit/")


def address(root: Path, file: str) -> str | None:
    """Give the address where a file of the project opens for editing, or None if unknown.

    EDIT_URL names the place, such as https://github.com/owner/name/edit/main/; without it, a clone
    of a repository on GitHub knows its own.
    """
    url = os.environ.get("EDIT_URL")
    home = addresses.require_address("EDIT_URL", url) if url else _github(root)
    return f"{home.rstrip('/')}/{file}" if home else None


def repository(root: Path) -> str | None:
    """Give the address of the repository, whose files open below it, or None if unknown."""
    place = _PLACE.match(address(root, "") or "")
    return place[1] if place else None


@cache
def _github(root: Path) -> str | None:
    origin = _ORIGIN.fullmatch(git.output(root, "remote", "get-url", "origin").strip())
    if origin is None or origin["host"] != "github.com":
        return None
    return f"https://github.com/{origin['path']}/edit/main"
