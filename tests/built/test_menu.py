"""The menu of a narrow screen, by keyboard: a drawer, with a panel for each section."""

import pytest

from tests.sources import LANGUAGES

FOCUSED = "() => document.activeElement.closest('.md-nav--primary, .md-header, article')?.className"
IS_SEEN = """() => {
    const element = document.activeElement, { x, y } = element.getBoundingClientRect();
    const top = document.elementFromPoint(x + 5, y + 5);
    return element.contains(top) || Boolean(top?.contains(element));
}"""
OPENER, DRAWER = ".md-header label[for=__drawer] svg", "#__drawer"

every_narrow_screen = pytest.mark.parametrize(
    "code, width", [("en", 390), ("zh", 390), ("en", 900), ("zh", 1000)]
)


@pytest.fixture
def narrow(open_page):
    def narrow(code, width):
        viewport = {"width": width, "height": 800}
        page = open_page(f"{LANGUAGES[code].prefix}gates/gru/", locale=code, viewport=viewport)
        page.keyboard.press("Tab")  # what the keys do comes with the first of them
        page.wait_for_selector("link[href$='menu.css']", state="attached")
        return page

    return narrow


def press(page, key):
    page.keyboard.press(key)
    page.wait_for_timeout(350)  # until the drawer or a panel has come


def words(page) -> str:
    return page.evaluate("document.activeElement.innerText").strip()


@every_narrow_screen
def test_what_is_closed_is_not_stepped_through(narrow, code, width):
    page = narrow(code, width)
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("Boolean(document.activeElement.closest('article'))"):
            return
        assert "md-nav--primary" not in (page.evaluate(FOCUSED) or "")
    pytest.fail("30 steps did not lead to the text")


@every_narrow_screen
def test_it_is_opened_walked_and_closed(narrow, code, width):
    page = narrow(code, width)
    opener = page.locator(OPENER)
    assert opener.get_attribute("aria-label") and opener.get_attribute("aria-expanded") == "false"
    opener.focus()
    press(page, "Enter")
    assert opener.get_attribute("aria-expanded") == "true"
    steps = 0
    while "md-nav--primary" in (page.evaluate(FOCUSED) or ""):
        assert page.evaluate(IS_SEEN), words(page)
        press(page, "Tab")
        steps += 1
    assert steps >= 8  # the pages of the section
    assert not page.locator(DRAWER).is_checked()  # who steps on is through with it
    opener.focus()
    press(page, " ")
    press(page, "Escape")
    assert not page.locator(DRAWER).is_checked()
    assert opener.evaluate("e => e === document.activeElement")


def test_it_leads_to_a_page_of_another_section(narrow):
    page = narrow("en", 390)
    page.locator(OPENER).focus()
    press(page, "Enter")
    assert words(page) == "The gates"
    press(page, "Enter")  # back to all sections
    while words(page) != "Recipes":
        press(page, "Tab")
    press(page, "Enter")
    assert words(page) == "Recipes" and page.evaluate(IS_SEEN)
    press(page, "Tab")
    assert words(page) == "Classify sequences"
    page.keyboard.press("Enter")
    page.wait_for_url("**/recipes/classify/")


def test_a_wide_screen_has_no_more_to_step_through_than_links(narrow):
    page = narrow("en", 1280)
    assert page.locator(".md-nav--primary label[tabindex]").count() == 0
    assert page.locator(OPENER).is_hidden()
