"""Checks that pages cite through references.md, whose entries name the sections that cite them."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from tools.sources.findings import Finding
from tools.translations.overview import Overview

PAGE = "references.md"
PAPERS = {"arxiv.org", "doi.org", "openreview.net", "aclanthology.org"}  # hosts of papers alone


def check(overview: Overview) -> Iterator[Finding]:
    """Find citations past their entry, and entries and sections that do not name each other."""
    for code in overview.sources.pages:
        yield from _in_language(overview, code)


def _in_language(overview: Overview, code: str) -> Iterator[Finding]:
    sources = overview.sources
    if PAGE not in sources.pages[code]:
        return
    rows = [row for row in overview.rows if code in row.sections]
    _, *entries = (row.sections[code] for row in rows if row.page == PAGE)
    named = {
        (entry.id, place): link.line
        for entry in entries
        for link in entry.within(entry.page.links)
        if (place := link.leads_to(PAGE))
    }
    by_address = {
        link.target: entry.id
        for entry in entries
        for link in entry.within(entry.page.links)
        if link.scheme
    }
    cited = set()
    for row in rows:
        if row.page == PAGE:
            continue
        section, place = row.sections[code], (row.page, row.id)
        for link in section.within(section.page.links):
            file = sources.file(row.page, code)
            page, section_id = link.leads_to(row.page) or (None, None)
            if link.target in by_address:
                message = f"cite this by its entry, {PAGE}#{by_address[link.target]}"
                yield Finding(file, link.line, message)
            elif urlsplit(link.target).netloc.removeprefix("www.") in PAPERS:
                message = f"give this paper an entry in {PAGE}, and cite that here"
                yield Finding(file, link.line, message)
            elif page == PAGE and section_id:
                cited.add((section_id, place))
                if (section_id, place) not in named:
                    where = f"the entry {PAGE}#{section_id}"
                    message = f"{where} does not name this section; add a link there"
                    yield Finding(file, link.line, f"{message}: {'#'.join(place)}")
    for (section_id, place), line in named.items():
        if (section_id, place) not in cited:
            message = f"{'#'.join(place)} does not cite this entry; cite it there, or take this out"
            yield Finding(sources.file(PAGE, code), line, message)
    for entry in entries:
        if entry.id not in {section_id for section_id, _ in named}:
            message = "this entry names no section that cites it; add a link, or take the entry out"
            yield Finding(sources.file(PAGE, code), entry.heading.line, message)
