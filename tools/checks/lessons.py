"""Checks that a lesson has its minutes, the same in every language, its box and what comes next."""

from collections.abc import Iterator

from tools.project.errors import UserError
from tools.sources import lessons, pages
from tools.sources.findings import Finding
from tools.sources.lessons import BOX, NEXT
from tools.sources.markers import BEGIN
from tools.sources.pages import Page
from tools.sources.sources import Sources
from tools.translations.overview import Overview

_PARTS = {BOX: "which lesson it is", NEXT: "what comes next"}


def check(overview: Overview) -> Iterator[Finding]:
    """Find lessons that lack a part, and pages that have a part of a lesson alone."""
    sources = overview.sources
    for language in sources.languages:
        for path, page in sources.pages[language.code].items():
            for line, message in _faults(sources, path, page):
                yield Finding(sources.file(path, language.code), line, message)


def _faults(sources: Sources, path: str, page: Page) -> Iterator[tuple[int, str]]:
    main = sources.get_page(path, sources.languages[0].code)
    has = {name for name in _PARTS if lessons.asks(page, name)}
    try:
        given, theirs = lessons.minutes(page), lessons.minutes(main)
    except UserError:
        return  # said of the head itself
    if not has and given is None:
        return
    for name in _PARTS.keys() - has:
        yield 1, f"a lesson says {_PARTS[name]}; add the line {BEGIN}{name} -->"
    if not given:
        yield 1, lessons.WITHOUT_MINUTES
    elif given != theirs:
        line = pages.line_of(page.path, "minutes:")
        yield line, f"{given} minutes here are {theirs} in the other language; write the same"
