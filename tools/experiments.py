"""Repeats every experiment that has a recorded result, and says beforehand how long that takes."""

import json
import subprocess
import sys
from pathlib import Path


def recorded(folder: Path) -> dict[Path, float]:
    """Each experiment's script and the seconds that its recorded run took."""
    results = sorted(folder.glob("*.json"))
    return {file.with_suffix(".py"): json.loads(file.read_text())["seconds"] for file in results}


def main() -> int:
    """Run all of ./snippets/experiments; exit status 1 if one fails, the others run."""
    experiments = recorded(Path("snippets/experiments"))
    for script, seconds in experiments.items():
        print(f"{script}: {seconds / 60:.1f} minutes when it was recorded")
    print(f"In all about {sum(experiments.values()) / 60:.1f} minutes; what is done stays done.")
    failed = 0
    for script in experiments:
        failed |= bool(subprocess.run([sys.executable, script, *sys.argv[1:]]).returncode)
    return failed


if __name__ == "__main__":
    sys.exit(main())
