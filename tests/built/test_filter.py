"""The field on the page of errors leaves the entry that a message belongs to, first of all."""

import re

import pytest

from tests.entries import Entry, entries
from tests.sources import LANGUAGES

ERRORS = "pytorch/errors.md"
TRACEBACK = """Traceback (most recent call last):
  File "/home/me/project/train.py", line 12, in forward
    out, h_n = self.gru(x, hidden_size)
"""
FULL_WIDTH = str.maketrans({"'": "＇", '"': "＂", "(": "（", ")": "）", ",": "，", ":": "："})
PASTED = {
    "as it is": str,
    "with other numbers": lambda text: re.sub(r"\d+", lambda one: str(int(one[0]) + 61), text),
    "with a Chinese keyboard's signs": lambda text: text.translate(FULL_WIDTH),
    "with all that stands above it": lambda text: TRACEBACK + text,
}


def shown(page) -> list[str]:
    """The ids of the entries that are seen, in their order."""
    heads = page.locator("article h3").all()
    return [head.get_attribute("id") for head in heads if head.is_visible()]


def listed(code: str) -> list[Entry]:
    return [entry for entry in entries(code) if entry.path == ERRORS]


@pytest.fixture(params=LANGUAGES)
def code(request) -> str:
    return request.param


@pytest.fixture
def page(open_page, code):
    return open_page(f"{LANGUAGES[code].prefix}pytorch/errors/")


# Each of the messages, asked in the page: a click and a key for each would take a minute.
FIRST = """texts => texts.map(text => {
    const field = document.querySelector(".gg-filter textarea");
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    return [...document.querySelectorAll("article h3")].find(each => each.offsetParent)?.id;
})"""


@pytest.mark.parametrize("how", PASTED)
def test_a_pasted_message_leaves_its_entry_first(page, code, how):
    pairs = [(entry.section.id, text) for entry in listed(code) for text in entry.messages]
    pairs += [(e.section.id, name) for e in listed(code) for name in e.named if not e.messages]
    assert len(pairs) > 60
    found = page.evaluate(FIRST, [PASTED[how](text) for _, text in pairs])
    faults = [
        f"{text!r} leaves {first} first, not {wanted}"
        for (wanted, text), first in zip(pairs, found, strict=True)
        if first != wanted
    ]
    assert not faults, "\n".join(faults)


def test_what_is_typed_filters_and_what_is_cleared_brings_all_back(page, code):
    every = [entry.section.id for entry in listed(code)]
    assert shown(page) == every and page.locator("#symptoms").is_visible()
    field, told = page.locator(".gg-filter textarea"), page.locator(".gg-filter [role=status]")
    field.press_sequentially("deepco")
    assert shown(page) == ["deepcopy"] and not page.locator("#symptoms").is_visible()
    assert re.findall(r"\d+", told.inner_text()) == ["1"]
    page.locator(".gg-filter button").click()
    page.wait_for_function("() => !document.querySelector('.gg-out')")
    assert shown(page) == every and told.inner_text() == ""


def test_what_is_sought_goes_along_to_the_other_language_and_is_there_on_the_way_back(page, code):
    field = page.locator(".gg-filter textarea")
    field.fill("deepcopy")
    other = next(each for each in LANGUAGES if each != code)
    for move in (page.locator(f"a.gg-switch[lang={other}]").click, page.go_back):
        move()
        page.wait_for_function("() => document.querySelector('.gg-out')")
        assert field.input_value() == "deepcopy" and shown(page) == ["deepcopy"]


def test_words_that_no_entry_has_lead_on(page, code):
    for message in ("CUDA out of memory", "CUDA out of memory. Tried to allocate 2 GiB"):
        page.locator(".gg-filter textarea").fill(message)
        assert shown(page) == [], message
    assert page.locator(".gg-filter [role=status]").inner_text()
    links = page.locator(".gg-on a").all()
    assert [link.get_attribute("href").partition("=")[0] for link in links] == ["?q", "../silent/"]
    links[0].click()
    sought = page.get_by_role("combobox")
    sought.wait_for()
    assert sought.input_value().startswith("CUDA out of memory")
    page.keyboard.press("Escape")
    assert page.locator(".gg-filter textarea").input_value().startswith("CUDA out of memory")


def test_of_a_long_message_the_search_is_asked_its_end_and_half_a_sign_breaks_nothing(page):
    page.evaluate(FIRST, ["zq " * 9000 + "\ud83d the end"])  # an emoji's first half
    address = page.locator(".gg-everywhere").evaluate("link => link.href")
    assert len(address) < 1600 and address.endswith("the+end")


def test_a_link_to_an_entry_that_is_filtered_out_shows_it(page):
    page.locator(".gg-filter textarea").fill("deepcopy")
    page.evaluate("document.querySelector('article').insertAdjacentHTML('afterbegin', "
                  "'<a id=\"to\" href=\"#stack\">stack</a>')")  # fmt: skip
    page.locator("#to").click()
    assert page.locator("#stack").is_visible()
    assert page.locator(".gg-filter textarea").input_value() == ""


@pytest.mark.parametrize("asked", ["loss is nan", "my loss"])
def test_a_few_words_of_which_an_entry_lacks_one_lead_on(page, asked):
    page.locator(".gg-filter textarea").fill(asked)
    assert shown(page) == []
    assert page.locator(".gg-everywhere").is_visible()


@pytest.mark.parametrize("apart", ["\n", " "])  # some programs join the lines
def test_what_stands_above_a_message_counts_for_nothing(page, apart):
    above = f"batch_first num_layers hidden dtype mat1 mat2 deepcopy{apart}" * 3
    page.locator(".gg-filter textarea").fill(
        f"{above}RuntimeError: input.size(-1) must be equal to input_size. Expected 32, got 50"
    )
    assert shown(page)[0] == "input-size"


def test_chinese_words_are_found_without_spaces(open_page):
    page = open_page(f"{LANGUAGES['zh'].prefix}pytorch/errors/")
    page.locator(".gg-filter textarea").fill("梯度惩罚要二阶导数")
    assert shown(page)[0] == "double-backward"


def test_chinese_may_be_typed_in_traditional_signs(open_page):
    page = open_page(f"{LANGUAGES['zh'].prefix}pytorch/errors/")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    field = page.locator(".gg-filter textarea")
    field.fill("deepcopy")
    assert asked == []  # who types no Chinese need not load the signs
    for typed, simplified in [("梯度懲罰要二階導數", "梯度惩罚要二阶导数"), ("隱藏", "隐藏")]:
        field.fill(simplified)
        wanted = shown(page)
        page.wait_for_function("() => globalThis.gateSimplified")
        field.fill(typed)
        assert wanted and shown(page) == wanted
    assert len(asked) == 1


def test_traditional_signs_that_come_late_filter_what_was_typed_before(open_page):
    page = open_page(f"{LANGUAGES['zh'].prefix}pytorch/errors/")
    page.locator(".gg-filter textarea").fill("梯度懲罰要二階導數")
    page.wait_for_function("() => globalThis.gateSimplified")
    assert shown(page)[0] == "double-backward"


def test_a_page_from_a_disk_filters_too(chromium, served_folder):
    page = chromium.new_page()
    page.goto((served_folder / "gate/pytorch/errors/index.html").as_uri())
    page.locator(".gg-filter textarea").fill("deepcopy")
    assert shown(page) == ["deepcopy"]
    page.close()


def test_without_scripts_there_is_a_list_and_no_field(open_page, code):
    page = open_page(f"{LANGUAGES[code].prefix}pytorch/errors/", java_script_enabled=False)
    assert not page.locator(".gg-filter").is_visible()
    links = page.locator("#symptoms + ul a")
    assert {link.get_attribute("href") for link in links.all()} >= {
        f"#{entry.section.id}" for entry in listed(code)
    }
    assert len(shown(page)) == len(listed(code))
