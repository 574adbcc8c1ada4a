"""A file that does not come, and a slow or broken network: the text stays, and the loss is said."""

import time
from contextlib import contextmanager

import pytest

from tests import buttons, hosted

PHONE = {"width": 390, "height": 800}
LOST = ".gg-lost"
# From the top to the end in steps, since some files come when a reader comes near.
SCROLL = """async () => {
    for (let y = 0; y < document.body.scrollHeight; y += 700) {
        scrollTo(0, y);
        await new Promise(requestAnimationFrame);
    }
}"""

WIDEST = """Math.max(...Array.from(
    document.querySelectorAll("article > p"), p => p.getBoundingClientRect().right))"""


@pytest.fixture
def visit(chromium, address):
    """Read a page on a phone to its end; of the files that it loads, one may not come."""

    @contextmanager
    def visit(path, missing=None):
        context = chromium.new_context(viewport=PHONE, locale=path[:2])
        page = context.new_page()
        if missing:
            page.route(missing, lambda route: route.fulfill(status=404))
        page.goto(address + path)
        page.evaluate(SCROLL)
        page.wait_for_load_state("networkidle")
        yield page
        context.close()

    return visit


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("zh/gates/gru/", "没能加载"),
        ("lab/", "did not load"),
        ("pytorch/code/", "did not load"),
    ],
)
def test_without_any_one_file_a_page_can_be_read_and_says_what_it_lost(visit, address, path, says):
    with visit(path) as page:
        assert page.locator(LOST).is_hidden()
        text = page.locator("article").inner_text()
        loaded = page.evaluate("performance.getEntriesByType('resource').map(e => e.name)")
    files = {name for name in loaded if name.startswith(address) and not name.endswith("svg")}
    assert len(files) > 7
    for file in sorted(files):
        with visit(path, missing=file) as page:
            page.locator(LOST).wait_for()
            said = page.locator(LOST).inner_text()
            name = file.rsplit("/")[-1]
            # A browser names the script that was asked for, not the one that it asks for in turn.
            assert name in said or (name.endswith(".js") and ".js " in said)
            assert says in said
            words = page.locator("article").inner_text()
            assert len(words) > 0.6 * len(text), f"without {name} most of the text is gone"
            assert page.evaluate(WIDEST) <= PHONE["width"], f"without {name} text leaves the screen"
            icon = page.locator("header svg:visible").first
            assert icon.bounding_box()["width"] <= 48, f"without {name} icons fill the screen"


@pytest.mark.parametrize(("path", "query"), [("gates/gru/", "reset gate"), ("zh/lab/", "重置门")])
def test_over_a_slow_network_a_search_is_answered_when_its_parts_are_there(visit, path, query):
    def late(route):
        time.sleep(0.3)
        route.continue_()

    with visit(path) as page:
        page.route("**/search*", late)
        page.locator(".gg-opener").click()
        page.locator(".gg-search input").fill(query)
        page.locator("#gg-found [href$='#reset-gate']").first.wait_for()


def test_a_network_that_breaks_stops_what_is_not_loaded_and_nothing_else(visit):
    with visit("lab/") as page:
        page.context.set_offline(True)
        page.locator(".gg-opener").click()
        page.get_by_text("The search could not be loaded.").wait_for()
        page.keyboard.press("Escape")
        slider = page.locator(".gg-lab input[type=range]").first
        before = page.locator(".gg-lab svg").first.inner_html()
        slider.focus()
        page.keyboard.press("ArrowRight")
        assert page.locator(".gg-lab svg").first.inner_html() != before
        page.context.set_offline(False)
        page.locator(".gg-opener").click()
        page.locator(".gg-search input").fill("reset gate")
        page.locator("#gg-found [href$='#reset-gate']").first.wait_for()


def test_where_a_browser_stores_nothing_code_is_copied_and_the_page_made_dark(open_page):
    page = open_page("", locale="zh")
    page.context.add_init_script(hosted.NO_STORAGE)
    page.goto(f"{page.url}pytorch/errors/#hidden-size")
    buttons.give(page, "#hidden-size ~ .highlight >> nth=0")
    page.locator("label[title='Switch to dark']").click()
    assert page.locator("body[data-md-color-scheme=slate]").count()
    assert page.locator(".gg-offer").filter(visible=True).count() == 0  # else each page would
    assert page.locator(LOST).is_hidden()
