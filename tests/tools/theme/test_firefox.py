"""Firefox is driven like Chromium: a page is read, sized and used, and its faults are heard."""

from playwright.sync_api import Error

PAGE = """<p lang=en>Hello</p><input type=range min=0 max=9 value=4>"""


def test_a_page_is_read_and_used_by_keys(firefox):
    page = firefox.new_page(viewport={"width": 390, "height": 700}, locale="zh-CN")
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.set_content(PAGE)
    assert "Firefox" in page.evaluate("navigator.userAgent")
    assert page.evaluate("[innerWidth, navigator.language]") == [390, "zh-CN"]
    page.locator("input").focus()
    page.keyboard.press("End")
    assert page.locator("input").input_value() == "9"
    with page.expect_event("pageerror"):
        page.evaluate("void setTimeout(() => { throw Error('heard'); })")
    assert faults == ["heard"]
    page.context.close()


def test_dark_colours_are_shown_or_it_is_said_that_they_cannot_be(firefox):
    try:
        page = firefox.new_page(color_scheme="dark")
    except Error as error:
        assert "unknown command" in str(error)
    else:
        assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        page.context.close()
