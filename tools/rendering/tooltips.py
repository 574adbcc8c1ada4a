"""Markdown extension: a term shows its definition where a page first uses it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from tools.rendering import origin
from tools.sources import glossary
from tools.sources.glossary import Term
from tools.sources.languages import relative_link

PAGE = "glossary.md"

# Where a link would be wrong, or its definition cut off.
_LEFT_ALONE = {"a", "code", "pre", "table", "summary", "figure", "h1", "h2", "h3", "h4", "h5", "h6"}
_INDEX = "gg-code"  # whose lines are looked through, and not read


class Tooltips(Extension):
    """Marks the terms of the glossary on every page but its own."""

    def extendMarkdown(self, md: Markdown) -> None:
        # After attr_list (8), which needs the text as it was written.
        md.treeprocessors.register(_TermTreeprocessor(md), "tooltips", 6)


def makeExtension(**config: Any) -> Tooltips:
    return Tooltips(**config)


class _TermTreeprocessor(Treeprocessor):
    def __init__(self, md: Markdown):
        super().__init__(md)
        self.reader = origin.reader(md)

    def run(self, root: Element) -> None:
        page = self.reader.origin
        self.seen: set[str] = set()
        self.page, self.code = page.path, page.text
        self.glossary = glossary.load(Path(page.root))
        if self.page != PAGE:
            self._mark(root)

    def _mark(self, parent: Element) -> None:
        if parent.tag in _LEFT_ALONE or parent.get("class") == _INDEX:
            return
        at = 0  # where the text stands among the parent's children
        for child in [None, *parent]:  # the parent's own text, then each child and its tail
            if child is None:
                holder, name = parent, "text"
            else:
                self._mark(child)
                holder, name, at = child, "tail", at + 1
            text = getattr(holder, name)
            if not text or isinstance(text, AtomicString):
                continue
            rest, terms = self._split(text)
            setattr(holder, name, rest)
            parent[at:at] = terms
            at += len(terms)

    def _split(self, text: str) -> tuple[str, list[Element]]:
        """Split a text before each new term; the first part has no term."""
        terms: list[Element] = []
        start, first = 0, text
        for begin, end, term in self._new(text):
            if terms:
                terms[-1].tail = text[start:begin]
            else:
                first = text[:begin]
            terms.append(self._element(term, text[begin:end]))
            start = end
        if terms:
            terms[-1].tail = text[start:]
        return first, terms

    def _new(self, text: str) -> Iterator[tuple[int, int, Term]]:
        for begin, end, term in self.glossary.uses(text, self.code):
            if term.key not in self.seen:
                self.seen.add(term.key)
                yield begin, end, term

    def _element(self, term: Term, text: str) -> Element:
        tip = f"term-{term.key}"
        href = f"{relative_link(PAGE, self.page)}#{term.key}"
        whole = Element("span", {"class": "gg-term"})
        use = Element("a", {"href": href, "aria-describedby": tip})
        use.text = AtomicString(text)
        definition = Element("span", {"role": "tooltip", "id": tip, "data-search-exclude": ""})
        definition.text = AtomicString(term.defined(self.code))
        whole.extend([use, definition])
        return whole
