"""Checks the sources of every page before a build: each finding names file, line and what to do."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import urlsplit

from mkdocs.utils.yaml import yaml_load

from tools import figures, languages, mathml, pages
from tools.languages import Language


@dataclass(frozen=True)
class Finding:
    """Something wrong on a page, and what to do about it."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True)
class Site:
    """All pages of all languages, read once."""

    root: Path
    languages: list[Language]
    pages: dict[str, dict[str, pages.Page]]  # language code -> path in its folder -> page

    @classmethod
    def read(cls, root: Path) -> "Site":
        spoken = languages.load(root)
        read = {
            language.code: {path: pages.read(language.folder / path) for path in language.pages()}
            for language in spoken
        }
        return cls(root, spoken, read)

    def page(self, path: str, code: str) -> pages.Page | None:
        """The page that a reader of a language gets: its own or another language's."""
        others = [language.code for language in self.languages]
        return next((self.pages[c][path] for c in [code, *others] if path in self.pages[c]), None)


def check(root: Path) -> list[Finding]:
    """Every finding on every page, in the order of the files."""
    site = Site.read(root)
    found = list(_navigation(site))
    for language in site.languages:
        for path, page in site.pages[language.code].items():
            name = page.path.relative_to(root).as_posix()
            for line, message in _page(site, language, path, page):
                found.append(Finding(name, line, message))
    return sorted(found, key=lambda finding: (finding.file, finding.line))


def _page(site: Site, language: Language, path: str, page: pages.Page) -> Iterator[tuple[int, str]]:
    yield from _headings(site, language, path, page)
    yield from _fences(site, page)
    yield from _formulas(page)
    yield from _links(site, language, path, page)


def _navigation(site: Site) -> Iterator[Finding]:
    with (site.root / "mkdocs.yml").open("rb") as stream:
        listed = set(_paths(yaml_load(stream)["nav"]))
    for language in site.languages:
        for path, page in site.pages[language.code].items():
            if path not in listed:
                name = page.path.relative_to(site.root).as_posix()
                yield Finding(
                    name, 1, f"no reader can find this page; add {path} to nav in mkdocs.yml"
                )
    for path in listed:
        if site.page(path, site.languages[0].code) is None:
            line = pages.line_of(site.root / "mkdocs.yml", path)
            yield Finding(
                "mkdocs.yml",
                line,
                f"nav names {path}, which no language has; write it or take it out",
            )


def _paths(nav: list | dict | str) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    else:
        for entry in nav.values() if isinstance(nav, dict) else nav:
            yield from _paths(entry)


def _headings(
    site: Site, language: Language, path: str, page: pages.Page
) -> Iterator[tuple[int, str]]:
    for heading in page.headings:
        if heading.id is None:
            yield (
                heading.line,
                (
                    f"the heading '{heading.text}' has no id; add one in English, the same in "
                    f"every language: {'#' * heading.level} {heading.text} {{ #some-id }}"
                ),
            )
        elif page.ids.count(heading.id) > 1:
            yield heading.line, f"the id '{heading.id}' stands twice on this page; rename one"
    if sum(heading.level == 1 for heading in page.headings) != 1:
        yield 1, "a page has exactly one first-level heading; this one has another number"
    for other in site.languages:
        twin = site.pages[other.code].get(path)
        if twin is not None and twin is not page:
            yield from _differing_ids(page, twin, other)


def _differing_ids(
    page: pages.Page, twin: pages.Page, other: Language
) -> Iterator[tuple[int, str]]:
    for heading in page.headings:
        if heading.id and heading.id not in twin.ids:
            yield (
                heading.line,
                (
                    f"the {other.name} page has no section '{heading.id}'; write it there, or give "
                    f"this heading the id that it has there: {', '.join(twin.ids)}"
                ),
            )
    shared = [i for i in page.ids if i in twin.ids]
    if shared != [i for i in twin.ids if i in page.ids]:
        yield (
            1,
            f"the sections stand in another order than on the {other.name} page: "
            f"{', '.join(twin.ids)}",
        )


def _fences(site: Site, page: pages.Page) -> Iterator[tuple[int, str]]:
    snippets = site.root / "snippets"
    for fence in page.fences:
        for name, line in fence.includes:
            if not (snippets / name).is_file():
                advice = (
                    "run make record" if name.endswith(".out") else "write it, or mend the name"
                )
                yield line, f"the included file snippets/{name} does not exist; {advice}"
        if fence.cell:
            continue
        if not fence.language:
            yield (
                fence.line,
                "this block does not say its language; write ```python, ```text, ```console ...",
            )
        elif fence.is_python and not fence.is_one_include:
            yield (
                fence.line,
                (
                    "this block holds code; put it into a file in snippets/ and include that file "
                    'alone: --8<-- "name.py"'
                ),
            )
        elif fence.language == "text" and not fence.is_one_include:
            yield (
                fence.line,
                (
                    "this output was typed; include what the snippet printed, and nothing else: "
                    '--8<-- "name.out"'
                ),
            )


def _formulas(page: pages.Page) -> Iterator[tuple[int, str]]:
    for formula in page.formulas:
        try:
            mathml.convert(formula.latex, formula.display)
        except ValueError as error:
            yield formula.line, f"this formula cannot be set: {error}; mend or replace it"


def _links(
    site: Site, language: Language, path: str, page: pages.Page
) -> Iterator[tuple[int, str]]:
    for link in page.links:
        url = urlsplit(link.target)
        if url.scheme == "figure":
            yield from _figure(site, language, link)
        elif link.image and not link.alt:
            yield link.line, f"the picture {link.target} has no text in its [ ]; say what it shows"
        elif not url.scheme and not url.netloc:
            yield from _internal_link(site, language, path, link, url)


def _figure(site: Site, language: Language, link: pages.Link) -> Iterator[tuple[int, str]]:
    if not link.alt:
        yield link.line, f"the drawing {link.target} has no text in its [ ]; say what it shows"
    name = link.target.removeprefix(figures.FIGURE)
    try:
        figures.drawing(site.root, name, language.code, link.alt, link.lit)
    except ValueError as error:
        yield link.line, str(error)


def _internal_link(
    site: Site, language: Language, path: str, link: pages.Link, url
) -> Iterator[tuple[int, str]]:
    target = normpath(PurePosixPath(path).parent / url.path) if url.path else path
    found = site.page(target, language.code)
    if found is None:
        if not (language.folder / target).is_file():
            yield link.line, f"the link {link.target} leads nowhere: no language has {target}"
    elif url.fragment and url.fragment not in found.ids:
        yield (
            link.line,
            (f"the link {link.target} leads to no section: {target} has {', '.join(found.ids)}"),
        )


def main() -> int:
    """Print every finding of the site in the current folder; exit status 1 if there is one."""
    findings = check(Path.cwd())
    for finding in findings:
        print(finding, file=sys.stderr)
    if findings:
        print(f"{len(findings)} to mend", file=sys.stderr)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
