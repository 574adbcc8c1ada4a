"""A builder that passes over a plugin, the hook or an extension fails, and says on which page."""

import re
import shutil

import pytest
from click.testing import CliRunner

from tests.sources import OVERVIEW, ROOT
from tools.checks import built
from tools.theme import search

GRU, ADDING, GLOSSARY = (
    f"{path}/index.html" for path in ("zh/gates/gru", "evidence/adding", "glossary")
)
LINE = '<!-- page: {"root": "/gate", "path": "gates/gru.md", "text": "zh", "reader": "zh"} -->'
CASES = {
    "no formula": (GRU, "<math.*?</math>", "", "formulas, and not all are set"),
    "a formula as LaTeX": (GRU, 'class="math"', 'class="arithmatex"', "a formula is no MathML"),
    "a drawing as a picture": (
        GRU, '<figure class="figure".*?</figure>', '<img src="figure:gru-cell">',
        "a drawing is not put in (tools.rendering.figures)",
    ),
    "a plot as a picture": (
        ADDING, '<figure class="plot".*?</figure>', '<img src="plot:adding">',
        "a plot is not put in (tools.rendering.figures)",
    ),
    "a request": (
        GLOSSARY, "</article>", "<!-- generated: glossary --></article>",
        "what the page asks for is not filled in (tools.rendering.placeholders)",
    ),
    "the first line": (
        GRU, "<article", f"{LINE}<article", "the line that says which page it is stands on it",
    ),
    "a block without the keyboard": (
        GRU, '<pre tabindex="0"', "<pre", "the keyboard does not reach a block",
    ),
    "an exercise in plain text": (
        GRU, 'class="gg-exercise"', "", "an exercise does not answer back",
    ),
    "no output": (
        ADDING, 'class="(language-text|plot)', 'class="', "it shows cells and nothing that they",
    ),
    "no definition": (GRU, 'class="gg-term"', "", "no term shows its definition"),
    "no versions": (GRU, "torch 2.13.0, 2.6.0", "torch", "with which versions its code was run"),
    "no other language": (GRU, 'rel=" alternate"', "", "no link to its other languages"),
    "no page": (GRU, None, None, "it is not there"),
    "no Markdown": ("zh/gates/gru/index.md", None, None, "nobody can take this along"),
    "no notebook": ("evidence/adding/adding.ipynb", None, None, "nobody can take this along"),
    "no list": ("zh/llms.txt", None, None, "no list of the pages as Markdown"),
    "no part of the search": (f"zh/{search.INDEX}", None, None, "the search lacks sections"),
    "an empty search": (
        f"zh/{search.INDEX}", r'"sections":\[.*\],"terms"', '"sections":[],"terms"',
        "the search lacks sections",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(site, tmp_path_factory):
    """A copy of the built site, to take things out and put them back."""
    return shutil.copytree(site, tmp_path_factory.mktemp("built") / "site")


def test_what_was_built_lacks_nothing(site, monkeypatch):
    monkeypatch.chdir(ROOT)
    ran = CliRunner().invoke(built.main, [str(site)], standalone_mode=False)
    assert (ran.return_value, ran.output) == (0, "")


@pytest.mark.parametrize("name", CASES)
def test_what_is_missing_is_named_with_its_page(folder, name):
    path, old, new, message = CASES[name]
    whole = (folder / path).read_text("utf-8")
    if new is None:
        (folder / path).unlink()
    else:
        less, count = re.subn(old, new, whole, flags=re.DOTALL)
        assert count
        (folder / path).write_text(less, "utf-8")
    faults = list(built.check(OVERVIEW, folder))
    (folder / path).write_text(whole, "utf-8")
    assert [fault for fault in faults if message in fault]
    assert all(fault.startswith(str(folder / path)) for fault in faults)
    if path == GRU:
        assert "from docs/zh/gates/gru.md: " in faults[0]


def test_the_command_names_each_page_of_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    ran = CliRunner().invoke(built.main, [str(tmp_path)], standalone_mode=False)
    assert ran.return_value == 1
    assert f"{tmp_path}/zh/gates/gru/index.html, from docs/zh/gates/gru.md: it is not there" in (
        ran.output
    )


DRAWING = "\n![The gates of a GRU cell, and what each of them lets through](figure:gru-cell)\n"
NOTEBOOK = "# ---\n# section: E\n# ---\n\n# %% [markdown]\n# # Run { #run }\n\n# %%\nprint(1)\n"


def test_a_build_that_passes_over_everything_of_ours_but_the_hook_fails(project):
    project.write("requirements-test.txt", "torch==2.13.0\n")
    project.write("snippets/gates/gru/one.py", "import torch\n\nprint(1)\n")
    for code in ("en", "zh"):
        project.write(f"docs/{code}/run.py", NOTEBOOK)
        page = f"docs/{code}/gates/gru.md"
        project.write(page, project.read(page) + DRAWING)
    project.navigation("index.md", "gates/gru.md", "run.py")
    project.edit("mkdocs.yml", "execute: true", "execute: false")
    settings = project.read("mkdocs.yml")
    less, count = re.subn(r"  - tools\.rendering\.\w+\n", "", settings)
    assert count
    project.write("mkdocs.yml", less)
    ran = project.build("--no-strict")
    assert ran.returncode != 0 and "Traceback" not in ran.stdout
    for path, who in (
        ("gates/gru", "mathml"), ("gates/gru", "figures"), ("gates/gru", "tooltips"),
        ("gates/gru", "typesetting"), ("gates/gru", "ran_with"), ("gates/gru", "origin"),
    ):  # fmt: skip
        page = re.escape(f"{project.folder}/site/{path}/index.html, from docs/en/{path}.md: ")
        assert re.search(rf"{page}.*\(tools\.rendering\.{who}\)", ran.stdout), (who, ran.stdout)
    assert "it shows cells and nothing that they gave (mkdocs-jupyter" in ran.stdout


def test_a_build_that_passes_over_the_hook_fails(project):
    project.edit("mkdocs.yml", "hooks:\n  - tools/hooks.py\n", "")
    ran = project.build("--no-strict")
    assert ran.returncode != 0
    assert "a text came without its first line, <!-- page: ... -->" in ran.stdout


def test_a_banner_and_a_notice_that_are_missing(project):
    project.sync()
    project.edit("docs/en/gates/gru.md", "The reset gate $r_t$.", "The reset gate is $r_t$.")
    project.remove("docs/zh/index.md")
    ran = project.build()
    assert ran.returncode == 0, ran.stdout
    overview = project.overview()
    for path, name, message in (
        ("zh/gates/gru/", "gg-notice", "nobody tells its reader of the other language"),
        ("zh/", "gg-fallback", "nobody says that it is in another language"),
    ):
        file = f"site/{path}index.html"
        whole = project.read(file)
        project.edit(file, name, "x")
        (fault,) = built.check(overview, project.folder / "site")
        assert fault.startswith(str(project.folder / file)) and message in fault
        project.write(file, whole)
