"""The search in a browser: what is typed, pasted or composed, what is shown, where it leads."""

import re
from collections import Counter
from contextlib import closing
from itertools import pairwise, product

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.composing import ANDROID, compose
from tests.entries import OLDER, Entry, entries, without_type
from tests.sources import LANGUAGES, ROOT
from tools.sources import glossary

FIRST = 3  # places of the search, in one of which an entry has to be

_NUMBER = re.compile(r"(?<![\w-])\d+(?![\w-])")

every_language = pytest.mark.parametrize("code", LANGUAGES)


# What is asked for is found


def first_words(text: str) -> str:
    return " ".join(text.split()[:6])


def pasted(entry: Entry) -> list[tuple[str, str]]:
    """What a reader may look for, each with where it has to lead.

    It is the heading, or a message: its first words, or all of it, also with the reader's numbers.
    """
    found = [] if entry.messages else [(entry.heading, entry.place)]
    found += [(name, entry.place) for name in OLDER.intersection(entry.named)]
    for message in entry.messages:
        is_named = without_type(message).startswith(tuple(entry.named))
        others = _NUMBER.sub(lambda number: str(int(number[0]) + 61), message)
        for query in (first_words(without_type(message)), message, others):
            found.append((query, entry.place if is_named else entry.page))
    return found


@every_language
def test_an_entry_is_found_by_its_message(ask, code):
    queries = [pair for entry in entries(code) for pair in pasted(entry)]
    faults = [
        f"{query!r} gives {places[:FIRST]}, not {wanted}"
        for (query, wanted), places in zip(queries, ask(code, [q for q, _ in queries]), strict=True)
        if not any(place.startswith(wanted) for place in places[:FIRST])
    ]
    assert not faults, "\n".join(faults)


@every_language
def test_each_message_is_found_first(ask, code):
    messages = [entry for entry in entries(code) if entry.path == "pytorch/errors.md"]
    wanted = {name: entry.place for entry in messages for name in entry.named if " " in name}
    lists = ask(code, list(wanted))
    faults = [
        f"{name!r} gives {places[:1]}, not {place}"
        for (name, place), places in zip(wanted.items(), lists, strict=True)
        if places[:1] != [place]
    ]
    assert not faults, "\n".join(faults)


@every_language
def test_each_term_is_found_first_in_the_glossary_or_where_it_is_explained(ask, code):
    terms = glossary.load(ROOT).defined
    for term, places in zip(terms, ask(code, [term.name(code) for term in terms]), strict=True):
        assert places[0].endswith(f"#{term.key}"), (term.key, places)


def test_a_word_from_each_side_of_the_sea_and_in_each_form_is_one(ask):
    lists = ask("en", ["initialise", "initialize", "initialization", "initialising"])
    assert lists[0] and lists == lists[:1] * 4


def test_chinese_and_latin_need_no_space(ask):
    glued, apart = ask("zh", ["LSTM三个门", "LSTM 三个门"])
    assert glued == apart
    assert "claims/structure/" in glued[:FIRST]


@every_language
def test_a_sentence_is_taken_for_its_words(ask, code):
    sentence, words = {
        "en": ("Please, what is the reset gate for?", "reset gate"),
        "zh": ("请问重置门是什么？", "重置门"),
    }[code]
    asked, plain = ask(code, [sentence, words])
    assert asked and asked == plain


@every_language
def test_a_name_that_others_use_leads_to_ours(ask, code):
    query = {"en": "memory cell", "zh": "隐状态"}[code]
    key = {"en": "cell-state", "zh": "hidden-state"}[code]
    assert ask(code, [query])[0][0].endswith(f"#{key}")


TRADITIONAL = {
    "參數量": "参数量",
    "損失": "损失",
    "隱藏狀態": "隐藏状态",
    "過擬合": "过拟合",
    "學習率": "学习率",
    "單向雙向": "单向双向",
    "為什麼會梯度消失": "为什么会梯度消失",
    "導出": "导出",
    "時間序列預測": "时间序列预测",
    "反向傳播": "反向传播",
    "門控循環單元": "门控循环单元",
    "GRU參數怎麼算": "GRU参数怎么算",
}


def test_traditional_signs_find_what_simplified_ones_find(ask):
    lists = ask("zh", list(TRADITIONAL))
    assert all(lists) and lists == ask("zh", list(TRADITIONAL.values()))


def test_a_line_that_a_page_has_in_traditional_signs_is_found(ask):
    assert ask("zh", ["終日獨應歸"])[0] == ["recipes/charmodel/#run"]  # of a poem


def test_names_that_are_used_in_taiwan_lead_to_ours(ask):
    gates = {
        "遺忘閘": "gates/lstm/#forget-gate",
        "輸入閘": "gates/lstm/#input-gate",
        "輸出閘": "gates/lstm/#output-gate",
        "更新閘": "gates/gru/#update-gate",
        "重置閘": "gates/gru/#reset-gate",
        "遞迴神經網路": "glossary/#rnn",
        "迴圈神經網路": "glossary/#rnn",
        "記憶體不足": "pytorch/speed/#memory",
    }
    assert [found[0] for found in ask("zh", list(gates))] == list(gates.values())


def test_of_what_is_typed_in_traditional_signs_the_pages_own_are_marked(opened):
    page = opened("zh/", locale="zh-TW")
    page.keyboard.insert_text("遺忘門")
    assert "遗忘门" in results(page).first.locator("mark").all_inner_texts()
    page.keyboard.press("Enter")
    page.wait_for_url("**/gates/lstm/#forget-gate")


def test_numbers_alone_are_looked_for(ask):
    assert "pytorch/gru-model/#parameters" in ask("en", ["4461"])[0][:FIRST]


# The dialog


@pytest.fixture
def opened(open_page):
    """Open a page and the search on it, and give the page."""

    def opened(path: str = "", **options):
        page = open_page(path, **options)
        page.locator(".gg-opener").click()
        page.locator("dialog.gg-search").wait_for()
        return page

    return opened


def box(page):
    return page.get_by_role("combobox")


def results(page):
    page.locator(".gg-search [role=option]").first.wait_for()
    return page.locator(".gg-search [role=option]")


@every_language
def test_what_is_typed_is_found_and_enter_goes_there(opened, code):
    page = opened(f"{LANGUAGES[code].prefix}gates/why/", locale=code)
    page.keyboard.type({"en": "reset gate", "zh": "重置门"}[code])
    results(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/gates/gru/#reset-gate")
    assert page.locator("html").get_attribute("lang") == code


@pytest.mark.parametrize("keys", ["/", "Control+k", "Meta+k"])
def test_a_key_opens_the_search(open_page, keys):
    page = open_page("gates/gru/")
    page.keyboard.press(keys)
    assert box(page).evaluate("e => e === document.activeElement")
    assert box(page).input_value() == ""


def test_the_key_that_opens_the_search_leaves_no_slash_where_it_is_open_already(open_page):
    page = open_page("gates/gru/")
    page.keyboard.press("/")
    page.reload()
    page.locator("dialog.gg-search").wait_for()
    page.keyboard.press("/")
    page.keyboard.type("stdin/out")
    assert box(page).input_value() == "stdin/out"


def test_a_slash_in_a_field_is_a_slash(open_page):
    page = open_page("pytorch/training/")
    page.evaluate("document.body.append(document.createElement('textarea'))")
    page.locator("textarea").last.press("/")
    assert not page.locator("dialog.gg-search").is_visible()
    assert page.locator("textarea").last.input_value() == "/"


def test_the_arrows_choose_and_the_box_keeps_the_focus(opened):
    page = opened()
    page.keyboard.type("forget gate ")
    count = results(page).count()
    seen = []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
        chosen = page.locator("[aria-selected=true]")
        assert chosen.count() == 1
        assert box(page).get_attribute("aria-activedescendant") == chosen.get_attribute("id")
        seen.append(int(chosen.get_attribute("id").rpartition("-")[2]))
    assert seen == [0, 1, 0, count - 1]
    assert box(page).evaluate("e => e === document.activeElement")


def test_enter_with_control_opens_a_tab(opened):
    page = opened()
    page.keyboard.type("forget gate ")
    results(page)
    with page.context.expect_page() as tab:
        page.keyboard.press("Control+Enter")
    tab.value.wait_for_url("**/gates/lstm/#forget-gate")
    assert page.locator("dialog.gg-search").is_visible()


@pytest.mark.parametrize("way", ["Escape", "button", "beside"])
def test_the_search_closes_and_gives_the_focus_back(opened, way):
    page = opened(viewport={"width": 1280, "height": 800})
    if way == "Escape":
        page.keyboard.press("Escape")
    elif way == "button":
        page.locator(".gg-search [type=button]").click()
    else:
        page.mouse.click(5, 400)
    assert not page.locator("dialog.gg-search").is_visible()
    assert page.locator(".gg-opener").evaluate("e => e === document.activeElement")


def test_a_finger_opens_it_types_and_taps(open_page):
    page = open_page("gates/why/", has_touch=True, viewport={"width": 390, "height": 800})
    opener = page.locator(".gg-opener")
    size = opener.bounding_box()
    assert size["width"] >= 44 and size["height"] >= 44
    opener.tap()
    box(page).fill("update gate")
    for option in results(page).all():
        assert option.bounding_box()["height"] >= 44
    results(page).first.tap()
    page.wait_for_url("**/gates/gru/#update-gate")


def test_a_paste_with_the_mouse_is_found(opened):
    page = opened()
    message = "RuntimeError: Expected hidden size (1, 64, 128), got [1, 32, 128]"
    page.evaluate("text => navigator.clipboard.writeText(text)", message)
    box(page).evaluate("() => document.execCommand('paste')")
    if not box(page).input_value():  # a browser that lets no script paste
        page.keyboard.insert_text(message)
    assert results(page).first.get_attribute("href").endswith("#hidden-size")


def test_nothing_is_asked_while_chinese_is_composed(opened):
    page = opened("zh/", locale="zh")
    page.wait_for_selector(".gg-search:not([aria-busy])")
    for shown in ("c", "cho", "重置"):
        compose(page, shown)
        assert page.locator(".gg-search [role=option]").count() == 0
    compose(page, given="重置门")
    assert results(page).first.get_attribute("href").endswith("#reset-gate")


def test_nor_where_it_is_composed_since_before_the_search_was_ready(open_page):
    page = open_page("zh/", locale="zh")
    held = []
    page.route("**/search-index-3.js", lambda route: held.append(route))
    page.locator(".gg-opener").click()
    compose(page, "c", "cho")
    page.wait_for_function("() => globalThis.gateSearch")  # all but the index's last part
    held[0].continue_()
    page.wait_for_selector(".gg-search:not([aria-busy])")
    assert page.locator(".gg-search [role=option]").count() == 0
    compose(page, given="重置门")
    assert results(page).first.get_attribute("href").endswith("#reset-gate")


@every_language
def test_a_word_is_looked_for_letter_by_letter_where_a_phone_composes_it(opened, code):
    page = opened(LANGUAGES[code].prefix, locale=code, user_agent=ANDROID)
    compose(page, "l", "ls", "lstm")
    assert results(page).first.locator("mark").first.inner_text() == "LSTM"


def test_the_key_that_ends_a_composition_follows_no_link(opened):
    page = opened("gates/gru/")
    page.keyboard.type("reset gate")
    results(page)
    # Safari says Enter after the composition has ended, and by this number alone what it was for.
    box(page).evaluate(
        "e => e.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', keyCode: 229}))"
    )
    page.wait_for_timeout(300)
    assert "reset gate" in box(page).input_value()
    assert page.locator("dialog.gg-search").is_visible()


def test_sections_of_a_page_that_follow_one_another_stand_together_and_none_is_folded(opened):
    page = opened()
    page.keyboard.type("gate ")
    assert results(page).count() == 10
    groups = page.locator(".gg-search [role=group]")
    counts = [group.locator("[role=option]").count() for group in groups.all()]
    assert sum(counts) == 10
    titles = [group.locator(".gg-page").text_content() for group in groups.all()]
    assert all(title != before for before, title in pairwise(titles))
    of_a_page = Counter()
    for title, count in zip(titles, counts, strict=True):
        of_a_page[title] += count
    assert max(of_a_page.values()) <= 3
    assert all(option.is_visible() for option in results(page).all())


@every_language
def test_an_error_is_shown_with_its_mend(opened, code):
    page = opened(LANGUAGES[code].prefix, locale=code)
    page.keyboard.insert_text("mat1 and mat2 shapes cannot be multiplied (15x40 and 20x1)")
    first = results(page).first
    assert first.locator(".gg-heading").inner_text() == "mat1 and mat2 shapes cannot be multiplied"
    mend = {"en": "Fix: nn.Linear(", "zh": "改法：把 nn.Linear("}[code]
    assert first.locator(".gg-excerpt").inner_text().startswith(mend)


@every_language
def test_a_claim_is_shown_with_its_verdict(opened, code):
    page = opened(LANGUAGES[code].prefix, locale=code)
    claim = {"en": "tie the gates and you have a GRU", "zh": "两个门绑在一起就是 GRU"}[code]
    page.keyboard.insert_text(claim)
    shown = page.locator("[href*='claims/tied-gates']").first.locator(".gg-excerpt").text_content()
    verdict = {"en": "Verdict: does not hold · Evidence: ", "zh": "判定：不成立 · 证据："}[code]
    assert shown.startswith(verdict)


def test_what_is_misspelt_is_said(opened):
    page = opened()
    page.keyboard.type("forgt gate ")
    assert results(page).first.get_attribute("href").endswith("#forget-gate")
    assert page.locator(".gg-said").inner_text() == "Shown for “forget”; no page has “forgt”."


@every_language
def test_nothing_found_leads_on(opened, code):
    page = opened(LANGUAGES[code].prefix, locale=code)
    page.keyboard.insert_text("xyzzyq")
    said = page.locator(".gg-said")
    said.get_by_role("link").first.wait_for()
    assert "“xyzzyq”" in said.locator("p").inner_text()
    assert page.locator(".gg-search [role=status]").inner_text()
    other = "" if code == "zh" else "zh/"
    first, *ways = [a.evaluate("a => a.href") for a in said.get_by_role("link").all()]
    assert first.endswith(f"/gate/{other}?q=xyzzyq")
    for way in ways:
        assert page.request.get(way).ok


def test_of_a_whole_log_the_end_is_read(opened):
    page = opened("zh/", locale="zh")
    box(page).fill("错误" * 100_000 + "重置门")
    assert results(page).count()


def test_a_word_wider_than_the_screen_is_told_within_it(opened):
    page = opened(viewport={"width": 390, "height": 800})
    page.keyboard.insert_text("z" * 200)
    page.locator(".gg-said p").filter(has_text="zzz").wait_for()
    dialog = page.locator("dialog.gg-search")
    assert dialog.evaluate("dialog => dialog.scrollWidth - dialog.clientWidth") == 0


def test_an_address_with_a_query_opens_the_search(open_page):
    page = open_page("gates/gru/?q=forget%20gate")
    assert box(page).input_value() == "forget gate"
    assert results(page).first.get_attribute("href").endswith("#forget-gate")


def test_a_search_that_is_closed_leaves_the_address(open_page):
    page = open_page("gates/gru/?q=forget%20gate#reset-gate")
    results(page)
    page.keyboard.press("Escape")
    page.wait_for_url("**/gates/gru/#reset-gate")


def test_the_way_back_leads_to_what_was_found(opened):
    page = opened()
    page.keyboard.type("forget gate ")
    results(page).first.click()
    page.wait_for_url("**/gates/lstm/#forget-gate")
    page.go_back()
    assert results(page).first.get_attribute("href").endswith("#forget-gate")


@every_language
def test_back_closes_the_search_and_stays_on_the_page(opened, code):
    page = opened(f"{LANGUAGES[code].prefix}gates/gru/", locale=code)
    address = page.url
    page.go_back()
    page.locator("dialog.gg-search").wait_for(state="hidden")
    assert page.url == address
    page.keyboard.press("/")  # and again, the other way
    page.keyboard.press("Escape")
    page.wait_for_function("() => !history.state")
    assert page.url == address and page.locator("article").is_visible()


def test_back_from_what_was_found_and_back_again_leads_to_the_page(opened):
    page = opened("gates/gru/")
    address = page.url
    page.keyboard.type("forget gate ")
    results(page).first.click()
    page.wait_for_url("**/gates/lstm/#forget-gate")
    page.go_back()
    results(page)
    page.go_back()
    page.locator("dialog.gg-search").wait_for(state="hidden")
    assert page.url == address


@every_language
def test_a_finger_clears_the_field(open_page, code):
    prefix = LANGUAGES[code].prefix
    page = open_page(prefix, locale=code, has_touch=True, viewport={"width": 390, "height": 800})
    page.locator(".gg-opener").tap()
    clear = page.locator(".gg-search").get_by_role(
        "button", name={"en": "Clear", "zh": "清除"}[code]
    )
    assert not clear.is_visible()
    box(page).fill("gru")
    results(page)
    size = clear.bounding_box()
    assert size["width"] >= 44 and size["height"] >= 44
    clear.tap()
    page.wait_for_function("() => !document.querySelector('.gg-search [role=option]')")
    assert box(page).input_value() == "" and not clear.is_visible()
    assert box(page).evaluate("e => e === document.activeElement")


def test_how_many_are_found_is_said(opened):
    page = opened()
    said = page.locator(".gg-search [role=status]")
    page.keyboard.type("forget gate ")
    assert results(page).count() == 10 and said.inner_text() == "The 10 best sections"
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("odyssey ")
    count = results(page).count()
    assert count < 10 and said.inner_text() == f"Sections found: {count}"


def test_an_address_holds_no_more_of_a_paste_than_servers_take(opened):
    page = opened()
    box(page).fill("错误" * 2000 + " hidden state")
    results(page).first.click()
    page.go_back()
    page.wait_for_selector(".gg-search [role=option]")
    assert len(page.url) < 6000 and box(page).input_value().endswith("hidden state")


def test_the_way_back_leads_to_the_place_in_the_list(opened):
    page = opened()
    page.set_viewport_size({"width": 390, "height": 600})
    page.keyboard.insert_text("reset gate")
    last = results(page).last
    last.scroll_into_view_if_needed()
    href = last.get_attribute("href")
    last.click()
    page.go_back()
    page.wait_for_selector(".gg-search [role=option]")
    page.wait_for_function(
        "() => document.querySelector('.gg-search [role=listbox]').scrollTop > 0"
    )
    assert results(page).last.get_attribute("href") == href
    assert results(page).last.bounding_box()["y"] < 600


def test_on_a_phone_enter_puts_the_keyboard_away_and_leaves_the_list(open_page):
    page = open_page(
        "gates/gru/", has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800}
    )
    page.get_by_role("button", name="Search").tap()
    box(page).fill("reset gate")
    results(page).first.wait_for()
    box(page).press("Enter")
    assert results(page).count() and not box(page).evaluate("e => e === document.activeElement")
    assert page.url.endswith("gates/gru/")


def painted(page):
    """The page, once something is seen of it: a browser drops the keys that come sooner."""
    page.wait_for_function("() => performance.getEntriesByType('paint').length")
    return page


def test_the_search_is_loaded_when_it_is_opened(open_page):
    page = painted(open_page("gates/gru/"))
    names = "() => performance.getEntriesByType('resource').map(e => e.name)"
    assert not [name for name in page.evaluate(names) if "search" in name]
    page.keyboard.press("/")
    page.wait_for_function("() => globalThis.gateSearchIndex")
    page.wait_for_function("() => gateSearchIndex.sections.length === gateSearchIndex.count")
    assert [name for name in page.evaluate(names) if name.endswith("search-index-3.js")]


def test_a_part_of_the_index_that_did_not_come_is_asked_for_again(chromium, address):
    with closing(chromium.new_page(locale="en")) as page:
        page.goto(f"{address}gates/gru/")
        page.route("**/search-index-2.js", lambda route: route.abort())
        painted(page).keyboard.press("/")
        page.get_by_text("The search could not be loaded.").wait_for()
        page.unroute("**/search-index-2.js")
        page.keyboard.press("Escape")
        page.wait_for_function("() => !history.state?.gateSearch")
        page.keyboard.press("/")
        box(page).fill("reset gate")
        assert results(page).first.get_attribute("href").endswith("#reset-gate")
        with page.expect_popup():
            page.keyboard.press("Control+Enter")
        page.wait_for_timeout(500)
        assert len(page.context.pages) == 2  # the first try has left nothing that listens too


def test_without_a_script_nothing_offers_to_search(open_page):
    page = open_page("gates/gru/", java_script_enabled=False)
    assert not page.locator(".gg-opener").is_visible()
    assert not page.locator("dialog.gg-search").is_visible()


@pytest.mark.parametrize("name", ["chromium", "firefox"])
def test_a_page_from_a_disk_can_be_searched(request, name, site):
    page = request.getfixturevalue(name).new_page()
    page.goto(f"{(site / 'zh/gates/why/index.html').as_uri()}")
    painted(page).keyboard.press("/")
    page.keyboard.type("我数学不好")
    first = page.locator(".gg-search [role=option]").first
    first.wait_for()
    assert first.get_attribute("href").endswith("/gates/start/index.html")
    words = page.evaluate(
        "() => [...document.querySelectorAll('.gg-search mark')].map(e => e.textContent)"
    )
    assert words and "学不" not in words  # which belongs to two words
    page.evaluate("history.back()")
    page.locator("dialog.gg-search").wait_for(state="hidden")
    assert page.url.endswith("zh/gates/why/index.html")
    page.close()


LOOKS = [(320, "light"), (1280, "dark")]  # the others, in the proof
VIEWS = [
    pytest.param(width, scheme, marks=[pytest.mark.proof] * ((width, scheme) not in LOOKS))
    for width, scheme in product([320, 390, 1280, 1920], ["light", "dark"])
]


@pytest.mark.parametrize("width, scheme", VIEWS)
@pytest.mark.parametrize("query", ["NaN loss", "forgt gate", "xyzzyq"])
def test_everyone_can_use_the_search(opened, scheme, width, query):
    page = opened(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.keyboard.insert_text(query)
    page.wait_for_function("() => document.querySelector('.gg-search a')")
    if "gate" in query:
        page.keyboard.press("ArrowDown")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page, context="dialog.gg-search", options={"resultTypes": ["violations"]})
    faults = found.response["violations"]
    assert not faults, "\n".join(
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in faults
        for node in fault["nodes"][:5]
    )


# On the page that it leads to

PAINTED = """() => [...(CSS.highlights.get("gg-found") ?? [])].map(
    range => range.startContainer.data.slice(range.startOffset, range.endOffset))"""


@every_language
def test_what_was_asked_for_is_painted_and_the_address_is_clean(opened, code):
    page = opened(LANGUAGES[code].prefix, locale=code)
    page.keyboard.insert_text({"en": "forget gate", "zh": "遗忘门"}[code])
    results(page).first.click()
    page.wait_for_url("**/gates/lstm/#forget-gate")
    painted = {word.lower() for word in page.evaluate(PAINTED)}
    assert {"en": "forget", "zh": "遗忘门"}[code] in painted


@pytest.mark.parametrize("motion, moves", [("reduce", 0), ("no-preference", 1)])
def test_the_heading_that_it_leads_to_is_marked(opened, motion, moves):
    page = opened(reduced_motion=motion)
    page.keyboard.type("forget gate ")
    results(page).first.click()
    page.wait_for_url("**/gates/lstm/#forget-gate")
    heading = page.locator("#forget-gate")
    assert heading.evaluate("e => getComputedStyle(e).boxShadow") != "none"
    assert heading.evaluate("e => e.getAnimations().length") == moves


@pytest.mark.parametrize(
    "query, painted", [("what is out[:, -1]", {"out[:, -1]"}), ("i dont see h_n", {"h_n"})]
)
def test_small_words_and_signs_are_not_painted(opened, query, painted):
    page = opened()
    page.keyboard.insert_text(query)
    results(page).first.click()
    page.wait_for_url("**/*#*")
    words = {word.lower() for word in page.evaluate(PAINTED)}
    assert painted <= words
    assert not [word for word in words if len(word) == 1 or word in {"is", "dont", "done"}]


@every_language
def test_a_traceback_is_asked_by_its_last_line(opened, code):
    page = opened(LANGUAGES[code].prefix, locale=code)
    above = """Traceback (most recent call last): File "a/train.py", line 12, in forward
        out, h_n = self.gru(x, hidden_size) """.replace("\n", " ")
    message = "RuntimeError: input.size(-1) must be equal to input_size. Expected 32, got 50"
    page.keyboard.insert_text(above + message)
    assert results(page).first.get_attribute("href").endswith("#input-size")
    texts = page.locator(".gg-search mark").all_inner_texts()
    assert not {"self.gru", "forward", "hidden_size"}.intersection(texts)


@every_language
def test_each_result_says_something(opened, code):
    page = opened(LANGUAGES[code].prefix, locale=code)
    index = page.evaluate("""async () => {
        while (!globalThis.gateSearch) await new Promise((go) => setTimeout(go, 20));
        await gateSearch.ready;
        return gateSearchIndex.sections.map(([page, id], n) => [page, id, gateSearch.text(n)]);
    }""")
    assert index and [(page, place) for page, place, text in index if not text] == []


def test_formulas_and_code_stay_whole(open_page, address):
    page = open_page("gates/gru/#reset-gate")
    whole = "all => all.map(each => each.outerHTML)"
    before = page.locator("article :is(code, math)").evaluate_all(whole)
    page.goto(f"{address}gates/gru/?h=reset%0Ann.GRU%0Ar#reset-gate")
    assert "reset" in [word.lower() for word in page.evaluate(PAINTED)]
    assert page.locator("article :is(code, math)").evaluate_all(whole) == before
