"""What a build keeps for the next one is found again only if nothing that it rests on changed."""

import pytest

from tools.project import cache


@pytest.fixture
def make():
    """Something that takes long to make: it counts how often it was made."""

    def make() -> list[int]:
        make.made += 1
        return [make.made]

    make.made = 0
    return make


def kept(project, make, text="text"):
    cache.sources.cache_clear()
    return cache.kept(project.folder, "pages/en/index.md", [text], make)


def test_it_is_made_once(project, make):
    assert kept(project, make) == kept(project, make) == [1]


def test_another_text_takes_the_place_of_the_one_before(project, make):
    assert kept(project, make) == [1]
    assert kept(project, make, "another") == [2]
    assert kept(project, make) == [3]
    assert len([*(project.folder / ".cache/made").rglob("*.json")]) == 1


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
        "tools/rendering/twin.py",
    ],
)
def test_another_source_makes_it_anew(project, make, source):
    for folder in ("overrides", "tools"):  # which lead to the ones that all tests share
        project.remove(folder)
    project.write(source, "one\n")
    assert kept(project, make) == kept(project, make) == [1]
    project.write(source, "two\n")
    assert kept(project, make) == [2]
    project.remove(source)
    assert kept(project, make) == [3]


@pytest.mark.parametrize("other", ["docs/en/index.md", "docs/translations.lock", "site/index.html"])
def test_another_page_the_ledger_and_what_was_built_do_not(project, make, other):
    assert kept(project, make) == [1]
    project.write(other, "another\n")
    assert kept(project, make) == [1]


def test_another_version_of_a_package_makes_it_anew(project, make, tmp_path, monkeypatch):
    installed = tmp_path / "torch-2.13.0.dist-info"
    installed.mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    assert kept(project, make) == [1]
    installed.rename(tmp_path / "torch-2.14.0.dist-info")
    assert kept(project, make) == [2]


@pytest.mark.parametrize("damaged", ["", "no key", "{key}\n[1", "{key}\n"])
def test_what_a_full_disk_left_is_made_anew(project, make, damaged):
    assert kept(project, make) == [1]
    (file,) = (project.folder / ".cache/made").rglob("*.json")
    key = file.read_text("utf-8").splitlines()[0]
    file.write_text(damaged.replace("{key}", key), "utf-8")
    assert kept(project, make) == [2]


def test_nothing_is_kept_of_a_build_during_which_a_source_changed(project, make):
    source = "docs/glossary.yml"
    before = project.read(source)
    assert kept(project, make) == [1]
    project.write(source, "")  # of which something may have been made
    cache.forget_if_changed(project.folder)
    project.write(source, before)
    assert kept(project, make) == [2]
