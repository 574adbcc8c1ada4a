"""Markdown extension: a page says at its end with which versions its code was run."""

from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from tools.rendering import origin
from tools.running import versions
from tools.sources.pages import Page


class RanWith(Extension):
    """Adds the line of versions; a notebook prints those of its record itself."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(_Versions(md), "ran_with", -10)  # at the very end


def makeExtension(**config: Any) -> RanWith:
    return RanWith(**config)


class _Versions(Treeprocessor):
    def __init__(self, md: Markdown):
        super().__init__(md)
        self.reader = origin.reader(md)

    def run(self, root: Element) -> None:
        where = self.reader.origin
        if named := of_page(where.page, Path(where.root)):
            line = SubElement(root, "p", {"class": "gg-quiet", "data-search-exclude": ""})
            line.text = where.readers.text["ran_with"].format(versions=named)


def of_page(page: Page, root: Path) -> str:
    """List the versions with which a page's blocks were run; empty where none was."""
    blocks = [] if page.path.suffix == ".py" else page.blocks(root / "snippets")
    return versions.summary([code for _, code, _ in blocks], root)
