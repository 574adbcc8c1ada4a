"""The repository itself: pins, workflows, READMEs, commands."""

import json
import re
import shutil
import subprocess
import tomllib

import pytest
import yaml

from tools import experiments, versions

from .conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_dependency_is_pinned_and_none_names_a_registry():
    line = r"#.*|-r requirements\.txt|[\w.-]+==[\w.]+(; sys_platform != \"win32\")?"
    for file in ROOT.glob("requirements*.txt"):
        for text in file.read_text("utf-8").splitlines():
            assert re.fullmatch(line, text), f"{file.name}: {text}"


def test_the_site_and_the_tests_have_each_what_they_ask_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for asked, file in (
        (project["dependencies"], "requirements.txt"),
        (project["optional-dependencies"]["test"], "requirements-test.txt"),
    ):
        pinned = {normal(name) for name in versions.pins(ROOT / file)}
        assert {normal(re.match(r"[\w-]+", name)[0]) for name in asked} <= pinned
    assert "torch==2.13.0" in project["dependencies"]
    assert versions.pins(ROOT / "requirements.txt")["torch"] == "2.13.0"


@pytest.mark.parametrize("command, has", [("serve", False), ("build", False), ("test", True)])
def test_only_who_tests_installs_the_other_frameworks(tmp_path, command, has):
    shutil.copy(ROOT / "Makefile", tmp_path)
    for file in ROOT.glob("requirements*.txt"):
        shutil.copy(file, tmp_path)
    ran = subprocess.run(["make", "-n", command], cwd=tmp_path, capture_output=True, text=True)
    assert "-r requirements.txt" in ran.stdout
    assert ("-r requirements-test.txt" in ran.stdout) == has


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda file: file.name)
def test_a_workflow_pins_its_actions_and_asks_for_the_least(workflow):
    text = workflow.read_text("utf-8")
    used = re.findall(r"uses: (\S+)", text)
    assert all(re.search(r"@[0-9a-f]{40}$", name) or name.startswith("./") for name in used)
    read = yaml.safe_load(text)
    assert read["permissions"] == {"contents": "read"}
    for name, job in read["jobs"].items():
        if "write" in (job.get("permissions") or {}).values():
            assert name == "deploy"


def test_continuous_integration_runs_both_sets_of_versions():
    test = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text("utf-8"))["jobs"]["test"]
    runs = {job["versions"]: job["run"] for job in test["strategy"]["matrix"]["include"]}
    assert runs["pinned"] == "bash .ci/run"
    assert runs["oldest"].startswith("make oldest && ")
    assert test["steps"][-1] == {"run": "${{ matrix.run }}"}


def test_a_test_that_hangs_is_ended_and_named(pytester, pytestconfig):
    assert 0 < float(pytestconfig.getini("timeout")) < 45 * 60  # what the workflow allows in all
    pytester.makepyfile("import time\n\ndef test_that_hangs():\n    time.sleep(99)\n")
    result = pytester.runpytest_inprocess("--timeout=1", "-p", "no:xdist")
    result.stdout.fnmatch_lines(["*Failed: Timeout*", "FAILED *::test_that_hangs*"])


def test_the_published_site_is_built_with_the_history_that_its_notices_need():
    steps = yaml.safe_load((ROOT / ".github/workflows/deploy.yml").read_text("utf-8"))
    (checkout,) = [
        step for step in steps["jobs"]["build"]["steps"] if "checkout" in step.get("uses", "")
    ]
    assert checkout["with"]["fetch-depth"] == 0


def test_continuous_integration_runs_the_readmes_test_command():
    assert re.search(r"^make test$", (ROOT / ".ci/run").read_text("utf-8"), re.MULTILINE)
    for readme in READMES:
        assert "```console\nmake test\n```" in readme.read_text("utf-8")


@pytest.mark.parametrize("readme", READMES, ids=lambda file: file.name)
def test_the_readme_names_every_command_of_the_makefile(readme):
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for command in re.search(r"\.PHONY: (.*)", makefile)[1].split():
        assert f"`make {command}`" in readme.read_text("utf-8")


@pytest.mark.parametrize("readme", READMES, ids=lambda file: file.name)
def test_the_readme_links_to_files_that_exist(readme):
    for target in re.findall(r"\]\((?!http)([^)#]+)", readme.read_text("utf-8")):
        assert (ROOT / target).exists(), target


def test_the_readmes_show_the_snippets_model():
    model = (ROOT / "snippets/gru_model.py").read_text("utf-8")
    body = re.search(r"    def forward.*?\n\n", model, re.DOTALL)[0]
    for readme in READMES:
        assert body in readme.read_text("utf-8")


def test_experiments_say_how_long_they_take(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps({"seconds": 90}), "utf-8")
    assert experiments.recorded(tmp_path) == {tmp_path / "a.py": 90}


def test_every_experiment_with_a_result_has_its_script():
    assert all(script.is_file() for script in experiments.recorded(ROOT / "snippets/experiments"))
