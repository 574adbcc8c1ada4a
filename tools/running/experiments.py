"""Repeats every experiment that has a recorded result, and says beforehand how long that takes."""

import subprocess
import sys
from pathlib import Path

from tools.project import command, errors, files
from tools.project.errors import UserError


def recorded(folder: Path) -> dict[Path, float]:
    """Each experiment's script and the seconds that its recorded run took."""
    results = sorted(folder.glob("*.json"))
    return {file.with_suffix(".py"): files.read_record(file)["seconds"] for file in results}


def main(arguments: list[str] | None = None) -> int:
    """Run all of ./experiments; exit status 1 if one fails, the others run."""
    parser = command.parser(__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer and shorter runs, only printed")
    parser.add_argument("--fresh", action="store_true", help="start over instead of resuming")
    options = [f"--{name}" for name, given in vars(parser.parse_args(arguments)).items() if given]
    experiments = recorded(folder := Path("experiments"))
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
