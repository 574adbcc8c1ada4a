"""Checks that the navigation of mkdocs.yml and the pages have each other."""

from collections.abc import Iterator

from tools.sources import pages
from tools.sources.findings import Finding
from tools.translations.overview import Overview


def check(overview: Overview) -> Iterator[Finding]:
    """Find pages that the navigation lacks, and what it names that is not there."""
    sources = overview.sources
    for language in sources.languages:
        for path in sources.pages[language.code]:
            if path not in sources.navigation:
                message = f"no reader can find this page; add {path} to nav in mkdocs.yml"
                yield Finding(sources.file(path, language.code), 1, message)
    for path in sources.navigation:
        if sources.find_page(path, sources.languages[0].code) is None:
            line = pages.line_of(sources.root / "mkdocs.yml", path)
            yield Finding(
                "mkdocs.yml",
                line,
                f"nav names {path}, which no language has; write it or take it out",
            )
