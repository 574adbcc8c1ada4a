"""A cell that answers: what one points at lights up, turned gates give the numbers of torch."""

import re
import runpy

import pytest
import torch
from torch import nn

from tests.sources import LANGUAGES, ROOT, html
from tools.sources import glossary
from tools.theme import browser

TERMS = glossary.load(ROOT).terms
CHAPTERS = {"gates/gru/": "gru.md", "gates/lstm/": "lstm.md"}
CODES = pytest.mark.parametrize("code", LANGUAGES)


@pytest.fixture
def home(open_page):
    """The home page's cell in a language."""

    def home(code: str = "en", **options):
        page = open_page(LANGUAGES[code].prefix, **options)
        page.wait_for_selector(".gg-cell .hand", state="attached")
        return page, page.locator(".gg-cell")

    return home


def step(bias_r: float, bias_z: float) -> dict[str, str]:
    """One step of nn.GRUCell with the snippet's weights and the sliders' biases, as written."""
    snippet = runpy.run_path(str(ROOT / "snippets/index/turned.py"))
    cell = nn.GRUCell(1, 1, dtype=torch.float64)
    weights = snippet["weights"] | {"bias_ih": [bias_r, bias_z, 0.0]}
    cell.load_state_dict({name: torch.tensor(value) for name, value in weights.items()})
    x, h = (torch.tensor([[snippet["before"][n]]], dtype=torch.float64) for n in "xh")
    with torch.no_grad():
        new = cell(x, h)
        cell.bias_hh[1] = -1000.0  # z = 0: what comes out is n
        n = cell(x, h)
    z = ((new - n) / (h - n)).item()
    # n = tanh(x + r * 2h), from the weights above
    r = ((torch.atanh(n) - x) / (2 * h)).item()
    values = {"r": r, "z": z, "n": n.item(), "new": new.item()}
    return {name: f"{value:.2f}" for name, value in values.items()}


def shown(cell) -> dict[str, str]:
    """What a reader sees in the drawing."""
    texts = cell.locator("svg [data-value]").evaluate_all(
        "all => all.map(e => [e.dataset.value, e.textContent])"
    )
    return {name: value.replace("−", "-") for name, value in texts}


def turn(cell, gate: str, bias: float) -> None:
    slider = cell.locator(f"[data-bias={gate}]")
    slider.evaluate(
        "(e, value) => { e.value = value; e.dispatchEvent(new Event('input')); }", str(bias)
    )


@pytest.mark.parametrize("bias_r", [-10, -1.3, 0, 2.7, 10])
def test_the_numbers_beside_the_sliders_are_those_of_torch(home, bias_r):
    _, cell = home()
    for bias_z in (-10, -0.4, 0, 1.9, 10):
        turn(cell, "r", bias_r)
        turn(cell, "z", bias_z)
        expected = step(bias_r, bias_z)
        assert expected.items() <= shown(cell).items()
        numbers = re.findall(
            r"-?\d\.\d\d", cell.locator(".gg-sum output").inner_text().replace("−", "-")
        )
        assert numbers[1:3] + numbers[4:] == [expected["n"], expected["z"], expected["new"]]
        beside = [cell.locator(f"label strong[data-value={gate}]").inner_text() for gate in "rz"]
        assert beside == [expected["r"], expected["z"]]


@CODES
def test_what_the_script_computes_first_stood_there_before_it(home, site, code):
    before = html(site, code, "index.md").select_one(".gg-cell")
    _, cell = home(code)
    assert {
        e["data-value"]: e.text.replace("−", "-") for e in before.select("svg [data-value]")
    } == shown(cell)
    assert before.select_one(".gg-sum output").text == cell.locator(".gg-sum output").inner_text()


def test_a_slider_is_turned_by_keys_and_says_what_the_gate_is(home):
    page, cell = home()
    slider = cell.locator("[data-bias=z]")
    slider.focus()
    page.keyboard.press("End")
    assert slider.evaluate("e => getComputedStyle(e).outlineStyle") == "solid", "the focus is seen"
    assert slider.get_attribute("aria-valuetext") == "z = 1.00"
    assert shown(cell)["new"] == shown(cell)["h"] == "-0.80"  # all is kept


def lit(cell) -> str | None:
    return cell.locator("svg").first.get_attribute("data-lit")


def told(cell) -> str:
    """The sentence that is seen below the drawing."""
    seen = [p for p in cell.locator(".gg-parts p").all() if p.is_visible()]
    assert len(seen) == 1
    return seen[0].inner_text()


@CODES
@pytest.mark.parametrize("path", CHAPTERS)
def test_each_part_of_a_chapter_lights_up_with_its_sentence(open_page, code, path):
    page = open_page(LANGUAGES[code].prefix + path)
    page.locator(".gg-cell").scroll_into_view_if_needed()
    page.wait_for_selector(".gg-cell .hand", state="attached")
    cell = page.locator(".gg-cell")
    buttons = cell.locator(".gg-names button")
    assert buttons.count() >= 4
    for button in buttons.all():
        part = button.get_attribute("data-part")
        button.focus()
        assert lit(cell) == part
        read = LANGUAGES[code].text["what_is_read"]
        assert told(cell) == (read if part == "input" else TERMS[part].defined(code))
        assert TERMS[part].name(code) in button.inner_text()


def test_the_mouse_lights_what_it_is_over_and_a_click_keeps_it(home):
    page, cell = home()
    over = cell.locator("svg [data-part=reset-gate] .hand").first
    over.hover(force=True)
    assert lit(cell) == "reset-gate"
    page.mouse.move(5, 5)
    assert lit(cell) is None
    over.click(force=True)
    page.mouse.move(5, 5)
    assert lit(cell) == "reset-gate"
    pressed = cell.locator("[aria-pressed=true]")
    assert pressed.get_attribute("data-part") == "reset-gate"
    pressed.click()
    page.mouse.move(5, 5)
    assert lit(cell) is None


def test_a_symbol_of_an_equation_lights_its_part(home):
    page, cell = home()
    cell.locator(".gg-names [data-part=hidden-state]").click()
    cell.locator(".gg-told .gg-symbol", has_text="z").first.hover()
    assert lit(cell) == "update-gate"
    cell.locator(".gg-told .gg-symbol", has_text="z").first.click()
    assert told(cell) == TERMS["update-gate"].defined("en")


def test_a_finger_reads_a_part_by_its_name(home):
    _, cell = home(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    button = cell.locator(".gg-names [data-part=update-gate]")
    assert button.bounding_box()["height"] >= 44
    button.tap()
    assert lit(cell) == "update-gate"
    assert told(cell) == TERMS["update-gate"].defined("en")


@CODES
@pytest.mark.parametrize("path", ["", *CHAPTERS])
def test_a_tap_on_what_a_step_reads_lights_it_and_tells_its_sentence(open_page, code, path):
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = open_page(LANGUAGES[code].prefix + path, **phone)
    page.locator(".gg-cell").scroll_into_view_if_needed()
    page.wait_for_selector(".gg-cell .hand", state="attached")
    cell = page.locator(".gg-cell")
    bar = cell.locator("svg [data-part=input] rect.box").bounding_box()
    page.touchscreen.tap(bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] / 2)
    assert lit(cell) == "input"
    assert told(cell) == LANGUAGES[code].text["what_is_read"]
    seen = "e => getComputedStyle(e).opacity"
    assert cell.locator("svg [data-part=input] > .feed").evaluate(seen) == "1"
    assert (
        float(
            cell.locator("svg [data-part=reset-gate], svg [data-part=forget-gate]")
            .locator("rect, path.box")
            .first.evaluate(seen)
        )
        < 0.5
    )
    name = cell.locator("svg [data-part=hidden-state] text.word")  # a word answers like its line
    name.tap()
    assert lit(cell) == "hidden-state"


def test_all_letters_of_a_cell_are_set_like_formulas(site):
    for code in LANGUAGES:
        cell = html(site, code, "index.md").select_one(".gg-cell")
        assert not cell.select("i, sub")
        assert cell.select_one(".gg-sum math") and len(cell.select("button math")) == 5


@CODES
def test_the_hint_fits_a_finger_as_well_as_a_mouse(code):
    hint = LANGUAGES[code].text["parts_hint"]
    assert not re.search(r"\b(point|tap|click|hover)\b|指向|悬停", hint, re.IGNORECASE)


# Scrolls until a control and the drawing beside it are seen.
SCROLL_BOTH = """control => {
    control.scrollIntoView({ block: "end" });
    const drawing = document.querySelector(".gg-cell svg").getBoundingClientRect();
    scrollBy(0, Math.max(0, drawing.bottom - innerHeight));
}"""
# Phones on their side, and a laptop whose page is enlarged
LOW = [(568, 320), (667, 375), (844, 390), (932, 430), (1280, 420)]


@pytest.mark.parametrize("size", LOW)
@pytest.mark.parametrize("path", ["", *CHAPTERS])
def test_on_a_low_screen_a_drawing_is_seen_whole_beside_what_moves_it(open_page, path, size):
    width, height = size
    page = open_page(path, viewport={"width": width, "height": height}, has_touch=True)
    browser.lay_out(page)
    for figure in page.locator("article .figure").all():
        assert figure.bounding_box()["height"] <= height - 51, "the header takes the rest"
    page.locator(".gg-cell").scroll_into_view_if_needed()
    page.wait_for_selector(".gg-cell .hand", state="attached")
    for moves in page.locator(".gg-cell :is(input, button)").all():
        moves.evaluate(SCROLL_BOTH)
        drawn, control = page.locator(".gg-cell svg").bounding_box(), moves.bounding_box()
        assert control["x"] >= drawn["x"] + drawn["width"], "beside it"
        for box in (drawn, control):
            assert box["y"] >= 48 and box["y"] + box["height"] <= height + 1, "seen whole"
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("size", [(320, 568), (390, 664), (390, 844), (1280, 800)])
@CODES
def test_a_slider_is_seen_with_the_whole_drawing(home, code, size):
    page, cell = home(code, viewport=dict(zip(("width", "height"), size, strict=True)))
    for slider in cell.locator("input").all():
        slider.evaluate("e => e.scrollIntoView({ block: 'end' })")
        assert cell.locator("svg").bounding_box()["y"] >= 48


def test_a_gate_that_is_shut_lets_nothing_through_to_the_digits_shown(home):
    _, cell = home()
    for bias, kept in (("10", -0.8), ("-10", None)):
        cell.locator("[data-bias=z]").fill(bias)
        n = float(cell.locator("svg [data-value=n]").text_content().replace("−", "-"))
        new = cell.locator(".gg-sum output").text_content().rpartition("≈")[2]
        assert float(new.replace("−", "-")) == (n if kept is None else kept)


@CODES
def test_without_a_script_all_parts_are_read_and_nothing_waits_for_one(open_page, code):
    page = open_page(LANGUAGES[code].prefix, java_script_enabled=False)
    cell = page.locator(".gg-cell")
    for part in ("reset-gate", "new-memory", "update-gate", "hidden-state"):
        assert cell.get_by_text(TERMS[part].defined(code)).is_visible()
    assert not any(button.is_visible() for button in cell.locator("button, input").all())


FIRST_TO_LAST = [".gg-first", ".gg-door", ".gg-cell svg", ".gg-cards", ".gg-proof"]


@pytest.mark.parametrize("width", [320, 390, 820, 1280, 1920])
@CODES
def test_the_home_page_fits(open_page, code, width):
    page = open_page(LANGUAGES[code].prefix, viewport={"width": width, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for name in (".gg-first", ".gg-door", ".gg-cell svg"):
        box = page.locator(name).first.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
    cut = "all => all.filter(e => e.scrollWidth > e.clientWidth).map(e => e.textContent)"
    names = page.locator(".md-header__topic:first-child .md-ellipsis, .md-footer .md-ellipsis")
    assert names.evaluate_all(cut) == []
    claim = page.locator(".gg-claims td").first.bounding_box()
    assert claim["width"] >= 160, "a claim has room for its words"
    top = {name: page.locator(name).first.bounding_box()["y"] for name in FIRST_TO_LAST}
    if width >= 390:  # answers, doors and the beginning of the drawing on the first screen
        assert top[".gg-cell svg"] < 740
    if width < 960:
        assert sorted(top, key=top.get) == FIRST_TO_LAST
    else:
        assert top[".gg-cards"] < top[".gg-proof"]
