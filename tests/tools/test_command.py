"""Each tool's command line: what is wrong with a call is told in a line, and nothing is done."""

import os
import signal
import subprocess
import sys
from functools import partial

import pytest

from tests.sources import ROOT

TOOLS = {  # by what is written after python -m tools.
    "checks": "checks/suite.py",
    "checks.audit": "checks/audit.py",
    "checks.links": "checks/links.py",
    "checks.permalinks": "checks/permalinks.py",
    "checks.typography": "checks/typography.py",
    "running.experiments": "running/experiments.py",
    "running.guard": "running/guard.py",
    "running.record": "running/record.py",
    "theme.browser": "theme/browser.py",
    "theme.measures": "theme/measures.py",
    "theme.screenshots": "theme/screenshots.py",
    "translations": "translations/__main__.py",
}
IN_A_PROJECT = [tool for tool in TOOLS if not tool.startswith(("theme.", "translations"))]


@pytest.fixture
def call(tmp_path):
    """Call a tool in a folder that is no project's, or in one that is; its errors, in lines."""

    def call(tool, *arguments, folder=tmp_path, status=1):
        ran = subprocess.run(
            [sys.executable, "-m", f"tools.{tool}", *arguments], cwd=folder, text=True,
            capture_output=True, env=os.environ | {"PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        output = ran.stdout + ran.stderr
        assert ran.returncode == status, output
        assert "Traceback" not in output
        return output

    return call


@pytest.mark.parametrize("tool", TOOLS)
def test_help_says_what_a_tool_does_and_does_nothing(call, tmp_path, tool):
    module = (ROOT / "tools" / TOOLS[tool]).read_text("utf-8")
    first_line = module.partition("\n")[0].strip('"')
    output = call(tool, "--help", status=0)
    assert output.startswith(f"Usage: python -m tools.{tool} ")
    assert first_line in " ".join(output.split())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("tool", TOOLS)
def test_what_a_tool_does_not_know_is_refused_before_it_does_anything(call, tmp_path, tool):
    output = call(tool, "--bogus", status=2)
    assert "No such option '--bogus'" in output
    assert f"Try 'python -m tools.{tool} --help' for help." in output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("tool", IN_A_PROJECT)
def test_in_another_folder_a_tool_says_where_to_run_it(call, tmp_path, tool):
    output = call(tool)
    assert "run this in the project's folder" in output
    assert output.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [["pictures"], ["--readme"]])
def test_without_a_built_site_no_picture_is_taken(call, project, arguments):
    assert "run make build" in call("theme.screenshots", *arguments, folder=project.folder)
    assert not (project.folder / "pictures").exists()


def test_a_picture_of_a_page_that_is_not_there_is_refused(call, project):
    project.write("site/index.html", "")
    output = call("theme.screenshots", "pictures", "gates/gro/", folder=project.folder)
    assert "no page is at 'gates/gro/'. Did you mean 'gates/gru/'?" in output
    assert not (project.folder / "pictures").exists()


def test_pictures_need_a_folder_or_the_readmes(call):
    for arguments in ([], ["pictures", "--readme"]):
        assert "name a folder, or --readme" in call("theme.screenshots", *arguments, status=2)


def test_the_guard_says_what_is_not_built(call, project):
    output = call("running.guard", folder=project.folder)
    assert "site/gates/gru/index.html:1: this page is not built; run make build first" in output


def test_a_browser_that_is_not_there_is_told(call, monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/nope")
    assert call("theme.browser").startswith("CHROMIUM names /nope, which is no program")


def test_ctrl_c_is_told_in_a_line(tmp_path):
    (tmp_path / "snippets").mkdir()
    (tmp_path / "snippets/a.py").write_text("", "utf-8")
    (tmp_path / "snippets/b.py").write_text("import time\ntime.sleep(60)\n", "utf-8")
    for name in ("requirements.txt", "requirements-test.txt", "requirements-oldest.txt"):
        (tmp_path / name).write_text((ROOT / name).read_text("utf-8"), "utf-8")
    command = subprocess.Popen(
        [sys.executable, "-m", "tools.running.record"],
        cwd=tmp_path, text=True, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(ROOT)},
        # A shell that runs the tests in the background has them ignore Ctrl-C.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    assert command.stdout.readline() == "snippets/a.py: new\n"
    os.killpg(command.pid, signal.SIGINT)
    _, output = command.communicate()
    assert command.returncode == 130, output
    assert output.splitlines()[-1] == "Stopped."
    assert "Traceback" not in output
