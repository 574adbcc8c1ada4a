"""The site in three engines, on a desk and on a phone: what a reader sees, types, copies, moves.

Chromium, Firefox and WebKit are driven by the same commands. Only Chromium can be touched:
tests/built/test_browser_reading.py does it.
"""

from itertools import product

import pytest

from tests import webkit as webkits
from tests.sources import ROOT
from tools.checks import lighthouse
from tools.sources import pages
from tools.theme import browser

pytestmark = pytest.mark.proof

HEIGHT = 800
SCREENS = list(product(["chromium", "firefox", "webkit"], [1280, 390]))


@pytest.fixture(scope="module")
def address(served_folder):
    """The site's address on a host that lets WebKit frame a page and hear what goes wrong."""
    with browser.served(served_folder, webkits.Host) as root:
        yield f"{root}gate/"


@pytest.fixture(params=SCREENS, ids=lambda screen: "-".join(map(str, screen)))
def visit(request, address, open_page):
    """Open a page in an engine at a width; at the end nothing may have gone wrong."""
    engine, width = request.param
    if engine == "webkit":
        page = request.getfixturevalue("webkit")

        def visit(path: str, has_scripts: bool = True):
            page.open(address + path + webkits.STILL * (not has_scripts), width, HEIGHT)
            return page

        yield visit
        assert page.heard() == ""
        return

    def visit(path: str, has_scripts: bool = True):
        options = {"viewport": {"width": width, "height": HEIGHT}}
        if engine == "chromium":
            options["java_script_enabled"] = has_scripts
        elif not has_scripts:
            path += webkits.STILL
        return open_page(path, within=request.getfixturevalue(engine), **options)

    yield visit


@pytest.mark.parametrize("path", lighthouse.PAGES.values(), ids=lighthouse.PAGES)
def test_nothing_is_wider_than_the_screen(visit, path):
    page = visit(path)
    browser.lay_out(page)
    wide, screen = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= screen


HEIGHTS = """() => [...document.querySelectorAll("div.math > math")].map(math => {
    const rows = Math.max(math.querySelectorAll("mtr").length, 1);
    const size = parseFloat(getComputedStyle(math).fontSize);
    return math.getBoundingClientRect().height / size / rows;
})"""


@pytest.mark.parametrize("path", ["gates/gru/", "zh/gates/lstm/", "gates/why/"])
def test_a_formula_is_as_high_as_its_rows_and_in_the_font_for_formulas(visit, path):
    page = visit(path)
    browser.lay_out(page)
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    heights = page.evaluate(HEIGHTS)
    assert heights and all(0.9 < height < 4 for height in heights), heights  # in letters' heights
    assert page.evaluate(
        "[...document.fonts].some(each => /Gate Math/.test(each.family) && each.status == 'loaded')"
    )


def test_a_fraction_has_its_parts_above_and_below_a_bar(visit):
    page = visit("gates/why/")
    browser.lay_out(page)
    between = page.evaluate(
        """() => [...document.querySelectorAll("mfrac")].map(fraction => {
            const [above, below] = [...fraction.children].map(e => e.getBoundingClientRect());
            return below.top - above.bottom;
        })"""
    )
    assert between and all(1 <= gap <= 20 for gap in between), between  # in pixels


DRAWN = """() => [...document.querySelectorAll("article figure svg")].map(svg => {
    const centre = ({ left, right, top, bottom }) => [(left + right) / 2, (top + bottom) / 2];
    const own = svg.getBoundingClientRect(), { width, height } = svg.viewBox.baseVal;
    const words = [...svg.querySelectorAll("text")].filter(
        word => word.getBoundingClientRect().width); // no others are drawn
    const outside = words.filter(word => {
        const [x, y] = centre(word.getBoundingClientRect());
        return x < own.left || x > own.right || y < own.top || y > own.bottom;
    });
    return {
        width: own.width,
        stretched: own.width / own.height / (width / height),
        words: words.length,
        outside: outside.map(word => word.textContent),
    };
})"""


@pytest.mark.parametrize("path", ["gates/gru/", "zh/gates/lstm/"])
def test_a_drawing_has_its_shape_and_its_words_lie_within(visit, path):
    page = visit(path)
    browser.lay_out(page)
    drawings = page.evaluate(DRAWN)
    assert sum(drawing["words"] for drawing in drawings) > 50
    for drawing in drawings:
        assert drawing["width"] > 250 and drawing["outside"] == [], drawing
        assert drawing["stretched"] == pytest.approx(1, abs=0.02), drawing


@pytest.mark.parametrize(
    "path, query, found",
    [
        ("", "update gate", "/gate/gates/gru/#update-gate"),
        ("zh/", "更新门", "/gate/zh/gates/gru/#update-gate"),
    ],
)
def test_the_search_finds_what_is_typed_and_leads_there(visit, path, query, found):
    page = visit(path)
    page.click(".gg-opener")
    page.wait_for_function("() => document.activeElement.matches('.gg-search input')")
    page.keyboard.type(query)
    first = "document.querySelector('.gg-search [role=option]')"
    page.wait_for_function(f"() => {first}?.href.endsWith('{found}')")
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => location.href.includes('{found.partition('#')[0]}')")
    page.wait_for_function("() => document.readyState === 'complete'")
    assert page.evaluate("location.hash") == "#update-gate"
    heading = page.evaluate("document.querySelector('#update-gate').getBoundingClientRect().top")
    assert 0 <= heading < HEIGHT


def test_the_copy_button_gives_the_code(visit):
    page = visit("pytorch/gru-model/")
    page.evaluate("document.querySelector('.filename').scrollIntoView({block: 'center'})")
    button = ".language-python [data-md-type=copy]"
    page.wait_for_function(f"() => document.querySelector('{button}')")
    page.click(button)
    page.evaluate(
        """() => {
            const field = document.createElement("textarea");
            document.body.append(field);
            field.focus();
        }"""
    )
    pasted = "document.querySelector('body > textarea').value"
    page.keyboard.press("Control+v")
    page.wait_for_function(f"() => {pasted} !== ''")
    code = (ROOT / "snippets/pytorch/gru-model/gru_model.py").read_text("utf-8")
    assert page.evaluate(pasted).rstrip() == code.rstrip()


def test_the_language_switch_leads_to_the_same_section(visit):
    page = visit("gates/lstm/#forget-gate")
    for lang, path in (("zh", "/gate/zh/gates/lstm/"), ("en", "/gate/gates/lstm/")):
        page.click(f"a.gg-switch[lang={lang}]")
        page.wait_for_function(f"() => location.pathname === '{path}'")
        page.wait_for_function("() => document.readyState === 'complete'")
        assert page.evaluate("[document.documentElement.lang, location.hash]") == [
            lang, "#forget-gate",
        ]  # fmt: skip


def test_a_slider_of_the_lab_moves_the_gate_that_it_is_for(visit):
    page = visit("lab/")
    browser.lay_out(page)
    page.wait_for_function("() => document.querySelector('.gg-examples:not([hidden])') !== null")
    gate = "document.querySelector('[data-v=\"gru.z\"]').textContent"
    assert page.evaluate(gate) == "0.5000"
    page.evaluate("document.querySelector('[data-dial=\"gru.bias_ih.z\"]').focus()")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"() => {gate} !== '0.5000'")
    assert page.evaluate(gate) == "0.5250"  # the sigmoid of 0.1


def test_an_answer_is_judged(visit):
    page = visit("gates/gru/")
    browser.lay_out(page)
    page.evaluate("document.querySelector('#gru-count').scrollIntoView()")
    page.wait_for_function(
        """() => performance.getEntriesByType("resource").some(
            ({ name }) => name.endsWith("exercises.js"))"""
    )
    seen = """[...document.querySelectorAll('#gru-count .gg-option')]
        .filter(answer => answer.checkVisibility()).map(answer => answer.innerText)"""
    for answer, verdict in (("96", "Wrong."), ("108", "Right.")):
        page.click("#gru-count input")
        page.keyboard.press("Control+a")
        page.keyboard.type(answer)
        page.keyboard.press("Enter")
        page.wait_for_function(f"() => {seen}.length === 1 && {seen}[0].includes('{verdict}')")
    assert page.evaluate("document.querySelector('#gru-count .gg-solved').checkVisibility()")


def test_a_page_without_scripts_has_its_text_formulas_and_drawings_and_no_dead_button(visit):
    page = visit("gates/gru/", has_scripts=False)
    formulas = pages.read(ROOT / "docs/en/gates/gru.md").formulas
    seen = """selector => [...document.querySelectorAll(selector)].filter(
        e => e.checkVisibility({ visibilityProperty: true })).length"""
    count = page.evaluate(
        f"""() => Object.fromEntries(["#reset-gate", "article figure svg", ".gg-opener",
            ".md-code__button", "[data-dial]"].map(name => [name, ({seen})(name)]))"""
    )
    assert count["#reset-gate"] == 1 and count["article figure svg"] >= 2
    assert count[".gg-opener"] == count[".md-code__button"] == count["[data-dial]"] == 0
    assert page.evaluate(
        "document.querySelectorAll('article math:not(.gg-cell math)').length"
    ) == len(formulas)
    assert page.evaluate("document.documentElement.classList.contains('no-js')")
