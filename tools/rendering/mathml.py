"""Markdown extension: formulas become MathML Core at build time, by math-core."""

import re
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from math_core import LatexError, LatexToMathML

from tools.rendering import origin

ZERO_WIDTH_SPACE = "\u200b"
FORMULA = re.compile(r"<math\b.*?</math>", re.DOTALL)  # in a page's HTML

_OPENING = "([（“"
_CLOSING = ".,;:!?)]，。；：！？）、”"
# A table is in no script, so it has this level without the attribute, which checkers do not know.
_LEVEL = ' scriptlevel="0"'
_converter = LatexToMathML(fancy_error=False)
_written: dict[str, str] = {}  # the LaTeX of each formula


def convert(latex: str, display: bool) -> str:
    """Write a formula as MathML; raises ValueError that names the wrong command or brace."""
    try:
        math = _converter.convert_with_local_state(latex, displaystyle=display)
    except LatexError as error:
        position, _, reason = str(error).partition(": ")
        raise ValueError(f"{reason} (character {position} of: {latex})") from None
    math = math.replace(_LEVEL, "")
    # Firefox would set this sign, like a sum's, in a larger size.
    math = math.replace(">⊙</mo>", ' largeop="false">⊙</mo>')
    _written[math] = latex
    return math


def latex(math: str) -> str:
    """Give the LaTeX of a formula that was written by convert(); raises KeyError for another."""
    return _written[math]


def formulas(html: str) -> dict[str, str]:
    """Give each formula in a page's HTML with its LaTeX."""
    return {math: latex(math) for math in FORMULA.findall(html)}


def remember(formulas: dict[str, str]) -> None:
    """Take in formulas that an earlier build wrote, each with its LaTeX."""
    _written.update(formulas)


class MathML(Extension):
    """Turns what pymdownx.arithmatex found into MathML."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(_MathMLTreeprocessor(md), "mathml", 15)


def makeExtension(**config: Any) -> MathML:
    return MathML(**config)


class _MathMLTreeprocessor(Treeprocessor):
    def __init__(self, md: Markdown):
        super().__init__(md)
        self.reader = origin.reader(md)

    def run(self, root: Element) -> None:
        for parent in root.iter():
            before = None
            for element in parent:
                if element.get("class") == "arithmatex":
                    self._set(element, parent, before)
                before = element

    def _set(self, element: Element, parent: Element, before: Element | None) -> None:
        latex = unescape(element.text or "").strip()[2:-2].strip()
        element.set("class", "math")
        if element.tag == "div":
            element.text = self.md.htmlStash.store(convert(latex, display=True))
            # A wide formula can be scrolled, and so must take the keyboard's focus.
            element.attrib |= {
                "role": "group",
                "aria-label": self.reader.origin.readers.text["formula"],
                "tabindex": "0",
                "data-search-exclude": "true",
            }
            return
        # A browser would end a line with the bracket before a formula, and start one with the sign
        # that follows it.
        text = (parent.text if before is None else before.tail) or ""
        kept, rest = text.rstrip(_OPENING), (element.tail or "").lstrip(_CLOSING)
        opening, closing = text[len(kept) :], (element.tail or "").removesuffix(rest)
        if before is None:
            parent.text = kept
        else:
            before.tail = kept
        element.text = f"{opening}{self.md.htmlStash.store(convert(latex, display=False))}{closing}"
        # After a sign a line may end: Firefox has to be told where no space says so.
        element.tail = ZERO_WIDTH_SPACE + rest if closing and not rest[:1].isspace() else rest
