"""The site in a real browser: what is copied runs, all can use it, nothing asks another host."""

from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import buttons
from tests.sources import LANGUAGES, ROOT, SOURCES
from tools.running import codeblocks
from tools.sources import languages, pages
from tools.theme import browser

PATHS = sorted(SOURCES.paths())
WITH_CODE = [  # but for notebooks, whose cells do not run by themselves
    path
    for path in PATHS
    if path.endswith(".md")
    and any(fence.is_python for fence in SOURCES.find_page(path, "en").fences)
]
OFTEN_COPIED = {"pytorch/gru-model.md", "pytorch/errors.md", "pytorch/sequences.md"}


def address_of(code: str, path: str) -> str:
    return LANGUAGES[code].prefix + languages.address(path)


def copied_blocks(page) -> list[str]:
    """What the clipboard holds after a click on the copy button of each Python block."""
    page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
    buttons.give(page, ".language-python.highlight")
    return [
        block.evaluate(  # a call for each, since a browser lets five seconds pass for one click
            """async (block) => {
                await navigator.clipboard.writeText("");
                block.querySelector("[data-md-type=copy]").click();
                let text = "";
                for (let tries = 0; !text && tries < 400; tries++) {
                    text = await navigator.clipboard.readText();
                    await new Promise(later => setTimeout(later, 5));
                }
                return text;
            }"""
        )
        for block in page.locator(".language-python.highlight").all()
    ]


# The button is the same in every language, and so is the code.
@pytest.mark.parametrize(
    "code, path",
    [
        # hundreds of clicks
        pytest.param("en", path, marks=[pytest.mark.proof] * (path not in OFTEN_COPIED))
        for path in WITH_CODE
    ]
    + [("zh", "gates/gru.md")],
)
def test_the_copy_button_gives_what_was_run_in_an_empty_file(open_page, code, path):
    copied = [block.rstrip() for block in copied_blocks(open_page(address_of(code, path)))]
    source = SOURCES.find_page(path, code).path
    ran = codeblocks.extract(source, ROOT / "snippets")
    assert copied == [block.code.rstrip() for block in ran], source


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_cell_that_does_not_run_by_itself_says_where_it_does_and_is_not_copied(open_page, code):
    page = open_page(address_of(code, "evidence/counting.py"))
    page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
    cells = page.locator(".language-python.highlight")
    for cell in cells.all():
        cell.scroll_into_view_if_needed()
    buttons.give(page, ".language-console.highlight")
    assert cells.count() > 3 and cells.locator("button").count() == 0
    heads = cells.locator(".filename").all_inner_texts()
    assert set(heads) == {LANGUAGES[code].text["cell_runs"]} and len(heads) == cells.count()
    cells.locator(".filename").first.click()
    assert page.url.endswith("#run")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_tap_on_the_name_above_a_block_gives_its_file(open_page, width):
    page = open_page("gates/gru/", viewport={"width": width, "height": 800})
    name = page.locator("a.filename", has_text="reset_gate.py")
    with page.expect_download() as given:
        name.click()
    assert given.value.suggested_filename == "reset_gate.py"
    first, _, code = given.value.path().read_text("utf-8").partition("\n")
    assert first.startswith("# Gate by Gate, https://example.org/gate/code/gates/gru/reset_gate.py")
    assert code == (ROOT / "snippets/gates/gru/reset_gate.py").read_text("utf-8")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_home_pages_second_door_copies_the_model(open_page, code):
    page = open_page(LANGUAGES[code].prefix)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".gg-door.gg-second").click()
    page.locator(".md-dialog--active").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    model = (ROOT / "snippets/pytorch/gru-model/gru_model.py").read_text("utf-8")
    assert copied.rstrip() == model.rstrip()
    assert page.url.endswith("#model")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_term_shows_its_definition_to_mouse_and_keyboard(open_page, width):
    page = open_page("gates/gru/", viewport={"width": width, "height": 800})
    page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
    for term in page.locator(".gg-term:visible").all():
        link, definition = term.locator("a"), term.locator("[role=tooltip]")
        assert not definition.is_visible()
        link.scroll_into_view_if_needed()
        link.hover()
        assert definition.is_visible()
        box = definition.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
        page.mouse.move(0, 0)
        assert not definition.is_visible()
    link.focus()
    assert definition.is_visible()
    page.keyboard.press("Escape")
    assert not definition.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    key = definition.get_attribute("id").removeprefix("term-")
    link.click()
    assert page.url.endswith(f"glossary/#{key}")


def test_the_language_switch_stays_on_page_and_section(open_page):
    page = open_page("gates/lstm/#forget-gate")
    for lang, expected in (
        ("zh", "/gate/zh/gates/lstm/#forget-gate"),
        ("en", "/gate/gates/lstm/#forget-gate"),
    ):
        page.locator(f"a.gg-switch[lang={lang}]").click()
        page.wait_for_url(f"**{expected}")
        assert page.locator("html").get_attribute("lang") == lang
        assert page.locator("#forget-gate").is_visible()


@pytest.mark.parametrize("begun", ["", "#idea", "#forget-gate"])
def test_the_language_switch_goes_to_where_a_reader_has_scrolled(open_page, begun):
    page = open_page(f"gates/lstm/{begun}")
    page.evaluate("document.getElementById('output-gate').scrollIntoView()")
    page.mouse.wheel(0, 150)
    page.wait_for_function("document.getElementById('output-gate').getBoundingClientRect().top < 0")
    page.locator("a.gg-switch[lang=zh]").click()
    page.wait_for_url("**/gate/zh/gates/lstm/#output-gate")
    page.evaluate("scrollTo(0, 0)")
    page.locator("a.gg-switch[lang=en]").click()
    page.wait_for_url("**/gate/gates/lstm/")


def test_a_reader_of_chinese_is_offered_the_chinese_page_once(open_page):
    page = open_page("gates/gru/", locale="zh-CN")
    offer = page.locator(".gg-offer[lang=zh]")
    assert page.url.endswith("/gate/gates/gru/")
    assert offer.is_visible()
    assert offer.locator("a").evaluate("a => a.href").endswith("/gate/zh/gates/gru/")
    page.reload()
    assert not offer.is_visible()


def test_the_offer_can_be_closed_and_leads_to_the_page(open_page):
    page = open_page("gates/gru/", locale="zh-CN")
    page.locator(".gg-offer button").click()
    assert not page.locator(".gg-offer").is_visible()
    page = open_page("gates/gru/#update-gate", locale="zh-CN")
    page.locator(".gg-offer a").click()
    page.wait_for_url("**/gate/zh/gates/gru/#update-gate")


def test_a_reader_of_english_is_offered_nothing_on_an_english_page(open_page):
    assert not open_page("gates/gru/", locale="en-GB").locator(".gg-offer[lang=zh]").is_visible()


# Of axe's rules, those on colours depend on the scheme, the others on the width and on the words.
# What a wide window changes stands beside the text and is the same on all pages: the home page and
# a long one are held to them there too, and in the proof every page. In the proof each page is held
# to all rules in the light scheme too, by test_first_visit.py.
COLOURS = ["color-contrast", "link-in-text-block"]
ALONE = {"runOnly": COLOURS}
LEFT_OUT = {"rules": {rule: {"enabled": False} for rule in COLOURS}}
WHOLE, NEW_LOOKS = None, "[data-look]"


def is_looked_at_each_time(code: str, path: str) -> bool:
    """A page has the same parts in every language; those of some pages are looked at each time."""
    same = path.startswith("claims/") and path != "claims/cheaper.md"  # which has a table
    return not same and (code == "en" or path.startswith(("index", "gates/")))


EVERY = list(product(LANGUAGES, PATHS))
VIEWS = [(*view, "light") for view in EVERY if is_looked_at_each_time(*view)]
VIEWS += [pytest.param(*view, "dark", marks=pytest.mark.proof) for view in EVERY]


def views(code: str, path: str, scheme: str) -> list[tuple[int, str | None, dict]]:
    """The widths at which a page is looked at, which parts, and the rules that they are held to."""
    if path == "index.md":
        return [(1280, WHOLE, {}), (390, WHOLE, {})]
    narrow = [390] if scheme == "light" else []
    wide = [1280] if scheme == "dark" or path == "gates/lstm.md" else []
    colours = [(1280, NEW_LOOKS, ALONE)] if code == "en" else []
    return [(width, WHOLE, LEFT_OUT) for width in narrow + wide] + colours


@pytest.fixture(scope="module")
def looks() -> set[str]:
    """The colours, grounds and sizes of text that some page was held to the rules for."""
    return set()


def mark_new_looks(page, looks: set[str]) -> bool:
    """Mark a text of each new colour, ground and size, and give whether there is any.

    In the others the rules on colours see nothing else.
    """
    found = page.evaluate(
        """(looks) => {
            const seen = new Set(looks), before = seen.size;
            const ground = element => {
                const { backgroundColor, opacity } = getComputedStyle(element);
                const own = /, 0\\)$/.test(backgroundColor) ? "" : backgroundColor;
                return own + opacity + (own || !element.parentElement ? ""
                    : ground(element.parentElement));
            };
            const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (texts.nextNode()) {
                const element = texts.currentNode.parentElement;
                if (!texts.currentNode.data.trim() || !element.checkVisibility()) continue;
                const own = getComputedStyle(element);
                const look = [own.color, ground(element), own.fontSize, own.fontWeight,
                    own.textDecorationLine, !!element.closest("a"),
                    getComputedStyle(element.parentElement).color].join();
                if (!seen.has(look)) element.dataset.look = "";
                seen.add(look);
            }
            return [...seen].slice(before);
        }""",
        sorted(looks),
    )
    looks.update(found)
    return bool(found)


@pytest.mark.parametrize("code, path, scheme", VIEWS)
def test_a_page_fits_and_can_be_used_by_everyone(open_page, looks, code, path, scheme):
    page = open_page(
        address_of(code, path),
        viewport={"width": 1280, "height": 800},
        color_scheme=scheme,
        locale=code,
    )
    palette = {"light": "default", "dark": "slate"}[scheme]
    assert page.locator("body").get_attribute("data-md-color-scheme") == palette
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    for width, parts, rules in views(code, path, scheme):
        page.set_viewport_size({"width": width, "height": 800})
        # A part that is still fading after the change of width has no colour of its own.
        page.evaluate("document.getAnimations().forEach(animation => animation.finish())")
        if parts is NEW_LOOKS and not mark_new_looks(page, looks):
            continue
        found = Axe().run(page, context=parts, options={"resultTypes": ["violations"]} | rules)
        faults = found.response["violations"]
        assert not faults, "\n".join(
            f"{width} {scheme}: {fault['id']}: {node['target']} {node['failureSummary']}"
            for fault in faults
            for node in fault["nodes"][:5]
        )


# The size of text that a reader has set in the browser, and how wide the screen is; 16 is usual.
LARGE = [(24, 390), (32, 390), (16, 320)]
WITH_WIDE_PARTS = ["index", "lab", "gates/gru", "pytorch/errors", "conventions/equations"]


@pytest.mark.parametrize("path", WITH_WIDE_PARTS)
@pytest.mark.parametrize("code", LANGUAGES)
def test_in_large_text_nothing_runs_over_the_screen_and_sliders_can_be_drawn(open_page, code, path):
    page = open_page(address_of(code, f"{path}.md"))
    browser.lay_out(page)
    # With a name in common only one is open.
    unfold = "all => all.forEach(each => Object.assign(each, { name: '', open: true }))"
    page.locator("details").evaluate_all(unfold)
    devtools = page.context.new_cdp_session(page)
    for size, width in LARGE:
        page.set_viewport_size({"width": width, "height": 800})
        devtools.send("Page.setFontSizes", {"fontSizes": {"standard": size}})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, size
        for slider in page.locator("input[type=range]").filter(visible=True).all():
            assert slider.bounding_box()["width"] > 60


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", ["gates/lstm/", "evidence/sunspots/", "contribute/translate/"])
def test_what_is_not_laid_out_yet_takes_its_full_height(open_page, path, width):
    page = open_page(path, viewport={"width": width, "height": 800})
    heights = "[...document.querySelectorAll('article > *')].map(e => e.offsetHeight)"
    before = page.evaluate(heights)
    browser.lay_out(page)
    assert page.evaluate(heights) == pytest.approx(before, abs=1)  # of a pixel, from rounding


def test_a_wrong_address_below_chinese_speaks_chinese(open_page, served_folder):
    page = open_page("zh/404.html")
    assert page.locator("html").get_attribute("lang") == "zh"
    page.locator("article a").first.click()
    page.wait_for_url("**/gate/zh/")


def test_the_palette_can_be_switched_by_hand(open_page):
    page = open_page("", color_scheme="light")
    page.locator("label[for=__palette_1]").click()
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"


def test_a_page_can_be_read_without_scripts(open_page):
    page = open_page("gates/gru/", java_script_enabled=False)
    assert page.locator("#reset-gate").is_visible()
    assert page.locator("article math:not(.gg-cell math)").count() == len(
        pages.read(ROOT / "docs/en/gates/gru.md").formulas
    )
