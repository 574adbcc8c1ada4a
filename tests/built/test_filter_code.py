"""The field on the page of all code leaves the lines that have all that is typed."""

import re

import pytest

from tests.sources import LANGUAGES

ADDRESS = "pytorch/code/"
NONE = {"en": "No snippet has all these words.", "zh": "没有哪段代码同时有这些词。"}


@pytest.fixture(params=LANGUAGES)
def code(request) -> str:
    return request.param


@pytest.fixture
def page(open_page, code):
    return open_page(f"{LANGUAGES[code].prefix}{ADDRESS}")


def shown(page) -> list[str]:
    """The files whose lines are seen, in their order."""
    return page.eval_on_selector_all(
        ".gg-code li",
        "all => all.filter(each => each.offsetParent).map(each => each.querySelector('a').text)",
    )


def headings(page) -> list[str]:
    """The pages whose headings are seen, by their ids."""
    return page.eval_on_selector_all(
        ".gg-code h2", "all => all.filter(each => each.offsetParent).map(each => each.id)"
    )


def fill(page, text: str) -> list[str]:
    page.locator("#gg-sought").fill(text)
    return shown(page)


def test_what_is_typed_leaves_the_lines_that_have_it(page):
    every = shown(page)
    page.keyboard.press("Tab")
    page.locator("#gg-sought").press_sequentially("KERAS")
    left = shown(page)
    assert {"to_keras.py", "from_keras.py", "forget.py"} <= set(left) and len(left) < 10
    assert "gates-gru" not in headings(page) and "conventions-weights" in headings(page)
    assert re.findall(r"\d+", page.get_by_role("status").first.inner_text()) == [str(len(left))]
    page.keyboard.press("Enter")  # which must not send the form, and so load the page anew
    assert shown(page) == left and page.locator("#gg-sought").input_value() == "KERAS"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("() => !document.querySelector('.gg-out')")
    assert shown(page) == every and page.get_by_role("status").first.inner_text() == ""


SOUGHT = {  # words in any order: of the line, the file's name, a package, the page's title
    "en": ("predict next", "next predict", "between_steps.py"),
    "zh": ("预测 n步", "n步 预测", "between_steps.py"),
}


def test_two_words_may_stand_in_any_order(page, code):
    first, second, file = SOUGHT[code]
    assert fill(page, first) == fill(page, second)
    assert file in fill(page, first) and len(fill(page, first)) < 5


@pytest.mark.parametrize("text", ["from_onnx onnx", "statsmodels script", "script.py tqdm"])
def test_the_files_name_and_its_packages_count(page, text):
    assert len(fill(page, text)) == 1


def test_the_title_of_the_page_counts_for_each_of_its_lines(page):
    title = page.locator("#pytorch-deploy a").first.inner_text()
    assert len(fill(page, title)) >= 10 and headings(page) == ["pytorch-deploy"]


def test_where_nothing_fits_it_says_so_and_leads_to_the_search(page, code):
    assert fill(page, "keras zzz") == [] and headings(page) == []
    assert page.get_by_role("status").first.inner_text() == NONE[code]
    page.locator(".gg-everywhere").click()
    sought = page.get_by_role("combobox")
    sought.wait_for()
    assert sought.input_value() == "keras zzz"


def test_chinese_words_may_be_typed_without_a_space(open_page):
    page = open_page(f"{LANGUAGES['zh'].prefix}{ADDRESS}")
    assert "bidirectional.py" in fill(page, "双向模型")  # 双向 GRU 模型
    assert fill(page, "模型双向向") == []


def test_long_chinese_that_can_be_cut_in_many_ways_is_read_once(open_page):
    page = open_page(f"{LANGUAGES['zh'].prefix}{ADDRESS}")
    assert fill(page, "初始状态的批次在第一维时怎么传" * 8)
    assert fill(page, "初始状态的批次在第一维时怎么传" * 8 + "鬱鬱") == []


def test_a_link_to_a_heading_that_is_filtered_out_shows_it(page):
    fill(page, "keras")
    page.evaluate("document.querySelector('article').insertAdjacentHTML('afterbegin', "
                  "'<a id=\"to\" href=\"#gates-gru\">GRU</a>')")  # fmt: skip
    page.locator("#to").click()
    assert "gates-gru" in headings(page) and page.locator("#gg-sought").input_value() == ""


def test_without_scripts_every_line_is_there_and_no_field(open_page, code):
    page = open_page(f"{LANGUAGES[code].prefix}{ADDRESS}", java_script_enabled=False)
    assert not page.locator("#gg-sought").is_visible()
    assert page.locator(".gg-code li").count() > 250
    assert page.locator(".gg-code li").last.is_visible()
