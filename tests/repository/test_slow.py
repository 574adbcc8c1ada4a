"""What became ten times slower is named at the end of a run."""

import pytest

from tests import slow

# Tests that say themselves how long they took
TESTS = """
import pytest

SECONDS = {"test_quick": 0.1, "test_long": 30.0}

@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    report.duration = SECONDS[item.name]
    return report
"""
FILE = "tests/test_it.py"
HEAD = "*= ten times slower than recorded =*"


@pytest.fixture
def run(pytester, monkeypatch):
    """Run two tests, of 0.1 and 30 seconds, where a table says how long they took before."""

    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # installed ones take seconds

    def run(table: str, *options: str) -> pytest.RunResult:
        (pytester.path / "tests").mkdir(exist_ok=True)
        (pytester.path / slow.TABLE).write_text(table, "utf-8")
        (pytester.path / FILE).write_text(
            "def test_quick():\n    pass\n\ndef test_long():\n    pass\n"
        )
        pytester.makeconftest(TESTS)
        result = pytester.runpytest_inprocess(*options, plugins=[slow])
        result.assert_outcomes(passed=2)
        return result

    return run


def test_a_test_that_took_ten_times_as_long_is_named_and_nothing_fails(run):
    result = run(f"{FILE}::test_long\t3\n")
    result.stdout.fnmatch_lines([HEAD, f"{FILE}::test_long took 30 s; {slow.TABLE} says 3 s"])
    result.stdout.no_fnmatch_line("*test_quick took*")


def test_a_test_that_took_somewhat_longer_is_not(run):
    run(f"{FILE}::test_long\t4\n").stdout.no_fnmatch_line(HEAD)


def test_a_test_without_a_row_took_less_than_a_second_or_is_new(run):
    result = run("")
    result.stdout.fnmatch_lines([f"{FILE}::test_long took 30 s; * less than 1 s, or nothing"])


def test_what_a_run_took_is_recorded_beside_what_other_runs_took(run, pytester):
    run("tests/test_other.py::test_it\t7\n", "--record-durations")
    written = (pytester.path / slow.TABLE).read_text("utf-8")
    assert written == f"{FILE}::test_long\t30\ntests/test_other.py::test_it\t7\n"
