"""Names each pinned package in which PyPI knows a vulnerability; by pip-audit.

`make audit` gets it. It asks pypi.org; what is not answered is not good news, so then it fails too
and says so.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from tools.project import errors, files
from tools.project.errors import UserError
from tools.sources.findings import Finding

PINS = "requirements*.txt"
PROGRAM = Path(".venv-audit") / "bin" / "pip-audit"
NO_ANSWER = (
    "NOTHING IS KNOWN OF THESE PINS, SINCE pypi.org DID NOT ANSWER; run this again where it does"
)

_OPTIONS = ["--vulnerability-service=pypi", "--progress-spinner=off", "--format=json"]
_AS_PINNED = ["--no-deps", "--disable-pip"]  # ask of what is written, and install nothing


def audit(root: Path, pins: Path) -> Iterator[Finding]:
    """Find what is known of a file's pins; raises UserError where nothing was answered."""
    told = _ask(root, pins)
    lines = {line.partition("==")[0]: n for n, line in enumerate(files.read(pins).split("\n"), 1)}
    unknown = [package for package in told if "skip_reason" in package]
    if unknown and len(unknown) == len(told):
        raise UserError(NO_ANSWER, pins)
    for package in told:
        line = lines.get(package["name"], 1)
        if package in unknown:
            yield Finding(pins.name, line, f"not looked at: {package['skip_reason']}")
        for each in package.get("vulns", []):
            names = ", ".join([each["id"], *each.get("aliases", [])])
            newer = " or ".join(each["fix_versions"]) or "no version yet"
            yield Finding(
                pins.name,
                line,
                f"{package['name']} {package['version']} has {names}; mended in {newer}: "
                f"make upgrade NAME={package['name']}",
            )


def _ask(root: Path, pins: Path) -> list[dict[str, Any]]:
    ran = subprocess.run(
        [root / PROGRAM, *_OPTIONS, *_AS_PINNED, "--requirement", pins],
        capture_output=True, text=True,
    )  # fmt: skip
    try:
        told: list[dict[str, Any]] = json.loads(ran.stdout)["dependencies"]
    except json.JSONDecodeError:
        *_, last = ["", *ran.stderr.strip().splitlines()]
        raise UserError(f"{NO_ANSWER}. pip-audit says: {last}", pins) from None
    return told


@click.command(help=__doc__)
def main() -> int:
    """Look at all pins of the current folder; exit status 1 if anything is known or not known."""
    root = Path.cwd()
    files.read(root / "requirements.txt")  # raises in a folder that is no project's
    every = sorted(root.glob(PINS))
    found = [finding for pins in every for finding in audit(root, pins)]
    print(*found, sep="\n", file=sys.stderr, end="\n" if found else "")
    print(f"{len(found)} to mend" if found else f"No vulnerability is known in {len(every)} files.")
    return 1 if found else 0


if __name__ == "__main__":
    errors.run(main)
