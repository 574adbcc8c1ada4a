"""A first visit to each page: what it weighs and lays out, that nothing moves, what axe finds.

A page is opened as on a phone and as on a desk, and at last seen whole; what goes wrong, asks
another host or breaks the page's policy, and each line in the console, fails where it was opened.
"""

from itertools import product
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.sources import LANGUAGES, SOURCES
from tools.sources import languages
from tools.theme import browser, measures

BYTES, ELEMENTS = 100_000, 4500
PHONE, DESK = 390, 1280
EACH_TIME = {("en", "gates/gru/"), ("zh", "")}
PAGES = [
    pytest.param(*page, marks=[pytest.mark.proof] * (page not in EACH_TIME))
    for page in product(LANGUAGES, [*map(languages.address, SOURCES.paths()), "404.html"])
]

LOADED = """[document.querySelector("link[rel~=icon]").href,
    ...performance.getEntriesByType("resource").map(({ name }) => name)]"""

FONTS_FOUND_LATE = """performance.getEntriesByType("resource")
    .filter(({ name, initiatorType }) => name.endsWith(".woff2") && initiatorType !== "link")
    .map(({ name }) => name)"""

# Who writes one language alone makes no page worse.
LAID_OUT = """["*", ".gg-notice, .gg-notice *"].map(of => document.querySelectorAll(of).length)
    .reduce((all, notices) => all - notices)"""

# What moves, if it comes to more than 0.00 as Lighthouse writes it: below a table in the first view
# the page moves by a line (0.003) where the theme's script wraps the table after it was painted.
MOVED = """() => new Promise(done => {
    const moved = [];
    let sum = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) {
            sum += entry.value;
            for (const { node, previousRect, currentRect } of entry.sources) {
                const from = JSON.stringify(previousRect), to = JSON.stringify(currentRect);
                moved.push(`${node?.className || node?.nodeName}: ${from} to ${to}`);
            }
        }
    }).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(sum < 0.005 ? [] : moved), 500);
})"""


def weight(page, site) -> int:
    """What a server sent for a page, in bytes."""
    folder = urlsplit(page.url).path.removeprefix("/gate/")
    paths = (unquote(urlsplit(address).path) for address in page.evaluate(LOADED))
    file = site / folder / ("index.html" if not folder or folder.endswith("/") else "")
    loaded = {site / path.removeprefix("/gate/") for path in paths}
    return measures.weight(measures.own_text(file), loaded)


@pytest.mark.parametrize("code, path", PAGES)
def test_a_first_visit_is_light_still_and_open_to_everyone(open_page, site, code, path):
    for width in (DESK, PHONE):
        page = open_page(
            LANGUAGES[code].prefix + path,
            viewport={"width": width, "height": 800},
            color_scheme="light",
            locale=code,
        )
        assert page.evaluate(MOVED) == []
        assert weight(page, site) <= BYTES
        assert page.evaluate(FONTS_FOUND_LATE) == []
        assert page.evaluate(LAID_OUT) <= ELEMENTS
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("document.getAnimations().forEach(animation => animation.finish())")
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert not found.response["violations"], found.generate_report()
    browser.lay_out(page)
    for part in page.locator(".gg-cell, .gg-exercise, .gg-lab").all():
        part.scroll_into_view_if_needed()
    page.wait_for_timeout(100)  # for what comes when it is near
