"""What a build keeps for the next one is found again only if nothing that it rests on changed."""

import shutil

import pytest

from tests.sources import ROOT
from tools.project import cache


@pytest.fixture
def make():
    """Something that takes long to make: it counts how often it was made."""

    def make() -> list[int]:
        make.made += 1
        return [make.made]

    make.made = 0
    return make


def built(project, make, text="text", during=lambda: None):
    """Build, and give what was made or found; `during` is what happens meanwhile."""
    cache.begin(project.folder)
    value = cache.kept(project.folder, "pages/en/index.md", [text], make)
    during()
    cache.end()
    return value


def files_of(project):
    return [*(project.folder / ".cache/made").rglob("*.json")]


def test_it_is_made_once(project, make):
    assert built(project, make) == built(project, make) == [1]


def test_another_text_takes_the_place_of_the_one_before(project, make):
    assert built(project, make) == [1]
    assert built(project, make, "another") == [2]
    assert built(project, make) == [3]
    assert len(files_of(project)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "docs/glossary.yml",
        "docs/figures/gru-cell.svg",
        "experiments/records/new.json",
        "mkdocs.yml",
        "overrides/main.html",
        "requirements.txt",
        "snippets/gates/gru/one.out",
    ],
)
def test_another_source_makes_it_anew(project, make, source):
    project.remove("overrides")  # it leads to the one that all tests share
    project.write(source, "one\n")
    assert built(project, make) == built(project, make) == [1]
    project.write(source, "two\n")
    assert built(project, make) == [2]
    project.remove(source)
    assert built(project, make) == [3]


@pytest.mark.parametrize("other", ["docs/en/index.md", "docs/translations.lock", "site/index.html"])
def test_another_page_the_ledger_and_what_was_built_do_not(project, make, other):
    assert built(project, make) == [1]
    project.write(other, "another\n")
    assert built(project, make) == [1]


def test_another_version_of_a_package_makes_it_anew(project, make, tmp_path, monkeypatch):
    installed = tmp_path / "torch-2.13.0.dist-info"
    installed.mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(cache, "_LOADED", cache._code())
    assert built(project, make) == [1]
    installed.rename(tmp_path / "torch-2.14.0.dist-info")
    monkeypatch.setattr(cache, "_LOADED", cache._code())  # as in a program that begins now
    assert built(project, make) == [2]


def test_a_server_whose_tools_are_no_longer_those_of_the_project_keeps_nothing(
    project, make, tmp_path, monkeypatch
):
    assert built(project, make) == [1]
    (tmp_path / "torch-2.14.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    assert built(project, make) == [2]
    assert built(project, make) == [3]


def test_the_tools_of_another_project_keep_nothing(project, make):
    project.remove("tools")
    shutil.copytree(ROOT / "tools", project.folder / "tools")
    assert built(project, make) == [1]
    assert built(project, make) == [2]
    assert not files_of(project)


@pytest.mark.parametrize("damaged", ["", "no key", "{head}\n[1", "{head}\ntrue", "{head}\n"])
def test_what_a_broken_disk_left_is_made_anew(project, make, damaged):
    assert built(project, make) == [1]
    (file,) = files_of(project)
    head = file.read_text("utf-8").splitlines()[0]
    file.write_text(damaged.replace("{head}", head), "utf-8")
    assert built(project, make) == [2]


def test_where_nothing_can_be_written_it_is_made_each_time(project, make):
    project.write(".cache/made", "a file")
    assert built(project, make) == [1]
    assert built(project, make) == [2]


def test_nothing_is_kept_of_a_build_during_which_a_source_changed(project, make):
    source, before = "docs/glossary.yml", project.read("docs/glossary.yml")
    built(project, make, during=lambda: project.write(source, ""))
    project.write(source, before)
    assert built(project, make) == [2]


def test_nor_if_it_was_undone_in_the_same_build(project, make):
    source, before = "docs/glossary.yml", project.read("docs/glossary.yml")

    def change_and_undo():
        project.write(source, "")
        project.write(source, before)

    built(project, make, during=change_and_undo)
    assert built(project, make) == [2]


def test_nothing_is_kept_of_a_build_that_was_stopped(project, make):
    def stop():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        built(project, make, during=stop)
    assert built(project, make) == [2]
