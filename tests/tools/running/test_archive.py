"""The archive of all code: unpacked into an empty folder, each part of it runs by what it holds."""

import io
import os
import re
import subprocess
import sys
import zipfile
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest

from tests.sources import LANGUAGES, ROOT, SITE_URL
from tools.project.files import EXPERIMENTS
from tools.running import archive, codeblocks, record, versions
from tools.running.forkserver import ForkServer
from tools.sources import code_files

NAME = "Gate by Gate"
SNIPPETS = [
    file
    for file in code_files.listed(ROOT)
    if file.startswith("snippets/") and file.endswith(".py")
]
# Which of them need more than PyTorch, and what, as the archive itself says.
NEEDS = {
    file: needed
    for file in SNIPPETS
    if (needed := versions.needs((ROOT / file).read_text("utf-8"), ROOT))
}
FROM_THE_TEXTS = "recipes/charmodel"  # is run in the folder of the texts that it reads
TEXTS = "snippets/recipes/texts"
SCRIPTS = [
    f"experiments/{file.name}"
    for file in sorted((ROOT / EXPERIMENTS).glob("*.py"))
    if "harness.main(" in file.read_text("utf-8") and file.stem != "recipes"  # takes a name
]
ENVIRONMENT = {"PATH": os.environ["PATH"], "MPLBACKEND": "agg", "OMP_NUM_THREADS": "1"}
ENVIRONMENT |= {"HOME": os.environ["HOME"]} if "HOME" in os.environ else {}


@cache
def content() -> bytes:
    return archive.content(ROOT, NAME, SITE_URL)


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory) -> Path:
    """The folder that a reader gets."""
    folder = tmp_path_factory.mktemp("archive")
    with zipfile.ZipFile(io.BytesIO(content())) as packed:
        packed.extractall(folder)
    (only,) = folder.iterdir()
    return only


@pytest.fixture(scope="module")
def torch_alone(tmp_path_factory) -> Path:
    """A folder of packages that holds PyTorch, what it brings with it, and nothing else."""
    folder = tmp_path_factory.mktemp("packages")
    waiting, found = ["torch"], set()
    while waiting:
        name = re.match(r"[\w.-]+", waiting.pop())[0].lower()
        if name in found:
            continue
        found.add(name)
        try:
            package = metadata.distribution(name)
        except metadata.PackageNotFoundError:  # one of another system's
            continue
        waiting += [each for each in package.requires or () if "extra ==" not in each]
        for top in {file.parts[0] for file in package.files if file.parts[0] != ".."}:
            if not (folder / top).exists():
                (folder / top).symlink_to(package.locate_file(top))
    return folder


# Python run with a file has the file's folder before all others.
AS_A_FILE = """\
import os, runpy, sys
sys.argv = sys.argv[1:]
sys.path.insert(0, os.path.dirname(os.path.abspath(sys.argv[0])))
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.fixture(scope="module")
def with_torch_alone(torch_alone, tmp_path_factory):
    """Run a file by a Python that has PyTorch and nothing else."""
    found = (
        f"sys.path[:] = [p for p in sys.path if 'site-packages' not in p] + [{str(torch_alone)!r}]"
    )
    server = ForkServer(f"import sys; {found}; import torch")
    shim = tmp_path_factory.mktemp("shim") / "as_a_file.py"
    shim.write_text(AS_A_FILE, "utf-8")

    def run(file: str, cwd: Path):
        return server.run(["-I", str(shim), file], cwd, ENVIRONMENT, limit=record.RECIPE_LIMIT)

    return run


@pytest.mark.proof
@pytest.mark.parametrize("file", [file for file in SNIPPETS if file not in NEEDS])
def test_a_snippet_prints_what_the_file_beside_it_says(unpacked, with_torch_alone, file):
    script = unpacked / file
    cwd = unpacked / (TEXTS if FROM_THE_TEXTS in file else "")
    agrees(with_torch_alone(os.path.relpath(script, cwd), cwd), script)


@pytest.mark.proof
@pytest.mark.parametrize("file", NEEDS)
def test_what_needs_more_than_pytorch_is_named_and_is_the_code_that_pages_show(unpacked, file):
    """And prints the same: a block that is shown is run once, here or by the tests of its page."""
    assert f"- `{file}`: {', '.join(NEEDS[file])}\n" in (unpacked / "README.md").read_text("utf-8")
    _, _, code = (unpacked / file).read_text("utf-8").partition("\n")
    assert code == (ROOT / file).read_text("utf-8")
    agrees(codeblocks.run(code, limit=record.RECIPE_LIMIT), unpacked / file)


def agrees(ran: subprocess.CompletedProcess[str], script: Path) -> None:
    assert ran.returncode == 0, ran.stderr
    printed = script.with_suffix(".out").read_text("utf-8")
    is_recipe = script.parent.name == record.RECIPES
    assert ran.stdout == printed or (is_recipe and record.near(printed, ran.stdout))


def python(unpacked: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=unpacked, env=ENVIRONMENT | variables, capture_output=True, text=True,
    )  # fmt: skip


@pytest.mark.proof
@pytest.mark.parametrize("script", SCRIPTS)
def test_an_experiment_starts(unpacked, script):
    ran = python(unpacked, script, "--help")
    assert "usage: " in ran.stdout or "make data fetches it" in ran.stderr, ran.stderr


@pytest.mark.proof
def test_the_commands_of_the_readme_work_in_its_order(unpacked):
    english, chinese = (
        (unpacked / name).read_text("utf-8") for name in ("README.md", "README.zh.md")
    )
    lines = re.findall(r"^(?:PYTHONPATH=experiments )?\.venv/bin/python .*$", english, re.MULTILINE)
    assert [line.replace("/en/", "/zh/") for line in lines] == re.findall(
        r"^(?:PYTHONPATH=experiments )?\.venv/bin/python .*$", chinese, re.MULTILINE
    )
    printed = []
    for line in lines:
        if " -m pip " not in line:
            variables = {"PYTHONPATH": "experiments"} if "PYTHONPATH" in line else {}
            _, _, arguments = line.partition(".venv/bin/python ")
            ran = python(unpacked, *arguments.split(), **variables)
            assert ran.returncode == 0, ran.stderr
            printed.append(ran.stdout)
    snippet, experiment, notebook = printed
    assert snippet in english and snippet in chinese
    assert "model GRU H=10, seed 0" in experiment
    assert "7 of 7" in notebook


@pytest.mark.proof
@pytest.mark.parametrize("code", LANGUAGES)
def test_each_notebook_runs_on_the_records(unpacked, code):
    for file in sorted((unpacked / f"docs/{code}/evidence").glob("*.py")):
        ran = python(unpacked, "-P", str(file.relative_to(unpacked)), PYTHONPATH="experiments")
        assert ran.returncode == 0 and ran.stdout, f"{file}: {ran.stderr}"


def test_the_same_sources_make_the_same_bytes():
    assert archive.content(ROOT, NAME, SITE_URL) == content()
    with zipfile.ZipFile(io.BytesIO(content())) as packed:
        names = packed.namelist()
        assert names == sorted(names)
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_it_holds_what_runs_what_that_printed_and_under_which_licence(unpacked):
    held = {file.relative_to(unpacked).as_posix() for file in unpacked.rglob("*") if file.is_file()}
    assert {"README.md", "README.zh.md", "requirements.txt", "gatebygate.py"} <= held
    assert {"LICENSES/0BSD.txt", "LICENSES/CC-BY-4.0.txt"} <= held
    assert {f"{Path(file).with_suffix('.out')}" for file in SNIPPETS} <= held
    assert {f"{TEXTS}/{name}" for name in ("plays.txt", "poems.txt", "poems.LICENSE.txt")} <= held
    assert {"experiments/rule.yml", "experiments/records/digits_mixed.json"} <= held


def test_it_pins_what_its_code_imports(unpacked):
    pinned = versions.pins(unpacked / "requirements.txt")
    every = versions.pins(ROOT / versions.PINNED)
    assert pinned.items() <= every.items()
    assert {package for needed in NEEDS.values() for package in needed} <= pinned.keys()
    assert {"torch", "pyyaml", "filelock"} <= pinned.keys()
    assert not {"mkdocs", "pytest", "playwright"} & pinned.keys()
