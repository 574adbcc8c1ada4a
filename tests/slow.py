"""pytest plugin: names each test that took ten times as long as tests/durations.tsv says.

A slow machine is no fault, so nothing fails. `pytest --record-durations` writes the table anew for
the tests that it runs; those under a second have no row.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

TABLE = "tests/durations.tsv"
TIMES = 10
LEAST = 1  # second; what is quicker counts as that


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record-durations", action="store_true", help=f"note seconds in {TABLE}")


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    took = dict(_took(terminalreporter))
    file = config.rootpath / TABLE
    recorded = _read(file)
    if config.getoption("--record-durations"):
        rows = {test: seconds for test, seconds in (recorded | took).items() if seconds >= LEAST}
        file.write_text("".join(f"{test}\t{rows[test]:.0f}\n" for test in sorted(rows)), "utf-8")
        return
    slow = [test for test in took if took[test] >= TIMES * recorded.get(test, LEAST)]
    if slow:
        terminalreporter.section("ten times slower than recorded")
    for test in slow:
        was = f"{recorded[test]:.0f} s" if test in recorded else f"less than {LEAST} s, or nothing"
        terminalreporter.line(f"{test} took {took[test]:.0f} s; {TABLE} says {was}")


def _took(reporter: pytest.TerminalReporter) -> Iterator[tuple[str, float]]:
    """Each test and its seconds, without what its fixtures took, which others share."""
    for reports in reporter.stats.values():
        for report in reports:
            if getattr(report, "when", None) == "call" and report.nodeid.startswith("tests/"):
                yield report.nodeid, report.duration


def _read(file: Path) -> dict[str, float]:
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    rows = (line.rpartition("\t") for line in lines)
    return {test: float(seconds) for test, _, seconds in rows}
