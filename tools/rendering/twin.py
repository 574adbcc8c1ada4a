"""Writes a page's Markdown twin: what its readers see, for those who read without this site.

It is made of the finished HTML, so includes, verdicts and tables are in it as they are shown.
Formulas are the TeX that they were made of, drawings and plots are links to files, and what needs
a hand on it, such as a slider, is left out.
"""

import re
from html import escape
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement
from markdownify import BACKSLASH, MarkdownConverter

from tools.rendering import mathml

# What is worked with, said aloud, or of use on the site alone
LEFT_OUT = (
    "script, noscript, style, template, form, label, button, input, select, textarea, [hidden], "
    ".headerlink, .gg-svg, p.gg-hint, .gg-names, .gg-turn, .gg-told, "
    ".gg-controls, .gg-starts, .gg-dial, .gg-inner, .gg-slice, .gg-numbers, .gg-scored"
)
TOOLTIP = re.compile(r'<span [^>]*\brole="tooltip">.*?</span>', re.DOTALL)
_FIGURE = re.compile(
    r'<figure class="(?:figure|plot)"[^>]*>\s*<svg\b[^>]*? aria-label="(?P<alt>[^"]*)"'
    r'(?:(?!</figure>).)*?</svg>\s*<a class="gg-svg"[^>]* href="(?P<file>[^"]*)".*?</figure>',
    re.DOTALL,
)
_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_BLOCK = re.compile("<pre\\b.*?</pre>", re.DOTALL)
_SPAN = re.compile("</?span\\b[^>]*>")
_LANGUAGE = re.compile(r"\blanguage-([\w+-]+)")
_FILE = re.compile(r"[\w.-]+")
_SPECIAL = re.compile(r"[\\`*\[\]$]|<(?=[\w/!?])|(?<!\w)_|_(?!\w)|&(?=#?\w+;)|~~")
_BEGINS_A_BLOCK = re.compile(r"^(?:#+|[-+>]|\d+(?=[.)]))(?=[.)]?\s)", re.MULTILINE)
_UNMASKED_BAR = re.compile(r"(?<!\\)\|")
_TICKS = re.compile("`+")
_ZERO_WIDTH = "\u200b"


def of_html(html: str, address: str) -> str:
    """Write a page's HTML as Markdown.

    `address` is the page's own; where it is "", since nobody knows where the site will stand, links
    stay relative.
    """
    html = TOOLTIP.sub("", html.replace(_ZERO_WIDTH, ""))
    html = _SVG.sub("", _FIGURE.sub(r'<p><img src="\g<file>" alt="\g<alt>"></p>', html))
    html = _BLOCK.sub(lambda block: _SPAN.sub("", block[0]), html)  # without its colours
    html = mathml.FORMULA.sub(lambda math: f"<tex>{escape(mathml.latex(math[0]))}</tex>", html)
    page = BeautifulSoup(html, "html.parser")
    _tidy(page)
    _lead(page, address)
    return f"{_converter.convert_soup(page).strip()}\n"


def _tidy(page: BeautifulSoup) -> None:
    """Take out what a page has for its own readers alone, and say by words what its style says."""
    for element in page.select(LEFT_OUT):
        element.decompose()
    for term in page.select(".gg-term > a"):  # on the site it shows its definition
        term.unwrap()
    for verdict in page.select(".gg-verdict"):
        verdict.name = "strong"
    for more in page.select(".gg-whole + .gg-whole"):
        more.insert_before("· ")
    for block in page.select(".highlight"):
        name = block.find(class_="filename")
        if isinstance(name, Tag):
            title = name.extract().get_text()
            if block.pre and _FILE.fullmatch(title):
                block.pre["data-title"] = title
        if block.pre and (language := _LANGUAGE.search(" ".join(block["class"]))):
            block.pre["data-language"] = language[1]
    for folded in page.select("details.gg-fold"):
        if folded.summary and folded.summary.get_text() == "Python":  # the code of a plot
            folded.summary.decompose()
            folded.unwrap()
    for quoted in page.select("details, .admonition"):
        quoted.name = "blockquote"
    for head in page.select("summary, dt, .admonition-title"):
        head.name = "strong"
        head.wrap(page.new_tag("p"))
    for meaning in page.select("dd"):
        meaning.name = "div"
    for line in page.select("td br, th br"):
        line.name = "newline"


def _lead(page: BeautifulSoup, address: str) -> None:
    """Let links lead to the site, and those to the page itself to places in the twin."""
    wanted = set()
    for link in page.find_all(["a", "img"]):
        name = "href" if link.name == "a" else "src"
        target = str(link.get(name, ""))
        if target.startswith("#"):
            wanted.add(target[1:])
        elif target and address:
            link[name] = urljoin(address, target)
    for place in page.find_all(id=True):
        if place["id"] in wanted:
            anchor = page.new_tag("place", id=place["id"])
            if place.name in _HEADINGS:
                paragraph = page.new_tag("p")
                paragraph.append(anchor)
                place.insert_before(paragraph)
            else:
                (place.find(["td", "th"]) or place).insert(0, anchor)


_HEADINGS = {f"h{level}" for level in range(1, 7)}
_CELLS = {"td", "th"}


class _Converter(MarkdownConverter):
    """Writes elements as other readers of Markdown understand them."""

    def escape(self, text: str, parent_tags: set[str]) -> str:
        return _BEGINS_A_BLOCK.sub(_masked, _SPECIAL.sub(r"\\\g<0>", text))

    def convert_tex(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        latex = el.get_text()
        if _CELLS & parent_tags:
            latex = latex.replace(r"\|", r"\Vert ").replace("|", r"\vert ")
        is_displayed = el.parent is not None and el.parent.name == "div"
        return f"\n\n$$\n{latex}\n$$\n\n" if is_displayed else f"${latex}$"

    def convert_place(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f'<a id="{el["id"]}"></a>{text}'

    def convert_newline(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return "<br>"

    def convert_strong(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return _stressed(el, text, "**")

    def convert_em(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return _stressed(el, text, "*")

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        cell = _UNMASKED_BAR.sub(r"\|", text.strip().replace("\n", " "))
        return f" {cell} {'|' * int(str(el.get('colspan', '1')))}"

    convert_th = convert_td

    def convert_caption(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"\n\n{text.strip()}\n\n"

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        code = el.get_text().rstrip("\n")
        fence = "`" * max(3, *(len(ticks) + 1 for ticks in _TICKS.findall(code)), 3)
        title = f' title="{el["data-title"]}"' if el.get("data-title") else ""
        return f"\n\n{fence}{el.get('data-language', 'text')}{title}\n{code}\n{fence}\n\n"


_converter = _Converter(
    bullets="-",
    heading_style="atx",
    newline_style=BACKSLASH,
    sub_symbol="<sub>",
    sup_symbol="<sup>",
)


def _masked(found: re.Match[str]) -> str:
    """Keep what begins a line from beginning a list, a heading or a quotation."""
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"


def _stressed(el: Tag, text: str, mark: str) -> str:
    """Stress a text by stars, or by an element where its neighbours would keep the stars from it.

    Beside a sign, such as a bracket, a star stresses nothing if there is a letter on its other
    side; in Chinese, which has no spaces, that is often so.
    """
    inside = text.strip()
    if not inside:
        return text
    head, tail = text[: text.index(inside)], text[text.index(inside) + len(inside) :]
    before = head or _text(el.previous_sibling)
    after = tail or _text(el.next_sibling)
    shut = _is_sign(inside[0]) and before[-1:].isalnum()
    shut |= _is_sign(inside[-1]) and after[:1].isalnum()
    return (
        f"{head}<{el.name}>{inside}</{el.name}>{tail}"
        if shut
        else f"{head}{mark}{inside}{mark}{tail}"
    )


def _is_sign(character: str) -> bool:
    return not character.isalnum() and not character.isspace()


def _text(neighbour: PageElement | None) -> str:
    return neighbour.get_text() if neighbour is not None else ""
