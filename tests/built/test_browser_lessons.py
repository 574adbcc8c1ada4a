"""Lessons in a browser: what is done is ticked, and forgotten; what is folded is found."""

import pytest

from tests import hosted
from tests.sources import LANGUAGES, SOURCES
from tools.sources import lessons

COUNT = len(lessons.load(SOURCES))
WHY = "gates/why/"
TICKED = ".md-nav--primary a:has(.gg-tick), .gg-lessons li:has(.gg-tick) > a"


def read_on(page) -> None:
    """Go to the end of a lesson, near which the script comes that remembers it."""
    page.locator(".gg-next").scroll_into_view_if_needed()
    page.locator(".gg-done:not([hidden])").wait_for()


def finish(page) -> None:
    read_on(page)
    page.locator(".gg-done").click()
    assert page.locator(".gg-done").get_attribute("aria-pressed") == "true"


def ticked(page) -> set[str]:
    return {link.get_attribute("href") for link in page.locator(TICKED).all()}


def test_a_lesson_that_is_done_is_ticked_in_either_language_until_it_is_forgotten(
    open_page, address
):
    page = open_page(WHY, viewport={"width": 1280, "height": 800})
    assert page.locator(".gg-done").get_attribute("aria-pressed") == "false"
    assert ticked(page) == set()
    finish(page)
    assert ticked(page) == {"./"}
    assert page.locator(".gg-tick").first.get_attribute("aria-label") == "done"
    page.goto(f"{address}{LANGUAGES['zh'].prefix}gates/start/")
    page.locator(".gg-tick").first.wait_for(state="attached")
    assert ticked(page) == {"../why/"}
    progress = page.locator(".gg-progress")
    assert f"已学完 1 课，共 {COUNT} 课" in progress.inner_text()
    progress.locator("button").click()
    assert ticked(page) == set()
    assert not progress.is_visible()
    page.goto(address + WHY)
    assert page.locator(".gg-done").get_attribute("aria-pressed") == "false"


@pytest.mark.parametrize("width", [320, 390])
def test_a_finger_and_a_key_say_that_a_lesson_is_done_and_take_it_back(open_page, width):
    page = open_page(WHY, viewport={"width": width, "height": 800}, has_touch=True)
    button = page.locator(".gg-done")
    box = button.bounding_box()
    assert box["height"] >= 44 and box["x"] >= 0 and box["x"] + box["width"] <= width
    read_on(page)
    button.tap()
    assert button.get_attribute("aria-pressed") == "true"
    button.focus()
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-pressed") == "false"


def test_where_storage_is_blocked_nothing_breaks(open_page):
    page = open_page("")
    page.context.add_init_script(hosted.NO_STORAGE)
    page.goto(f"{page.url}{WHY}")
    finish(page)
    assert ticked(page) == {"./"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_without_scripts_a_lesson_has_its_box_and_its_folds_and_no_button(open_page, code):
    page = open_page(f"{LANGUAGES[code].prefix}gates/gru/", java_script_enabled=False)
    number = 3
    assert str(number) in page.locator(".gg-lesson").inner_text()
    assert page.locator(".gg-next a").is_visible()
    assert not page.locator(".gg-done").is_visible()
    fold = page.locator("details.aside").first
    assert not fold.locator("p").first.is_visible()
    fold.locator("summary").click()
    assert fold.locator("p").first.is_visible()


FOLDED = {  # what only a fold of the section has, and what the section itself has
    "en": ("saturated", "slider"),
    "zh": ("饱和", "滑块"),
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_the_search_finds_in_a_fold_is_shown(open_page, code, address):
    folded, shown = FOLDED[code]
    page = open_page(f"{LANGUAGES[code].prefix}gates/gru/?h={folded}#update-gate")
    found = page.locator("details.aside[open]")
    assert found.count() == 1
    assert folded in found.inner_text()
    page.goto(f"{address}{LANGUAGES[code].prefix}gates/gru/?h={shown}#update-gate")
    assert page.locator("details[open]").count() == 0


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_search_finds_what_is_folded(ask, code):
    query = {"en": "saturated sigmoid gate bias 100", "zh": "只用来演示 饱和 门"}[code]
    (found,) = ask(code, [query])
    assert "gates/gru/#update-gate" in found


@pytest.mark.parametrize(
    "code, begin, go_on",
    [("en", "Learn it, from zero", "Go on: lesson 2"), ("zh", "从零学起", "接着学：第 2 课")],
)
def test_who_has_done_a_lesson_is_led_on_from_the_home_page(open_page, address, code, begin, go_on):
    home = address + LANGUAGES[code].prefix
    page = open_page(f"{LANGUAGES[code].prefix}gates/start/")
    finish(page)
    page.goto(home)
    door = page.locator(".gg-door").first
    page.locator(".gg-tick").first.wait_for(state="attached")
    assert (door.text_content(), door.evaluate("e => e.href")) == (go_on, home + WHY)
    page.locator(".gg-progress button").click()
    assert (door.text_content(), door.evaluate("e => e.href")) == (begin, f"{home}gates/start/")
