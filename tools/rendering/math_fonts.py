"""Says which parts of the math font a page's formulas need, as the styles share out the signs.

A page loads them with its styles; one that a browser found out about later would move the page.
"""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from unicodedata import decomposition

from tools.project import files
from tools.rendering import mathml

STYLES = Path("overrides") / "assets" / "site.css"
_FACE = re.compile(r'src: url\("(?P<file>stix-math-[^"]+)"\)[^}]*unicode-range:(?P<signs>[^;]+);')
_RANGE = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?")
_TOKEN = re.compile(r"<(m(?:[inos]|text))\b([^>]*)>([^<]+)<")
# A letter alone in <mi> is set in italics, if nothing is said against it: the letters of Latin and
# Greek, each by what it is without its italics.
_ITALIC = {
    chr(int(upright, 16)): chr(code)
    for code in (*range(0x1D434, 0x1D468), *range(0x1D6E2, 0x1D71C))
    for upright in decomposition(chr(code)).split()[1:]  # behind <font>; h is elsewhere
} | {"h": "ℎ"}


@cache
def parts(root: Path) -> dict[str, frozenset[str]]:
    """Give the signs of each file of the font; the first holds the space, and is always loaded."""
    return {
        face["file"]: frozenset(
            chr(code)
            for first, last in _RANGE.findall(face["signs"])
            for code in range(int(first, 16), int(last or first, 16) + 1)
        )
        for face in _FACE.finditer(files.read(root / STYLES))
    }


def needed(root: Path, html: str) -> list[str]:
    """Name the files that a page's formulas need.

    Of a letter that is set in italics Chromium loads the upright one's file, too.
    """
    found = signs(html).union(*(text for _, text in _tokens(html)))
    return [file for file, held in parts(root).items() if found & held] if found else []


def signs(html: str) -> set[str]:
    """Give the signs of all formulas, as a browser sets them."""
    return {
        sign
        for is_italic, text in _tokens(html)
        for sign in (_ITALIC.get(text, text) if is_italic else text)
    }


def _tokens(html: str) -> Iterator[tuple[bool, str]]:
    """Give each text, and whether it is set in italics where it is a letter alone."""
    for formula in mathml.FORMULA.findall(html):
        for name, attributes, text in _TOKEN.findall(formula):
            yield name == "mi" and "mathvariant" not in attributes, unescape(text)
