"""A cell that answers: what one points at lights up, turned gates give the numbers of torch."""

import re
import runpy

import pytest
import torch
from torch import nn

from tests.sources import LANGUAGES, ROOT, html
from tools.sources import glossary

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


@pytest.mark.parametrize("bias_r", [-6, -1.3, 0, 2.7, 6])
def test_the_numbers_beside_the_sliders_are_those_of_torch(home, bias_r):
    _, cell = home()
    for bias_z in (-6, -0.4, 0, 1.9, 6):
        turn(cell, "r", bias_r)
        turn(cell, "z", bias_z)
        expected = step(bias_r, bias_z)
        assert expected.items() <= shown(cell).items()
        numbers = re.findall(
            r"-?\d\.\d\d", cell.locator(".gg-sum output").inner_text().replace("−", "-")
        )
        assert numbers[1:3] + numbers[4:] == [expected["n"], expected["z"], expected["new"]]
        beside = [cell.locator(f"label output[data-value={gate}]").inner_text() for gate in "rz"]
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
        assert told(cell) == TERMS[part].defined(code)
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
def test_without_a_script_all_parts_are_read_and_nothing_waits_for_one(open_page, code):
    page = open_page(LANGUAGES[code].prefix, java_script_enabled=False)
    cell = page.locator(".gg-cell")
    for part in ("reset-gate", "new-memory", "update-gate", "hidden-state"):
        assert cell.get_by_text(TERMS[part].defined(code)).is_visible()
    assert not any(button.is_visible() for button in cell.locator("button, input").all())


@pytest.mark.parametrize("width", [320, 390, 820, 1280, 1920])
@CODES
def test_the_home_page_fits(open_page, code, width):
    page = open_page(LANGUAGES[code].prefix, viewport={"width": width, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for name in (".gg-first", ".gg-door", ".gg-cell svg"):
        box = page.locator(name).first.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
    if width >= 390:  # answers, doors and the beginning of the drawing on the first screen
        assert page.locator(".gg-cell svg").bounding_box()["y"] < 800
