"""Published notebooks are compared with the built ones: from a folder, and by git."""

import subprocess

import pytest
from click.testing import CliRunner

from tools.checks import elsewhere


def run(*arguments, **environment):
    return CliRunner().invoke(
        elsewhere.main, [str(a) for a in arguments], env=environment, standalone_mode=False
    )


@pytest.fixture
def folders(tmp_path):
    """A built site with two notebooks, and a folder in which the same are published."""
    for name in ("site", "published/made"):
        for book in ("gates/gru/gru.ipynb", "zh/index.ipynb"):
            file = tmp_path / name / book
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"{book}\n", "utf-8")
    return tmp_path / "site", tmp_path / "published/made"


def test_the_same_notebooks_are_in_order(folders):
    ran = run(*folders)
    assert ran.return_value == 0
    assert ran.stdout == "Every notebook is published as it was built.\n"


def test_each_notebook_that_differs_is_named(folders):
    site, published = folders
    (published / "gates/gru/gru.ipynb").write_text("older\n", "utf-8")
    (published / "zh/index.ipynb").rename(published / "zh/old.ipynb")
    ran = run(*folders)
    assert ran.return_value == 1
    assert ran.stderr.splitlines() == [
        "gates/gru/gru.ipynb is published, but another one; publish it anew",
        "zh/index.ipynb is not published",
        "zh/old.ipynb is published, and the site has none such; take it away",
    ]


def test_they_are_fetched_from_where_the_links_lead(folders, tmp_path):
    site, published = folders
    git = ["git", "-c", "user.name=x", "-c", "user.email=x", "-c", "init.defaultBranch=books"]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "books"]):
        subprocess.run([*git, *arguments], cwd=published.parent, check=True)
    here = {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{published.parent}.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://github.com/me/gate",
    }
    address = "https://github.com/me/gate/tree/books/made"
    assert run(site, NOTEBOOKS_URL=address, **here).return_value == 0
    (site / "gates/gru/gru.ipynb").write_text("newer\n", "utf-8")
    assert run(site, NOTEBOOKS_URL=address, **here).return_value == 1


def test_it_says_what_it_needs(folders):
    site, _ = folders
    assert "or set NOTEBOOKS_URL" in str(run(site, NOTEBOOKS_URL="").exception)
    for book in site.rglob("*.ipynb"):
        book.unlink()
    assert "run make build first" in str(run(*folders).exception)
