"""Repeats every experiment that has a recorded result, and says beforehand how long that takes."""

import subprocess
import sys
from pathlib import Path

import click

from tools.project import errors, files
from tools.project.errors import UserError


def durations(folder: Path) -> dict[Path, float]:
    """Find each experiment's script and the seconds that its recorded run took."""
    results = sorted(folder.glob("*.json"))
    return {file.with_suffix(".py"): files.read_record(file)["seconds"] for file in results}


@click.command(help=__doc__)
@click.option("--quick", is_flag=True, help="fewer and shorter runs, only printed")
@click.option("--fresh", is_flag=True, help="start over instead of resuming")
def main(**flags: bool) -> int:
    """Run all of ./experiments; exit status 1 if one fails, the others run."""
    options = [f"--{name}" for name, is_set in flags.items() if is_set]
    experiments = durations(folder := Path("experiments"))
    if not experiments:
        raise UserError(f"no result is recorded in {folder}; run this in the project's folder")
    for script, seconds in experiments.items():
        print(f"{script}: {seconds / 60:.1f} minutes when it was recorded")
    minutes = sum(experiments.values()) / 60
    print(f"In all about {minutes:.1f} minutes; what is done stays done.", flush=True)
    failed = 0
    for script in experiments:
        failed |= bool(subprocess.run([sys.executable, script, *options]).returncode)
    return failed


if __name__ == "__main__":
    errors.run(main)
