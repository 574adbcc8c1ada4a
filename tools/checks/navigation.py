"""Checks that the navigation of mkdocs.yml and the pages have each other."""

from collections.abc import Iterator

from tools.sources import pages
from tools.sources.findings import Finding
from tools.translations.overview import Overview


def check(overview: Overview) -> Iterator[Finding]:
    """Pages that the navigation lacks, and what it names that is not there."""
    site = overview.site
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
