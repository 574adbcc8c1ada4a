"""Markdown extension: sets blocks, which may be wider than a phone, and run-in heads."""

import re
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

_BLOCK = re.compile("<pre>(?P<code>.*?)</pre>", re.DOTALL)
# The classes of code in the colour of all text need no elements of their own, nor does a dot that
# makes one name of two. In each other colour, neighbours are one element.
INK = "bp|fm|kc|n[abcefno]?|sa|v[im]|w"
COLOURS = ("o|ow|p|c1?|g[ort]", "k|kn|nd", "s[12beirs]?|m[fio]?")
_PLAIN = re.compile(f'<span(?: class="(?:{INK})")?>([^<]*)</span>')
_DOT = re.compile(r'(?<=\w)<span class="o">\.</span>(?=\w)')
_NEIGHBOURS = re.compile(
    "|".join(
        f'<span class="(?:{colour})">[^<]*</span>(?: *<span class="(?:{colour})">[^<]*</span>)+'
        for colour in COLOURS
    )
)
_SEAM = re.compile(r'</span>( *)<span class="\w+">')
_COLUMNS = re.compile(r"^.*\S {2,}\S.*$", re.MULTILINE)
# What a run-in head ends with leaves room enough: in Markdown a space has to follow the bold.
_RUN_IN = re.compile("(?<=[。！？：])</strong> ")


class Typesetting(Extension):
    """Sets a page's finished HTML."""

    def extendMarkdown(self, md: Markdown) -> None:
        # After raw_html (30) has put every block in its place.
        md.postprocessors.register(_Setter(md), "typesetting", 5)


def makeExtension(**config: Any) -> Typesetting:
    return Typesetting(**config)


class _Setter(Postprocessor):
    def run(self, text: str) -> str:
        return _BLOCK.sub(_block, _RUN_IN.sub("</strong>", text))


def _block(found: re.Match[str]) -> str:
    """Let the keyboard scroll a block, and say its height before it is laid out.

    A phone wraps what was printed, but for columns, which stand only in whole lines.
    """
    code = _DOT.sub(".", _PLAIN.sub(r"\1", found["code"]))
    code = _NEIGHBOURS.sub(lambda several: _SEAM.sub(r"\1", several[0]), code)
    lines = code.removesuffix("</code>").rstrip("\n").count("\n") + 1
    columns = ' class="gg-columns"' if len(_COLUMNS.findall(code)) > 1 else ""
    return f'<pre tabindex="0" style="--lines: {lines}"{columns}>{code}</pre>'
