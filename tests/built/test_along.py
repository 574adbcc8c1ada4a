"""What one takes along of a page: its Markdown twin and its notebook hold what the page shows."""

import os
import re
import shutil
from collections import Counter
from contextlib import ExitStack
from itertools import product

import nbformat
import pytest
from bs4 import BeautifulSoup
from filelock import FileLock
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from nbclient import NotebookClient

from tests.sources import LANGUAGES, PAGES, SITE_URL, SOURCES, html, url
from tools.rendering import along, twin
from tools.running import archive
from tools.sources import languages

READER = MarkdownIt("commonmark").enable("table").use(dollarmath_plugin, double_inline=False)
FORMULA = "∎"
ROOT_OF_SITE = "https://example.org/gate/"

every_page = pytest.mark.parametrize("code, path", list(product(LANGUAGES, PAGES)), scope="module")
with_code = [
    path for path in PAGES if any(f.is_python or f.cell for f in SOURCES.pages["en"][path].fences)
]


def folder(site, code, path):
    return site / LANGUAGES[code].prefix / languages.address(path)


def twin_of(site, code, path):
    """A page's twin without its last line, which says where it is from."""
    text, _, origin = (
        (folder(site, code, path) / along.TWIN).read_text("utf-8").rpartition("\n---\n")
    )
    assert url(code, path) in origin and "CC BY 4.0" in origin and "0BSD" in origin
    return text


def shown(site, code, path):
    """What a reader of a page sees of it, to be cut."""
    article = BeautifulSoup(str(html(site, code, path).article), "html.parser")
    beside = ", [role=tooltip], svg, .gg-lost, .gg-fallback, .gg-along, .gg-on-paper"
    for element in article.select(twin.LEFT_OUT + beside):
        element.decompose()
    for summary in article.select(".gg-fold > summary"):
        if summary.get_text() == "Python":  # the code of a plot
            folded = summary.parent
            summary.decompose()
            folded.unwrap()
    return article


def joined(text):
    """A text without spaces, and without the points that part two verdicts."""
    return re.sub(r"[\s\u200b·]+", "", text)


def notebook_of(site, code, path):
    name = languages.address(path).rstrip("/").rpartition("/")[2] or "index"
    return folder(site, code, path) / f"{name}.ipynb"


@every_page
def test_another_reader_of_markdown_sees_in_a_twin_what_the_page_shows(site, code, path):
    page = shown(site, code, path)
    read = BeautifulSoup(READER.render(twin_of(site, code, path)), "html.parser")
    for name in ("h1", "h2", "h3", "table", "li", "blockquote"):
        of_page = "blockquote, details, .admonition" if name == "blockquote" else name
        assert len(read.select(name)) == len(page.select(of_page)), name
    assert [pre.get_text() for pre in read.select("pre")] == [
        f"{pre.get_text().rstrip()}\n" for pre in page.select("pre")
    ]
    for name in page.select(".filename"):
        name.decompose()
    for formula in [*page.select("math"), *read.select(".math")]:
        formula.string = FORMULA
    assert joined(read.get_text()) == joined(page.get_text())


@every_page
def test_formulas_are_the_tex_of_their_source(site, code, path):
    read = BeautifulSoup(READER.render(twin_of(site, code, path)), "html.parser")
    written = Counter(bare(formula.get_text()) for formula in read.select(".math"))
    assert Counter(bare(each.latex) for each in SOURCES.pages[code][path].formulas) <= written


def bare(latex):
    """A formula without spaces; in a table a bar is written as a word, lest it end the cell."""
    return joined(latex.replace(r"\Vert ", r"\|").replace(r"\vert ", "|"))


@every_page
def test_links_of_a_twin_lead_to_the_site_and_to_files_that_are_there(site, code, path):
    read = BeautifulSoup(READER.render(twin_of(site, code, path)), "html.parser")
    anchors = {a["id"] for a in read.select("a[id]")}
    for link in read.select("a[href], img"):
        target = link.get("href") or link["src"]
        if target.startswith("#"):
            assert target[1:] in anchors, target
            continue
        assert target.startswith("http"), target
        if target.startswith(SITE_URL):
            file = site / target.removeprefix(SITE_URL).partition("#")[0].partition("?")[0]
            assert file.is_file() or (file / "index.html").is_file(), target


@pytest.mark.parametrize("path", with_code)
def test_a_notebook_holds_the_code_of_its_page_in_order_with_what_it_printed(site, path):
    codes = {}
    for code in LANGUAGES:
        book = nbformat.read(notebook_of(site, code, path), as_version=4)
        nbformat.validate(book)
        assert book.metadata.kernelspec.name == "python3"
        (told,) = (
            book.metadata[name] for name in ("Gate by Gate", "逐门") if name in book.metadata
        )
        assert (told.language, told.url) == (code, url(code, path))
        setup, *cells = [cell for cell in book.cells if cell.cell_type == "code"]
        page = shown(site, code, path)
        blocks = [b.get_text().rstrip() for b in page.select(".language-python pre")]
        assert [cell.source for cell in cells] == blocks
        printed = [
            output.text.strip("\n").rstrip()  # as the page shows it
            for cell in cells
            for output in cell.outputs
            if output.output_type == "stream"
        ]
        texts = [pre.get_text().strip("\n").rstrip() for pre in page.select(".language-text pre")]
        assert [text for text in texts if text in printed] == printed
        codes[code] = [(cell.source, cell.outputs) for cell in (setup, *cells)]
        words = "\n".join(cell.source for cell in book.cells if cell.cell_type == "markdown")
        assert len(re.findall("^## ", words, re.MULTILINE)) == len(page.select("h2"))
    assert codes["en"] == codes["zh"]


def test_a_page_without_code_has_no_notebook_and_offers_none(site):
    assert not notebook_of(site, "en", "glossary.md").exists()
    line = html(site, "en", "glossary.md").select_one(".gg-along")
    assert [a["href"] for a in line.select("a")] == ["index.md", "../take-along/#page"]


@every_page
def test_a_page_offers_its_files_in_one_line_that_the_search_and_print_leave_out(site, code, path):
    line = html(site, code, path).select_one("article > .gg-along")
    assert line.has_attr("data-search-exclude")
    assert len(line.select("*")) <= 3
    offered = [a["href"] for a in line.select("a[download]")]
    files = [notebook_of(site, code, path).name] if path in with_code else []
    assert offered == [*files, along.TWIN]
    assert all((folder(site, code, path) / name).is_file() for name in offered)


@pytest.mark.parametrize("code", LANGUAGES)
def test_llms_txt_lists_every_page_with_what_it_says_of_itself(site, code):
    text = (site / LANGUAGES[code].prefix / along.LIST).read_text("utf-8")
    title, about, note, *sections = text.split("\n\n")
    assert title.startswith("# ") and about.startswith("> ")
    other = next(prefix for c, prefix in ((c, LANGUAGES[c].prefix) for c in LANGUAGES) if c != code)
    assert f"({SITE_URL}{other}llms.txt)" in note
    links = re.findall(r"^- \[.+\]\((.+)\): .+", text, re.MULTILINE)
    home = SITE_URL + LANGUAGES[code].prefix
    assert sorted(links) == sorted(f"{home}{languages.address(path)}index.md" for path in PAGES)
    for link in links:
        assert (site / link.removeprefix(SITE_URL)).is_file()
    assert all(re.match("## |- ", part) for part in sections)


# A recipe trains for minutes; its own tests run it whole, and its cells are its page's blocks.
@pytest.mark.proof
@pytest.mark.parametrize("path", [each for each in with_code if not each.startswith("recipes/")])
def test_a_notebook_runs_from_top_to_bottom_and_prints_what_was_recorded(
    site, path, tmp_path, shared_folder
):
    book = nbformat.read(notebook_of(site, "en", path), as_version=4)
    recorded = streams(book)
    for file in [site / archive.FILE, *(site / "texts").glob("*.txt")]:
        shutil.copy(file, tmp_path)  # what it would fetch from the site
    client = NotebookClient(
        book, timeout=300, startup_timeout=300, resources={"metadata": {"path": tmp_path}}
    )
    # On one thread, as what is shown was recorded.
    environment = os.environ | {"PYTHONPATH": "", "OMP_NUM_THREADS": "1"}
    with ExitStack() as kernel:
        with FileLock(shared_folder / "kernel.lock"):  # two at once may be given the same ports
            kernel.enter_context(client.setup_kernel(env=environment))
        for index, cell in enumerate(book.cells):
            client.execute_cell(cell, index)
    assert streams(book) == recorded


def streams(book):
    """What each code cell printed, warnings aside."""
    return [
        "".join(o.text for o in cell.outputs if o.output_type == "stream" and o.name == "stdout")
        for cell in book.cells
        if cell.cell_type == "code"
    ]
