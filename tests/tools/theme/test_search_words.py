"""The words of the search: what is cut, left out, mended and ranked, in a few sections."""

from itertools import pairwise

import pytest

from tests.sources import ROOT

SCRIPTS = [ROOT / "overrides/assets" / name for name in ("message.js", "search-words.js")]
TRADITIONAL = "門门雙双裡里網网絡络會会隱隐狀状態态記记憶忆"
PAGES = [
    ["gru/", "GRU", 1, False, ""],
    ["lstm/", "LSTM", 1, False, "Three gates."],
    ["papers/", "Papers", 0.5, False, ""],
]
TERMS = [
    ["hidden-state", "hidden state", "s", "memory vector", "隐藏状态"],
    ["reset-gate", "重置门", "reset gate"],
    ["new-memory", "新记忆"],
    ["peephole", "窥视孔", "窥视洞"],
    ["lstm", "LSTM", "long chain of cells"],
]
SECTIONS = {  # id: page, heading, words for the search, text, code
    "reset": (0, "Reset gate", "drop the past", "It forgets what initialisation left; tied.", ""),
    "state": (0, "Hidden state", "", "The batch has 4461 numbers.", "pack_padded_sequence h_n"),
    "bias": (1, "Bias", "", "Of the forget gate; dropout comes later, behaviour too.", "nn.LSTM"),
    "last": (1, "Read `out[:, -1]`", "", "Not the last step.", ""),
    "out": (0, "Out", "", "What comes out.", "out"),
    "one": (0, "Optimiser", "", "", ""),
    "all": (1, "Training", "", "Optimiser, schedule and decay.", ""),
    "paper": (2, "Peephole", "", "", ""),
    "page": (1, "Peephole", "", "", ""),
    "cho": (2, "Cho 2014", "", "A reset gate and an update gate, by Merriënboer.", ""),
    "maths": (0, "数学", "", "学不会的有记忆力。", ""),
    "top": (1, "Long cell", "", "", ""),
    "group": (1, "Mistakes", "", "", ""),
    "late": (1, "Too late", "", "I am done, 7; why, the weight_hh_l0 shows z.", ""),
    "early": (1, "Too early", "", "It has not begun.", ""),
    "zh": (1, "重置门", "", "双向网络的梯度会消失。隐藏状态在这里。", ""),
    "quick": (0, "快慢", "speed", "", ""),
    "choose": (1, "Decision", "PyTorch or GRU", "", ""),
    "both": (0, "PyTorch GRU", "", "", ""),
    "little": (0, "Explain", "", "", ""),
    "step": (1, "Step", "h_t", "", ""),
    "many": (0, "Pile", "", "Marble, market, marsh, march, marrow, marvel, marine.", ""),
    "margin": (1, "Pile with margin", "", "", ""),
    "online": (1, "推理", "", "在线推理。", ""),
    "curve": (0, "曲线", "", "", ""),
    "slope": (0, "Slope", "", "Then ∂h_t is one factor.", ""),
    "cards": (0, "Cards", "", "On GPUs.", ""),
}  # fmt: skip


@pytest.fixture(scope="module")
def page(chromium):
    """A page with the search of these sections."""
    page = chromium.new_page()
    message, words = SCRIPTS
    page.add_script_tag(path=message)
    page.evaluate("pairs => { globalThis.gateSimplified = gateSimplifier(pairs); }", TRADITIONAL)
    page.add_script_tag(path=words)
    index = {
        "pages": PAGES,
        "count": len(SECTIONS),
        "terms": TERMS,
        "sections": [
            [number, "" if place == "top" else place, heading, words, text, code, ""]
            for place, (number, heading, words, text, code) in SECTIONS.items()
        ],
    }
    page.evaluate("async index => { await (window.search = gateSearchWords(index)).ready; }", index)
    yield page
    page.close()


ASK = """([query, isTyping]) => {
    const { groups, ...rest } = search.ask(query, { isTyping });
    const sections = groups.flatMap(({ found }) => found);
    const found = sections.map(({ section }) => section[1]);
    const shown = groups.flatMap(({ found }) => found.map(({ n }) => search.text(n)));
    return { ...rest, found, shown, terms: [...rest.weights.keys()].sort() };
}"""


@pytest.fixture
def ask(page):
    """Ask, and give the ids of the sections found, the best first."""
    return lambda query, typing=False: page.evaluate(ASK, [query, typing])["found"]


@pytest.fixture
def answer(page):
    """Ask, and give all that is said."""
    return lambda query: page.evaluate(ASK, [query, False])


@pytest.mark.parametrize(
    "query, first",
    [
        ("initialization", "reset"),
        ("initialised", "reset"),
        ("tying", "reset"),
        ("behavior", "bias"),
        ("biases", "bias"),
        ("LSTMs", "bias"),
        ("FORGETTING DROPOUT", "bias"),
        ("ｄｒｏｐｏｕｔ", "bias"),
        ("merrienboer", "cho"),
        ("drop the past", "reset"),
    ],
)
def test_a_word_is_found_in_each_form_and_spelling(ask, query, first):
    assert ask(query)[0] == first


@pytest.mark.parametrize(
    "query, first",
    [
        ("pack_padded_sequence", "state"),
        ("padded sequence", "state"),
        ("nn.LSTM", "bias"),
        ("what is out[:, -1]?", "last"),
        ("out[:,-1]", "last"),
        ("out[:, -1, :]", "last"),
        ("∂h_t", "slope"),
    ],
)
def test_a_name_in_code_is_found_whole_and_by_its_pieces(ask, query, first):
    assert ask(query)[0] == first


def test_chinese_and_latin_are_cut_apart(ask):
    assert ask("LSTM重置门") == ask("LSTM 重置门")
    assert ask("双向LSTM的梯度")[0] == "zh"


@pytest.mark.parametrize(
    "query, plain",
    [
        ("What is the reset gate for?", "reset gate"),
        ("请问重置门是什么？", "重置门"),
        ("为什么梯度会消失", "梯度 消失"),
        ("reset gate 4461 (3, 128)", "reset gate"),
        ("dont doesnt isnt cant wont didnt forget", "forget"),
        ("I forget, can i forget?", "forget"),
        ("forget[:, 7]", "forget"),
        ("我数学不好，能用吗", "数学 不好"),
        ("想有记忆", "记忆"),
    ],
)
def test_function_words_and_bare_numbers_are_left_out(answer, query, plain):
    assert answer(query)["terms"] and answer(query)["terms"] == answer(plain)["terms"]


def test_a_function_word_that_is_misspelt_is_left_out_too(answer):
    said = answer("whcih forgetting shoudl dropout")
    assert said["terms"] == answer("forgetting dropout")["terms"]
    assert said["corrections"] == said["unknown"] == []


@pytest.mark.parametrize("query", ["gpus", "GPUs", "gpu", "GPU"])
def test_an_abbreviation_is_found_by_its_plural_and_nothing_is_corrected(answer, query):
    said = answer(query)
    assert said["found"] == ["cards"]
    assert said["corrections"] == said["unknown"] == []


def test_what_stands_above_a_message_is_left_out(answer):
    message = "ValueError: Not the last step of h_n"
    above = 'Traceback (most recent call last): File "gru.py", line 1, in reset self.dropout(h) '
    assert answer(above + message)["terms"] == answer(message)["terms"]


def test_a_letter_or_a_number_is_not_painted(answer):
    assert answer("z and h_n, forget")["terms"] == ["forget", "h_n"]
    assert answer("7")["terms"] == ["7"]  # nothing else is asked for


def test_who_asks_why_is_answered_so(ask, answer):
    assert ask("why")[0] == "late"
    assert answer("why weights")["terms"] == ["weight"]


@pytest.mark.parametrize(
    "query, found",
    [("4461", ["state"]), ("not the", ["last"]), ("is it pytorch or gru", ["choose"])],
)
def test_they_come_back_where_nothing_else_is_asked(ask, query, found):
    assert ask(query)[:1] == found


@pytest.mark.parametrize(
    "typed, meant, first",
    [
        ("rset", "reset", "reset"),  # a letter left out
        ("ersetx", "reset", None),  # two wrong in a short word
        ("forgte", "forget", "reset"),  # two swapped
        ("initialistaion", "initialisation", "reset"),
        ("充置门", "重置门", "zh"),
        ("双项", "双向", "zh"),  # a sign that sounds alike
    ],
)
def test_a_word_that_no_section_has_is_mended_and_that_is_said(answer, typed, meant, first):
    said = answer(typed)
    if first is None:
        assert (said["found"], said["unknown"]) == ([], [typed])
    else:
        assert said["found"][0] == first
        assert said["corrections"][0] == [typed, meant]


def test_the_word_that_is_being_typed_may_go_on(ask):
    assert "bias" in ask("drop", typing=True)  # to dropout
    assert "bias" not in ask("drop")


def test_two_words_may_be_one(ask):
    assert "bias" in ask("drop out")  # dropout


@pytest.mark.parametrize("query", ["memory vector", "隐藏状态", "s_t"])
def test_a_term_is_found_by_what_others_call_it_and_by_its_symbol(ask, query):
    assert "state" in ask(query)[:2]


def test_a_name_of_many_words_is_one_thing_that_is_asked_for(ask):
    assert ask("dropout in a long chain of cells")[0] == "bias"


def test_a_word_that_may_go_on_in_many_ways_is_still_one(ask):
    assert ask("pile mar", typing=True) == ["margin", "many"]


def test_what_says_little_counts_for_less(ask):
    assert ask("explain the peephole")[0] == "page"


def test_one_chinese_sign_is_found_in_its_words(ask):
    assert "quick" in ask("重置门 快")


def test_a_section_with_more_of_the_words_comes_first(ask):
    assert ask("optimiser")[0] == "one"
    assert ask("optimiser schedule decay")[:2] == ["all", "one"]


def test_a_page_of_less_weight_stands_behind(ask):
    assert ask("peephole") == ["page", "paper"]


@pytest.mark.parametrize(
    "query, shown", [("long cell", "Three gates."), ("mistakes", "Too late · Too early · 重置门")]
)
def test_what_has_no_text_is_shown_by_what_it_is_about_or_holds(answer, query, shown):
    assert shown in answer(query)["shown"]


@pytest.mark.parametrize(
    "query, unknown",
    [
        ("reset xyzzyq 凤凰", ["xyzzyq", "凤凰"]),
        ("隐藏凤凰状态", ["凤凰"]),
        ("双向网络能在单片机上跑吗", ["单片机"]),
        ("双向网络", []),
    ],
)
def test_what_no_section_has_is_named(answer, query, unknown):
    assert answer(query)["unknown"] == unknown


@pytest.mark.parametrize(
    "text, query, options, shown",
    [
        ("One. " * 50 + "The reset gate drops it. " + "More. " * 50, "reset gate", {},
         "… The reset gate drops it. More."),
        ("Fix: do it. " * 30 + "The reset gate.", "reset gate", {"fromStart": True}, "Fix: do"),
        ("The reset gate.", "gate", {}, "The reset [gate]."),
        ("双向网络的梯度会消失。", "梯度消失", {}, "双向网络的[梯度]会[消失]。"),
        ("双向网络的梯度会消失。", "雙向網絡", {}, "[双向网络]的梯度会消失。"),
        ("雙向網絡的梯度會消失。", "双向网络", {}, "[雙向網絡]的梯度會消失。"),
        ("The reset gate drops the past where it is shut. It opens. The code shows this:", "reset",
         {"fromStart": True}, "The [reset] gate drops the past where it is shut. It opens. …"),
        ("The code shows this:", "reset", {}, "The code shows this:"),
    ],
)  # fmt: skip
def test_an_excerpt_is_cut_where_the_words_are(page, text, query, options, shown):
    pieces = page.evaluate(
        "([text, query, options]) => search.excerpt(text, search.ask(query).weights, options)",
        [text, query, options],
    )
    marked = "".join(f"[{words}]" if found else words for words, found in pieces)
    plain = "".join(words for words, _ in pieces)
    assert (marked if "[" in shown else plain).startswith(shown)
    assert len(plain) < 200


def test_a_symbol_alone_is_its_term_and_in_a_question_nothing(answer):
    assert answer("s")["found"][0] == "state"
    assert "hidden" not in answer("s of a reset gate")["terms"]


def test_traditional_signs_are_those_of_the_page(answer):
    for typed, simplified in [("重置門", "重置门"), ("隱藏狀態在哪裡", "隐藏状态在哪里")]:
        assert answer(typed) == answer(simplified)
        assert answer(typed)["found"] and not answer(typed)["corrections"]


def test_a_wrong_sign_is_told_once(answer):
    assert answer("窥是孔在哪里")["corrections"] == [["窥是孔", "窥视孔"]]


def test_a_name_that_only_ends_otherwise_is_another_word(answer):
    assert answer("重置量")["corrections"] == []
    assert answer("重置们")["corrections"] == [["重置们", "重置门"]]  # 们 sounds like 门


def test_a_small_word_inside_another_does_not_cut_it(ask):
    assert ask("在线")[0] == "online"


def test_one_sign_and_the_words_of_a_traceback_are_not_told(answer):
    assert answer("鑫")["unknown"] == []
    assert answer("quark")["unknown"] == ["quark"]
    assert answer('File "x.py", line 3, in quark\nValueError: peephole quark')["unknown"] == []


def test_a_section_whose_heading_says_it_all_is_shown_from_its_beginning(page):
    found = (
        "q => search.ask(q).groups.flatMap(g => g.found).filter(f => f.isOf).map(f => f.section[1])"
    )
    assert page.evaluate(found, "what is a hidden state") == ["state"]
    assert page.evaluate(found, "hidden state of the batch") == []


@pytest.mark.parametrize("query", ["gate", "reset gate", "forget the past", "pile march"])
def test_what_fits_better_stands_first_whatever_its_page(page, query):
    groups = page.evaluate("q => search.ask(q).groups", query)
    scores = [found["score"] for group in groups for found in group["found"]]
    assert scores == sorted(scores, reverse=True)
    pages = [group["page"] for group in groups]
    assert all(one != other for one, other in pairwise(pages))


def test_sections_that_come_later_are_read_when_they_come(page):
    found = page.evaluate(
        """async () => {
            const section = (heading) => [0, heading, heading, "", "", "", ""];
            const index = {
                pages: [["", "Page", 1, false, ""]], terms: [],
                count: 3, sections: [section("Gate")],
            };
            const search = gateSearchWords(index);
            await new Promise((later) => setTimeout(later));
            for (const heading of ["Memory", "Forgetting"]) {
                index.sections.push(section(heading));
                index.more();
                await new Promise((later) => setTimeout(later));
            }
            await search.ready;
            return search.ask("forgetting gate").groups.flatMap((group) =>
                group.found.map(({ n }) => n));
        }"""
    )
    assert sorted(found) == [0, 2]
