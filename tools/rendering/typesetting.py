"""Markdown extension: sets blocks and tables that may be wider than a phone, run-in heads, stress.

On a Chinese page it says of a title or a heading in English that it is. A formula that holds no
sign beside it needs no element around it.
"""

import re
from html import unescape
from itertools import cycle
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

from tools.rendering import origin

_BLOCK = re.compile("<pre>(?P<code>.*?)</pre>", re.DOTALL)
# The classes of code in the colour of all text need no elements of their own, nor does a dot that
# makes one name of two. In each other colour, neighbours are one element.
INK = "bp|fm|kc|n[abcefno]?|p|sa|v[im]|w"
COLOURS = ("o|ow|c1?|g[ort]", "k|kn|nd", "s[12beirs]?|m[fio]?")
_PLAIN = re.compile(f'<span(?: class="(?:{INK})")?>([^<]*)</span>')
_DOT = re.compile(r'(?<=\w)<span class="o">\.</span>(?=\w)')
_NEIGHBOURS = re.compile(
    "|".join(
        f'<span class="(?:{colour})">[^<]*</span>(?: *<span class="(?:{colour})">[^<]*</span>)+'
        for colour in COLOURS
    )
)
_SEAM = re.compile(r'</span>( *)<span class="\w+">')
_TAG = re.compile("<[^>]*>")
PAPER = 60  # characters: as wide as a column of a sheet, and as a snippet may be
_COLUMNS = re.compile(r"^.*\S {2,}\S.*$", re.MULTILINE)
_TABLE = re.compile("<table>.*?</table>", re.DOTALL)
_CELL = re.compile("<(t[hd])(?: [^>]*)?>(.*?)</\\1>", re.DOTALL)
_CODE = re.compile("<code[^>]*>(.*?)</code>", re.DOTALL)
PHONE = 48  # characters of code side by side, in a table
# What a run-in head ends with leaves room enough: in Markdown a space has to follow the bold.
_RUN_IN = re.compile("(?<=[。！？：])</strong> ")

# Chinese words are stressed otherwise than Latin ones, such as a title, wherever they stand.
_HAN = re.compile("<em>(?=[^<]*[\u3400-\u9fff])")

_ALONE = re.compile(r'<span class="math">(<math>(?:(?!</math>).)*</math>)</span>', re.DOTALL)

# A voice reads a title or a message well only if it knows that it is English.
_FOREIGN = re.compile(
    r"<(?P<tag>em|h[2-6])(?P<attributes>[^>]*)>(?P<inside>.*?)(?=</(?P=tag)>)", re.DOTALL
)
_SENTENCE = re.compile("[^\u3400-\u9fff]*[a-z] [A-Za-z][^\u3400-\u9fff]*")


class Typesetting(Extension):
    """Sets a page's finished HTML."""

    def extendMarkdown(self, md: Markdown) -> None:
        self.md = md
        md.registerExtension(self)
        # After raw_html (30) has put every block in its place.
        md.postprocessors.register(_Setter(md), "typesetting", 5)

    def reset(self) -> None:
        """Write HTML, without XHTML's slashes; whoever makes a Markdown sets this last."""
        self.md.set_output_format("html")


def makeExtension(**config: Any) -> Typesetting:
    return Typesetting(**config)


class _Setter(Postprocessor):
    def __init__(self, md: Markdown):
        super().__init__(md)
        self.reader = origin.reader(md)

    def run(self, text: str) -> str:
        text = _ALONE.sub(r"\1", text)
        text = _HAN.sub('<em class="gg-han">', _RUN_IN.sub("</strong>", text))
        text = _TABLE.sub(_table, text)
        return _BLOCK.sub(_block, _FOREIGN.sub(self._in_english, text))

    def _in_english(self, found: re.Match[str]) -> str:
        is_english = _SENTENCE.fullmatch(_TAG.sub("", found["inside"]))
        if not is_english or not self.reader.origin.text.startswith("zh"):
            return found[0]
        return f'<{found["tag"]} lang="en"{found["attributes"]}>{found["inside"]}'


def _table(found: re.Match[str]) -> str:
    """Say in each cell what its column is, where a phone has no room for the columns of code."""
    table = found[0]
    head, *rows = [[inside for _, inside in _CELL.findall(row)] for row in table.split("<tr>")[1:]]
    widths = [max(map(_width, cells)) for cells in zip(*rows, strict=True)]
    if sum(widths) <= PHONE:
        return table
    names = cycle(_TAG.sub("", name).replace('"', "&quot;") for name in head)
    return re.sub("<td(?=[ >])", lambda _: f'<td data-column="{next(names)}"', table)


def _width(cell: str) -> int:
    """How many characters the longest piece of code in a cell has."""
    return max((len(unescape(_TAG.sub("", code))) for code in _CODE.findall(cell)), default=0)


def _block(found: re.Match[str]) -> str:
    """Let the keyboard scroll a block, and say its height before it is laid out.

    A phone wraps what was printed, but for columns, which stand only in whole lines; on paper, wide
    ones take both columns of the sheet.
    """
    code = _DOT.sub(".", _PLAIN.sub(r"\1", found["code"]))
    code = _NEIGHBOURS.sub(lambda several: _SEAM.sub(r"\1", several[0]), code)
    lines = unescape(_TAG.sub("", code)).rstrip("\n").split("\n")
    kind = ""
    if len(_COLUMNS.findall(code)) > 1:
        wide = max(map(len, lines)) > PAPER
        kind = f' class="gg-columns{" gg-wide" if wide else ""}"'
    return f'<pre tabindex="0" style="--lines: {len(lines)}"{kind}>{code}</pre>'
