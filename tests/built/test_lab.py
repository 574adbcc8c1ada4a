"""The lab in a reader's hands: examples, tasks, keys, a finger, bad input, what is taken along."""

import contextlib
import io
import itertools
import math
import random
import re
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
import torch
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests import lab, pdf
from tests.sources import LANGUAGES
from tools.theme import browser

CODES = pytest.mark.parametrize("code", LANGUAGES)
TEXT = {code: language.text for code, language in LANGUAGES.items()}
NEAR = 1e-6


def steps(name: str, kind: str, unit: int = 1) -> dict[str, list[float]]:
    """The gates and states of an example at every step, by torch."""
    of = {letter: [] for letter in lab.PARTS[kind]}
    for step in lab.by_torch(lab.state_of(lab.PRESETS[name]), kind)["steps"]:
        for letter, values in of.items():
            values.append(step[letter][unit - 1].item())
    return of


def xs(name: str, feature: int = 1) -> list[float]:
    return [x[feature - 1] for x in lab.state_of(lab.PRESETS[name])["x"]]


def near(*values) -> object:
    return pytest.approx(list(values), abs=NEAR)


def test_remember_for_ever_takes_in_the_first_x_and_keeps_it():
    gru, lstm = steps("remember", "gru"), steps("remember", "lstm")
    assert gru["z"] == near(0, *[1] * 7) and lstm["f"] == near(0, *[1] * 7)
    assert gru["h"] == near(*[gru["h"][0]] * 8) and lstm["c"] == near(*[lstm["c"][0]] * 8)
    assert gru["h"][0] > 0.9 and lstm["c"][0] > 0.9


def test_forget_at_once_loses_all_in_one_step():
    gru, lstm = steps("forget", "gru"), steps("forget", "lstm")
    assert lab.state_of(lab.PRESETS["forget"])["h"] == [0.9]
    assert lab.state_of(lab.PRESETS["forget"])["c"] == [0.9]
    assert gru["z"] + lstm["f"] == near(*[0] * 8)
    assert gru["h"] + lstm["c"] + lstm["h"] == near(*[0] * 12)


def test_copy_is_tanh_of_x_once_in_the_gru_and_twice_in_the_lstm():
    once = [math.tanh(x) for x in xs("copy")]
    assert steps("copy", "gru")["h"] == near(*once)
    assert steps("copy", "lstm")["h"] == near(*map(math.tanh, once))


def test_echo_says_x_one_step_late():
    for kind in ("gru", "lstm"):
        first, second = (steps("echo", kind, unit)["h"] for unit in (1, 2))
        said = [math.tanh(h) for h in first[:-1]]
        assert second == near(0, *(said if kind == "gru" else map(math.tanh, said)))
        assert [round(h, 1) != 0 for h in second[1:]] == [x != 0 for x in xs("echo")[:-1]]


def test_count_by_ones_the_lstm_does_and_the_gru_does_not():
    assert steps("count", "lstm")["c"] == near(1, 2, 3, 4, 4, 3, 2, 1, 0)
    assert abs(steps("count", "gru")["h"][-1]) > 0.01


def test_count_in_binary_goes_through_the_patterns_that_the_page_names():
    both = list(zip(*(steps("binary", "gru", unit)["h"] for unit in (1, 2)), strict=True))
    wanted = [(1, -1), (-1, 1), (1, 1), (1, 1), (-1, -1), (1, -1)]
    assert [number for pair in both for number in pair] == near(*sum(wanted, ()))
    assert lab.state_of(lab.PRESETS["binary"])["h"] == [-1, -1]


def test_latch_takes_the_value_at_each_flag_and_holds_it():
    taken = None
    for kind, state in (("gru", "h"), ("lstm", "c")):
        for x, flag, held in zip(
            xs("latch"), xs("latch", 2), steps("latch", kind)[state], strict=True
        ):
            taken = math.tanh(x) if flag else taken
            assert held == pytest.approx(taken, abs=NEAR)


@pytest.fixture
def open_lab(open_page):
    """Open the lab in a language, at an address, with its script at work."""

    def opened(code: str = "en", search: str = "", path: str = "lab/", **options):
        page = open_page(f"{LANGUAGES[code].prefix}{path}{search}", **options)
        ready(page)
        return page

    return opened


def ready(page) -> None:
    browser.lay_out(page)
    page.wait_for_selector(".gg-examples:not([hidden])", state="attached")


def is_right(page, state: dict, code: str = "en") -> bool:
    page.evaluate("document.querySelector('.gg-starts').open = true")
    return lab.faults(page.evaluate(lab.READ), state, TEXT[code]) == []


@CODES
def test_an_example_shows_its_state_and_what_to_watch(open_lab, code):
    page = open_lab(code)
    links = page.locator("article li > a[href*='preset=']")
    for n in range(links.count()):
        name = links.nth(n).get_attribute("href").partition("preset=")[2].partition("#")[0]
        links.nth(n).click()
        assert is_right(page, lab.state_of(lab.PRESETS[name]), code), name
        assert page.locator("[data-examples]").input_value() == name
        assert links.nth(n).inner_text() in page.locator(".gg-watch").inner_text()
        bar = page.locator(".gg-bar").bounding_box()
        assert -1 <= bar["y"] < 800, "the lab is in view"


# Each task with ways that solve it, and with ways around what it asks for.
SOLUTIONS = {
    "keep-bit": [
        "gru_weight_ih=0;-40;2&gru_bias_ih=0,20,0",
        "cell=lstm&lstm_weight_ih=0;0;5;0&lstm_bias_ih=20,20,0,20",
        "D=2&x=0,0&t=1&gru_weight_ih=0,0;-40,0;2,0&gru_bias_ih=0,20,0"
        "&lstm_weight_ih=0,0;0,0;0,0;0,0",
    ],
    "forget-bias": ["lstm_bias_ih=0,1,0,0", "lstm_bias_hh=0,1.05,0,0"],
    "ignore-x": ["gru_weight_ih=0;0;1", "gru_weight_ih=0;0;-3&gru_bias_ih=0,-1,0"],
    "count-three": [lab.PRESETS["binary"].replace("v=1&", "").replace("x=1;1;1;0;1;1&", "")],
    "conventions-agree": [
        "gru_bias_ih=20,0,0",
        "gru_bias_hh=0,0,0",
        "gru_bias_ih=20,0,0&h0=-0.8&gru_weight_hh=0;0;-0.6",
    ],
}
AROUND = {
    "keep-bit": [
        "gru_weight_ih=0;0;1000",  # a large weight that nothing keeps
        "h0=0.9&gru_bias_ih=0,40,0",  # a start that is kept whatever the bit
        "x=1&t=1&gru_bias_ih=0,-20,0",  # a sequence of one step
        "x=1;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;1",  # another sequence
        "gru_weight_ih=0;-40;2&gru_bias_ih=0,3,0",  # it leaks
        "cell=lstm",  # the other cell
        "cell=lstm&lstm_bias_ih=20,0,20,20",  # which says yes to both
    ],
    "forget-bias": [
        "x=0;0;0;0;0;0;0;0;0;1",  # the last x in place of the first
        "c0=1000",  # a start that is still there
        "lstm_bias_ih=0,0,1,0",  # something else that is written at every step
        "lstm_bias_ih=20,0,20,0",
        "lstm_bias_ih=0,2,0,0",  # f is too open
        "lstm_bias_ih=0,-10,0,0&lstm_weight_hh=0;1000;0;0",  # only at the last step it is not
        "x=1&t=1&lstm_weight_ih=0;0;1000;0",  # a sequence of one step
        "H=2&lstm_weight_ih=0;0;0;0;1;9;0;0&lstm_weight_hh=0,0;0,0;0,0;0,0;0,9;0,0;0,0;0,0"
        "&lstm_bias_ih=20,20,0,20,0,0,20,20&unit=1",  # another unit remembers
    ],
    "ignore-x": [
        "gru_weight_ih=0;1000;1&gru_bias_ih=0,0.5,0",
        "gru_weight_ih=0;2;1&gru_bias_ih=0,1000,0",  # shut for every x
        "gru_weight_ih=0;0;0",  # nothing follows x
        "gru_weight_ih=0;0;1&gru_bias_ih=0,9,0",  # it is open
        "x=0&t=1",  # a sequence of one x
        "gru_weight_ih=0;2;1&gru_weight_hh=0;-2;0&h0=1",
    ],
    "count-three": [
        "x=0;0;0;0;0;0",
        "h0=1000,1000&gru_weight_ih=0;0;-5;-5;0;0&gru_bias_ih=0,0,12,12,0,0",  # a start far away
        "gru_bias_ih=0,0,20,20,0,0&h0=1,1",
        "gru_weight_ih=0;0;-1000;-1000;1000;1000&gru_bias_ih=0,0,500,500,0,0",  # any
        "gru_weight_ih=0;0;0;0;1000;-1000",  # the last x alone
    ],
    "conventions-agree": [
        "gru_bias_ih=0,1000,0",  # z keeps the state, whatever n is
        "gru_bias_ih=0,0,900",  # n is at its bound
        "reset=after",  # what is compared with is chosen
        "h0=0.1&gru_weight_hh=0;0;0.4&gru_bias_hh=0,0,0",  # too small a weight
        "h0=0&gru_bias_hh=0,0,0",  # no start
        "x=1000",
    ],
}


def told(page, task: str) -> str:
    judged = page.locator(f"[data-challenge={task}] .gg-judged")
    expect(judged).not_to_be_empty()  # what judges comes with the first task that is begun
    return judged.inner_text()


@pytest.mark.parametrize("task", SOLUTIONS)
def test_a_task_is_solved_by_what_solves_it_and_not_by_a_way_around(open_lab, task):
    page = open_lab("en", f"?preset={task}")
    for around in ("", *AROUND[task]):
        page.evaluate(lab.SET, f"?preset={task}&{around}")
        assert page.locator(".gg-problem").inner_text() == "", around
        assert told(page, task).startswith("Not yet."), around
        assert "✗" in told(page, task) and "NaN" not in told(page, task)
    assert kept(page) is None
    for solution in SOLUTIONS[task]:
        page.evaluate("localStorage.removeItem('gate-by-gate.done')")
        page.evaluate(lab.SET, f"?preset={task}&{solution}")
        assert told(page, task).startswith("Solved."), (solution, told(page, task))
        assert "✗" not in told(page, task)
        assert kept(page) == [f"lab/{task}"]
    page.goto(page.url.partition("?")[0])
    ready(page)
    assert told(page, task) == "Solved.", "what was solved stays so"


def kept(page):
    return page.evaluate("JSON.parse(localStorage.getItem('gate-by-gate.done'))")


@CODES
def test_a_task_that_a_reader_sets_up_and_solves_by_hand_is_marked(open_lab, code):
    page = open_lab(code)
    page.locator("[data-challenge=ignore-x] a").click()
    assert told(page, "ignore-x").startswith(TEXT[code]["lab_not_yet"])
    page.locator("[data-f='gru.weight_ih.z.0']").fill("0")
    assert told(page, "ignore-x").startswith(TEXT[code]["lab_solved"])
    assert TEXT[code]["lab_solved"] in page.locator(".gg-watch").inner_text()
    assert kept(page) == ["lab/ignore-x"]


def hidden_states(code: str) -> list[list[float]]:
    """What a program prints, run as it stands there."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "copied.py", "exec"), {})
    return [[float(number) for number in line.split()] for line in printed.getvalue().splitlines()]


@pytest.mark.proof
def test_the_copied_program_prints_what_the_lab_shows(open_lab):
    page = open_lab()
    page.locator("#take").scroll_into_view_if_needed()  # what writes it comes then
    expect(page.locator(".gg-code")).not_to_be_empty()
    default = torch.get_default_dtype()
    try:
        for state in lab.random_states(50, seed=1):
            page.evaluate(lab.SET, lab.address_of(state))
            page.locator("[data-do=code]").click()
            copied = page.evaluate("navigator.clipboard.readText()")
            assert copied == page.locator(".gg-code").text_content()
            assert '\n    "weight_ih_l0": [[' in copied
            kinds = ["gru", "lstm"] if state["cell"] == "both" else [state["cell"]]
            shown = page.evaluate(lab.READ)["cards"]
            printed = hidden_states(copied)
            assert len(printed) == len(kinds) * len(state["x"])
            for n, kind in enumerate(kinds):
                lines = printed[n * len(state["x"]) :][: len(state["x"])]
                row = dict(shown[kind]["heat"]["rows"])["h"]
                for line, (_, value) in zip(lines, row, strict=True):
                    assert line[state["unit"]] == pytest.approx(float(value), abs=0.500001e-4)
                steps = lab.by_torch(state, kind)["steps"]
                assert lines == [pytest.approx(s["h"].tolist(), abs=0.500001e-4) for s in steps]
    finally:
        torch.set_default_dtype(default)


CONTROLS = ":is(a[href], button, input, select, summary, td, pre)"
CAN_BE_USED = f"""() => [...document.querySelectorAll(".gg-lab {CONTROLS}")]
    .filter(e => e.checkVisibility() && (!/^(TD|PRE)$/.test(e.tagName) || e.tabIndex === 0))"""
NAME = "e => [e.localName, e.dataset.f ?? e.dataset.do ?? e.dataset.dial ?? e.innerText].join(' ')"


@pytest.mark.parametrize("search", ["", "?preset=latch", "?v=1&H=3&D=2&x=1,0;0,1&unit=2"])
def test_the_tab_key_reaches_every_control_and_the_focus_is_seen(open_lab, search):
    page = open_lab("en", search)
    for part in ("#own", "#take"):
        page.locator(part).scroll_into_view_if_needed()  # what fills the parts comes then
    expect(page.locator(".gg-code")).to_contain_text('\n    "weight_ih_l0": [[')
    page.locator("[data-part=trained] td").first.wait_for()
    wanted = page.evaluate(f"({CAN_BE_USED})().map({NAME})")
    reached = []
    page.evaluate("document.querySelector('.gg-lab').before(document.createElement('button'))")
    page.locator(".gg-lab").first.evaluate("e => e.previousElementSibling.focus()")
    for _ in range(len(wanted) + 200):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            f"""() => {{
                const e = document.activeElement;
                const {{ outlineStyle, outlineWidth }} = getComputedStyle(e);
                return e.closest(".gg-lab") && [({NAME})(e), outlineStyle, outlineWidth];
            }}"""
        )
        if focused and not focused[0].startswith("div"):  # what scrolls takes the focus, too
            name, style, width = focused
            reached.append(name)
            assert style != "none" and width != "0px", f"{name} has the focus, and nobody sees it"
        if len(reached) == len(wanted):
            break
    assert reached == wanted


def test_keys_alone_move_through_steps_and_turn_what_can_be_turned(open_lab):
    page = open_lab()
    press = page.keyboard.press
    heat = page.locator("[data-heat=gru]")
    heat.locator("td[tabindex='0']").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown"):
        press(key)
    assert page.locator("[data-f=t]").input_value() == "3"
    read = heat.locator("xpath=../following-sibling::p[1]")
    assert read.inner_text().startswith("step 3: r = σ(0.0000 · 0.0000 + ")
    for key, step in (("End", 8), ("ArrowRight", 8), ("Home", 1), ("ArrowUp", 1)):
        press(key)
        assert page.locator("[data-f=t]").input_value() == str(step), key
    state = lab.state_of(lab.PRESETS["start"])
    page.locator("[data-dial^=lstm]").focus()
    for _ in range(5):
        press("ArrowRight")
    state["lstm"]["bias_ih"] = [0, 0.5, 0, 0]
    assert is_right(page, state)
    page.locator("[data-f='gru.weight_ih.z.0']").focus()
    press("Control+A")
    page.keyboard.type("-1.5")
    state["gru"]["weight_ih"] = [[0], [-1.5], [1]]
    assert is_right(page, state)
    page.locator("[data-f=cell]").focus()
    page.keyboard.type("LSTM")
    state["cell"] = "lstm"
    assert is_right(page, state)
    page.locator("[data-f=x]").focus()
    press("Control+A")
    page.keyboard.type("1 0.5 -2")
    state["x"] = [[1], [0.5], [-2]]
    page.locator("[data-do=on]").focus()
    press("Enter")
    state["t"] = 1
    assert is_right(page, state)
    page.locator("[data-kind=lstm] [data-do=part-on]").focus()
    press("Enter")
    press("Space")
    state["part"] = "i"
    assert is_right(page, state)


def test_a_slider_reaches_as_far_as_the_number_that_it_turns(open_lab):
    page = open_lab(search="?preset=latch")
    dial = page.locator("[data-dial^=gru]")
    for name, bound in (("bias_ih.z", "20"), ("weight_ih.z.1", "40")):
        page.locator(f"[data-f='gru.{name}']").focus()
        assert dial.get_attribute("max") == bound
        assert abs(float(dial.input_value())) == float(bound)
    assert page.locator("[data-dial^=lstm]").get_attribute("max") == "20"


def faults(page) -> list[str]:
    page.evaluate("document.getAnimations().forEach(animation => animation.finish())")
    found = Axe().run(page, context=".gg-lab", options={"resultTypes": ["violations"]})
    return [
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in found.response["violations"]
        for node in fault["nodes"][:3]
    ]


WITH_ALL = "?preset=count-three&H=2&part=z&order=onnx&update=1-z&unit=2"


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.proof)])
@CODES
def test_the_lab_in_use_can_be_used_by_everyone(open_lab, code, scheme):
    page = open_lab(code, WITH_ALL, color_scheme=scheme, viewport={"width": 1280, "height": 800})
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    page.locator("[data-f='gru.bias_ih.z']").fill("")  # which is not a number
    page.locator("[data-heat=gru] td").nth(3).click()
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        assert faults(page) == []


@pytest.mark.parametrize("width", [320, 390])
@CODES
def test_on_a_phone_the_lab_fits_and_a_finger_finds_all_it_turns(open_lab, code, width):
    phone = {"viewport": {"width": width, "height": 700}, "has_touch": True, "is_mobile": True}
    page = open_lab(code, "?v=1&H=3&D=3&x=1,0,-20.125;0,1,1000&t=2", **phone)
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate(
        f"""() => [...document.querySelectorAll(".gg-lab {CONTROLS}:not(pre)")]
            .filter(e => e.localName !== "td" || e.closest("[role=grid]"))
            .filter(e => e.checkVisibility())
            .map(e => [({NAME})(e), e.getBoundingClientRect()])
            .filter(([_, box]) => box.width < 44 || box.height < 44)
            .map(([name, box]) => `${{name}}: ${{box.width}} x ${{box.height}}`)"""
    )
    assert small == []
    page.locator("[data-heat=gru] td").nth(1).tap()
    assert page.locator("[data-f=t]").input_value() == "2"


@pytest.mark.parametrize("width", [390, 1280])
@CODES
def test_each_number_of_a_step_of_several_features_is_within_its_cell(open_lab, code, width):
    page = open_lab(code, "?v=1&D=3&x=-0.125,-2.5,-1", viewport={"width": width, "height": 800})
    for kind in ("gru", "lstm"):
        card = page.locator(f".gg-card[data-kind={kind}]")
        room = card.bounding_box()
        numbers = card.locator("svg [data-value^=x]")
        assert [text.replace("−", "-") for text in numbers.all_text_contents()] == [
            "-0.13",
            "-2.50",
            "-1.00",
        ]
        boxes = [number.bounding_box() for number in numbers.all()]
        assert all(box["x"] >= min(room["x"], 0) for box in boxes)
        assert all(below["y"] - above["y"] > 12 for above, below in itertools.pairwise(boxes))
        assert boxes[-1]["y"] + boxes[-1]["height"] <= card.locator(".gg-dial").bounding_box()["y"]


TOLD = """() => {
    window.told = [];
    const live = document.querySelectorAll(".gg-lab :is([role=status], [role=alert], [aria-live])");
    for (const each of live) {
        new MutationObserver(() => told.push(each.textContent))
            .observe(each, { childList: true, characterData: true, subtree: true });
    }
}"""
DRAG = """async field => {
    for (let n = 1; n <= 30; n++) {
        field.value = n / 10;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        await new Promise(done => setTimeout(done, 20));
    }
}"""


@pytest.mark.parametrize("search", ["", "?preset=forget-bias", "?v=1&x=1;2&reset=before&h0=1"])
def test_a_screen_reader_hears_the_values_once_they_rest(open_lab, search):
    page = open_lab("en", search)
    page.wait_for_timeout(700)
    page.evaluate(TOLD)
    page.locator("[data-dial]:visible").first.evaluate(DRAG)
    page.wait_for_timeout(900)
    told = page.evaluate("told.filter(text => text.trim())")
    assert 1 <= len(told) <= 2, told
    assert "h = " in told[-1]
    if "forget-bias" in search:
        assert "max f = 0.9526 ✗" in told[-1]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_moves_for_who_wants_less_motion_and_paper_keeps_the_numbers(open_lab, scheme):
    page = open_lab("en", "?preset=echo", reduced_motion="reduce", color_scheme=scheme)
    page.locator("[data-f='gru.bias_ih.z']").fill("3")
    page.locator("[data-do=on]").click()
    moving = "document.getAnimations().filter(each => each.timeline instanceof DocumentTimeline)"
    assert page.evaluate(f"{moving}.length") == 0
    page.emulate_media(media="print")
    assert (
        not page.locator(".gg-lab :is(button, input[type=range], .gg-bar)")
        .filter(visible=True)
        .count()
    )
    for place in (".gg-weights", ".gg-heat", ".gg-card svg", "[data-conventions]"):
        assert page.locator(place).first.is_visible()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@CODES
def test_on_paper_no_letter_lies_on_another_and_no_table_is_empty_or_cut(open_lab, code, paper):
    page = open_lab(code, viewport={"width": 1280, "height": 800})
    assert pdf.overprinted(page.pdf(format=paper)) == []
    page.emulate_media(media="print")
    assert not page.locator(".gg-heat:not(:has(td))").filter(visible=True).count()
    page.set_viewport_size({"width": 718, "height": 800})  # A4 without its margins
    beyond = "all => all.map(each => each.scrollWidth - each.clientWidth)"
    assert max(page.locator("html, .gg-wide").evaluate_all(beyond)) <= 0


# What is typed as a sequence and cannot be one, by the sentence that says so
REFUSED = {
    "NaN": "number", "1 1e999 2": "number", "one two": "number", "1 -": "number",
    "Infinity": "number", "0x10": "number", "": "steps", "   ": "steps", "1001": "range",
    "1 " * 10_000: "steps", "0 " * 201: "steps", "<img src=x onerror=alert(1)>": "number",
    "1,0 0,1": "one",
}  # fmt: skip
ACCEPTED = {
    "１ ０ −０．５": [[1], [0], [-0.5]],
    "１，０，１": [[1], [0], [1]],
    "1、0。5、2": [[1], [0.5], [2]],
    "1;0；−1": [[1], [0], [-1]],
    " 1,  0 ,1 ": [[1], [0], [1]],
    "1e-3 .5 +2": [[0.001], [0.5], [2]],
}


@pytest.mark.parametrize("change", ["typed", "dragged", "another step", "another example"])
def test_what_is_said_of_a_number_goes_when_the_state_changes(open_lab, change):
    page = open_lab("en", "?preset=remember")
    page.locator("[data-heat=lstm] [data-row=f] td").nth(2).click()
    read = page.locator(".gg-card[data-kind=lstm] .gg-read")
    assert read.inner_text().startswith("step 3: f = σ(")
    if change == "typed":
        page.locator("[data-f='lstm.bias_ih.f']").fill("-1")
    elif change == "dragged":
        page.locator(".gg-card[data-kind=lstm] [data-dial]").fill("-1")
    elif change == "another step":
        page.locator("[data-do=on]").click()
    else:
        page.locator("[data-examples]").select_option("copy")
    assert read.text_content() == ""


AT_ONCE = """async () => {
    const seen = () => [...document.querySelectorAll("[data-heat] td")].map(cell => {
        const { left, right, top, bottom } = cell.getBoundingClientRect();
        const room = cell.closest(".gg-wide").getBoundingClientRect();
        const isSeen = left < room.right && right > room.left && top < innerHeight && bottom > 0;
        return [isSeen, cell.textContent];
    });
    document.querySelector("[data-heat]").scrollIntoView();
    await new Promise(done => setTimeout(done, 300));
    for (const name of ["gru.bias_ih.z", "lstm.bias_ih.f"]) {
        const field = document.querySelector(`[data-f="${name}"]`);
        field.value = "1.25";
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
    const atOnce = seen();
    while (document.querySelector("[aria-busy=true] td")) await new Promise(requestAnimationFrame);
    const all = seen();
    const late = all.filter(([, text], n) => text !== atOnce[n][1]);
    return { late: late.length, inView: late.filter(([isSeen]) => isSeen).length };
}"""


@pytest.mark.parametrize("width", [390, 1280])
def test_of_200_steps_those_in_view_are_written_at_once_and_the_rest_behind_them(open_lab, width):
    state = lab.random_states(1, seed=7)[0]
    dice = random.Random(7)
    state |= {"x": [[round(dice.gauss(0, 1), 2) for _ in range(state["D"])] for _ in range(200)]}
    state |= {"t": 100, "unit": 0, "part": "", "cell": "both"}
    page = open_lab("en", lab.address_of(state), viewport={"width": width, "height": 844})
    found = page.evaluate(AT_ONCE)
    assert found["inView"] == 0 and found["late"] > 500
    for kind, block in (("gru", 1), ("lstm", 1)):
        state[kind]["bias_ih"][block * state["H"]] = 1.25
    assert is_right(page, state)


@CODES
def test_a_task_fits_a_phone_and_its_verdict_stays_in_sight(open_lab, code):
    page = open_lab(code, "?preset=conventions-agree", viewport={"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("[data-f='gru.bias_hh.n']").scroll_into_view_if_needed()
    verdict = page.locator(".gg-scored")
    assert TEXT[code]["lab_not_yet"] in verdict.inner_text()
    assert 0 <= verdict.bounding_box()["y"] < 200, "beside what is turned"


@CODES
def test_a_sequence_that_cannot_be_is_told_and_the_last_one_stays(open_lab, code):
    page = open_lab(code, "?preset=echo")
    field, problem = page.locator("[data-f=x]"), page.locator(".gg-problem")
    state = lab.state_of(lab.PRESETS["echo"])
    for typed, what in REFUSED.items():
        field.fill(typed)
        sentence = TEXT[code][f"lab_problem_{what}"].partition("{value}")[2] or what
        told = problem.inner_text()
        assert told.startswith("x") and "{" not in told and "undefined" not in told, typed
        assert says(told, TEXT[code][f"lab_problem_{what}"]), (typed, told, sentence)
        assert field.get_attribute("aria-invalid") == "true"
        page.locator("[data-do=on]").focus()  # what cannot be is put away
        assert is_right(page, state, code), typed
    field.fill("1 2")
    assert problem.inner_text() == "" and field.get_attribute("aria-invalid") is None


def says(told: str, sentence: str) -> bool:
    """Whether what is told has all pieces of a sentence between its places."""
    return all(piece in told for piece in re.split(r"\{\w+\}", sentence))


def test_signs_of_a_chinese_keyboard_and_of_this_page_are_understood(open_lab):
    page = open_lab("zh")
    state = lab.state_of(lab.PRESETS["start"])
    for typed, sequence in ACCEPTED.items():
        page.locator("[data-f=x]").fill(typed)
        page.keyboard.press("Tab")
        assert page.locator(".gg-problem").inner_text() == ""
        assert is_right(page, state | {"x": sequence}, "zh"), typed


@CODES
def test_a_weight_that_cannot_be_is_told_and_the_last_one_stays(open_lab, code):
    page = open_lab(code)
    field, problem = page.locator("[data-f='gru.bias_ih.z']"), page.locator(".gg-problem")
    for typed, what, last in (
        ("1e999", "empty", "0"), ("e", "empty", "0"),
        ("2000", "range", "0"), ("", "empty", "0"),
    ):  # fmt: skip
        field.focus()
        page.keyboard.press("Control+A")
        page.keyboard.press("Delete")
        page.keyboard.type(typed)
        assert problem.inner_text().startswith("b_iz")
        assert says(problem.inner_text(), TEXT[code][f"lab_problem_{what}"])
        page.locator("[data-f=x]").focus()
        assert field.input_value() == last, "the last that could be"
        page.evaluate(lab.SET, "?preset=start")


HOSTILE = {  # an address, and what is told of it
    "?v=1&x=<img src=x onerror=alert(1)>": "number",
    "?v=1&x=1;0;<svg/onload=alert(1)>": "number",
    "?v=1&__proto__=1": "unknown",
    "?v=1&constructor=1&toString=2": "unknown",
    "?v=1&x=NaN": "number",
    "?v=1&x=1e999": "number",
    "?v=1&x=": "steps",
    "?v=1&x=" + "0;" * 300: "steps",
    "?v=1&h0=" + "1" * 21_000: "characters",
    "?v=2": "version",
    "?preset=none": "preset",
    "?preset=__proto__": "preset",
    "?v=1&x=１，０": "number",
    "?v=1&order=tf": "choice",
    "?v=1&H=9": "range",
    "?v=1&gru_weight_ih=1;2": "rows",
    "?v=1&gru_bias_ih=1,2": "numbers",
    "?utm_source=a": "unknown",
}
BEGINNING = {"version", "preset", "characters"}


@CODES
def test_an_address_with_faults_is_told_of_and_the_rest_is_shown(open_lab, code):
    page = open_lab(code)
    for search, what in HOSTILE.items():
        if len(search) < 5000:  # what a server takes
            page.goto(page.url.partition("?")[0] + quote(search, safe="?&=;,/:"))
            ready(page)
        else:
            page.evaluate(lab.SET, search)
        told = page.locator(".gg-problem").inner_text()
        assert says(told, TEXT[code][f"lab_problem_{what}"]), (search, told)
        assert "{" not in told and "undefined" not in told and len(told) < 400
        begins = what in BEGINNING or "v=1" not in search
        wanted = lab.state_of(lab.PRESETS["start"]) if begins else lab.state_of("v=1&x=0")
        assert is_right(page, wanted, code), search
    assert page.locator(".gg-lab img").count() == 0


KEYS = [
    "x", "h", "c", "H", "D", "t", "unit", "part", "cell", "order", "hide", "preset", "v", "q",
    "embed", "__proto__", "gru_weight_ih", "gru_bias_hh", "lstm_weight_hh", "lstm_bias_ih",
]  # fmt: skip
VALUES = [
    "", "0", "1", "2", "3", "-1", "1e999", "NaN", "1,2", "1;0;1", "1,0;0,1", "0,0,0", ";;",
    "copy", "latch", "binary", "both", "gru", "lstm", "before", "keras", "z", "%", "%00",
    "%E9", "<b>", "门", "1000;-1000", "1,2,3", "1,2,3,4", "take", "weights,own",
]  # fmt: skip


@pytest.mark.proof
def test_no_address_breaks_the_page(open_lab):
    page = open_lab()
    dice = random.Random(0)
    for _ in range(200):
        pairs = [f"{dice.choice(KEYS)}={dice.choice(VALUES)}" for _ in range(dice.randrange(1, 7))]
        search = "?v=1&" + "&".join(pairs)
        page.evaluate(lab.SET, search)
        seen = page.evaluate(lab.READ)
        shown = [text for card in seen["cards"].values() for _, row in card["heat"]["rows"]
                 for text, _ in row]  # fmt: skip
        assert shown and all(lab.NUMBER.fullmatch(text) for text in shown), search
        assert "undefined" not in page.locator(".gg-problem").inner_text()


@CODES
def test_parts_that_a_teacher_hides_stay_hidden(open_lab, code):
    page = open_lab(code, "?preset=copy&hide=conventions,challenges,weights")
    for _ in range(2):
        assert not page.locator("[data-conventions]").is_visible()
        assert not page.locator("#same-weights").is_visible()
        assert not page.locator("#tasks").is_visible()
        assert not page.locator(".gg-weights").first.is_visible()
        assert page.locator(".gg-heat").first.is_visible() and page.locator("#take").is_visible()
        page.locator("article li > a[href*='preset=echo']").click()  # which says nothing of it
    page.wait_for_timeout(700)
    assert "hide=weights,conventions,challenges" in page.url


@CODES
def test_with_the_examples_hidden_nothing_tells_what_to_see(open_lab, code):
    page = open_lab(code, "?preset=count&hide=presets")
    for hidden in (".gg-watch", ".gg-examples", "#presets", "article li > a[href*='preset=echo']"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator(".gg-heat").first.is_visible() and page.locator("#trained").is_visible()


@CODES
def test_for_another_page_there_is_the_lab_alone(open_lab, code):
    page = open_lab(code, "?preset=remember&embed=1")
    assert not page.locator("header, footer, h1, h2, nav").filter(visible=True).count()
    assert page.locator(".gg-heat").first.is_visible()
    page.locator("[data-f='gru.bias_ih.z']").fill("3")
    page.wait_for_timeout(700)
    assert page.url.endswith("&embed=1") and "gru_bias_ih=0,3,0" in page.url
    page.reload()
    ready(page)
    assert page.locator("[data-f='gru.bias_ih.z']").input_value() == "3"
    assert not page.locator("header, h1").filter(visible=True).count()


def test_the_copied_line_embeds_what_is_seen(open_lab):
    page = open_lab("en", "?preset=echo")
    cards = page.evaluate(lab.READ)["cards"]
    page.locator("[data-do=embed]").click()
    frame = ElementTree.fromstring(page.evaluate("navigator.clipboard.readText()"))
    page.goto(frame.attrib["src"])
    ready(page)
    assert page.evaluate(lab.READ)["cards"] == cards
    assert not page.locator("h1").is_visible()


@CODES
def test_the_address_brings_the_state_back_in_either_language(open_lab, code):
    page = open_lab(code)
    for state in lab.random_states(4, seed=2):
        page.evaluate(lab.SET, lab.address_of(state))
        page.locator("[data-do=link]").click()
        expect(page.locator(".gg-take [role=status]")).to_have_text(TEXT[code]["lab_copied"])
        page.goto(page.evaluate("navigator.clipboard.readText()"))
        ready(page)
        assert is_right(page, state, code)
        page.wait_for_timeout(700)
        page.reload()
        ready(page)
        assert is_right(page, state, code)
    other = {"en": "zh", "zh": "en"}[code]
    page.locator("[data-f=cell]").select_option("gru")
    page.locator(f"a.gg-switch[hreflang={other}]").click()  # at once
    page.wait_for_url(f"**/gate/{LANGUAGES[other].prefix}lab/?**")
    ready(page)
    assert is_right(page, state | {"cell": "gru"}, other)


def test_the_words_that_a_search_paints_are_no_part_of_a_state(open_lab):
    page = open_lab("en", "?h=gate&v=1&h0=0.5")
    assert is_right(page, lab.state_of("v=1&x=0&h0=0.5"))
    assert page.locator(".gg-problem").inner_text() == ""


def test_a_task_goes_on_after_a_reload_and_in_the_other_language(open_lab):
    page = open_lab("en", "?preset=keep-bit")
    page.locator("[data-f='gru.bias_ih.z']").fill("20")
    page.wait_for_timeout(700)
    page.reload()
    ready(page)
    assert told(page, "keep-bit").startswith("Not yet.")
    page.locator("a.gg-switch[hreflang=zh]").click()
    page.wait_for_url("**/gate/zh/lab/?**")
    ready(page)
    page.locator("[data-f='gru.weight_ih.z.0']").fill("-40")
    page.locator("[data-f='gru.weight_ih.n.0']").fill("2")
    assert told(page, "keep-bit").startswith(TEXT["zh"]["lab_solved"])


def test_the_saved_picture_is_one_and_has_the_numbers(open_lab):
    page = open_lab("en", "?preset=latch")
    with page.expect_download() as saved:
        page.locator("[data-do=svg]").click()
    picture = ElementTree.parse(saved.value.path()).getroot()
    assert picture.tag == "{http://www.w3.org/2000/svg}svg"
    texts = [text.text for text in picture.iter("{http://www.w3.org/2000/svg}text")]
    for card in page.evaluate(lab.READ)["cards"].values():
        for label, row in card["heat"]["rows"]:
            at = texts.index(label)
            assert texts[at + 1 : at + 1 + len(row)] == [text for text, _ in row]
            texts = texts[at:]
    assert all(text is not None for text in texts)
