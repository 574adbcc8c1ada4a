"""Checks docs/claims.yml, and that claims and their sections on the page have each other."""

from collections.abc import Iterator
from typing import Any

from tools.project import files
from tools.rendering.verdicts import answer_of, asked_on, sections_of
from tools.sources import claims, pages
from tools.sources.claims import COUNTED, DECISIONS
from tools.sources.findings import Finding
from tools.sources.markers import asked_for, marker
from tools.translations.overview import Overview

_FIELDS = {"parts", "run", "home"}


def check(overview: Overview) -> Iterator[Finding]:
    """What is wrong with the file, and claims and sections that lack each other."""
    site, file = overview.site, claims.FILE.as_posix()
    entries = claims.read(site.root)
    if not isinstance(entries, dict):
        yield Finding(file, 1, "this file holds no claims; write each as ID: {parts: ...}")
        return
    for id, fields in entries.items():
        line = pages.line_of(site.root / claims.FILE, f"{id}:")
        for message in _faults(overview, id, fields):
            yield Finding(file, line, f"the claim '{id}' {message}")
    for code in site.pages:
        if claims.PAGE in site.pages[code]:
            yield from _unmatched(overview, code, entries)


def _faults(overview: Overview, id: str, fields: Any) -> Iterator[str]:
    site = overview.site
    if not sections_of(overview, id):
        yield f"has no section on {claims.PAGE} in any language; write one with that id"
    if not isinstance(fields, dict) or not {"parts", "run"} <= fields.keys():
        yield "needs its parts and a list under run"
        return
    for name in fields.keys() - _FIELDS:
        yield f"has '{name}'; a claim has {', '.join(sorted(_FIELDS))}"
    yield from _faulty_parts(overview, id, fields["parts"])
    if not isinstance(fields["run"], list):
        yield "has no list under run; write [PAGE#ID, ...]"
        return
    for target in fields["run"]:
        path, _, section = str(target).partition("#")
        page = site.page(path, site.languages[0].code)
        if page is None or section not in page.ids:
            yield f"is run by {target}, which is no section; write PAGE#ID"


def _faulty_parts(overview: Overview, id: str, parts: Any) -> Iterator[str]:
    if not isinstance(parts, dict) or not parts:
        yield "has no parts; write {PART: {shown: [GROUND, ...]}, ...}"
        return
    cited = {
        link.target.partition("references.md#")[2]
        for section in sections_of(overview, id).values()
        for link in section.here(section.page.links)
    }
    for part, decided in parts.items():
        if not isinstance(decided, dict) or len(decided) != 1 or not decided.keys() <= {*DECISIONS}:
            yield f"has the part '{part}' without one of {', '.join(DECISIONS)}"
            continue
        (grounds,) = decided.values()
        if not isinstance(grounds, list) or not grounds:
            yield f"has the part '{part}' without a list of what decides it"
            continue
        for ground in grounds:
            record = overview.site.root / files.EXPERIMENTS / f"{ground}.json"
            if ground != COUNTED and ground not in cited and not record.exists():
                yield (
                    f"rests its part '{part}' on '{ground}', which is neither '{COUNTED}', nor a "
                    f"record in {files.EXPERIMENTS}, nor a source that its section cites"
                )


def _unmatched(overview: Overview, code: str, entries: dict[str, Any]) -> Iterator[Finding]:
    page, file = overview.site.pages[code][claims.PAGE], overview.site.source(claims.PAGE, code)
    for id in entries:
        section = sections_of(overview, id).get(code)
        if section is None:
            continue
        asked = asked_on(section)
        if asked is None:
            message = f"this section lacks the line {marker('verdict', id)}"
            yield Finding(file, section.heading.line, message)
        else:
            answer = asked + 2
            links = [found for found in page.links if found.line == answer]
            if not answer_of(section):
                yield Finding(file, answer, f"the answer to '{id}' belongs here, as a paragraph")
            elif links:
                message = "the home page repeats this answer, where the link leads elsewhere"
                yield Finding(file, answer, f"{message}; link in the paragraph after it")
    for line, name, about in asked_for(page):
        if name == "verdict" and about not in entries:
            message = f"{claims.FILE} has no such claim; it has {', '.join(entries) or 'none'}"
            yield Finding(file, line, message)
