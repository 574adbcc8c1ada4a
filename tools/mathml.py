"""Markdown extension: formulas become MathML Core at build time, by math-core."""

import re
from html import unescape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from math_core import LatexError, LatexToMathML

ZERO_WIDTH_SPACE = "\u200b"

_CLOSING = re.compile(r"[.,;:!?)\]，。；：！？）、”]+")
_converter = LatexToMathML(fancy_error=False)


def convert(latex: str, display: bool) -> str:
    """MathML of a formula; raises ValueError that says which command or brace is wrong."""
    try:
        math = _converter.convert_with_local_state(latex, displaystyle=display)
    except LatexError as error:
        position, _, reason = str(error).partition(": ")
        raise ValueError(f"{reason} (character {position} of: {latex})") from None
    # Firefox would set this sign, like a sum's, in a larger size.
    return math.replace(">⊙</mo>", ' largeop="false">⊙</mo>')


class MathML(Extension):
    """Turns what pymdownx.arithmatex found into MathML.

    `label` names a display formula for screen readers, since a wide one can be scrolled and so
    must take the keyboard's focus.
    """

    def __init__(self, label: str):
        super().__init__()
        self.label = label

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(_MathMLTreeprocessor(md, self.label), "mathml", 15)


class _MathMLTreeprocessor(Treeprocessor):
    def __init__(self, md: Markdown, label: str):
        super().__init__(md)
        self.label = label

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.get("class") != "arithmatex":
                continue
            display = element.tag == "div"
            latex = unescape(element.text or "").strip()[2:-2].strip()
            element.text = self.md.htmlStash.store(convert(latex, display))
            element.set("class", "math")
            if display:
                element.attrib |= {
                    "role": "group",
                    "aria-label": self.label,
                    "tabindex": "0",
                    "data-search-exclude": "true",
                }
            elif closing := _CLOSING.match(element.tail or ""):
                # A browser would start a line with the sign that follows a formula. After it a line
                # may end: Firefox has to be told where no space says so.
                element.text = f"{element.text}{closing[0]}"
                rest = closing.string[closing.end() :]
                element.tail = rest if rest[:1].isspace() else ZERO_WIDTH_SPACE + rest
