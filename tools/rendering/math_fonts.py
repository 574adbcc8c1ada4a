"""Says which parts of the math font a page's formulas need, as the styles share out the signs.

A page loads them with its styles; one that a browser found out about later would move the page.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path

from tools.project import files

STYLES = Path("overrides") / "assets" / "site.css"
_FACE = re.compile(r'src: url\("(?P<file>stix-math-[^"]+)"\)[^}]*unicode-range:(?P<signs>[^;]+);')
_RANGE = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?")
_FORMULA = re.compile(r"<math\b.*?</math>", re.DOTALL)
_TOKEN = re.compile(r"<(m(?:[inos]|text))\b[^>]*>([^<]+)<")
_LETTER = re.compile(r"(LATIN|GREEK) (SMALL|CAPITAL) LETTER (\w+)")


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
    return {sign for name, text in _tokens(html) for sign in _set(name, text)}


def _tokens(html: str) -> Iterator[tuple[str, str]]:
    for formula in _FORMULA.findall(html):
        for name, text in _TOKEN.findall(formula):
            yield name, unescape(text)


def _set(name: str, text: str) -> str:
    """A letter alone in <mi> is set in italics."""
    letter = unicodedata.name(text, "") if name == "mi" and len(text) == 1 else ""
    found = _LETTER.fullmatch(letter)
    if not found:
        return text
    italic = f"MATHEMATICAL ITALIC {found[2]} {found[3]}"
    return "ℎ" if text == "h" else unicodedata.lookup(italic)
