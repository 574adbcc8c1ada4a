"""A page and a drawing run no script, send nothing, and ask no other host for anything."""

import re
from pathlib import Path

import pytest

from tests.sources import ROOT
from tools.checks.suite import check
from tools.sources import markup, pages
from tools.sources.findings import Level

GRU = "docs/en/gates/gru.md"
BRACES = "a page gives in braces only an id"
LIKE_HTML = "this looks like HTML; write it as code"
NO_LINK = "a link leads to a page or to https://, and not to "
HEAD = (
    "the top of a page holds section, minutes, long_title, description, hide, search, in plain text"
)

# What somebody might write into a page, the line of it that is at fault, and what is said.
PAGES = {
    "a script": ("<script>fetch('https://x.test')</script>", 1, "a page holds no <script>"),
    "a script from elsewhere": ('<script src="//x.test/a.js"></script>', 1, "a page holds no <scr"),
    "a script over two lines": ("<script\nsrc=a.js></script>", 1, LIKE_HTML),
    "a script in a heading": ("# A <img src=x onerror=alert(1)>", 1, "a page holds no <img>"),
    "a script in a table": ("| a |\n| - |\n| <script>1</script> |", 3, "a page holds no <script>"),
    "a script in a box": ("!!! note\n\n    <script>1</script>", 3, "a page holds no <script>"),
    "a script after a comment": ("<!--><script>1</script>-->", 1, "a page holds no <script>"),
    "a script after a backtick": ("\\`<script>1</script>`", 1, "a page holds no <script>"),
    "a script between dollars": ("$1 and <script>1</script> $2", 1, "a page holds no <script>"),
    "a link in HTML": ('<a href="none.md">a</a>', 1, "a page holds no <a>"),
    "a frame": ('<iframe src="https://x.test"></iframe>', 1, "a page holds no <iframe>"),
    "an object": ('<object data="https://x.test"></object>', 1, "a page holds no <object>"),
    "a video": ('<video poster="//x.test/a.png"></video>', 1, "a page holds no <video>"),
    "a form": ('<form action="https://x.test"></form>', 1, "a page holds no <form>"),
    "a style": ("<style>.gg-verdict{display:none}</style>", 1, "a page holds no <style>"),
    "a link of the head": ('<link rel="stylesheet" href="//x.test">', 1, "a page holds no <link>"),
    "a refresh": ('<meta http-equiv="refresh" content="0">', 1, "a page holds no <meta>"),
    "a base": ('<base href="https://x.test">', 1, "a page holds no <base>"),
    "a picture": ('<img srcset="https://x.test/a.png 2x">', 1, "a page holds no <img>"),
    "a drawing": ("<svg><script>1</script></svg>", 1, "a page holds no <svg>"),
    "an event": ('<span onclick="alert(1)">a</span>', 1, '<span> has no onclick="alert(1)"'),
    "an event without quotes": ("<span onclick=alert(1)>a</span>", 1, "the attributes of <span>"),
    "a colour": ('<span style="color: red">a</span>', 1, '<span> has no style="color: red"'),
    "a class of the theme": ('<span class="md-hidden">a</span>', 1, '<span> has no class="md-hid'),
    "a box read as HTML": ("<div>\n\n`<b>`\n\n</div>", 1, "write <div markdown>"),
    "a tag that is left open": ("a <span", 1, LIKE_HTML),
    "a comment with a tag in it": ("<!-- <b> -->", 1, "a page holds no <b>"),
    "braces with an event": ("A *word*{ onclick=alert(1) }.", 1, BRACES),
    "braces that hide": ("A paragraph.\n{ hidden }", 2, BRACES),
    "braces with a style": ('A paragraph.\n{ style="display: none" }', 2, BRACES),
    "braces with a brace": ('A *word*{ .gg-a title="}" onclick=alert(1) }.', 1, BRACES),
    "braces with a class of the theme": ("A paragraph.\n{ .md-hidden }", 2, BRACES),
    "a link that runs": ("[a](javascript:alert(1))", 1, NO_LINK + "javascript:alert(1)"),
    "a link that runs, in capitals": ("[a](JavaScript:alert(1))", 1, NO_LINK),
    "a link that runs, in entities": ("[a](&#106;avascript:alert(1))", 1, NO_LINK),
    "a link that runs, elsewhere": ("[a][b]\n\n[b]: javascript:alert(1)", 1, NO_LINK),
    "an address in a paragraph": (
        "Some text\n[b]: javascript:alert(1)\nand [a][b].", 2, "write the address where",
    ),
    "a picture's address in a list": (
        "- text\n  [b]: https://x.test/a.png\n  and ![a][b].", 2, "write the address where",
    ),
    "a link between angles": ("<javascript:alert(1)>", 1, NO_LINK),
    "a page in a link": ("[a](data:text/html,x)", 1, NO_LINK + "data:text/html,x"),
    "a link without https": ("[a](//x.test/)", 1, "//x.test/: write https:// before the host"),
    "a picture from elsewhere": (
        "![A cat that sleeps](https://x.test/a.png)", 1,
        "https://x.test/a.png: a picture comes from this site",
    ),
    "a link that runs, before a space": ("[a](javascript:alert(1) b)", 1, "write an address"),
    "a link that runs, behind a sign": ("[a](\x01javascript:alert(1))", 1, "a sign stands here"),
    "a picture from elsewhere, before a space": ("![A cat](https://x.test/a.png b)", 1, "write an"),
    "a picture from elsewhere, without slashes": (
        "![A cat that sleeps](https:x.test/a.png)", 1, "https:x.test/a.png: write https:// before",
    ),
    "a script in a formula": ("$$\na\n<script>1</script>\n$$", 3, "no line of a formula"),
    "a script behind an empty line in a formula": ("$$\na\n\nb <img> c\n$$", 3, "no line of a for"),
    "a script in code of which the site sees a part": (
        "`` `<script>1</script>`", 1, "this ` has no other one in its line",
    ),
    "a script between code over two lines": (
        "a ` b\nc ` <script>1</script> `", 1, "this ` has no other one in its line",
    ),
    "a script in a block with a longer end": (
        "```console\nmake \\\n<script>1</script>\n````", 1, "end this block with ``` on a line",
    ),
    "a script in a block without an end": (
        "```console\nmake \\\n\n<script>1</script>", 1, "end this block with ``` on a line",
    ),
    "a sign that turns words round": ("a \u202e b", 1, "a sign stands here that nobody sees"),
    "a space without a width": ("a\u200bb", 1, "a sign stands here that nobody sees"),
    "a box with a class of the theme": ("!!! note md-hidden\n\n    a", 1, "a box begins as"),
    "a script at the top": ("---\ndescription: a\"><script>1</script>\n---\n", 2, HEAD),
    "a template at the top": ("---\ntemplate: evil.html\n---\n", 2, HEAD),
}  # fmt: skip


def said_of_page(text: str) -> list[tuple[int, str]]:
    page = pages.parse(f"{text}\n", Path("gru.md"))
    return [*markup.in_page(page), *markup.in_head(page)]


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_must_not_hold_is_refused_with_its_line(name):
    text, line, message = PAGES[name]
    found = said_of_page(text)
    assert [fault for at, fault in found if at == line and fault.startswith(message)], found


@pytest.mark.parametrize(
    "text",
    [
        '---\nsection: "Gates: all"\ndescription: What it says.\nhide:\n  - toc\n---\n\nText.',
        'A <span class="keep">blue</span> line and <kbd>Ctrl</kbd>.',
        '<details class="gg-more" markdown>\n<summary>More</summary>\n\nText.\n\n</details>',
        "<!-- generated: verdict counting -->",
        "## Reset gate { #reset-gate }",
        "![A cell](figure:gru-cell){ lit=reset-gate }",
        "A line.\n{ .gg-quiet }",
        "`<script>` and `{ onclick=x }` and ``<b> ` <i>``, a < b, $a<b$ and $W_{hn}$.",
        "$$\n\\begin{aligned} a<b \\end{aligned}\n$$",
        "```console\nmake test <script>\n```",
        "<https://example.org/a>, [a](b.md#c), [a](https://example.org), [a](#b)",
    ],
)
def test_what_pages_use_is_allowed(text):
    assert said_of_page(text) == []


def svg(inside: str, attributes: str = "") -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"{attributes}>\n{inside}\n</svg>'
    )


DRAWINGS = {
    "a script": (svg("<script>alert(1)</script>"), 2, "a drawing holds no <script>"),
    "HTML": (svg("<foreignObject><b/></foreignObject>"), 2, "a drawing holds no <foreignObject>"),
    "a picture": (svg('<image href="https://x.test"/>'), 2, "a drawing holds no <image>"),
    "a link": (svg('<a href="javascript:alert(1)"/>'), 2, "a drawing holds no <a>"),
    "a change": (svg('<g><set attributeName="href"/></g>'), 2, "a drawing holds no <set>"),
    "a style": (svg("<style>@import '//x.test'</style>"), 2, "a drawing holds no <style>"),
    "an event": (svg("", ' onload="alert(1)"'), 1, 'a drawing holds no onload="alert(1)"'),
    "a part of elsewhere": (
        svg('<g xmlns:xlink="a"><use xlink:href="https://x.test/a.svg#b"/></g>'),
        2, 'a drawing holds no xlink:href="https://x.test/a.svg#b"',
    ),
    "a colour of elsewhere": (
        svg('<path style="fill: url(https://x.test)"/>'),
        2, 'a drawing holds no style="fill: url(https://x.test)"',
    ),
    "a colour that no scheme changes": (
        svg('<path style="stroke:red"/>'), 2, 'a drawing holds no style="stroke:red"',
    ),
    "a comment that HTML ends early": (
        svg("<!--><script>alert(1)</script>-->"), 2, "a drawing holds no comment",
    ),
    "unread text": (svg("<text><![CDATA[<script>]]></text>"), 2, "a drawing holds no <![CDATA["),
    "an entity": ('<!DOCTYPE svg [<!ENTITY a "b">]>\n' + svg(""), 1, "a drawing holds no <!DOC"),
    "no XML": (svg("<g>"), 3, "this drawing is no XML: mismatched tag; mend it"),
}  # fmt: skip


def test_a_drawing_may_have_the_colours_of_the_scheme():
    style = "fill: none; stroke: var(--gg-gru); stroke-width: 2; fill-opacity: 0.2"
    assert list(markup.in_svg(svg(f'<path style="{style}"/>'))) == []


@pytest.mark.parametrize("name", DRAWINGS)
def test_what_a_drawing_must_not_hold_is_refused_with_its_line(name):
    text, line, message = DRAWINGS[name]
    found = list(markup.in_svg(text))
    assert [fault for at, fault in found if at == line and fault.startswith(message)], found


def test_a_drawing_with_a_script_stops_the_build(project):
    drawing = "docs/figures/gru-cell.svg"
    project.edit(drawing, "</svg>", "<script>alert(1)</script>\n</svg>")
    project.write(GRU, project.read(GRU) + "\n![A GRU cell, one line on top](figure:gru-cell)\n")
    line = pages.line_of(project.folder / drawing, "<script>")
    (error,) = [finding for finding in check(project.folder) if finding.level is Level.ERROR]
    assert str(error) == f"{drawing}:{line}: a drawing holds no <script>; take it out"


def test_a_recorded_plot_with_a_script_names_the_page_that_shows_it(project):
    project.write("experiments/fade.svg", svg("<script>alert(1)</script>"))
    project.write(GRU, project.read(GRU) + "\n![A line that falls to the right](plot:fade)\n")
    line = len(project.read(GRU).splitlines())
    (error,) = [finding for finding in check(project.folder) if finding.level is Level.ERROR]
    assert str(error) == f"{GRU}:{line}: plot:fade: a drawing holds no <script>; take it out"


def test_no_style_and_no_script_of_the_site_asks_another_host():
    for file in (ROOT / "overrides").rglob("*"):
        if file.suffix in (".css", ".js", ".html"):
            text = file.read_text("utf-8").replace("http://www.w3.org/", "")
            text = text.replace("https://creativecommons.org/licenses/by/4.0/", "")
            text = text.replace("https://spdx.org/licenses/0BSD.html", "")
            for sends in ("@import", "https:", "http:", "url(//", "sendBeacon", "image-set("):
                assert sends not in text, f"{file.relative_to(ROOT)} has {sends}"


def test_no_style_hides_what_a_reader_has_to_know():
    css = "\n".join(f.read_text("utf-8") for f in (ROOT / "overrides/assets").glob("*.css"))
    for selector, style in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        if "thead" in selector:  # on the narrowest phone a claim's cells stand one below the other
            continue
        if re.search(r"gg-(verdict|notice|fallback|quiet|claims)", selector):
            assert not re.search(r"display: ?none|visibility|opacity: ?0|clip|-9+", style), selector
