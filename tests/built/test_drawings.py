"""The drawings on a phone, in each language, plain and with each part lit."""

import re

import pytest
from bs4 import BeautifulSoup

from tests.sources import LANGUAGES, ROOT
from tools.rendering import figures
from tools.sources import glossary

PHONE, MARGIN = 390, 16
NAMES = sorted(file.stem for file in (ROOT / figures.DRAWINGS).glob("*.svg"))
GRADIENT = glossary.load(ROOT).terms["gradient"].names.values()  # shown only when it is lit
ASSETS = ROOT / "overrides" / "assets"
LAID_OUT = "* { content-visibility: visible !important }"
every_drawing = pytest.mark.parametrize("name", NAMES)

# What a reader sees of each drawing: its texts, and the lines by what they mean.
SEEN = """() => [...document.querySelectorAll("svg")].map(svg => {
    const scale = svg.getScreenCTM().a;
    const rect = element => {
        const { left, top, right, bottom } = element.getBoundingClientRect();
        return { left, top, right, bottom };
    };
    const shown = selector =>
        [...svg.querySelectorAll(selector)].filter(e => e.getClientRects().length);
    const opacity = element =>
        element == svg ? 1 : getComputedStyle(element).opacity * opacity(element.parentElement);
    const size = element => parseFloat(getComputedStyle(element).fontSize) * scale;
    const crossed = text => {
        const { x, y, width, height } = text.getBBox();
        const inside = [0, .25, .5, .75, 1].flatMap(across => [.3, .5, .7].map(
            down => new DOMPoint(x + across * width, y + down * height)));
        return shown("path.wire, path.mark, path.back").some(
            line => inside.some(point => line.isPointInStroke(point)));
    };
    return {
        name: svg.closest("[data-shown]").dataset.shown,
        box: rect(svg),
        texts: shown("text").map(text => ({
            text: text.textContent, size: size(text), crossed: crossed(text), ...rect(text) })),
        subscripts: shown("tspan[dy]").map(tspan => ({
            text: tspan.textContent, size: size(tspan) })),
        wires: shown("path.wire").map(line => ({
            meaning: ["keep", "new", "gate"].find(m => line.classList.contains(m)),
            lit: opacity(line) == 1, ...rect(line) })),
        gates: shown("path.box.gate").filter(box => opacity(box) == 1).map(rect),
        lines: shown("path.wire, path.slice").map(line => {
            const { strokeWidth, strokeDasharray } = getComputedStyle(line);
            const meaning = ["keep", "new", "gate"].find(m => line.classList.contains(m)) ?? "";
            return [meaning, `${strokeWidth} ${strokeDasharray}`];
        }),
    };
})"""


def source(name: str) -> BeautifulSoup:
    svg = (ROOT / figures.DRAWINGS / f"{name}.svg").read_text("utf-8")
    return BeautifulSoup(svg, "html.parser")


def parts(name: str) -> list[str]:
    return list(dict.fromkeys(part["data-part"] for part in source(name).select("[data-part]")))


@pytest.fixture(scope="module")
def page(chromium):
    """A phone."""
    page = chromium.new_page(viewport={"width": PHONE, "height": 800})
    yield page
    page.close()


@pytest.fixture
def show(page):
    """Show this on the phone as it would stand on a page of the site."""
    css = "\n".join((ASSETS / file).read_text("utf-8") for file in ("site.css", "figures.css"))

    def show(html: str) -> None:
        page.set_content(
            '<!doctype html><html style="font-size: 125%"><meta charset="utf-8">'
            f'<style>{css}</style><body data-md-color-primary="custom" style="margin: 0">'
            '<article class="md-content__inner md-typeset" style="margin: 0 .8rem">' + html
        )

    return show


@pytest.fixture
def seen(page, show):
    """Show a drawing in every way there is, and give what a reader sees of each."""

    def seen(name: str) -> list[dict]:
        show(
            "".join(
                f'<div lang="{code}" data-shown="{name}, {code}, lit: {lit}">'
                f"{figures.drawing(ROOT, name, code, 'x', lit)}</div>"
                for code in LANGUAGES
                for lit in (None, *parts(name))
            )
        )
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE
        return page.evaluate(SEEN)

    return seen


def apart(one: dict, other: dict) -> bool:
    return (
        one["right"] <= other["left"]
        or other["right"] <= one["left"]
        or one["bottom"] <= other["top"]
        or other["bottom"] <= one["top"]
    )


def within(text: dict, box: dict) -> bool:
    return (
        box["left"] <= text["left"]
        and box["top"] <= text["top"]
        and text["right"] <= box["right"]
        and text["bottom"] <= box["bottom"]
    )


@every_drawing
def test_a_drawing_can_be_read_on_a_phone_and_without_colours(seen, name):
    for drawing in seen(name):
        box, texts = drawing["box"], drawing["texts"]
        assert (box["left"], box["right"]) == (MARGIN, PHONE - MARGIN), "as wide as the text"
        for i, text in enumerate(texts):
            where = f"{drawing['name']}: {text['text']}"
            assert within(text, box), f"{where} leaves the drawing"
            assert text["size"] >= 11, f"{where} is too small"
            assert not text["crossed"], f"{where} has a line through it"
            for other in texts[:i]:
                assert apart(text, other), f"{where} overlaps {other['text']}"
        for text in drawing["subscripts"]:
            assert text["size"] >= 9.5, f"{drawing['name']}: {text['text']} is too small"
        has_gradient = any(text["text"] in GRADIENT for text in texts)
        assert has_gradient == drawing["name"].endswith("lit: gradient"), drawing["name"]
        if drawing["name"].endswith("lit: None"):
            lines = {}
            for meaning, line in drawing["lines"]:
                lines.setdefault(line, set()).add(meaning)
            unclear = [meanings for meanings in lines.values() if len(meanings) > 1]
            assert not unclear, f"{drawing['name']}: these look the same without colour"


def test_what_a_lit_gate_reads_ends_at_the_gate(seen):
    (drawing,) = [d for d in seen("gru-cell") if d["name"] == "gru-cell, en, lit: reset-gate"]
    plain = [line for line in drawing["wires"] if not line["meaning"] and line["lit"]]
    (gate,) = drawing["gates"]
    assert plain and max(line["right"] for line in plain) <= gate["right"]


@every_drawing
def test_a_drawing_used_again_looks_as_if_drawn_anew(page, show, name):
    # Browsers other than Chromium match no rule in a use that names anything around the drawing.
    first = figures.drawing(ROOT, name, "en", "x").replace('<figure class="figure"', "<figure")
    folded = f"<details>{first}</details>"

    def shot(lit: list[str | None], again: bool) -> bytes:
        show(
            f"<style>{LAID_OUT}</style>"
            + "".join(figures.drawing(ROOT, name, "en", "x", part, again) for part in lit)
            + folded
        )
        return page.screenshot(full_page=True)

    lit = parts(name) or [None]  # what has no words has no parts
    used = shot(lit, again=True)
    assert used == shot(lit, again=False)
    if lit != [None]:
        assert used != shot([None] * len(lit), again=True), "nothing is lit"


@every_drawing
def test_a_drawing_takes_its_words_from_the_glossary(name):
    terms, svg = glossary.load(ROOT).terms, source(name)
    for text in svg.select("text"):
        key = re.fullmatch(r"\{\{([\w-]+)\}\}", text.get_text())
        assert bool(key) == ("word" in text["class"]), f"{text}: words, and no others, are keys"
        assert not key or set(LANGUAGES) <= terms[key[1]].names.keys()
    assert not [part for part in svg.select("[data-part]") if part.get("class")]
    assert not svg.select("[id]"), "a page may show a drawing twice"


PARTS_OF_A_CELL = {
    "gru-cell": ["input", "hidden-state", "update-gate", "reset-gate", "new-memory"],
    "lstm-cell": [
        *("input", "cell-state", "forget-gate", "input-gate"),
        *("new-memory", "hidden-state", "output-gate"),
    ],
}


@pytest.mark.parametrize("name", PARTS_OF_A_CELL)
def test_a_cell_has_each_part_once_by_the_name_that_pages_and_scripts_use(name):
    found = [part["data-part"] for part in source(name).select("[data-part]")]
    assert sorted(found) == sorted(PARTS_OF_A_CELL[name])


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith("-cell")])
def test_a_cell_has_a_key_to_what_its_lines_mean(name):
    svg = source(name)
    words = {text.get_text().strip("{}") for text in svg.select("text.word")}
    for meaning, word in {"keep": "kept", "new": "written", "gate": "gate"}.items():
        assert not svg.select(f"[data-part] .wire.{meaning}") or word in words


@every_drawing
def test_a_part_of_a_drawing_has_its_own_symbol(name):
    terms, symbols = glossary.load(ROOT).terms, set("rzifon")
    for part in source(name).select("[data-part]"):
        term = terms.get(part["data-part"])
        if term and set(term.signs) & symbols:
            letters = {text.get_text(strip=True)[-1] for text in part.select("text.sym")} & symbols
            assert not letters or letters & set(term.signs), f"{part['data-part']} shows {letters}"
