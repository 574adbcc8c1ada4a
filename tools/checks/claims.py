"""Checks docs/claims.yml, and that claims and their sections on the page have each other."""

import re
from collections.abc import Iterator
from typing import Any

from tools.project import files
from tools.rendering.verdicts import answer_of, request_line, sections_of
from tools.sources import claims, pages
from tools.sources.claims import COUNTED, DECISIONS
from tools.sources.findings import Finding
from tools.sources.markers import marker, requests
from tools.translations.overview import Overview

LONGEST = {"words": 20, "signs": 35}  # of an answer; Chinese and Japanese count their signs

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
    for code in sources.pages:
        if claims.PAGE in sources.pages[code]:
            yield from _unmatched(overview, code, entries)


def _faults(overview: Overview, claim_id: str, fields: Any) -> Iterator[str]:
    sources = overview.sources
    if not sections_of(overview, claim_id):
        yield f"has no section on {claims.PAGE} in any language; write one with that id"
    if not isinstance(fields, dict) or not {"parts", "run"} <= fields.keys():
        yield "needs its parts and a list under run"
        return
    for name in fields.keys() - _FIELDS:
        yield f"has '{name}'; a claim has {', '.join(sorted(_FIELDS))}"
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
        for link in section.within(section.page.links)
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
            record = overview.sources.root / files.EXPERIMENTS / f"{ground}.json"
            if ground != COUNTED and ground not in cited and not record.exists():
                yield (
                    f"rests its part '{part}' on '{ground}', which is neither '{COUNTED}', nor a "
                    f"record in {files.EXPERIMENTS}, nor a source that its section cites"
                )


def _excess(answer: str) -> str | None:
    """Say how long an answer is that a table of all claims cannot hold; None for one it can."""
    length = len([word for word in _WORD.findall(answer) if re.search(r"\w", word)])
    kind = "signs" if re.search(_SIGN, answer) else "words"
    most = LONGEST[kind]
    return f"{length} {kind}, and at most {most} fit" if length > most else None


def _unmatched(overview: Overview, code: str, entries: dict[str, Any]) -> Iterator[Finding]:
    page, file = overview.sources.pages[code][claims.PAGE], overview.sources.file(claims.PAGE, code)
    for claim_id in entries:
        section = sections_of(overview, claim_id).get(code)
        if section is None:
            continue
        request = request_line(section)
        if request is None:
            message = f"this section lacks the line {marker('verdict', claim_id)}"
            yield Finding(file, section.heading.line, message)
        else:
            answer = request + 2
            links = [found for found in page.links if found.line == answer]
            if not answer_of(section):
                yield Finding(
                    file, answer, f"the answer to '{claim_id}' belongs here, as a paragraph"
                )
            elif links:
                message = "the home page repeats this answer, where the link leads elsewhere"
                yield Finding(file, answer, f"{message}; link in the paragraph after it")
            elif excess := _excess(answer_of(section)):
                message = f"the answer to '{claim_id}' has {excess}"
                yield Finding(file, answer, f"{message}; say the rest in the paragraph after it")
    for line, name, about in requests(page):
        if name == "verdict" and about not in entries:
            message = f"{claims.FILE} has no such claim; it has {', '.join(entries) or 'none'}"
            yield Finding(file, line, message)
