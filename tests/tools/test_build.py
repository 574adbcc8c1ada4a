"""Building a project: every language, what one lacks, and what stops a build with a clear word."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.project import BUILD, ENVIRONMENT
from tests.sources import LANGUAGES, PAGES_OF_TESTS, ROOT, SITE_URL, url
from tools.project.errors import UserError
from tools.sources import languages, pages


@pytest.fixture
def notebook(project):
    """A project with a notebook that leaves a mark each time its code is run."""
    log = project.folder / "log.txt"
    project.navigation("index.md", "gates/gru.md", "evidence/run.py")
    plots = (ROOT / "experiments/plots.py").read_text("utf-8")
    project.write("experiments/plots.py", plots)
    pages = {code: (PAGES_OF_TESTS / f"run/{code}.py").read_text("utf-8") for code in ("en", "zh")}
    counter = (PAGES_OF_TESTS / "run/counter.py").read_text("utf-8")
    project.write("experiments/counter.py", counter)
    for code, text in pages.items():
        project.write(f"docs/{code}/evidence/run.py", text)
    project.runs = lambda: log.read_text("utf-8").split().count("run") if log.exists() else 0
    return project


def page(project, path: str) -> BeautifulSoup:
    return BeautifulSoup(project.read(f"site/{path}index.html"), "html.parser")


def test_one_command_builds_both_languages(project):
    ran = project.build()
    assert ran.returncode == 0, ran.stdout
    assert page(project, "gates/gru/").h1.get_text().startswith("GRU en")
    assert page(project, "zh/gates/gru/").h1.get_text().startswith("GRU zh")


def test_each_language_can_be_built_alone(project):
    ran = project.build("-f", "docs/zh.yml")
    assert ran.returncode == 0, ran.stdout
    canonical = page(project, "zh/gates/gru/").select_one("link[rel=canonical]")["href"]
    assert canonical == SITE_URL + "zh/gates/gru/"
    assert not (project.folder / "site/index.html").exists()


def test_an_address_may_lack_its_last_slash(project):
    assert project.build(SITE_URL=SITE_URL.rstrip("/")).returncode == 0
    canonical = page(project, "zh/gates/gru/").select_one("link[rel=canonical]")["href"]
    assert canonical == SITE_URL + "zh/gates/gru/"


def test_a_third_language_is_a_folder_and_a_file(project):
    text = project.read("docs/zh.yml").replace("zh", "ja").replace("中文", "日本語")
    project.write("docs/ja.yml", text)
    project.write("docs/ja/index.md", "# ホーム { #home }\n")
    ran = project.build()
    assert ran.returncode == 0, ran.stdout
    home = page(project, "ja/")
    assert home.html["lang"] == "ja"
    assert {a["hreflang"] for a in home.select("link[hreflang]")} == {"en", "zh", "ja", "x-default"}
    assert [a.get_text(strip=True) for a in page(project, "").select(".gg-switch")] == [
        "English", "日本語", "中文",
    ]  # fmt: skip
    assert page(project, "ja/gates/gru/").select_one(".gg-fallback")


def test_a_page_that_one_language_lacks_is_served_in_the_other_under_a_banner(project):
    (project.folder / "docs/zh/gates/gru.md").unlink()
    project.write("docs/zh/only.md", "# Only { #only }\n")
    project.edit("mkdocs.yml", "  - index.md\n", "  - index.md\n  - only.md\n")
    ran = project.build()
    assert ran.returncode == 0, ran.stdout
    for path, reader, text_code, name in (
        ("zh/gates/gru/", "zh", "en", "英文"),
        ("only/", "en", "zh", "Chinese"),
    ):
        fallback = page(project, path)
        banner = fallback.select_one(".gg-fallback")
        assert fallback.html["lang"] == reader
        assert name in banner.get_text()
        assert banner.find_next_sibling("div")["lang"] == text_code
        original = SITE_URL + ("zh/only/" if text_code == "zh" else "gates/gru/")
        assert fallback.select_one("link[rel=canonical]")["href"] == original
        assert {a["hreflang"] for a in fallback.select("link[hreflang]")} == {
            text_code,
            "x-default",
        }


def test_a_finding_stops_the_build_and_names_file_line_and_what_to_do(project):
    project.write("docs/zh/index.md", "# Home { #home }\n\n## 无锚\n\n$\\foo$\n")
    ran = project.build()
    assert ran.returncode != 0
    assert "docs/zh/index.md:3: the heading '无锚' has no id; add one" in ran.stdout
    assert "docs/zh/index.md:5: this formula cannot be set" in ran.stdout
    assert "Traceback" not in ran.stdout, ran.stdout


def test_a_finding_loses_nothing_that_was_built_before(project):
    assert project.build().returncode == 0
    before = project.read("site/index.html")
    project.write("docs/zh/index.md", "# Home { #home }\n\n## 无锚\n")
    assert project.build().returncode != 0
    assert project.read("site/index.html") == before


def test_a_language_file_that_names_an_unknown_folder(project):
    text = project.read("docs/zh.yml").replace("docs_dir: zh", "docs_dir: ja")
    project.write("docs/ja.yml", text)
    ran = project.build()
    line = text.splitlines().index("docs_dir: ja") + 1
    assert ran.returncode != 0
    assert f"docs/ja.yml:{line}: the folder 'ja' does not exist. Make it" in ran.stdout
    assert "Traceback" not in ran.stdout, ran.stdout


def test_a_section_without_a_page(project):
    page, nested = "      - gates/gru.md\n", "      - inner:\n          - gates/gru.md\n"
    project.edit("mkdocs.yml", page, nested)
    ran = project.build()
    assert ran.returncode != 0
    assert "mkdocs.yml:1: a section holds sections alone" in ran.stdout
    assert "Traceback" not in ran.stdout


def test_a_section_without_a_name(project):
    page = "docs/zh/gates/gru.md"
    assert pages.section(project.folder / page) == "Gates zh"
    project.edit(page, "section: Gates zh\n", "description: x\n")
    with pytest.raises(UserError) as error:
        pages.section(project.folder / page)
    assert str(error.value).startswith(f"{page}:1: the first page of a section names it; add")


@pytest.mark.parametrize(
    "here, base, there, href",
    [
        ("en", "../..", "zh", "../../zh/gates/gru/"),
        ("zh", "../..", "en", "../../../gates/gru/"),
        ("zh", "../..", "zh", "../../../zh/gates/gru/"),
        ("en", "/gate/", "zh", "/gate/zh/gates/gru/"),  # a page for a wrong address
    ],
)
def test_a_page_links_to_its_twins(here, base, there, href):
    every = list(LANGUAGES.values())
    links = languages.links("gates/gru/", LANGUAGES[here], every, SITE_URL, base)
    assert [link["url"] for link in links] == [url(code, "gates/gru.md") for code in LANGUAGES]
    assert {link["language"].code: link["href"] for link in links}[there] == href


def test_a_notebook_goes_through_the_page_pipeline(notebook):
    ran = notebook.build()
    assert ran.returncode == 0, ran.stdout
    html = page(notebook, "zh/evidence/run/")
    assert html.select_one("h2#part").get_text().startswith("Part zh")
    assert "{ #" not in html.get_text()
    assert html.select_one("article math")
    code, output = html.select("article pre")
    assert "language-python" in code.parent["class"]
    assert output.get_text() == "a < b & c\n"
    assert [a["href"] for a in html.select(".md-sidebar--secondary a.md-nav__link")] == ["#part"]
    assert "reset-gate" in str(page(notebook, "gates/gru/"))


def test_code_that_is_the_same_in_every_language_runs_once_and_only_when_something_changed(
    notebook,
):
    assert notebook.build().returncode == 0
    assert notebook.runs() == 1
    assert notebook.build().returncode == 0
    assert notebook.runs() == 1
    notebook.edit("docs/zh/evidence/run.py", "**bold**", "bold")
    assert notebook.build().returncode == 0
    assert notebook.runs() == 1
    notebook.edit("experiments/counter.py", "return text", "return text + '!'")
    assert notebook.build().returncode == 0
    assert notebook.runs() == 2
    assert "a < b & c!" in page(notebook, "evidence/run/").get_text()
    notebook.edit("docs/en/evidence/run.py", "a < b & c", "a > b")
    assert notebook.build().returncode == 0
    assert notebook.runs() == 3


def test_a_cell_that_raises_stops_the_build_and_names_its_line(notebook):
    text = notebook.read("docs/en/evidence/run.py") + "\n# %%\nvalue = 0\nprint(1 / value)\n"
    notebook.write("docs/en/evidence/run.py", text)
    ran = notebook.build()
    line = len(text.splitlines())
    assert ran.returncode != 0
    assert f"docs/en/evidence/run.py:{line}: this cell raises ZeroDivisionError" in ran.stdout
    assert "Mend the cell and build again" in ran.stdout
    assert "Traceback" not in ran.stdout, ran.stdout


PLOT = """
# %%{alt}
from plots import plt

plt.plot([1, 2], color="#183ee6")
plt.xlabel("{label}")
plt.show()
"""


def test_a_plot_without_a_text_alternative(notebook):
    text = notebook.read("docs/en/evidence/run.py")
    added = PLOT.format(alt="", label="year")
    notebook.write("docs/en/evidence/run.py", text + added)
    ran = notebook.build()
    line = len(text.splitlines()) + 2
    assert ran.returncode != 0
    assert (
        f"docs/en/evidence/run.py:{line}: this cell shows a plot; say what it shows" in ran.stdout
    )


def test_a_plot_with_a_label_that_the_glossary_lacks(notebook):
    for language in ("en", "zh"):
        path = f"docs/{language}/evidence/run.py"
        added = PLOT.format(alt=' alt="A line that goes up by a year each time"', label="parsec")
        notebook.write(path, notebook.read(path) + added)
    ran = notebook.build()
    line = notebook.read("docs/zh/evidence/run.py").splitlines().index('plt.xlabel("parsec")') + 1
    assert ran.returncode != 0
    assert f"docs/zh/evidence/run.py:{line}: docs/glossary.yml has no term 'parsec'" in ran.stdout


def test_a_plot_whose_words_cannot_be_replaced(notebook):
    text = notebook.read("docs/en/evidence/run.py")
    added = PLOT.format(alt=' alt="A line that goes up by a year each time"', label="year")
    added = added.replace("from plots import plt", "from matplotlib import pyplot as plt")
    notebook.write("docs/en/evidence/run.py", text + added)
    ran = notebook.build()
    assert ran.returncode != 0
    assert "this plot's words are drawn as shapes" in ran.stdout


def test_a_plot_is_drawn_in_the_pages_colours_and_words(notebook):
    for language in ("en", "zh"):
        path = f"docs/{language}/evidence/run.py"
        added = PLOT.format(alt=f' alt="A line that goes up {language}"', label="year")
        notebook.write(path, notebook.read(path) + added)
    ran = notebook.build()
    assert ran.returncode == 0, ran.stdout
    plot = page(notebook, "zh/evidence/run/").select_one("figure.plot svg")
    assert plot["aria-label"] == "A line that goes up zh"
    assert "var(--gg-keep)" in str(plot) and "#183ee6" not in str(plot)
    assert "年份" in plot.get_text() and "year" not in plot.get_text()
    assert not plot.select("style, metadata")


def made(project) -> Path:
    """Where a build keeps for the next one what became of each page."""
    return project.folder / ".cache/made"


def mark(project, path: str, old: str, new: str) -> None:
    """Change what is kept of a page, so that one sees where it is taken."""
    file = made(project) / f"pages/en/{path}.json"
    head, _, value = file.read_text("utf-8").partition("\n")
    assert old in value
    value = value.replace(old, new)
    file.write_text(f"{head.split()[0]} {sha256(value.encode()).hexdigest()}\n{value}", "utf-8")


def test_the_next_build_takes_each_page_that_did_not_change_from_the_last_one(project):
    assert project.build().returncode == 0
    mark(project, "index.md", "Home en", "Kept home")
    mark(project, "gates/gru.md", "GRU en", "Kept GRU")
    ran = project.build()
    assert ran.returncode == 0, ran.stdout
    assert page(project, "").h1.get_text().startswith("Kept home")
    assert page(project, "gates/gru/").h1.get_text().startswith("Kept GRU")
    project.edit("docs/en/gates/gru.md", "The reset gate", "This gate")
    ran = project.build()
    assert ran.returncode == 0, ran.stdout
    assert page(project, "").h1.get_text().startswith("Kept home")
    assert page(project, "gates/gru/").h1.get_text().startswith("GRU en")


def test_a_kept_page_gives_its_formulas_to_what_one_takes_along_of_it(project):
    write_about(project)
    assert project.build().returncode == 0
    twin = project.read("site/index.md")
    assert twin.count("$$") > 1, twin
    elsewhere = "https://example.org/elsewhere/"
    ran = project.build(SITE_URL=elsewhere)
    assert ran.returncode == 0, ran.stdout
    assert project.read("site/index.md") == twin.replace(SITE_URL, elsewhere)


def test_what_is_warned_of_is_not_kept(project):
    project.edit("docs/glossary.yml", "The vector that a", "The [vector](nowhere.md) that a")
    for _ in range(2):
        ran = project.build()
        assert ran.returncode != 0
        assert "WARNING -  Doc file 'glossary.md' contains a link 'nowhere.md'" in ran.stdout


def test_a_quiet_build_stops_at_what_is_warned_of_and_keeps_none_of_it(project):
    project.edit("docs/glossary.yml", "The vector that a", "The [vector](nowhere.md) that a")
    for options in (["--quiet"], []):
        ran = project.build(*options)
        assert ran.returncode != 0
        assert "contains a link 'nowhere.md'" in ran.stdout


def test_a_formula_may_be_written_otherwise_and_look_the_same(project):
    project.edit("docs/en/gates/gru.md", "$r_t$", r"$r_t \le 1$")
    assert project.build().returncode == 0
    project.edit("docs/en/gates/gru.md", r"\le 1", r"\leq 1")
    assert project.build().returncode == 0
    assert r"$r_t \leq 1$" in project.read("site/gates/gru/index.md")


def test_a_build_without_a_folder_for_each_page_is_refused(project):
    ran = project.build("--no-directory-urls")
    assert ran.returncode != 0
    assert "every page is a folder here; leave out --no-directory-urls" in ran.stdout


def test_a_build_from_another_folder_is_refused(project):
    config = str(project.folder / "mkdocs.yml")
    ran = subprocess.run(
        [sys.executable, *BUILD, "-f", config], cwd=ROOT, env=ENVIRONMENT,
        capture_output=True, text=True,
    )  # fmt: skip
    assert ran.returncode != 0
    assert f"go there: cd {project.folder}" in ran.stderr


def test_a_kept_page_may_lead_to_no_page_that_is_gone(project):
    project.edit("docs/glossary.yml", "The vector that a", "The [vector](vector.md) that a")
    project.write("docs/en/vector.md", "# Vector { #vector }\n")
    project.navigation("index.md", "gates/gru.md", "vector.md")
    assert project.build().returncode == 0
    project.remove("docs/en/vector.md")
    project.navigation("index.md", "gates/gru.md")
    ran = project.build()
    assert ran.returncode != 0
    assert "contains a link 'vector.md', but the target is not found" in ran.stdout


def _behind(project) -> None:
    """Change one language alone, after both said the same."""
    project.sync()
    project.commit()
    project.edit("docs/en/gates/gru.md", "This gate", "The gate")


ABOUT = """\
[GRU](gates/gru.md#reset-gate) has a hidden state, 隐藏状态.

<!-- generated: translations -->

![How the two gates of a GRU mix what is old and what is new](figure:gru-cell){ cell=gru }
"""


def write_about(project) -> None:
    """Let the home page lead on, ask for a table, define a term and show a drawing."""
    for language in LANGUAGES:
        home = project.read(f"docs/{language}/index.md")
        project.write(f"docs/{language}/index.md", f"{home}\n{ABOUT}")


SEARCHED = """\
search:
  words:
    reset-gate: forget, 忘掉
section:"""

CHANGES: dict[str, Callable] = {
    "a sentence": lambda p: p.edit("docs/en/gates/gru.md", "The reset gate", "This gate"),
    "a title": lambda p: p.edit("docs/en/gates/gru.md", "# GRU en", "# The GRU"),
    "words for the search": lambda p: [
        p.edit(f"docs/{code}/gates/gru.md", "section:", SEARCHED) for code in LANGUAGES
    ],
    "a description": lambda p: p.edit(
        "docs/zh/gates/gru.md", "section:", "description: 两个门，一个状态\nsection:"
    ),
    "a definition": lambda p: p.edit(
        "docs/glossary.yml",
        "The vector that a recurrent cell hands",
        "The vector that a cell hands",
    ),
    "a snippet and its output": lambda p: (
        p.edit("snippets/gates/gru/one.py", "(1)", "(2)"),
        p.edit("snippets/gates/gru/one.out", "1", "2"),
    ),
    "a drawing": lambda p: p.edit("docs/figures/gru-cell.svg", 'rx="16"', 'rx="8"'),
    "what the interface says": lambda p: p.edit("docs/zh.yml", " formula: ", " formula: 一个"),
    "a notice in the other language": _behind,
    "an agreement": lambda p: p.sync(reason="it says the same"),
    "a module that a notebook imports": lambda p: p.edit(
        "experiments/counter.py", "return text", "return text + '!'"
    ),
    "a page that one language lacks": lambda p: p.remove("docs/zh/index.md"),
}


@pytest.mark.proof
def test_whatever_changes_a_build_that_kept_pages_writes_what_one_that_kept_none_does(notebook):
    write_about(notebook)
    ran = notebook.build()
    assert ran.returncode == 0, ran.stdout
    before = files_of(notebook)
    for what, change in CHANGES.items():
        change(notebook)
        ran = notebook.build()
        assert ran.returncode == 0, (what, ran.stdout)
        kept = files_of(notebook)
        assert kept != before, what
        shutil.rmtree(made(notebook))
        assert notebook.build().returncode == 0, what
        before = files_of(notebook)
        assert {name for name in before if kept.get(name) != before[name]} == set(), what
        assert kept.keys() == before.keys(), what


def files_of(project) -> dict[str, bytes]:
    site = project.folder / "site"
    return {f"{file.relative_to(site)}": file.read_bytes() for file in site.rglob("*.*")}
