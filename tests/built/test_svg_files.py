"""Each drawing and plot of a page as a file: one tap away, complete, with source and licence."""

from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from tests.sources import LANGUAGES, SOURCES
from tools.sources import languages

SVG = "{http://www.w3.org/2000/svg}"
LICENCE = "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"


@pytest.fixture(scope="module", params=LANGUAGES)
def figures(request, site) -> list[tuple[str, BeautifulSoup]]:
    """The figures of a language's pages, but for icons and the lab's, each with its page."""
    prefix = LANGUAGES[request.param].prefix
    found = []
    for path in SOURCES.paths():
        page = prefix + languages.address(path)
        text = (site / page / "index.html").read_text("utf-8")
        shown = BeautifulSoup(text, "lxml").select("figure:is(.figure, .plot)")
        found += [(page, each) for each in shown if not each.find_parent(["li", "section"])]
    assert len(found) > 60
    return found


def file_of(page: str, figure: BeautifulSoup, site: Path) -> Path:
    return site / urljoin(page, figure.select_one("a.gg-svg")["href"])


def test_below_each_is_a_link_to_its_file(figures, site):
    for page, figure in figures:
        assert file_of(page, figure, site).is_file(), (page, figure.svg["aria-label"])


def test_a_file_is_complete_and_says_what_it_shows_where_it_is_from_and_its_licence(figures, site):
    shown_on = {}
    for page, figure in figures:
        shown_on.setdefault(file_of(page, figure, site), []).append((page, figure))
    for file, places in shown_on.items():
        pages = [f"https://example.org/gate/{page}. {LICENCE}" for page, _ in places]
        text = file.read_text("utf-8")
        root = ElementTree.fromstring(text)
        title, source, *shown = root
        assert (title.tag, source.tag) == (f"{SVG}title", f"{SVG}desc") and len(shown) > 0
        assert "var(" not in text and "{{" not in text, file
        assert source.text.partition(", ")[2] in pages
        texts = ["".join(each.itertext()).strip() for each in root.iter(f"{SVG}text")]
        shown = [
            [each.get_text().strip() for each in figure.select("text")] for _, figure in places
        ]
        assert texts in shown


def test_a_file_is_drawn_as_on_its_page(figures, chromium, site):
    page, figure = next(each for each in figures if "gru-cell" in str(each[1]))
    shown = chromium.new_page()
    shown.goto(file_of(page, figure, site).as_uri())
    kept = shown.locator(".wire.keep").first
    assert kept.evaluate("e => getComputedStyle(e).strokeWidth") == "5px"
    assert kept.evaluate("e => getComputedStyle(e).stroke") == "rgb(24, 62, 230)"
    shown.close()


def test_the_page_for_teachers_shows_every_drawing_and_leads_to_its_file(figures, site):
    prefix = "zh/" if figures[0][0].startswith("zh/") else ""
    page = BeautifulSoup((site / prefix / "teach/index.html").read_text("utf-8"), "lxml")
    shown = page.select(".gg-gallery a")
    files = {site / urljoin(f"{prefix}teach/", each["href"]) for each in shown}
    assert files == {*(site / prefix / "drawings").glob("*.svg")}
    assert all(each.img["src"] == each["href"] and each.img["alt"] for each in shown)
