"""Markdown extension: gives headings what the search is to know of them, unseen by readers."""

from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from tools.rendering import origin
from tools.sources import searching

_OF_A_PAGE = ("exclude", "weight", "opening")


class Findable(Extension):
    """Hands what the head of a page says under search: to whoever reads the finished page."""

    def extendMarkdown(self, md: Markdown) -> None:
        # After attr_list (8), which gives headings their ids.
        md.treeprocessors.register(_HeadingTreeprocessor(md), "findable", 4)


def makeExtension(**config: Any) -> Findable:
    return Findable(**config)


class _HeadingTreeprocessor(Treeprocessor):
    def __init__(self, md: Markdown):
        super().__init__(md)
        self.reader = origin.reader(md)

    def run(self, root: Element) -> None:
        page = self.reader.origin.page
        settings = searching.settings(page)
        words = {each.id: each.text for each in searching.words(page)}
        for heading in (element for element in root.iter() if element.get("id") in words):
            heading.set("data-search", words[heading.get("id", "")])
        for title in root.iter("h1"):
            for name in _OF_A_PAGE:
                if name in settings:
                    title.set(f"data-search-{name}", str(settings[name]).lower())
