"""Checks that pages cite through references.md, whose entries name the sections that cite them."""

from collections.abc import Iterator

from tools.sources.findings import Finding
from tools.translations.overview import Overview

PAGE = "references.md"


def check(overview: Overview) -> Iterator[Finding]:
    """Citations past their entry, entries that do not name who cites them, and the reverse."""
    for code in overview.site.pages:
        yield from _in_language(overview, code)


def _in_language(overview: Overview, code: str) -> Iterator[Finding]:
    site = overview.site
    if PAGE not in site.pages[code]:
        return
    rows = [row for row in overview.rows if code in row.sections]
    _, *entries = (row.sections[code] for row in rows if row.page == PAGE)
    named = {
        (entry.id, place): link.line
        for entry in entries
        for link in entry.here(entry.page.links)
        if (place := link.leads_to(PAGE))
    }
    by_address = {
        link.target: entry.id
        for entry in entries
        for link in entry.here(entry.page.links)
        if link.scheme
    }
    cited = set()
    for row in rows:
        if row.page == PAGE:
            continue
        section, place = row.sections[code], (row.page, row.id)
        for link in section.here(section.page.links):
            file = site.source(row.page, code)
            page, id = link.leads_to(row.page) or (None, None)
            if link.target in by_address:
                message = f"cite this by its entry, {PAGE}#{by_address[link.target]}"
                yield Finding(file, link.line, message)
            elif page == PAGE and id:
                cited.add((id, place))
                if (id, place) not in named:
                    message = f"the entry {PAGE}#{id} does not name this section; add a link there"
                    yield Finding(file, link.line, f"{message}: {'#'.join(place)}")
    for (id, place), line in named.items():
        if (id, place) not in cited:
            message = f"{'#'.join(place)} does not cite this entry; cite it there, or take this out"
            yield Finding(site.source(PAGE, code), line, message)
    for entry in entries:
        if entry.id not in {id for id, _ in named}:
            message = "this entry names no section that cites it; add a link, or take the entry out"
            yield Finding(site.source(PAGE, code), entry.heading.line, message)
