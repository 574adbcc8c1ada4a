"""What a reader meets: nothing lies over the text, nothing is cut off, on a phone and on paper."""

import re

import pytest
from pygments.token import STANDARD_TYPES

from tests import buttons
from tests.sources import LANGUAGES, SOURCES
from tools.rendering import typesetting
from tools.sources import languages
from tools.theme import browser

RECIPES = [path for path in SOURCES.paths() if path.startswith("recipes/")]
CHAPTERS = [path for path in SOURCES.paths() if path.startswith("gates/")]
PHONE = {"width": 390, "height": 800}
TOUCH = {"viewport": PHONE, "has_touch": True, "is_mobile": True}

DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"

FADED = """Promise.all(document.getAnimations()
    .filter(running => running instanceof CSSTransition).map(transition => transition.finished))"""

# The contrast of a computed colour with another, by WCAG's formula.
CONTRAST = """(one, other) => {
    const light = (colour) => {
        const parts = colour.match(/[\\d.]+/g).slice(0, 3).map(part => part / 255);
        const [r, g, b] = parts.map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
        return .2126 * r + .7152 * g + .0722 * b;
    };
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + .05) / (low + .05);
}"""


# What is wider than a column of a sheet, and does not take both.
BEYOND = """() => {
    const { columnGap, width } = getComputedStyle(document.querySelector("article"));
    const column = (parseFloat(width) - parseFloat(columnGap)) / 2;
    const both = e => e && (getComputedStyle(e).columnSpan == "all" || both(e.parentElement));
    return [...document.querySelectorAll("article :is(div.math > math, table, pre > code, figure)")]
        .filter(e => e.checkVisibility())
        .map(e => [e, Math.max(...[...e.getClientRects()].map(rect => rect.width))])
        .filter(([e, wide]) => wide > (both(e) ? parseFloat(width) : column) + 1)
        .map(([e, wide]) => [wide, e.textContent.slice(0, 60)]);
}"""


def test_a_page_is_printed_in_dark_ink_from_the_dark_scheme_too(open_page):
    page = open_page(
        "pytorch/errors/",
        color_scheme="dark",
        locale="zh-CN",
        viewport={"width": 680, "height": 800},
    )
    assert page.locator(".gg-offer").is_visible()
    browser.lay_out(page)
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate(DRAWN)
    page.evaluate(FADED)
    sheet = page.evaluate(
        "[document.documentElement, document.body].map(e => getComputedStyle(e))"
        ".map(style => style.colorScheme + style.backgroundColor)"
    )
    assert sheet[0].startswith("light") and sheet[1].endswith("rgb(255, 255, 255)"), sheet
    faint = page.evaluate(
        f"""() => [...document.querySelectorAll("article :is(h1, h3, p, a, pre code, pre span)")]
            .filter(e => e.checkVisibility())
            .map(e => [({CONTRAST})(getComputedStyle(e).color, "rgb(255, 255, 255)"), e.outerHTML])
            .filter(([contrast]) => contrast < 4.5)"""
    )
    assert faint == []
    extras = ".gg-offer, .md-code__nav, .headerlink"
    assert page.locator(extras).evaluate_all("all => all.filter(e => e.checkVisibility())") == []
    cut = "all => all.filter(e => e.scrollWidth > e.clientWidth).map(e => e.textContent)"
    assert page.locator("article pre").evaluate_all(cut) == []


@pytest.mark.parametrize("prefix", [language.prefix for language in LANGUAGES.values()])
@pytest.mark.parametrize("path", CHAPTERS)
def test_a_chapter_takes_at_most_twelve_sheets_and_nothing_leaves_its_column(
    open_page, path, prefix
):
    sheet = {"width": 718, "height": 1046}  # A4 without its margins, 96 pixels an inch
    page = open_page(prefix + languages.address(path), viewport=sheet, color_scheme="dark")
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 12
    page.emulate_media(media="print")
    page.evaluate(DRAWN)
    assert page.evaluate(BEYOND) == []
    assert page.locator(".gg-on-paper a").evaluate("e => e.href == e.textContent")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", ["pytorch/errors/", "evidence/adding/", "contribute/translate/", "zh/gates/compare/"]
)
def test_the_button_to_copy_can_be_seen_and_covers_nothing(open_page, path, scheme):
    page = open_page(path, color_scheme=scheme, **TOUCH)
    browser.lay_out(page)
    page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true; })")
    buttons.give(page, ".highlight:not(.no-copy)")
    shown, covered, faint = page.evaluate(
        f"""() => {{
            const texts = [...document.querySelectorAll(".highlight :is(.filename, code)")].flatMap(
                element => {{
                    const range = document.createRange();
                    range.selectNodeContents(element);
                    return [...range.getClientRects()];
                }});
            const all = [...document.querySelectorAll(".md-code__button")]
                .filter(button => button.checkVisibility());
            const covered = all.filter(button => {{
                const own = button.getBoundingClientRect();
                return texts.some(text => text.left < own.right && own.left < text.right
                    && text.top < own.bottom && own.top < text.bottom);
            }});
            const faint = all.map(button => ({CONTRAST})(getComputedStyle(button).color,
                getComputedStyle(button.closest(".highlight")).backgroundColor));
            return [all.length, covered.length, faint.filter(contrast => contrast < 3)];
        }}"""
    )
    assert (covered, faint) == (0, [])
    assert shown and shown == page.locator(".highlight:not(.no-copy)").count()


def test_a_page_of_many_blocks_is_not_laid_out_once_for_each(open_page):
    page = open_page("pytorch/errors/", **TOUCH)
    told = page.context.new_cdp_session(page)
    told.send("Performance.enable")
    page.reload()
    found = {each["name"]: each["value"] for each in told.send("Performance.getMetrics")["metrics"]}
    assert found["LayoutCount"] < page.locator(".highlight").count() / 2


def test_a_tap_on_a_term_shows_its_definition_and_stays_on_the_page(open_page):
    page = open_page("gates/gru/", **TOUCH)
    here = page.url
    term = page.locator(".gg-term").nth(2)
    link, sheet = term.locator("a"), page.locator(".gg-sheet")
    entry = link.get_attribute("href").removeprefix("../../")
    assert not sheet.is_visible()
    link.tap()
    assert page.url == here
    assert term.locator("[role=tooltip]").text_content() in sheet.inner_text()
    assert not term.locator("[role=tooltip]").is_visible()
    box = sheet.bounding_box()
    assert (box["x"], round(box["y"] + box["height"])) == (0, PHONE["height"])
    page.locator("h1").tap()
    assert not sheet.is_visible()
    link.tap()
    assert min(sheet.locator("button").bounding_box()[side] for side in ("width", "height")) >= 44
    sheet.locator("button").tap()
    assert not sheet.is_visible()
    link.tap()
    sheet.locator("a").tap()
    page.wait_for_url(f"**/{entry}")
    page.goto(here)
    link.tap()
    link.tap()
    page.wait_for_url(f"**/{entry}")


def test_without_scripts_a_tap_on_a_term_leads_to_the_glossary(open_page):
    page = open_page("gates/gru/", java_script_enabled=False, **TOUCH)
    page.locator(".gg-term a").first.tap()
    page.wait_for_url("**/glossary/#*")


def test_all_parts_of_a_page_stand_in_one_column(open_page):
    page = open_page("gates/gru/", viewport={"width": 1280, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true; })")
    seen = """() => {
        const [text, exercise, answer, code, drawing] = [
            "p:not([hidden])", ".gg-exercise", ".gg-option p", ".highlight", "figure",
        ].map(selector => document.querySelector(`article ${selector}`));
        const middle = ({ left, right }) => Math.round(left + right);
        return {
            widths: [text, exercise, code].map(e => e.offsetWidth),
            sizes: [text, answer].map(e => getComputedStyle(e).fontSize),
            middles: [text, drawing].map(e => middle(e.getBoundingClientRect())),
            border: getComputedStyle(exercise).borderTopColor,
            line: getComputedStyle(code).borderTopColor,
        };
    }"""
    for width in (1280, 820):
        page.set_viewport_size({"width": width, "height": 800})
        found = page.evaluate(seen)
        assert len(set(found["widths"])) == len(set(found["sizes"])) == 1, found
        assert len(set(found["middles"])) == 1, found
        assert found["border"] == found["line"]
    assert found["middles"][0] == 820


@pytest.mark.parametrize("path", ["gates/gru/", "gates/lstm/", "gates/why/", "pytorch/errors/"])
def test_on_a_phone_nothing_is_lost_at_the_edge_and_no_line_is_empty(open_page, path):
    page = open_page(path, viewport=PHONE)
    browser.lay_out(page)
    cut = "all => all.filter(e => e.scrollWidth > e.clientWidth).map(e => e.textContent)"
    assert page.locator("div.math").evaluate_all(cut) == []
    assert page.locator(".language-text pre:not(.gg-columns)").evaluate_all(cut) == []
    empty = page.evaluate(
        """() => [...document.querySelectorAll("article :is(h1, h2, h3)")].filter(heading => {
            const range = document.createRange();
            range.setStart(heading, 0);
            range.setEndBefore(heading.querySelector(".headerlink"));
            const last = Math.max(...[...range.getClientRects()].map(({ bottom }) => bottom));
            const { bottom } = heading.getBoundingClientRect();
            return bottom - last > parseFloat(getComputedStyle(heading).fontSize) / 2;
        }).map(heading => heading.id)"""
    )
    assert empty == []
    page.evaluate(DRAWN)
    unmarked = page.locator("article pre").evaluate_all(
        """all => all.filter(e =>
            e.checkVisibility()
            && Math.abs(e.scrollWidth - e.clientWidth) != 1 // which may be less than a pixel
            && (e.scrollWidth > e.clientWidth) != (getComputedStyle(e).maskImage != "none"))
            .map(e => e.textContent)"""
    )
    assert unmarked == [], "what goes on beyond the edge fades there, and nothing else does"


@pytest.mark.parametrize("prefix", [language.prefix for language in LANGUAGES.values()])
@pytest.mark.parametrize("path", RECIPES)
def test_on_a_phone_what_a_table_of_changes_says_to_write_is_seen_without_scrolling(
    open_page, path, prefix
):
    page = open_page(prefix + languages.address(path), viewport=PHONE)
    tables = page.locator("#changes ~ .md-typeset__scrollwrap, #kinds ~ .md-typeset__scrollwrap")
    assert tables.locator("td code").count() >= 6
    cut = "all => all.filter(e => e.scrollWidth > e.clientWidth).map(e => e.textContent)"
    assert tables.evaluate_all(cut) == []
    beyond = """(all, width) => all.filter(e => [...e.getClientRects()]
        .some(({ left, right }) => left < 0 || right > width)).map(e => e.textContent)"""
    assert tables.locator("td code").evaluate_all(beyond, PHONE["width"]) == []


def test_chinese_quotation_marks_are_as_wide_as_a_character(open_page):
    page = open_page("zh/gates/lstm/", locale="zh")
    wide = page.evaluate(
        """async () => {
            await document.fonts.ready;
            if ([...document.fonts].some(f => f.family.includes("Marks") && f.status == "error"))
                return null;
            const walker = document.createTreeWalker(document.querySelector("article"), 4);
            while (!walker.nextNode().data.includes("“"));
            const text = walker.currentNode, range = document.createRange();
            range.setStart(text, text.data.indexOf("“"));
            range.setEnd(text, text.data.indexOf("“") + 1);
            const size = parseFloat(getComputedStyle(text.parentElement).fontSize);
            return range.getBoundingClientRect().width / size;
        }"""
    )
    if wide is None:
        pytest.skip("this machine has none of the Chinese fonts that the style sheet names")
    assert wide == pytest.approx(1, abs=0.05)


def test_the_keyboard_meets_no_part_that_cannot_be_seen(open_page):
    page = open_page("gates/gru/", viewport={"width": 1280, "height": 800})
    page.locator(".gg-opener").focus()
    for _ in range(3):
        page.keyboard.press("Tab")
        box = page.evaluate("document.activeElement.getBoundingClientRect().toJSON()")
        assert box["width"] and box["height"], page.evaluate("document.activeElement.outerHTML")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_button_that_the_keyboard_is_on_has_the_ring(open_page, scheme):
    page = open_page("gates/gru/", color_scheme=scheme, viewport={"width": 1280, "height": 800})
    for _ in range(3):  # the skip link, the logo, the palette
        page.keyboard.press("Tab")
    extras = page.locator("[data-md-component=palette] label:visible")
    for _ in range(2):
        assert extras.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
        page.keyboard.press("Enter")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_classes_of_code_that_are_set_as_one_have_one_colour(open_page, scheme):
    page = open_page("gates/gru/", color_scheme=scheme)
    colours = page.evaluate(
        """classes => {
        const code = document.querySelector(".language-python code");
        document.getAnimations().forEach(fade => fade.finish());
        return Object.fromEntries(["", ...classes].map(name => {
            const span = document.createElement("span");
            span.className = name;
            code.append(span);
            const { color, fontStyle, fontWeight } = getComputedStyle(span);
            return [name, [color, fontStyle, fontWeight].join()];
        }));
    }""",
        list(STANDARD_TYPES.values()),
    )
    for alike in (typesetting.INK, *typesetting.COLOURS):
        found = {colour for name, colour in colours.items() if re.fullmatch(alike, name)}
        assert len(found) == 1, alike
        assert (found == {colours[""]}) == (alike == typesetting.INK)


def test_an_exercise_keeps_its_colours_while_it_is_open(open_page):
    page = open_page("gates/lstm/")
    exercise = page.locator("details.question").first
    style = "e => [getComputedStyle(e).boxShadow, getComputedStyle(e).borderTopColor]"
    shut = exercise.evaluate(style)
    exercise.locator("summary").click()
    opened = exercise.evaluate(style)
    assert opened == shut
    assert opened[0] == "none"


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_language_switch_names_all_languages_and_marks_this_one(open_page, width):
    size = {"width": width, "height": 800}
    page = open_page("zh/gates/gru/", locale="zh", viewport=size)
    links = page.locator("a.gg-switch")
    assert links.all_inner_texts() == ["English", "中文"]
    assert page.locator("a.gg-switch[aria-current]").all_inner_texts() == ["中文"]
    seen = [link for link in links.all() if link.is_visible()]
    # On the narrowest phone the other language alone, since a reader sees which this one is.
    assert [link.inner_text() for link in seen] == ["English", "中文"][: 1 if width == 320 else 2]
    for box in (link.bounding_box() for link in seen):
        assert box["height"] >= 44 and box["x"] >= 0 and box["x"] + box["width"] <= width


@pytest.mark.parametrize("width", [390, 1280])
def test_a_pencil_before_the_heading_can_be_hit(open_page, width):
    page = open_page("gates/gru/", viewport={"width": width, "height": 800})
    hit = page.evaluate(
        """() => {
            const pencil = document.createElement("a"); // as the theme writes it
            pencil.className = "md-content__button md-icon";
            pencil.innerHTML = "<svg viewBox='0 0 24 24'></svg>";
            document.querySelector("article").prepend(pencil);
            const { x, y, width, height } = pencil.getBoundingClientRect();
            return pencil.contains(document.elementFromPoint(x + width / 2, y + height / 2));
        }"""
    )
    assert hit


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("path", ["gates/derivation/", "conventions/books/"])
def test_every_sign_of_a_formula_that_is_seen_is_in_the_sites_font(open_page, code, path):
    page = open_page(LANGUAGES[code].prefix + path)
    page.wait_for_function("document.fonts.status === 'loaded'")
    devtools = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        devtools.send(f"{domain}.enable")
    top = devtools.send("DOM.getDocument")["root"]["nodeId"]
    found = devtools.send("DOM.querySelectorAll", {"nodeId": top, "selector": "mi, mn, mo"})
    for node in found["nodeIds"]:
        element = {"nodeId": node}
        fonts = devtools.send("CSS.getPlatformFontsForNode", element)["fonts"]
        told = devtools.send("DOM.getOuterHTML", element)["outerHTML"]
        assert all(font["isCustomFont"] for font in fonts) or "\u2061" in told, (told, fonts)
