"""What `make lint` asks of the code holds, and `make fix` mends no more than it says."""

import re
import subprocess
import sys

import pytest

from tests.sources import ROOT


def recipe(target: str) -> list[str]:
    """The commands of a target of the Makefile, without the interpreter that runs them."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    lines = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)[1].splitlines()
    return [line.removeprefix("\t$(BIN)/python ") for line in lines]


# The pages' typography and sources have tests of their own.
OF_THE_CODE = [command for command in recipe("lint") if "tools." not in command]


@pytest.mark.parametrize("command", OF_THE_CODE)
def test_the_code_is_as_make_lint_wants_it(command):
    ran = subprocess.run(
        [sys.executable, *command.split()], cwd=ROOT, capture_output=True, text=True
    )
    assert ran.returncode == 0, f"make lint names this:\n{ran.stdout}{ran.stderr}"


def test_lint_reports_and_fix_mends():
    assert [command for command in recipe("lint") if "--fix" in command] == []
    assert {"-m ruff format --check .", "-m mypy", "-m tools.checks"} < set(recipe("lint"))
    assert recipe("fix") == [
        "-m ruff check --fix .",
        "-m ruff format .",
        "-m tools.checks.typography --fix",
    ]
