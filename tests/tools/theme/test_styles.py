"""The theme's style sheet keeps what a page can use, and only that."""

import re
import shutil
from pathlib import Path

import pytest
from material import __file__ as material

from tests.sources import ROOT
from tools.project.errors import UserError
from tools.sources import languages
from tools.theme import styles

THEME = Path(material).parent / "templates"
(ORIGINAL,) = THEME.glob(styles.SHEET)


@pytest.mark.parametrize(
    "css",
    [
        ".a{color:red}",
        "p{color:red}",
        "#b:checked~.a{color:red}",
        ".a:not(.b){color:red}",
        ":is(.b,.a) p{color:red}",
        ":where(p,.b){color:red}",
        ":has(.b){color:red}",
        "[class~=b]{color:red}",
        r".b\:c{color:red}",
        "[dir=ltr] .a{color:red}",
        '.a:before{content:".b{"}',
        "@media print{.a{color:red}}",
        "@media print{@supports (color:red){.a{color:red}}}",
        "@keyframes b{0%{color:red}}",
        "@font-face{font-family:b}",
        "@page{margin:1cm}",
        ":root{--x:red}.a{color:var(--x)}",
        ":root{--x:red;--y:var(--x)}.a{color:var( --y, red)}",
    ],
)
def test_what_can_match_is_kept_as_it_is(css):
    assert re.sub(r"; ?}", "}", styles.trim(css, frozenset({"a"}))) == css


@pytest.mark.parametrize(
    "css, left",
    [
        (".b{color:red}", ""),
        (".a .b{color:red}", ""),
        (".b,.a,p.b{color:red}", ".a{color:red}"),
        (".a:is(.b,.c p){color:red}", ""),
        (".b:not(.a){color:red}", ""),
        ("[dir=rtl] .a,[dir=ltr] .a{color:red}", "[dir=ltr] .a{color:red}"),
        ("[data-md-color-accent=red]{color:red}", ""),
        ("[data-md-color-switching] *{transition-duration:0s}", ""),
        ("@media print{.b{color:red}}", ""),
        ("@media print{.b{color:red}.a{color:red}}", "@media print{.a{color:red}}"),
        ("@supports (color:red){@media print{.b{color:red}}}", ""),
        (":root{--x:url('data:image/svg+xml;a{}')}", ""),
        (":root{--x:red}.b{color:var(--x)}", ""),
        ("@media print{:root{--x:red;color:red}}", "@media print{:root{color:red}}"),
    ],
)
def test_what_cannot_match_is_dropped(css, left):
    assert re.sub(r"; ?}", "}", styles.trim(css, frozenset({"a"}))) == left


def test_right_to_left_is_kept_for_a_page_that_is_written_so():
    css = "[dir=rtl] .a{color:red}"
    assert styles.trim(css, frozenset({"a", styles.RIGHT_TO_LEFT})) == css


@pytest.mark.parametrize("css", [".a{color:red}}", ".a", "@media print{.a{color:red}}}"])
def test_what_is_no_style_sheet_is_named_with_its_place(css):
    with pytest.raises(UserError, match=r"this is no style sheet: line 1, column \d+"):
        styles.trim(css, frozenset())


@pytest.fixture
def built(tmp_path):
    """A site of one page with a theme's style sheet; gives what is left of the sheet."""

    def built(css: str, page: str = "", **files: str) -> str:
        sheet = tmp_path / "assets/stylesheets/main.0a1b.min.css"
        sheet.parent.mkdir(parents=True, exist_ok=True)
        sheet.write_text(css, "utf-8")
        (tmp_path / "index.html").write_text(page, "utf-8")
        for name, text in files.items():
            (tmp_path / name.replace("__", ".")).write_text(text, "utf-8")
        styles.trim_site(tmp_path)
        return sheet.read_text("utf-8")

    return built


@pytest.mark.parametrize(
    "page", ['<p class="b a">', "<p class='a'>", "<p class=a>", "<script>add('a')</script>"]
)
def test_a_class_is_found_however_a_page_names_it(built, page):
    assert built(".a{color:red}", page) == ".a{color:red}"


def test_a_word_of_the_text_is_no_class(built):
    assert built(".a{color:red}", '<p class="b">a</p>') == ""


def test_a_page_that_is_written_from_right_to_left_keeps_its_rules(built):
    css = "[dir=rtl] p{color:red}"
    assert built(css, '<body dir="rtl">') == css


def test_a_colour_that_a_page_chooses_keeps_its_rules(built):
    css = "[data-md-color-accent=red]{color:red}"
    assert built(css, '<body data-md-color-accent="red">') == css


def test_of_the_theme_s_palette_only_the_chosen_colours_are_left(built, tmp_path):
    palette = tmp_path / "assets/stylesheets/palette.0a1b.min.css"
    palette.parent.mkdir(parents=True)
    palette.write_text("[data-md-color-accent=red]{--x:1}[data-md-color-accent=pink]{--x:2}")
    built(".a{color:red}", '<input data-md-color-accent="red">')
    assert palette.read_text("utf-8") == "[data-md-color-accent=red]{--x:1}"


def test_the_site_s_own_style_sheet_is_sent_without_comments_and_spaces(built, tmp_path):
    own = tmp_path / "assets/site.css"
    own.parent.mkdir()
    own.write_text("/* Why */\np > a,\np :hover {\n  margin: 0 1px; /* so */\n}\n")
    built(".a{color:red}")
    assert own.read_text("utf-8") == "p > a,p :hover{margin:0 1px;}"


def test_a_page_is_sent_without_empty_lines_around_its_article(built, tmp_path):
    article = "<article>\n<pre>\n  a\n\n  b</pre>\n</article>"
    built(".a{color:red}", f"<nav>\n\n   <a>x</a>\n</nav>\n  {article}\n\n  <p>\n")
    (page,) = tmp_path.rglob("*.html")
    assert page.read_text("utf-8") == f"<nav>\n<a>x</a>\n</nav>\n{article}\n<p>\n"


def test_a_page_is_sent_without_the_attributes_that_html_does_not_know(built, tmp_path):
    article = '<article><label tabindex=""></label></article>'
    built(".a{color:red}", f'<input id="__drawer" autocomplete="off"><i tabindex="">{article}')
    (page,) = tmp_path.rglob("*.html")
    assert page.read_text("utf-8") == f'<input id="__drawer"><i>{article}'


def test_a_script_may_add_a_class_and_compose_it(built):
    css = ".shown{color:red}.tag--new{color:red}"
    assert built(css, site__js="x.className=`shown tag--${kind}`") == css


def test_a_variable_that_another_style_sheet_or_the_page_uses_is_kept(built):
    css = ":root{--x:red;--y:red;--z:red}"
    left = built(css, '<p style="color: var(--y)">', site__css="p{color:var(--x)}")
    assert re.findall(r"--\w", left) == ["--x", "--y"]


def test_trimming_again_changes_nothing(built):
    once = built(".a{color:red}.b{color:red}@media print{.a{color:red}}", "<p class=a>")
    assert built(once, "<p class=a>") == once


def test_a_site_without_the_themes_style_sheet(tmp_path):
    with pytest.raises(UserError, match="if the theme has changed, mend SHEET"):
        styles.trim_site(tmp_path)


def test_a_broken_style_sheet_stops_a_build_with_a_clear_word(project):
    (project.folder / "overrides").unlink()  # a link to the real ones
    shutil.copytree(ROOT / "overrides", project.folder / "overrides")
    project.write(f"overrides/assets/stylesheets/{ORIGINAL.name}", ".a{color:red}}")
    ran = project.build()
    assert ran.returncode != 0
    assert f"{ORIGINAL.name}: this is no style sheet: line 1, column 14" in ran.stdout
    assert "Traceback" not in ran.stdout


# As the browser reads both style sheets: what the theme's has, the trimmed one lacks, and some page
# has an element for, in whatever state it would be styled: hovered, checked, printed.
LOST = r"""async ([theme, trimmed, addresses]) => {
    const one = "::?(-[\\w-]+|active|after|before|checked|disabled|focus[\\w-]*|hover"
        + "|indeterminate|marker|placeholder|target)(?![\\w-])";
    const state = new RegExp(`:not\\(${one}\\)|${one}`, "g");
    const selectors = (rules) => [...rules].flatMap((rule) => [
        ...(rule.selectorText ?? "").split(/,(?![^(]*\))/), ...selectors(rule.cssRules ?? []),
    ]).map((selector) => selector.trim()).filter(Boolean);
    const read = (css) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        return new Set(selectors(sheet.cssRules));
    };
    const load = async (address) =>
        new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
    const pages = [document, ...await Promise.all(addresses.map(load))];
    const kept = read(trimmed);
    const dropped = [...read(theme)].filter((selector) => !kept.has(selector));
    const lost = dropped.filter((selector) => {
        const always = selector.replace(state, ":not(_)");
        return pages.some((page) => page.querySelector(always));
    });
    return [kept.size, dropped.length, lost];
}"""


@pytest.mark.parametrize("language", languages.load(ROOT), ids=lambda language: language.code)
def test_no_rule_is_lost_that_an_element_of_some_page_needs(chromium, address, site, language):
    folder = site / language.prefix
    trimmed = (site / ORIGINAL.relative_to(THEME)).read_text("utf-8")  # which the languages share
    found = [path.relative_to(site).as_posix() for path in folder.rglob("*.html")]
    page = chromium.new_page(bypass_csp=True)  # it asks for other pages
    page.goto(address + language.prefix)
    kept, dropped, lost = page.evaluate(
        LOST, [ORIGINAL.read_text("utf-8"), trimmed, [address + path for path in found]]
    )
    page.close()
    assert kept > 100 and dropped > 100
    assert lost == []
