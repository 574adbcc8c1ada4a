"""Checks docs/claims.yml, and that claims and their sections on the page have each other."""

import re
from collections.abc import Iterator
from typing import Any

from tools.project import files
from tools.rendering.verdicts import OF_A_CLAIM, answer_of, request_line, sections_of
from tools.sources import claims, pages
from tools.sources.claims import COUNTED, DECISIONS, FIRST
from tools.sources.findings import Finding
from tools.sources.markers import marker, requests
from tools.sources.pages import Page
from tools.sources.sections import Section
from tools.translations.overview import Overview

LONGEST = {"words": 20, "signs": 35}  # of an answer

_FIELDS = {"parts", "run", "home"}
_SIGN = r"[\u3040-\u9fff]"
_WORD = re.compile(rf"{_SIGN}|(?:(?!{_SIGN})[\w.,'’-])+")


def check(overview: Overview) -> Iterator[Finding]:
    """Find what is wrong with the file, and claims and sections without each other."""
    sources, file = overview.sources, claims.FILE.as_posix()
    entries = claims.read(sources.root)
    if not isinstance(entries, dict):
        yield Finding(file, 1, "this file holds no claims; write each as ID: {parts: ...}")
        return
    for claim_id, fields in entries.items():
        line = pages.line_of(sources.root / claims.FILE, f"{claim_id}:")
        for message in _faults(overview, claim_id, fields):
            yield Finding(file, line, f"the claim '{claim_id}' {message}")
    for claim_id in entries:
        for code, section in sections_of(overview, claim_id).items():
            where = sources.file(claims.page_of(claim_id), code)
            for line, message in _on_its_page(section):
                yield Finding(where, line, message)
    for code, written in sources.pages.items():
        for path, page in written.items():
            for line, message in _unknown(page, entries):
                yield Finding(sources.file(path, code), line, message)


def _faults(overview: Overview, claim_id: str, fields: Any) -> Iterator[str]:
    sources = overview.sources
    if not sections_of(overview, claim_id):
        where = f"docs/*/{claims.page_of(claim_id)}"
        yield f"has no page in any language; write {where}, its title with the id '{claim_id}'"
    if not isinstance(fields, dict) or not {"parts", "run"} <= fields.keys():
        yield "needs its parts and a list under run"
        return
    for name in fields.keys() - _FIELDS:
        yield f"has '{name}'; a claim has {', '.join(sorted(_FIELDS))}"
    if fields.get("home") not in (None, True, FIRST):
        yield f"has home: {fields['home']}; write true or {FIRST}, or take it out"
    yield from _faulty_parts(overview, claim_id, fields["parts"])
    if not isinstance(fields["run"], list):
        yield "has no list under run; write [PAGE#ID, ...]"
        return
    for target in fields["run"]:
        path, _, section = str(target).partition("#")
        page = sources.find_page(path, sources.languages[0].code)
        if page is None or section not in page.ids:
            yield f"is run by {target}, which is no section; write PAGE#ID"


def _faulty_parts(overview: Overview, claim_id: str, parts: Any) -> Iterator[str]:
    if not isinstance(parts, dict) or not parts:
        yield "has no parts; write {PART: {shown: [GROUND, ...]}, ...}"
        return
    cited = {
        link.target.partition("references.md#")[2]
        for section in sections_of(overview, claim_id).values()
        for link in section.page.links
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
            record = files.record_file(overview.sources.root, ground)
            if ground != COUNTED and ground not in cited and not record.exists():
                yield (
                    f"rests its part '{part}' on '{ground}', which is neither '{COUNTED}', nor a "
                    f"record in {files.EXPERIMENTS}, nor a source that its page cites"
                )


def excess(line: str, longest: dict[str, int]) -> str | None:
    """Say how long a line is that a table cannot hold; None for one that it can.

    Chinese and Japanese count their signs.
    """
    length = len([word for word in _WORD.findall(line) if re.search(r"\w", word)])
    kind = "signs" if re.search(_SIGN, line) else "words"
    most = longest[kind]
    return f"{length} {kind}, and at most {most} fit" if length > most else None


def _on_its_page(section: Section) -> Iterator[tuple[int, str]]:
    """Find what the first section of a claim's page lacks, and what its answer must not have."""
    request = request_line(section)
    if request is None:
        message = f"this section lacks the line {marker('verdict', section.id)}"
        yield section.heading.line, message
        return
    line = request + 2
    if not answer_of(section):
        yield line, f"the answer to '{section.id}' belongs here, as a paragraph"
    elif any(link.line == line for link in section.page.links):
        message = "other pages repeat this answer, where the link leads elsewhere"
        yield line, f"{message}; link in the paragraph after it"
    elif found := excess(answer_of(section), LONGEST):
        message = f"the answer to '{section.id}' has {found}"
        yield line, f"{message}; say the rest in the paragraph after it"


def _unknown(page: Page, entries: dict[str, Any]) -> Iterator[tuple[int, str]]:
    for line, name, about in requests(page):
        if name in OF_A_CLAIM and about not in entries:
            known = ", ".join(entries) or "none"
            yield line, f"{claims.FILE} has no such claim; it has {known}"
