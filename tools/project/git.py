"""Asks git about the project."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

_COMMIT = "commit "
_LENGTH = 10  # of a commit's short hash, the same in each clone


def output(root: Path, *arguments: str) -> str:
    """Return what a git command prints; nothing where it fails, or where there is no git."""
    try:
        ran = subprocess.run(
            ["git", "-C", str(root), *arguments], capture_output=True, text=True,
            encoding="utf-8", errors="replace",
        )  # fmt: skip
    except FileNotFoundError:
        return ""
    return ran.stdout if ran.returncode == 0 else ""


def is_shallow(root: Path) -> bool:
    """Tell whether a clone holds only the newest part of the history."""
    return output(root, "rev-parse", "--is-shallow-repository").strip() == "true"


def versions(root: Path, *folders: str) -> dict[str, str]:
    """Give the day and the short hash of the newest commit that changed each file in the folders.

    A file that differs from its commit has none. Nor has any in a shallow clone, whose newest
    commit seems to have changed them all.
    """
    if is_shallow(root):
        return {}
    log = output(
        root, "-c", "core.quotepath=off", "log", f"--format={_COMMIT}%cs %H", "--name-only",
        "--no-renames", "--relative", "--", *folders,
    )  # fmt: skip
    found: dict[str, str] = {}
    for version, file in _changes(log):
        found.setdefault(file, version)
    for file in output(root, "diff", "--name-only", "--relative", "HEAD").splitlines():
        found.pop(file, None)
    return found


def _changes(log: str) -> Iterator[tuple[str, str]]:
    version = ""
    for line in log.splitlines():
        if line.startswith(_COMMIT):
            day, commit = line.removeprefix(_COMMIT).split()
            version = f"{day} {commit[:_LENGTH]}"
        elif line:
            yield version, line
