"""Says with which versions of which packages the code of a page was run.

Two sets of versions run every snippet: requirements-test.txt, with which everything is tested, and
requirements-oldest.txt, the oldest with which the snippets still work.
"""

import re
import sys
from collections.abc import Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

from tools.project import files

SITE = "requirements.txt"
PINNED, OLDEST = "requirements-test.txt", "requirements-oldest.txt"

_PIN = re.compile(r"^(?P<package>[\w.-]+)==(?P<version>[^\s;]+)", re.MULTILINE)
_IMPORT = re.compile(r"^\s*(?:import|from) (?P<package>\w+)", re.MULTILINE)


def pins(file: Path) -> dict[str, str]:
    """Read the version of each package in a requirements file."""
    return {pin["package"]: pin["version"] for pin in _PIN.finditer(files.read(file))}


def imported(code: str) -> set[str]:
    """Find the packages that a piece of code imports."""
    return {found["package"] for found in _IMPORT.finditer(code)}


def _provided(modules: set[str]) -> set[str]:
    """Find the packages that provide modules: for sklearn, scikit-learn."""
    by_module = _distributions() if modules else {}
    return modules.union(*(by_module.get(module, []) for module in modules))


@cache
def _distributions() -> Mapping[str, list[str]]:
    return packages_distributions()


@cache  # asked for each package of each block
def _normalized(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()


def packages(codes: list[str], root: Path) -> dict[str, list[str]]:
    """Find the packages that pieces of code import, each with the versions it was run with."""
    runs = [pins(root / name) for name in (PINNED, OLDEST) if (root / name).exists()]
    pinned = {_normalized(package) for run in runs for package in run}
    modules = {module for code in codes for module in imported(code)} - sys.stdlib_module_names
    named_so = {module for module in modules if _normalized(module) in pinned}
    every = {_normalized(name) for name in named_so | _provided(modules - named_so)}
    named = {package for run in runs for package in run if _normalized(package) in every}
    return {
        package: list(dict.fromkeys(run[package] for run in runs if package in run))
        for package in sorted(named, key=lambda package: (package != "torch", package))
    }


def needs(code: str, root: Path) -> list[str]:
    """Name the packages that a piece of code needs beside PyTorch."""
    named = set(packages([code], root)) - {"torch"}
    if ".numpy()" in code:
        named.add("numpy")  # which PyTorch has to find for it
    if "torch.onnx.export(" in code and "dynamo=False" not in code:
        named |= {"onnx", "onnxscript"}  # which PyTorch imports for it
    return sorted(named)


def summary(codes: list[str], root: Path) -> str:
    """List these packages, such as `torch 2.13.0, 2.6.0 · numpy 2.4.6`; empty if there are none."""
    found = packages(codes, root)
    return " · ".join(f"{package} {', '.join(runs)}" for package, runs in found.items())
