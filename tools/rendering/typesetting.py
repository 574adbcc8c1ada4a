"""Markdown extension: sets blocks, which may be wider than a phone, and run-in heads."""

import re
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

_BLOCK = re.compile("<pre>(?P<code>.*?)</pre>", re.DOTALL)
# Names and spaces have the colour of all text, so they need no elements of their own.
_INK = re.compile('<span(?: class="(?:bp|fm|kc|n[abcefno]?|v[im]|w)")?>([^<]*)</span>')
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
    code = _INK.sub(r"\1", found["code"])
    lines = code.removesuffix("</code>").rstrip("\n").count("\n") + 1
    columns = ' class="gg-columns"' if len(_COLUMNS.findall(code)) > 1 else ""
    return f'<pre tabindex="0" style="--lines: {lines}"{columns}>{code}</pre>'
