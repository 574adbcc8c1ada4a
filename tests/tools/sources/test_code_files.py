"""Each snippet and each experiment is a file on the site; its first line says where it is from."""

import pytest

from tests.project import Project
from tests.sources import ROOT
from tools.sources import code_files

ONE = "snippets/gates/gru/one.py"
HOME = "https://you.example/path/"


def first_lines(project: Project, home: str = HOME) -> dict[str, str]:
    texts = code_files.texts(project.folder, "Gate by Gate", home)
    return {file: text.partition("\n")[0] for file, text in texts}


@pytest.fixture
def committed(project: Project) -> Project:
    project.write("experiments/adding.py", "print(1)\n")
    project.write("snippets/gates/gru/read.c", "int x;\n")
    project.git("init", "-q")
    commit(project, "2026-11-05")
    return project


def commit(project: Project, day: str) -> None:
    project.git("add", "experiments", "snippets")
    project.git("commit", "-q", "-m", "change", day=day)


def commit_of(project: Project) -> str:
    return project.git("rev-parse", "HEAD").strip()[:10]


def test_the_first_line_says_site_path_version_and_licence(committed):
    version, licence = f"2026-11-05 {commit_of(committed)}", "SPDX-License-Identifier: 0BSD"
    places = {
        ONE: f"# Gate by Gate, {HOME}code/gates/gru/one.py",
        "snippets/gates/gru/read.c": f"// Gate by Gate, {HOME}code/gates/gru/read.c",
        "experiments/adding.py": f"# Gate by Gate, {HOME}code/experiments/adding.py",
    }
    assert (
        first_lines(committed).items()
        >= {file: f"{place}, {version}, {licence}" for file, place in places.items()}.items()
    )


def test_the_version_is_that_of_the_newest_commit_that_changed_the_file(committed):
    before = commit_of(committed)
    committed.write("experiments/adding.py", "print(2)\n")
    commit(committed, "2026-11-06")
    lines = first_lines(committed)
    assert f", 2026-11-05 {before}, " in lines[ONE]
    assert f", 2026-11-06 {commit_of(committed)}, " in lines["experiments/adding.py"]


def test_a_file_that_no_commit_holds_as_it_is_names_no_version(committed):
    committed.write(ONE, "print(3)\n")
    committed.write("snippets/gates/gru/new.py", "print(4)\n")
    lines = first_lines(committed)
    for file in (ONE, "snippets/gates/gru/new.py"):
        assert lines[file] == (
            f"# Gate by Gate, {HOME}{code_files.address(file)}, SPDX-License-Identifier: 0BSD"
        )


def test_a_clone_without_history_names_no_versions(committed, tmp_path):
    committed.write(ONE, "print(3)\n")
    commit(committed, "2026-11-06")
    shallow = tmp_path / "shallow"
    committed.git("clone", "--quiet", "--depth=1", f"file://{committed.folder}", str(shallow))
    texts = dict(code_files.texts(shallow, "Gate by Gate", HOME))
    assert not any("2026-11" in text for text in texts.values())


def test_a_site_without_an_address_names_the_path_alone(project):
    line = first_lines(project, "http://127.0.0.1:8000/")[ONE]
    assert line == "# Gate by Gate, code/gates/gru/one.py, SPDX-License-Identifier: 0BSD"


def test_below_its_first_line_a_file_is_as_it_was_run():
    texts = dict(code_files.texts(ROOT, "Gate by Gate", HOME))
    assert "snippets/gates/gru/reset_gate.py" in texts and "experiments/adding.py" in texts
    for file, text in texts.items():
        assert text.partition("\n")[2] == (ROOT / file).read_text("utf-8")
