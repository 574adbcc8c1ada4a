"""The page of all code lists each snippet that a page shows, once, and leads to where it stands."""

import re
from posixpath import join, normpath

import pytest
from bs4 import Tag

from tests.project import Project
from tests.sources import LANGUAGES, OVERVIEW, html
from tools.checks import snippets as checks
from tools.rendering.placeholders import filled
from tools.sources import languages

PAGE = "pytorch/code.md"
LINES = "docs/snippets.yml"
_PARTS = re.compile(
    r'<h[1-3]\b[^>]*? id="([^"]+)"|class="gg-exercise" id="([^"]+)"|class="filename"[^>]*>([^<]+)<'
)


def shown(code: str) -> set[str]:
    """The pages and the files that they show under their names; the home page borrows one."""
    found = {
        f"{path.removesuffix('.md')}/{fence.includes[0][0].rpartition('/')[2]}"
        for path, page in OVERVIEW.sources.pages[code].items()
        for fence in page.fences
        if fence.is_python and "title=" in fence.info
    }
    return found - {"index/gru_model.py"}


def listed(site, code: str) -> dict[str, Tag]:
    """The lines of the page, by the page that each leads to and the file that it names."""
    found: dict[str, Tag] = {}
    for block in html(site, code, PAGE).select(".gg-code"):
        folder = place(block.h2.a)[0] or "index"
        for line in block.select("li"):
            name = f"{folder}/{line.a.get_text()}"
            assert name not in found, f"{name} is listed twice"
            found[name] = line
    return found


def place(link: Tag) -> tuple[str, str]:
    """Where a link of the page leads, below its language's root: an address and an id."""
    address, _, section = str(link["href"]).partition("#")
    path = normpath(join(languages.address(PAGE), address))
    return "" if path == "." else path, section


def blocks(site, code: str, path: str) -> set[tuple[str, str]]:
    """The blocks of a page: the section that each stands in or the exercise, and its file."""
    file = site / LANGUAGES[code].prefix / languages.address(path) / "index.html"
    section = exercise = ""
    found = set()
    for heading, question, name in _PARTS.findall(file.read_text("utf-8")):
        section, exercise = heading or section, "" if heading else question or exercise
        found |= {(section, name), (exercise, name)}
    return found


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_snippet_that_a_page_shows_is_listed_once(site, code):
    assert listed(site, code).keys() == shown(code)


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_line_leads_to_the_block_that_it_is_about(site, code):
    for name, line in listed(site, code).items():
        folder, file = name.rsplit("/", 1)
        address, section = place(line.a)
        assert address == languages.address(f"{folder}.md").strip("/")
        assert (section, file) in blocks(site, code, f"{folder}.md"), f"{name}: #{section}"


NEEDED = {
    "pytorch/deploy/to_onnx.py": "onnx, onnxruntime, onnxscript",
    "pytorch/training/script.py": "statsmodels, tqdm",
    "conventions/weights/from_flax.py": "flax, jax",
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_line_names_what_has_to_be_installed_and_how_long_the_code_is(site, code):
    lines = listed(site, code)
    for name, packages in NEEDED.items():
        assert f" {packages} · " in lines[name].get_text()
    alone = lines["pytorch/gru-model/gru_model.py"].select_one(".gg-quiet").get_text()
    assert len(alone.split(" · ")) == 2 and "41" in alone


def test_a_snippet_without_a_line_and_a_line_without_a_snippet_are_named(project: Project):
    for code in LANGUAGES:
        page = f"docs/{code}/gates/gru.md"
        project.write(page, f"{project.read(page)}\n<!-- generated: code -->\n")
    project.write(LINES, "gates/gru/two.py: {en: One step by hand}\n")
    found = [str(finding) for finding in checks.check(project.overview())]
    assert found == [
        f"docs/en/gates/gru.md:{line_of(project)}: docs/snippets.yml does not say what "
        "gates/gru/one.py does; add gates/gru/one.py: {en: ...}",
        "docs/snippets.yml:1: no page shows snippets/gates/gru/two.py; take its line out, "
        "or mend the name",
    ]


def line_of(project: Project) -> int:
    lines = project.read("docs/en/gates/gru.md").splitlines()
    return next(number for number, line in enumerate(lines, 1) if "gates/gru/one.py" in line)


FAULTY = {
    "{}": "say what it does in a language at least, {en: ...}",
    "{fr: Un pas}": "'fr' is no language of the site; it has en, zh",
    "{en: a | b}": "'en' has 'a | b' here; write words without a |",
    "{en: one two three four five six seven eight nine ten eleven twelve more}": (
        "'en' has 13 words, and at most 12 fit"
    ),
}


@pytest.mark.parametrize("said", FAULTY)
def test_a_line_that_does_not_fit_is_named(project: Project, said):
    page = "docs/en/gates/gru.md"
    project.write(page, f"{project.read(page)}\n<!-- generated: code -->\n")
    project.write(LINES, f"gates/gru/one.py: {said}\n")
    found = [str(finding) for finding in checks.check(project.overview())]
    assert found == [f"docs/snippets.yml:1: gates/gru/one.py: {FAULTY[said]}"]


def test_who_writes_one_language_need_not_say_it_in_the_other(project: Project):
    page = "docs/zh/gates/gru.md"
    project.write(page, f"{project.read(page)}\n<!-- generated: code -->\n")
    project.write(LINES, "gates/gru/one.py: {en: One step by hand}\n")
    overview = project.overview()
    text = filled(project.read(page), "gates/gru.md", overview.sources.language("zh"), overview)
    assert '- <span lang="en">One step by hand</span><br>' in text
