"""The built site asks no other host for anything, and runs no scripts but known ones."""

import hashlib
import re
from collections.abc import Iterator
from itertools import product

import pytest
from bs4 import BeautifulSoup, Tag

from tests.sources import LANGUAGES, ROOT, SOURCES
from tools.sources import languages, markup
from tools.theme import policy

PAGES = [
    (code, LANGUAGES[code].prefix + languages.address(path) + "index.html", path)
    for code, path in product(LANGUAGES, SOURCES.paths())
] + [(code, f"{LANGUAGES[code].prefix}404.html", "404.html") for code in LANGUAGES]

KINDS = {
    ".html",
    ".md",
    ".ipynb",
    ".zip",
    ".py",
    ".c",
    ".js",
    ".css",
    ".map",
    ".svg",
    ".pdf",
    ".png",
    ".txt",
    ".woff2",
    ".json",
    ".xml",
    ".gz",
}
# What a page's article may hold: Markdown's own, formulas, drawings, and what a page may write.
HELD = {
    *("a", "h1", "h2", "h3", "p", "ul", "ol", "li", "dl", "dt", "dd", "em", "strong", "code"),
    *("pre", "table", "thead", "tbody", "tr", "th", "td", "figure", "hr", "blockquote"),
    *("math", "mrow", "mi", "mn", "mo", "msub", "msup", "msubsup", "mspace", "mtable", "mtr"),
    *("mtd", "munder", "mover", "munderover", "msqrt", "mfrac", "mtext", "mstyle", "mpadded"),
    *(name.lower() for name in markup.SVG_ELEMENTS),
    *markup.ELEMENTS,
    *("time", "svg", "abbr", "img"),
    *("form", "label", "input", "textarea", "output", "button", "i"),  # of what answers
    *("section", "caption", "select", "option", "data", "script"),  # of the lab; its script is data
    "noscript",  # which says there what is missing
}
# Inline scripts, their own address aside: where the theme keeps settings, its palette, and what
# says which file did not load.
SCRIPTS = {"7eb3684fdacd2881", "0eb10c249dbdb0be", "994e8d7d1dc350f8"}
TEXT = {"title", "aria-label", "alt", "placeholder", "content", "xmlns"}  # ask for nothing
NAMED_ONLY = {"alternate", "canonical", "next", "prev"}  # links that no browser follows by itself
_OUTSIDE = re.compile(r"(?:^|,)\s*(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


def foreign(page: BeautifulSoup) -> Iterator[str]:
    """What a page would load from elsewhere, or send there."""
    for element in page.find_all(True):
        for name, value in element.attrs.items():
            value = " ".join(value) if isinstance(value, list) else value
            if name.startswith("on"):
                yield f"<{element.name} {name}> runs a script"
            elif name == "style":
                if "url(" in value and not re.search(r"url\(['\"]?#", value):
                    yield f"<{element.name} style> loads {value}"
            elif element.name == "meta" and name in ("name", "property"):
                continue  # og:title and its like are names
            elif name not in TEXT and _OUTSIDE.search(value) and not is_only_a_link(element, name):
                yield f"<{element.name} {name}> leads to {value}"
        if element.get("http-equiv", "").lower() == "refresh":
            yield f"<{element.name}> leads to {element.get('content')}"


def is_only_a_link(element: Tag, name: str) -> bool:
    """Whether a reader has to click before anything happens."""
    if name != "href":
        return False
    if element.name == "link":
        return set(element["rel"]) <= NAMED_ONLY
    return element.name == "a" and bool(re.match(r"https?://", element["href"]))


def inline_scripts(page: BeautifulSoup) -> Iterator[str]:
    """Each inline script's digest, whatever the address of the page that holds it."""
    for script in page.select("script:not([src]):not([type$='json'])"):
        text = re.sub(r'(?<=new URL\()"[^"]*"(?=,location)', '""', script.get_text())
        yield hashlib.sha256(text.encode()).hexdigest()[:16]


@pytest.mark.parametrize("code, file, path", PAGES)
def test_a_page_asks_nothing_of_another_host_and_runs_only_known_scripts(site, code, file, path):
    page = BeautifulSoup((site / file).read_text("utf-8"), "html.parser")
    source = f"docs/{code}/{path}"
    assert list(foreign(page)) == [], f"{source}, built as {file}"
    assert set(inline_scripts(page)) == SCRIPTS, f"{source} has an inline script of its own"
    held = {element.name for element in page.select("article *")}
    assert held <= HELD, f"{source} shows {held - HELD}"


CASES = {
    "a script": '<script src="//x.test/a.js">',
    "a picture": '<img src="https://x.test/a.png">',
    "one of several pictures": '<img srcset="a.png, https://x.test/a.png 2x">',
    "a poster": '<video poster="//x.test/a.png">',
    "an object": '<object data="https://x.test">',
    "a form": '<form action="https://x.test">',
    "a button": '<button formaction="https://x.test">',
    "a style sheet": '<link rel="stylesheet" href="https://x.test">',
    "a module": '<link rel="modulepreload" href="https://x.test">',
    "a connection": '<link rel="preconnect" href="//x.test">',
    "a refresh": '<meta http-equiv="Refresh" content="0; url=https://x.test">',
    "a ping": '<a href="a" ping="https://x.test">',
    "a link that runs": '<a href="javascript:alert(1)">',
    "a part of a drawing": '<use xlink:href="https://x.test/a.svg#b">',
    "a background": '<p style="background: url(https://x.test)">',
    "an event": '<p onclick="alert(1)">',
}


@pytest.mark.parametrize("name", CASES)
def test_what_would_load_or_send_is_found(name):
    assert list(foreign(BeautifulSoup(CASES[name], "html.parser")))


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://x.test">', '<link rel="canonical" href="https://x.test">',
        '<svg aria-label="Two lines: one, https://x.test">', '<p style="fill: url(#a)">',
    ],
)  # fmt: skip
def test_what_a_reader_has_to_click_is_none_of_it(html):
    assert list(foreign(BeautifulSoup(html, "html.parser"))) == []


def test_no_style_sheet_loads_from_elsewhere(site):
    for file in site.rglob("*.css"):
        text = file.read_text("utf-8")
        assert not re.search(r"@import|url\(['\"]?(https?:)?//", text), file.relative_to(site)


def test_only_pages_are_published_beside_the_themes_files(site):
    files = [file.relative_to(site) for file in site.rglob("*") if file.is_file()]
    assert {file.as_posix() for file in files if file.suffix == ".html"} == {
        file for _, file, _ in PAGES
    }
    known = {policy.HEADERS}
    assert {file.suffix for file in files if file.as_posix() not in known} <= KINDS
    assert not [file for file in files if (site / file).is_symlink()]


def test_no_icon_of_the_site_runs_a_script_or_loads():
    for file in (ROOT / "overrides").rglob("*.svg"):
        text = file.read_text("utf-8")
        assert not re.search(r"<script|<foreignObject|\son\w+=|href|url\(|@import", text), file.name
