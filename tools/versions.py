"""Says with which versions of which packages the code of a page was run.

Two sets of versions run every snippet: requirements-test.txt, with which everything is tested, and
requirements-oldest.txt, the oldest with which the snippets still work.
"""

import re
from pathlib import Path

PINNED, OLDEST = "requirements-test.txt", "requirements-oldest.txt"

_PIN = re.compile(r"^(?P<package>[\w.-]+)==(?P<version>[^\s;]+)", re.MULTILINE)
_INCLUDE = re.compile(r"^-r (?P<name>\S+)$", re.MULTILINE)
_IMPORT = re.compile(r"^\s*(?:import|from) (?P<package>\w+)", re.MULTILINE)


def pins(file: Path) -> dict[str, str]:
    """The version of each package that a requirements file names, or one that it includes."""
    text = file.read_text("utf-8")
    found = {pin["package"]: pin["version"] for pin in _PIN.finditer(text)}
    for other in _INCLUDE.finditer(text):
        found |= pins(file.parent / other["name"])
    return found


def imported(code: str) -> set[str]:
    """The packages that a piece of code imports."""
    return {found["package"] for found in _IMPORT.finditer(code)}


def told(codes: list[str], root: Path) -> str:
    """The packages that pieces of code import, with the versions they were run with.

    Such as `torch 2.13.0, 2.6.0 · numpy 2.4.6`; empty if they import none that is pinned.
    """
    runs = [pins(root / name) for name in (PINNED, OLDEST) if (root / name).exists()]
    every = set().union(*map(imported, codes))
    named = {package for run in runs for package in run if package in every}
    return " · ".join(
        f"{package} {', '.join(dict.fromkeys(run[package] for run in runs if package in run))}"
        for package in sorted(named, key=lambda package: (package != "torch", package))
    )
