"""Asks git about the project."""

import subprocess
from pathlib import Path


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
