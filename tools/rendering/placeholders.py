"""Markdown extension: writes what a page asks for and does not hold, each kind by its writer."""

from collections.abc import Callable
from pathlib import Path
from textwrap import indent
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from tools.rendering import (
    code_index,
    entries,
    filtering,
    gallery,
    lab,
    lab_nets,
    lessons,
    origin,
    poster,
    proof,
    repository,
    status,
    take_along,
    timings,
    verdicts,
)
from tools.sources import pages
from tools.sources.languages import Language
from tools.sources.markers import BEGIN, requests
from tools.translations.overview import Overview


def filled(markdown: str, page: str, language: Language, overview: Overview) -> str:
    """Write into a page's Markdown what it asks for."""
    if BEGIN not in markdown:
        return markdown
    lines = markdown.split("\n")
    for line, name, about in requests(pages.parse(markdown, Path(page).with_suffix(".md"))):
        text = WRITERS[name](page, language, overview, *([about] if about else []))
        margin = lines[line - 1][: -len(lines[line - 1].lstrip())]
        lines[line - 1] = indent(text, margin)
    return "\n".join(lines)


class Placeholders(Extension):
    """Fills in what a page asks for."""

    def extendMarkdown(self, md: Markdown) -> None:
        # Before pymdownx.snippets (32), so that nothing which a snippet shows asks for anything.
        md.preprocessors.register(_Filling(md), "placeholders", 40)


def makeExtension(**config: Any) -> Placeholders:
    return Placeholders(**config)


class _Filling(Preprocessor):
    def __init__(self, md: Markdown):
        super().__init__(md)
        self.reader = origin.reader(md)

    def run(self, lines: list[str]) -> list[str]:
        page = self.reader.origin
        return filled("\n".join(lines), page.path, page.language, page.overview).split("\n")


Writer = Callable[..., str]  # of a page, its language, the overview and what it is about
WRITERS: dict[str, Writer] = {
    **entries.WRITERS,
    **code_index.WRITERS,
    **filtering.WRITERS,
    **gallery.WRITERS,
    **lab.WRITERS,
    **lab_nets.WRITERS,
    **lessons.WRITERS,
    **poster.WRITERS,
    **proof.WRITERS,
    **repository.WRITERS,
    **status.WRITERS,
    **take_along.WRITERS,
    **timings.WRITERS,
    **verdicts.WRITERS,
}
