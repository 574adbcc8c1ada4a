"""What may stand in a page beside Markdown: few HTML elements, links and drawings that do nothing.

Whatever is not listed here is refused, so that no page runs a script, sends a form, looks other
than the style sheet says, or asks another host for anything.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.parsers import expat

from tools.sources.pages import Link, Page

ELEMENTS = {"br", "details", "div", "kbd", "span", "sub", "summary", "sup"}
ATTRIBUTES = {
    "class": r"(?:gg-[\w-]+|keep|new|decide)(?: gg-[\w-]+)*",
    "lang": r"[\w-]+",
    "markdown": r"",
    "open": r"",
}
SCHEMES = {"", "https", "http", "figure", "plot"}
FRONT_MATTER = ("section", "minutes", "long_title", "description", "hide", "search")

SVG_ELEMENTS = {
    *("svg", "g", "defs", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
    *("text", "tspan", "use", "clipPath"),
}
SVG_ATTRIBUTES = {
    *("xmlns", "xmlns:xlink", "viewBox", "version", "class", "id", "role", "aria-label"),
    *("data-part", "data-also", "data-overlay", "data-lit", "data-value", "data-open"),
    *("x", "y", "x1", "y1", "x2", "y2", "dx", "dy", "cx", "cy", "r", "rx", "ry", "d", "points"),
    *("width", "height", "font-size", "transform", "style", "clip-path", "href", "xlink:href"),
}

_HEAD_LINE = re.compile(rf"""(?:(?:{"|".join(FRONT_MATTER)}):| +)(?: *(["']?)[^<>"\\]*\1)?""")
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w-]*)(?P<attributes>(?:\s[^<>]*)?)>")
_ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?(?:\s+|$)')
_LIST = re.compile(
    r"\{:?(?:\s*(?:#[\w-]+|\.(?:gg-[\w-]+|keep|new|decide)|(?:lit|cell|turned)=[\w-]+|markdown))+\s*\}"
)
# An address apart from its link; the site finds one in the middle of a paragraph too.
_REFERENCE = re.compile(r"[\s>*+\-\d.)]*\[[^\[\]]+\]:")
_COMMENT = re.compile(r"<!-- [^<>]* -->")
_AUTOLINK = re.compile(r"<https?://[^\s<>\"]+>")
_CODE = re.compile(r"(?<![\\`])(`+)(?!`).+?(?<!`)\1(?!`)")
_LIKE_A_TAG = re.compile(r"<[A-Za-z/!?]")
# What this and the site read differently: to the one it is text, to the other a link or HTML.
_ADDRESS = re.compile(
    r"\]\((?:<[^<>\s]*>|[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)(?:\s+\"[^\"]*\")?\)"
)
_BOX = re.compile(r"\s*(?:!!!|\?\?\?\+?)(?! [a-z]+(?: \".*\")?\s*$)")
_TICK = re.compile(r"(?<!\\)`")
_MARK = re.compile(r"[\s>]*(`{3,}|~{3,})")
_UNSEEN = re.compile(  # controls, spaces without a width, what turns the direction of words
    r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_COLOUR = re.compile(r"\b(?:fill|stroke|color)\s*:(?!\s*(?:var\(--|none\b))")  # of no scheme
_OF_ITSELF = re.compile(r"url\((?!#)|expression|@import|javascript:", re.IGNORECASE)


def in_page(page: Page) -> Iterator[tuple[int, str]]:
    """Find what a page holds that no page may hold: the line, and what to do."""
    for link in page.links:
        yield from _link(link)
    yield from _read_in_two_ways(page)
    raw = _raw(page)
    for line, text in _running(page, raw):
        yield from ((line, message) for message in _html(text))
        if _BOX.match(text):
            yield line, 'a box begins as !!! note "Title" or ??? question "Title"; mend it'
        if "](" in _ADDRESS.sub("", text):
            yield line, "write an address in its ( ) without spaces, on one line"
        if _TICK.search(text) and line not in raw:
            yield line, "this ` has no other one in its line; end the code there"
        if _REFERENCE.match(text):
            yield line, "write the address where the link stands, [words](address), not apart"
        text = _TAG.sub("", text)
        if "{" in _LIST.sub("", text):
            yield (
                line,
                "a page gives in braces only an id, a class of its own, "
                "or lit=PART, cell=CELL, turned=SNIPPET; "
                "a brace that is meant as text belongs between backticks",
            )


def in_words(text: str) -> Iterator[tuple[int, str]]:
    """Find the same in a file of words, such as the glossary, which may hold no HTML at all."""
    for line, words in enumerate(text.splitlines(), 1):
        if _LIKE_A_TAG.search(words):
            yield line, "words hold no HTML; take it out"
        elif _OF_ITSELF.search(words):
            yield line, "words hold no scripts and no styles; take them out"


def in_head(page: Page) -> Iterator[tuple[int, str]]:
    """Find what may not stand between the two lines of --- at the top of a page."""
    for line in list(_head(page))[1:-1]:
        if not _HEAD_LINE.fullmatch(page.lines[line - 1]):
            yield (
                line,
                f"the top of a page holds {', '.join(FRONT_MATTER)}, in plain text without <, > "
                "and straight quotes inside; mend this line",
            )


def in_svg(svg: str) -> Iterator[tuple[int, str]]:
    """Find what a drawing holds that none may hold: its line, and what it is."""
    found: list[tuple[int, str]] = []
    parser = expat.ParserCreate()

    def note(message: str) -> None:
        found.append((parser.CurrentLineNumber, f"a drawing holds no {message}; take it out"))

    def element(name: str, attributes: dict[str, str]) -> None:
        if name not in SVG_ELEMENTS:
            note(f"<{name}>")
        for attribute, value in attributes.items():
            outside = attribute.endswith("href") and not value.startswith("#")
            typed = attribute == "style" and _COLOUR.search(value)
            if attribute not in SVG_ATTRIBUTES or outside or typed or _OF_ITSELF.search(value):
                note(f'{attribute}="{value}"')

    parser.StartElementHandler = element
    parser.CommentHandler = lambda text: note(f"comment <!--{text}-->")
    parser.ProcessingInstructionHandler = lambda name, text: note(f"<?{name}")
    parser.StartDoctypeDeclHandler = lambda *declared: note("<!DOCTYPE")
    parser.StartCdataSectionHandler = lambda: note("<![CDATA[")
    try:
        parser.Parse(svg, True)
    except expat.ExpatError as error:
        problem = f"this drawing is no XML: {expat.ErrorString(error.code)}; mend it"
        found.append((error.lineno, problem))
    yield from found


def _read_in_two_ways(page: Page) -> Iterator[tuple[int, str]]:
    """Find blocks that end elsewhere on the site than here, and so would show what was passed."""
    for line, text in enumerate(page.lines, 1):
        if _UNSEEN.search(text):
            yield line, "a sign stands here that nobody sees; take it out"
    for fence in page.fences:
        begin = _MARK.match(page.lines[fence.line - 1])
        end = _MARK.fullmatch(page.lines[min(fence.end, len(page.lines)) - 1].rstrip())
        if fence.info and begin and (end is None or end[1] != begin[1]):
            yield fence.line, f"end this block with {begin[1]} on a line of its own"
    for formula in page.formulas:
        for line in range(formula.line + 1, formula.end):
            if re.match(r"\s*(?:<|$)", page.lines[line - 1]):
                yield line, "no line of a formula is empty or begins with <; join it to the last"


def _link(link: Link) -> Iterator[tuple[int, str]]:
    if link.scheme not in SCHEMES:
        yield link.line, f"a link leads to a page or to https://, and not to {link.target}"
    elif link.scheme == "https" and not urlsplit(link.target).netloc:
        yield link.line, f"{link.target}: write https:// before the host"
    elif urlsplit(link.target).netloc and (link.image or not link.scheme):
        what = "a picture comes from this site" if link.image else "write https:// before the host"
        yield link.line, f"{link.target}: {what}"


def _html(text: str) -> Iterator[str]:
    for tag in _TAG.finditer(text):
        yield from _tag(tag)
    if _LIKE_A_TAG.search(_TAG.sub("", text)):
        yield "this looks like HTML; write it as code between backticks, or mend it"


def _tag(tag: re.Match[str]) -> Iterator[str]:
    name = tag["name"]
    if name not in ELEMENTS:
        yield f"a page holds no <{name}>; what it may hold is {', '.join(sorted(ELEMENTS))}"
        return
    attributes = tag["attributes"].strip()
    read = dict(_ATTRIBUTE.findall(attributes))
    if "".join(found[0] for found in _ATTRIBUTE.finditer(attributes)) != attributes:
        yield f'the attributes of <{name}> are not written as class="..."; mend them'
    for attribute, value in read.items():
        if not re.fullmatch(ATTRIBUTES.get(attribute, "(?!)"), value):
            yield f'<{name}> has no {attribute}="{value}" on a page; take it out'
    if name in ("div", "details") and not tag["close"] and "markdown" not in read:
        yield f"write <{name} markdown>, so that what stands in it is read as Markdown"


def _running(page: Page, raw: set[int]) -> Iterator[tuple[int, str]]:
    """Give the lines outside of blocks, without code, formulas, comments and the page's head."""
    passed = {line for part in _blocks(page) for line in part}
    formulas: dict[int, list[str]] = {}
    for formula in page.formulas:
        formulas.setdefault(formula.line, []).append(f"${formula.latex}$")
    for line, text in enumerate(page.lines, 1):
        if line in passed:
            continue
        if line not in raw:
            text = _CODE.sub("", text)
        for latex in dict.fromkeys(formulas.get(line, [])):
            text = text.replace(latex, "")
        yield line, _AUTOLINK.sub("", _COMMENT.sub("", text))


def _raw(page: Page) -> set[int]:
    """Find the lines of raw HTML, where a backtick is only a backtick."""
    return {line for part in page.html for line in part}


def _head(page: Page) -> range:
    has_one = page.lines[0] == "---" and "---" in page.lines[1:]
    return range(1, page.lines.index("---", 1) + 2 if has_one else 1)


def _blocks(page: Page) -> Iterator[range]:
    yield _head(page)
    for fence in page.fences:
        yield range(fence.line, fence.end + 1)
    for formula in page.formulas:
        if formula.display:
            yield range(formula.line, formula.end + 1)
