"""Writes what a page asks for and does not hold itself, each kind by its own writer."""

from collections.abc import Callable
from pathlib import Path
from textwrap import indent

from tools.rendering import entries, status, timings, verdicts
from tools.sources import pages
from tools.sources.languages import Language
from tools.sources.markers import asked_for
from tools.translations.overview import Overview


def filled(markdown: str, page: str, language: Language, overview: Overview) -> str:
    """A page's Markdown with what it asks for."""
    lines = markdown.split("\n")
    for line, name, about in asked_for(pages.parse(markdown, Path(page).with_suffix(".md"))):
        text = WRITERS[name](page, language, overview, *([about] if about else []))
        margin = lines[line - 1][: -len(lines[line - 1].lstrip())]
        lines[line - 1] = indent(text, margin)
    return "\n".join(lines)


Writer = Callable[..., str]  # of a page, its language, the overview and what it is about
WRITERS: dict[str, Writer] = {
    **entries.WRITERS,
    **status.WRITERS,
    **timings.WRITERS,
    **verdicts.WRITERS,
}
