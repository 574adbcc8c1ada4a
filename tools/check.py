"""Checks the sources of every page before a build: each finding names file, line and what to do."""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tools import (
    blocks,
    citations,
    claims,
    command,
    definitions,
    errors,
    figures,
    files,
    generated,
    glossary,
    markup,
    mathml,
    pages,
    parity,
    published,
    words,
)
from tools.errors import UserError
from tools.languages import Language
from tools.overview import Overview
from tools.site import Finding, Level, Site

_ID = re.compile(r"[\w-]+")


def check(root: Path) -> list[Finding]:
    """Every finding on every page and between languages, in the order of the files."""
    return of_site(Overview.read(root))


def of_site(overview: Overview) -> list[Finding]:
    """The same for pages that are already read."""
    site, root = overview.site, overview.site.root
    try:
        glossary.load(root)
    except UserError as error:
        return [Finding.of(error)]  # drawings and pages would only repeat it
    found = list(_navigation(site)) + between_languages(overview)
    found += _all(Finding(*fault) for fault in figures.faults(root))
    for findings in (
        words.check(site), claims.check(overview), published.check(root), _unreadable(root)
    ):  # fmt: skip
        found += _all(findings)
    for language in site.languages:
        found += citations.check(overview, language.code)
        for path, page in site.pages[language.code].items():
            for line, message in _page(site, language, path, page):
                found.append(Finding(site.source(path, language.code), line, message))
    return sorted(found, key=lambda finding: (finding.file, finding.line))


def _all(findings: Iterable[Finding]) -> Iterator[Finding]:
    """What a check finds; where it meets what it cannot read, that is its last finding."""
    try:
        yield from findings
    except UserError as error:
        yield Finding.of(error)


def _unreadable(root: Path) -> Iterator[Finding]:
    """Snippets, outputs and records that cannot be shown."""
    for folder, suffix, read in (
        ("snippets", ".py", files.read),
        ("snippets", ".out", files.read),
        (figures.EXPERIMENTS, ".json", files.read_record),
    ):
        for file in sorted((root / folder).rglob(f"*{suffix}")):
            try:
                read(file)
            except UserError as error:
                yield Finding.of(error)


def between_languages(overview: Overview) -> list[Finding]:
    """What the ledger, the structure of the pages and the glossary give cause for."""
    try:
        return [
            *overview.ledger.findings,
            *parity.check(overview),
            *definitions.check(overview),
            *glossary.check(overview),
        ]
    except UserError as error:
        return [Finding.of(error)]


def _page(site: Site, language: Language, path: str, page: pages.Page) -> Iterator[tuple[int, str]]:
    yield from _headings(page)
    yield from blocks.faults(page, path, site.root / "snippets")
    yield from markup.in_page(page)
    yield from markup.in_head(page)
    yield from _head(page)
    yield from _formulas(page)
    yield from _links(site, language, path, page)
    for line, name, about in generated.asked_for(page):
        if name not in generated.WRITERS:
            known = ", ".join(generated.WRITERS)
            yield line, f"nothing writes '{name}'; a page may ask for {known}"
        elif (name == "verdict") != bool(about):
            yield line, "a verdict is asked for with the claim's id, all else without an id"


def _head(page: pages.Page) -> Iterator[tuple[int, str]]:
    try:
        pages.front_matter(page.path)
    except UserError as error:
        yield error.line or 1, error.reason


def _navigation(site: Site) -> Iterator[Finding]:
    for language in site.languages:
        for path in site.pages[language.code]:
            if path not in site.navigation:
                message = f"no reader can find this page; add {path} to nav in mkdocs.yml"
                yield Finding(site.source(path, language.code), 1, message)
    for path in site.navigation:
        if site.page(path, site.languages[0].code) is None:
            line = pages.line_of(site.root / "mkdocs.yml", path)
            yield Finding(
                "mkdocs.yml",
                line,
                f"nav names {path}, which no language has; write it or take it out",
            )


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
    site: Site, language: Language, path: str, page: pages.Page
) -> Iterator[tuple[int, str]]:
    for shown in page.alts:
        if len(shown.text) < figures.SHORTEST:
            yield shown.line, f'alt="{shown.text}" is short; say in a sentence what the plot shows'
    for link in page.links:
        if link.scheme in ("figure", "plot"):
            yield from _figure(site, language, path, link)
        elif link.image and not link.alt:
            yield link.line, f"the picture {link.target} has no text in its [ ]; say what it shows"
        elif place := link.leads_to(path):
            yield from _internal_link(site, language, link, *place)


def _figure(
    site: Site, language: Language, path: str, link: pages.Link
) -> Iterator[tuple[int, str]]:
    for message in figures.faults_of_text(site.root, link, path):
        yield link.line, message
    kind, _, name = link.target.partition(":")
    try:
        if kind == "plot":
            figures.recorded_plot(site.root, name, language.code, link.alt)
        else:
            figures.drawing(site.root, name, language.code, link.alt, link.lit)
    except figures.UnknownWord:
        pass  # said once, of the drawing itself
    except figures.NotForAPage as error:
        if kind == "plot":  # of a drawing this too is said of itself
            yield link.line, f"{link.target}: {error}"
    except ValueError as error:
        yield link.line, str(error)


def _internal_link(
    site: Site, language: Language, link: pages.Link, target: str, section: str
) -> Iterator[tuple[int, str]]:
    found = site.page(target, language.code)
    if found is None:
        if not (language.folder / target).is_file():
            yield link.line, f"the link {link.target} leads nowhere: no language has {target}"
    elif section and section not in (ids := _ids(site, found)):
        yield (
            link.line,
            f"the link {link.target} leads to no section: {target} has {', '.join(ids)}",
        )


def _ids(site: Site, page: pages.Page) -> list[str]:
    """A page's ids, those that are written into it included."""
    if "glossary" in [name for _, name, _ in generated.asked_for(page)]:
        return page.ids + [term.key for term in glossary.load(site.root).defined]
    return page.ids


def main(arguments: list[str] | None = None) -> int:
    """Print what stops a build of the site in the current folder; exit status 1 if it would."""
    command.parser(__doc__).parse_args(arguments)
    findings = [finding for finding in check(Path.cwd()) if finding.level is Level.ERROR]
    for finding in findings:
        print(finding, file=sys.stderr)
    if findings:
        print(f"{len(findings)} to mend", file=sys.stderr)
    return 1 if findings else 0


if __name__ == "__main__":
    errors.run(main)
