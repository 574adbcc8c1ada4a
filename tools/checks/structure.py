"""Checks what each page is made of: blocks, headings, formulas, links, drawings."""

import re
from collections.abc import Iterator

from tools.checks import drawings
from tools.project.errors import UserError
from tools.rendering import figures, mathml, parts, placeholders, verdicts
from tools.sources import blocks, exercises, glossary, markup, pages, searching
from tools.sources.findings import Finding
from tools.sources.languages import Language
from tools.sources.markers import requests
from tools.sources.sources import Sources
from tools.translations.overview import Overview

_ID = re.compile(r"[\w-]+")


def check(overview: Overview) -> Iterator[Finding]:
    """Find what is wrong on each page, and with the symbols on the glossary's."""
    sources = overview.sources
    for language in sources.languages:
        for path, page in sources.pages[language.code].items():
            for line, message in _page(sources, language, path, page):
                yield Finding(sources.file(path, language.code), line, message)
    for term in glossary.load(sources.root).terms.values():
        written = [("symbol", sign) for sign in term.signs]
        written += [("formula", term.formula)] if term.formula else []
        for what, latex in written:
            try:
                mathml.convert(latex, display=what == "formula")
            except ValueError as error:
                message = f"the {what} of '{term.key}' cannot be set: {error}; mend it"
                yield Finding(glossary.FILE.as_posix(), term.line, message)


def _page(
    sources: Sources, language: Language, path: str, page: pages.Page
) -> Iterator[tuple[int, str]]:
    yield from _headings(page)
    yield from blocks.faults(page, path, sources.root / "snippets")
    yield from exercises.faults(page)
    yield from markup.in_page(page)
    yield from markup.in_head(page)
    yield from _head(page)
    yield from searching.faults(page)
    yield from _formulas(page)
    yield from _links(sources, language, path, page)
    for line, name, about in requests(page):
        if name not in placeholders.WRITERS:
            known = ", ".join(placeholders.WRITERS)
            yield line, f"nothing writes '{name}'; a page may ask for {known}"
        elif (name in verdicts.OF_A_CLAIM) != bool(about):
            known = " and ".join(verdicts.OF_A_CLAIM)
            yield line, f"{known} are asked for with a claim's id, all else without an id"


def _head(page: pages.Page) -> Iterator[tuple[int, str]]:
    try:
        pages.front_matter(page.path)
    except UserError as error:
        yield error.line or 1, error.reason


def _headings(page: pages.Page) -> Iterator[tuple[int, str]]:
    for heading in page.headings:
        if heading.id is None:
            yield (
                heading.line,
                (
                    f"the heading '{heading.text}' has no id; add one in English, the same in "
                    f"every language: {'#' * heading.level} {heading.text} {{ #some-id }}"
                ),
            )
        elif not _ID.fullmatch(heading.id):
            yield heading.line, f"the id '{heading.id}' is more than letters, digits, - and _"
        elif page.ids.count(heading.id) > 1:
            yield heading.line, f"the id '{heading.id}' stands twice on this page; rename one"
    if sum(heading.level == 1 for heading in page.headings) != 1:
        yield 1, "a page has exactly one first-level heading; this one has another number"


def _formulas(page: pages.Page) -> Iterator[tuple[int, str]]:
    for formula in page.formulas:
        try:
            mathml.convert(formula.latex, formula.display)
        except ValueError as error:
            yield formula.line, f"this formula cannot be set: {error}; mend or replace it"
    for text in page.words:
        if "$" in text.text:
            yield (
                text.line,
                "this $ has no other one; end the formula, without a space beside its signs, "
                "or put a dollar that is meant as text between backticks",
            )


def _links(
    sources: Sources, language: Language, path: str, page: pages.Page
) -> Iterator[tuple[int, str]]:
    for alt in page.alts:
        if len(alt.text) < drawings.SHORTEST:
            yield alt.line, f'alt="{alt.text}" is short; say in a sentence what the plot shows'
    for link in page.links:
        if link.scheme in ("figure", "plot"):
            yield from _figure(sources, language, path, link)
        elif link.image and not link.alt:
            yield link.line, f"the picture {link.target} has no text in its [ ]; say what it shows"
        elif place := link.leads_to(path):
            yield from _internal_link(sources, language, link, *place)


def _figure(
    sources: Sources, language: Language, path: str, link: pages.Link
) -> Iterator[tuple[int, str]]:
    for message in drawings.faults_of_text(sources.root, link, path):
        yield link.line, message
    kind, _, name = link.target.partition(":")
    try:
        if kind == "plot":
            figures.recorded_plot(sources.root, name, language.code, link.alt)
        else:
            figures.drawing(sources.root, name, language.code, link.alt, link.lit)
            parts.check(sources.root, path, link.cell, link.turned)
    except figures.UnknownWord:
        pass  # said once, of the drawing itself
    except figures.NotForAPage as error:
        if kind == "plot":  # of a drawing this too is said of itself
            yield link.line, f"{link.target}: {error}"
    except ValueError as error:
        yield link.line, str(error)


def _internal_link(
    sources: Sources, language: Language, link: pages.Link, target: str, section: str
) -> Iterator[tuple[int, str]]:
    found = sources.find_page(target, language.code)
    if found is None:
        if not (language.folder / target).is_file():
            yield link.line, f"the link {link.target} leads nowhere: no language has {target}"
    elif section and section not in (ids := _ids(sources, found)):
        yield (
            link.line,
            f"the link {link.target} leads to no section: {target} has {', '.join(ids)}",
        )


def _ids(sources: Sources, page: pages.Page) -> list[str]:
    """Give a page's ids, those that a build writes into it included."""
    ids = page.ids + [exercise.id for exercise in exercises.read(page)]
    if "glossary" in [name for _, name, _ in requests(page)]:
        return ids + [term.key for term in glossary.load(sources.root).defined]
    return ids
