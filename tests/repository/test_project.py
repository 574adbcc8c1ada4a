"""The repository itself: pins, workflows, READMEs, commands."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import yaml

from tests.sources import ROOT
from tools.project.errors import UserError
from tools.running import experiments, versions

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


LOCKS = sorted(ROOT.glob("requirements*.txt"))
# Not a build for some computers alone, nor what it needs; no option, and no address.
PINNED = re.compile(r"(?!cuda|nvidia|triton)[a-z\d-]+==[\w.]+( ; [\w.'=<>!() ]+)?|#(?!.*://).*")


def not_pinned_for_all(lock: Path) -> list[str]:
    """The place of each line of a file of pins that does not hold on every computer."""
    lines = enumerate(lock.read_text("utf-8").splitlines(), 1)
    return [f"{lock.name}:{number}: {line}" for number, line in lines if not PINNED.fullmatch(line)]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_dependency_is_pinned_once_for_every_computer(lock):
    assert not_pinned_for_all(lock) == []
    names = re.findall("^[^#=]+", lock.read_text("utf-8"), re.MULTILINE)
    assert len(names) == len(set(names)) > 0


@pytest.mark.parametrize(
    "line",
    [
        "torch==2.13.0+cpu",
        "nvidia-cublas==13.1.1.3 ; sys_platform == 'linux'",
        "cuda-toolkit==13.0.3.0",
        "triton==3.7.1 ; sys_platform == 'linux'",
        "--index-url https://registry.test/simple",
        "torch @ https://registry.test/torch.whl",
        "# from https://registry.test/simple",
        "-r requirements.txt",
        "numpy>=2",
    ],
)
def test_a_line_that_holds_on_some_computers_alone_is_named(tmp_path, line):
    lock = tmp_path / "requirements.txt"
    lock.write_text(f"# Pins\nnumpy==2.4.6\n{line}\nuvloop==0.23.0 ; sys_platform != 'win32'\n")
    assert not_pinned_for_all(lock) == [f"requirements.txt:3: {line}"]


def test_what_the_project_asks_for_is_pinned():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project, groups = settings["project"], settings["dependency-groups"]
    for required, file in (
        (project["dependencies"], "requirements.txt"),
        (project["optional-dependencies"]["test"], "requirements-test.txt"),
        (groups["oldest"], "requirements-oldest.txt"),
        (groups["exit"], "requirements-exit.txt"),
    ):
        pinned = versions.pins(ROOT / file)
        assert {re.match(r"[\w-]+", name)[0] for name in required} <= set(pinned), file
    site, tests = (versions.pins(ROOT / f) for f in (versions.SITE, versions.PINNED))
    assert site.items() <= tests.items()
    assert "torch==2.13.0" in project["dependencies"]
    assert site["torch"] == "2.13.0"


def test_an_upgrade_pins_for_the_oldest_python_that_the_project_allows(copy):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    oldest = project["requires-python"].removeprefix(">=")
    everything, one = copy("upgrade"), copy("upgrade", NAME="mkdocs-material")
    assert everything.count(f"--python-version {oldest} ") == len(LOCKS)
    assert "--upgrade-package" not in everything
    assert "--upgrade-package mkdocs-material" in one and "--upgrade " not in one


@pytest.fixture
def copy(tmp_path):
    """What make would run in a copy of the project where nothing is installed yet."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for file in ROOT.glob("requirements*.txt"):
        shutil.copy(file, tmp_path)

    def would_run(*commands: str, **variables: str) -> str:
        named = [f"{name}={value}" for name, value in variables.items()]
        ran = subprocess.run(
            ["make", "-n", "--no-print-directory", *commands, *named],
            cwd=tmp_path, capture_output=True, text=True,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    return would_run


@pytest.mark.parametrize("command, has", [("serve", False), ("build", False), ("test", True)])
def test_only_who_tests_installs_the_other_frameworks(copy, command, has):
    ran = copy(command)
    assert "-r requirements.txt" in ran
    assert ("-r requirements-test.txt" in ran) == has


@pytest.mark.parametrize("index", ["", "https://torch.test/cpu"])
def test_pytorch_alone_comes_from_the_index_that_is_named_for_it(copy, index):
    ran = copy("serve", "oldest", TORCH_INDEX_URL=index)
    pinned, oldest = (versions.pins(ROOT / f)["torch"] for f in (versions.PINNED, versions.OLDEST))
    for version in (pinned, oldest):
        alone = f"--no-deps --index-url https://torch.test/cpu torch=={version}"
        assert (alone in " ".join(ran.split())) == bool(index)
    assert not re.search("extra.index", ran, re.IGNORECASE)
    for file in [*READMES, *WORKFLOWS]:
        assert "EXTRA_INDEX" not in file.read_text("utf-8")
    for readme in READMES:
        assert "TORCH_INDEX_URL" in readme.read_text("utf-8")


@pytest.mark.parametrize("index", ["", "https://torch.test/cpu"])
def test_pytorch_can_be_installed_alone(copy, index):
    one, *_ = ran = [
        line for line in copy(".venv/torch", TORCH_INDEX_URL=index).split("\n") if line
    ]
    assert one.endswith("-m venv .venv") and ran[-1] == "touch .venv/torch"
    assert "requirements" not in " ".join(ran)
    assert ("torch==" in " ".join(ran)) == bool(index)


@pytest.mark.parametrize(
    "workflow, job", [("test.yml", "test"), ("deploy.yml", "build"), ("links.yml", "links")]
)
def test_a_workflow_names_pytorchs_index_to_one_step_that_installs_pytorch_alone(workflow, job):
    data = read(ROOT / ".github/workflows" / workflow)
    (step,) = [each for each in data["jobs"][job]["steps"] if "vars." in str(each)]
    assert re.fullmatch(r'make ("\$FOLDER/torch"|\.venv/torch)', step["run"])
    assert step["env"]["TORCH_INDEX_URL"] == "${{ vars.TORCH_INDEX_URL }}"
    assert str(data).count("TORCH_INDEX_URL") == str(step).count("TORCH_INDEX_URL")


def test_every_test_and_every_block_is_run_by_make_test_or_make_proof_and_its_failure_counts(copy):
    pytest_runs = {name: copy(name).splitlines()[-1].strip() for name in ("test", "proof")}
    assert pytest_runs == {
        "test": '.venv/bin/python -m pytest --codeblocks -m "not proof"',
        "proof": ".venv/bin/python -m pytest --codeblocks -m proof",
    }
    options = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"]
    assert options["ini_options"]["testpaths"] == ["tests", "docs", "README.md", "README.zh.md"]
    left_out = re.search(
        r"--ignore|--deselect|-k |-m |--continue", options["ini_options"]["addopts"]
    )
    assert not left_out
    assert (ROOT / ".ci/run").read_text("utf-8").splitlines()[2:] == [
        "set -euo pipefail",
        'cd "$(dirname "$0")/.."',
        "make test",
        "make proof",
    ]


def test_the_blocks_of_one_page_are_run_alone(copy):
    *_, last = copy("test", PAGE="gates/gru").splitlines()
    assert last.endswith("pytest --codeblocks docs/*/gates/gru.md")  # those of a recipe, too


def test_a_port_can_be_named(copy):
    assert copy("serve").splitlines()[-1].strip() == ".venv/bin/python -m mkdocs serve"
    assert copy("serve", PORT="8001").endswith("mkdocs serve --dev-addr 127.0.0.1:8001\n")
    for readme in READMES:
        assert "`make serve PORT=8001`" in readme.read_text("utf-8")


def read(workflow):
    """A workflow as data; YAML takes its key `on` for the word true."""
    return yaml.safe_load(workflow.read_text("utf-8"))


def test_workflows_start_when_they_are_meant_to():
    # pull_request_target would run a stranger's code with this repository's rights.
    starts = {file.name: read(file)[True] for file in WORKFLOWS}
    assert starts == {
        "test.yml": {"pull_request": None, "workflow_call": None},
        "deploy.yml": {"push": {"branches": ["main"]}},
        "links.yml": {"schedule": [{"cron": "17 5 * * 1"}], "workflow_dispatch": None},
    }


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda file: file.name)
def test_a_workflow_pins_its_actions_and_asks_for_the_least(workflow):
    used = re.findall(r"uses: (\S+)", workflow.read_text("utf-8"))
    assert all(re.search(r"@[0-9a-f]{40}$", name) or name.startswith("./") for name in used)
    assert read(workflow)["permissions"] == {"contents": "read"}
    assert "concurrency" in read(workflow)
    for name, job in read(workflow)["jobs"].items():
        if "write" in (job.get("permissions") or {}).values():
            assert name == "deploy"
            assert job["permissions"] == {"pages": "write", "id-token": "write"}
        is_test = job.get("uses") == "./.github/workflows/test.yml"
        assert is_test or "timeout-minutes" in job, f"{name} may run for six hours"
        assert not job.get("continue-on-error")


def test_no_file_speaks_of_the_machine_on_which_it_was_written():
    """Of where the project lies here, of whose home that is, and of where pip asks here."""
    pip = [sys.executable, "-m", "pip", "config", "list"]
    asked = subprocess.run(pip, capture_output=True, text=True).stdout + str(os.environ)
    hosts = set(re.findall(r"https?://(?:[^/@\s]+@)?([\w.-]+)[^\s']*/simple", asked)) - {"pypi.org"}
    own = re.compile(
        "|".join(re.escape(f"{text}") for text in {str(ROOT), *hosts})
        + rf"|{re.escape(str(Path.home()))}/"
    )
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    files = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    found = {file: own.findall(file.read_bytes().decode("utf-8", "replace"))
             for file in files if file.is_file()}  # fmt: skip
    assert len(found) > 500 and {file: said for file, said in found.items() if said} == {}


UNPINNED = """
on: pull_request_target
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@main
      - run: echo "${{ github.event.pull_request.title }}"
"""


def zizmor(folder: Path) -> subprocess.CompletedProcess[str]:
    """Look with zizmor at workflows and at what proposes newer actions, and ask no other host."""
    program = Path(sysconfig.get_path("scripts")) / "zizmor"
    options = ["--offline", "--quiet", "--no-progress", "--strict-collection"]
    return subprocess.run(
        [program, *options, "--persona=pedantic", folder], capture_output=True, text=True
    )


@pytest.mark.proof
def test_zizmor_finds_nothing_in_the_workflows_and_something_where_something_is(tmp_path):
    ran = zizmor(ROOT / ".github")
    assert ran.returncode == 0 and "No findings" in ran.stdout, ran.stdout
    (tmp_path / "bad.yml").write_text(UNPINNED)
    ran = zizmor(tmp_path / "bad.yml")
    assert ran.returncode != 0
    for fault in ("unpinned-uses", "template-injection", "dangerous-triggers"):
        assert fault in ran.stdout


def test_newer_actions_are_proposed_together():
    (update,) = read(ROOT / ".github/dependabot.yml")["updates"]
    assert update["groups"] == {"actions": {"patterns": ["*"]}}


def test_once_a_week_other_sites_are_asked_whether_they_are_still_there():
    (job,) = read(ROOT / ".github/workflows/links.yml")["jobs"].values()
    assert job["steps"][-1] == {"run": ".venv/bin/python -m tools.checks.links --live"}


def test_only_what_passed_the_tests_is_published_and_from_no_cache():
    jobs = read(ROOT / ".github/workflows/deploy.yml")["jobs"]
    assert (jobs["build"]["needs"], jobs["deploy"]["needs"]) == ("test", "build")
    assert not any("cache" in step.get("with", {}) for step in jobs["build"]["steps"])


def test_continuous_integration_runs_both_sets_of_versions():
    test = read(ROOT / ".github/workflows/test.yml")["jobs"]["test"]
    folders = {each["versions"]: each["folder"] for each in test["strategy"]["matrix"]["include"]}
    assert folders == {"pinned": ".venv", "oldest": ".venv-oldest"}
    assert [(step["if"], step["run"]) for step in test["steps"] if "if" in step] == [
        (
            "matrix.versions == 'pinned'",
            "sudo apt-get update && sudo apt-get install -y webkit2gtk-driver xvfb",
        ),
        ("matrix.versions == 'pinned'", "bash .ci/run"),
        (
            "matrix.versions == 'oldest'",
            "make oldest && git add snippets && git diff --cached --exit-code",
        ),
    ]


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
    model = (ROOT / "snippets/pytorch/gru-model/gru_model.py").read_text("utf-8")
    code = re.search(r"class GRUModel.*?\n\n\n", model, re.DOTALL)[0]
    for readme in READMES:
        assert code in readme.read_text("utf-8")


def test_experiments_say_how_long_they_take(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps({"seconds": 90, "rows": []}), "utf-8")
    assert experiments.durations(tmp_path) == {tmp_path / "a.py": 90}


def test_every_experiment_with_a_result_has_its_script():
    assert all(script.is_file() for script in experiments.durations(ROOT / "experiments"))


def test_the_oldest_pytorch_has_all_beside_it_that_recording_needs():
    code = (
        "import sys, tools.running.record; print(*{name.partition('.')[0] for name in sys.modules})"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    packages = metadata.packages_distributions()
    needed = {normal(name) for module in ran.stdout.split() for name in packages.get(module, [])}
    pinned = {normal(name) for name in versions.pins(ROOT / versions.OLDEST)}
    # Python's own start loads the last, where it is installed.
    assert needed - pinned - {"setuptools"} == set()


def test_a_damaged_record_is_named_before_any_experiment_runs(tmp_path):
    (tmp_path / "a.json").write_text('{"rows": [', "utf-8")
    with pytest.raises(UserError, match=r"a\.json:1: this record is damaged"):
        experiments.durations(tmp_path)
