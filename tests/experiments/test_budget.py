"""The order of all experiments: each stands in it, it fits, and one that fails stops no other."""

import re
import subprocess

import pytest

import budget
from tests.sources import ROOT
from tools.project.files import EXPERIMENTS


def test_each_experiment_under_the_rule_has_a_place_or_is_left_out():
    scripts = {
        file.stem
        for file in (ROOT / EXPERIMENTS).glob("*.py")
        if re.search(r"forecast=forecast|, forecast = ", file.read_text("utf-8"))
    }
    left_out = {name for name, what, _ in budget.LEFT_OUT if what.startswith("all")}
    assert len(budget.ORDER) == len({*budget.ORDER})
    assert {*budget.ORDER} == scripts - left_out, "name it in the order, by value"


def test_what_is_not_left_out_fits_into_the_hours_that_there_are():
    expected = sum(budget.hours(name)[0] for name in budget.ORDER)
    assert expected <= budget.HOURS, "leave something out, by the settings of its script"


def test_the_order_is_printed_with_its_sum_and_with_what_is_left_out(capsys):
    budget.main([])
    header, first, *_, last = capsys.readouterr().out.splitlines()
    assert header.split() == ["experiment", "hours", "in", "all", "so", "far"]
    assert first.startswith(budget.ORDER[0])
    assert last.startswith(f"left out of {budget.LEFT_OUT[-1][0]}: ")


@pytest.fixture
def started(monkeypatch):
    """The scripts that were started, instead of running them; `status` says how each ends."""

    def run(command):
        found.append(command)
        return subprocess.CompletedProcess(command, status.get(len(found), 0))

    found, status = [], {}
    monkeypatch.setattr(budget, "show", lambda: None)
    monkeypatch.setattr(subprocess, "run", run)
    return found, status


def test_all_are_run_in_order_each_with_the_hours_that_are_left(started):
    budget.main(["--hours", "2"])
    found, _ = started
    assert [command[1].stem for command in found] == budget.ORDER
    assert all(1.9 < float(command[3]) <= 2 for command in found)


def test_one_that_fails_is_named_and_ctrl_c_stops_all(started):
    found, status = started
    status[2] = 1
    with pytest.raises(SystemExit, match=f"ended with an error: {budget.ORDER[1]}$"):
        budget.main(["--hours", "2"])
    assert len(found) == len(budget.ORDER)
    found.clear()
    status[1] = 130
    with pytest.raises(SystemExit, match="130"):
        budget.main(["--hours", "2"])
    assert len(found) == 1
