"""The built site: languages, addresses, weight."""

import posixpath
import re
from itertools import product
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont

from tests.sources import LANGUAGES, PAGES, ROOT, SOURCES, codes_with, html, url
from tools.rendering import figures, math_fonts
from tools.running import kernels
from tools.sources import glossary
from tools.sources.markers import requests
from tools.sources.pages import FIGURE

# All tests of a page come one after another, so that it is parsed once.
every_page = pytest.mark.parametrize("code, path", list(product(LANGUAGES, PAGES)), scope="module")


@every_page
def test_a_page_says_its_language_and_where_its_twins_are(site, code, path):
    page = html(site, code, path)
    assert page.html["lang"] == code
    assert page.select_one("link[rel=canonical]")["href"] == url(code, path)
    twins = {a["hreflang"]: a["href"] for a in page.select("link[hreflang]")}
    assert twins == {c: url(c, path) for c in codes_with(path)} | {"x-default": url("en", path)}
    assert all("alternate" in link["rel"] for link in page.select("link[hreflang]"))


@every_page
def test_every_heading_and_its_link_are_in_the_table_of_contents(site, code, path):
    page = html(site, code, path)
    headings = [h["id"] for h in page.select("article h2")]
    listed = [a["href"] for a in page.select(".md-sidebar--secondary a.md-nav__link")]
    assert [f"#{i}" for i in headings] == [href for href in listed if href[1:] in headings]
    braces = page.find_all(string=re.compile(r"\{ ?#"))
    assert all(text.find_parent("code") for text in braces)


@every_page
def test_every_formula_of_the_source_is_mathml(site, code, path):
    page = SOURCES.pages[code].get(path)
    if page and not list(requests(page)):
        assert len(html(site, code, path).select("article math")) == len(page.formulas)


@every_page
def test_quotation_marks_and_apostrophes_are_curly(site, code, path):
    for text in html(site, code, path).select_one("article").find_all(string=True):
        if not text.find_parent(["code", "pre", "math", "svg", "style", "script"]):
            assert not re.search("[\"']", text), text


def test_each_part_of_the_math_font_has_the_signs_that_the_styles_say(site):
    for file, held in math_fonts.parts(ROOT).items():
        assert held <= {chr(code) for code in TTFont(site / "assets" / file).getBestCmap()}, file
    assert len(math_fonts.parts(ROOT)) == len(list((site / "assets").glob("*.woff2")))


@every_page
def test_the_math_font_has_every_sign_of_every_formula(site, code, path):
    signs = math_fonts.signs(str(html(site, code, path).select_one("article")))
    assert signs or not html(site, code, path).select("article math")
    held = frozenset().union(*math_fonts.parts(ROOT).values())
    missing = {sign for sign in signs if sign.isprintable() and not sign.isspace()} - held
    assert not missing, f"the math font lacks {missing}; cut it anew with them"


@every_page
def test_no_net_in_a_plot_has_the_colour_of_a_part_of_a_drawing(site, code, path):
    plots = [str(plot) for plot in html(site, code, path).select("figure.plot svg")]
    assert any("--gg-gru" in plot for plot in plots) or path != "evidence/adding.py"
    assert not [plot for plot in plots if re.search("--gg-(keep|new|gate)", plot)]


def test_the_navigation_speaks_the_pages_own_language(site):
    for code, words in {
        "en": ["The gates", "GRU, gate by gate"],
        "zh": ["原理：逐个门看", "GRU：逐个门看"],
    }.items():
        titles = [
            e.get_text(strip=True) for e in html(site, code, "index.md").select(".md-nav__link")
        ]
        for word in words:
            assert word in titles


def test_each_language_has_a_sitemap_with_its_own_pages(site):
    for code, language in LANGUAGES.items():
        tree = ElementTree.parse(site / language.prefix / "sitemap.xml")
        found = {e.text for e in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
        assert found == {url(code, path) for path in PAGES}


def test_each_language_has_its_own_page_for_a_wrong_address(site):
    for code, language in LANGUAGES.items():
        text = (site / language.prefix / "404.html").read_text("utf-8")
        page = BeautifulSoup(text, "html.parser")
        first, *others = page.select("article div[lang]")
        assert page.html["lang"] == first["lang"] == code
        assert posixpath.normpath(first.a["href"]) + "/" == "/gate/" + language.prefix
        assert {part["lang"] for part in others} == set(LANGUAGES) - {code}
        for link in page.select("article a"):
            path = posixpath.normpath(link["href"]).removeprefix("/gate").lstrip("/")
            assert (site / path / "index.html").is_file(), link


@every_page
def test_a_page_holds_each_drawing_once_in_its_language(site, code, path):
    if not (source := SOURCES.pages[code].get(path)):
        return
    page, terms = html(site, code, path), glossary.load(ROOT).terms
    asked = [link for link in source.links if link.target.startswith(FIGURE)]
    names = [link.target.removeprefix(FIGURE) for link in asked]
    shown = page.select("article :not(.gg-card) > figure.figure > svg")  # the lab's show numbers
    assert [drawing["aria-label"] for drawing in shown] == [link.alt for link in asked]
    assert [drawing.get("data-lit") for drawing in shown] == [link.lit for link in asked]
    for name in set(names):
        (once,) = page.select(f"#drawing-{name}")
        assert once.find_parent("svg") == shown[names.index(name)]
        assert len(page.select(f'use[href="#drawing-{name}"]')) == names.count(name) - 1
        keys = figures.KEY.findall((ROOT / figures.DRAWINGS / f"{name}.svg").read_text("utf-8"))
        assert all(terms[key].name(code) in once.get_text() for key in keys)
        assert "{{" not in str(once)


def test_plots_speak_the_pages_language_and_follow_its_colours(site):
    for code, word in {"en": "year", "zh": "年份"}.items():
        plots = html(site, code, "evidence/sunspots.py").select("figure.plot svg")
        assert plots
        for plot in plots:
            assert len(plot["aria-label"]) > 20
            assert not re.search(
                r"#[0-9a-f]{6}\b(?![^<]*</)", re.sub(r"(href|id)=\S+", "", str(plot))
            )
        assert word in "".join(plot.get_text() for plot in plots)


def test_the_readme_and_the_footer_name_the_licences(site):
    for code in LANGUAGES:
        footer = html(site, code, "index.md").select_one(".md-copyright").get_text()
        assert "CC BY 4.0" in footer and "0BSD" in footer
    for readme in ("README.md", "README.zh.md"):
        text = (ROOT / readme).read_text("utf-8")
        assert "CC BY 4.0" in text and "0BSD" in text


def test_the_languages_share_styles_scripts_and_fonts(site):
    own = {file.name for file in (site / "zh/assets").rglob("*.*")}
    parts = {"search-index.js", "search-index-2.js", "search-index-3.js"}
    assert own == {*parts, "search-index-traditional.js"}


def test_nothing_of_what_runs_snippets_in_a_local_copy_is_published(site):
    assert kernels.assets()
    marks = [*kernels.assets(), "gg-kernel", "#run=", "new WebSocket", "data-live"]
    files = {file: file.read_bytes() for file in site.rglob("*") if file.is_file()}
    found = [
        (file, mark) for file, held in files.items() for mark in marks if mark.encode() in held
    ]
    assert len(files) > 300 and found == []
    assert not any((site / name).exists() for name in kernels.assets())
