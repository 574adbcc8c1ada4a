"""The claims of evidence/index.md: their verdicts, and what other pages draw from them.

docs/claims.yml holds once for all languages what is decided of each part of a claim, and by what;
verdict and strength follow from that. The words stand on the page, in a section with the claim's
id: the heading is the claim, and the first paragraph after the line <!-- generated: verdict ID -->
is the answer, which the home page repeats.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools import files, notebooks, pages, yaml_file
from tools.errors import UserError
from tools.figures import EXPERIMENTS
from tools.languages import Language, link, spoken
from tools.overview import Overview
from tools.sections import Section
from tools.site import Finding

FILE = Path("docs") / "claims.yml"
PAGE = "evidence/index.md"
SHOWN, REFUTED, UNDECIDED = DECISIONS = ("shown", "refuted", "undecided")
COUNTED = "counted"  # the ground of a part that is counted exactly, or proved
_MARK = "<!-- generated: verdict "
_FIELDS = {"parts", "run", "home"}


@dataclass(frozen=True)
class Claim:
    """What is decided of a claim, for all languages."""

    id: str
    parts: dict[str, dict[str, list[str]]]  # part -> decision -> what decides it
    run: list[str]  # sections that say how to run it, such as evidence/adding.py#run
    home: bool = False  # whether the home page has it

    @property
    def decisions(self) -> list[str]:
        """What is decided of each part, in order."""
        return [decision for part in self.parts.values() for decision in part]

    @property
    def verdict(self) -> str:
        return verdict(self.decisions)

    @property
    def strength(self) -> str:
        return strength(
            grounds
            for part in self.parts.values()
            for decision, grounds in part.items()
            if decision != UNDECIDED
        )


def verdict(decisions: list[str]) -> str:
    """What the parts of a claim make of it; the page says the same in words."""
    if SHOWN in decisions:
        return "holds" if set(decisions) == {SHOWN} else "holds_in_part"
    return "does_not_hold" if REFUTED in decisions else "open"


def strength(decided: Iterable[list[str]]) -> str:
    """How strong the evidence is: that for the decided part with the least behind it."""
    ranks = (2 if COUNTED in grounds else min(len(grounds), 2) - 1 for grounds in decided)
    return ("weak", "moderate", "strong")[min(ranks, default=0)]


def load(root: Path) -> list[Claim]:
    """The claims in the order of the file; none where there is no file."""
    return [Claim(id, **fields) for id, fields in _read(root).items()]


def check(overview: Overview) -> Iterator[Finding]:
    """What is wrong with the file, and claims and sections that lack each other."""
    site, file = overview.site, FILE.as_posix()
    try:
        entries = _read(site.root)
    except UserError as error:
        yield Finding.of(error)
        return
    if not isinstance(entries, dict):
        yield Finding(file, 1, "this file holds no claims; write each as ID: {parts: ...}")
        return
    for id, fields in entries.items():
        line = pages.line_of(site.root / FILE, f"{id}:")
        for message in _faults(overview, id, fields):
            yield Finding(file, line, f"the claim '{id}' {message}")
    for code in site.pages:
        if PAGE in site.pages[code]:
            yield from _unmatched(overview, code, entries)


def _read(root: Path) -> dict[str, Any]:
    file = root / FILE
    return yaml_file.load(file) or {} if file.exists() else {}


def _faults(overview: Overview, id: str, fields: Any) -> Iterator[str]:
    site = overview.site
    if not _sections(overview, id):
        yield f"has no section on {PAGE} in any language; write one with that id"
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
        for section in _sections(overview, id).values()
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
            record = overview.site.root / EXPERIMENTS / f"{ground}.json"
            if ground != COUNTED and ground not in cited and not record.exists():
                yield (
                    f"rests its part '{part}' on '{ground}', which is neither '{COUNTED}', nor a "
                    f"record in {EXPERIMENTS}, nor a source that its section cites"
                )


def _unmatched(overview: Overview, code: str, entries: dict[str, Any]) -> Iterator[Finding]:
    page, file = overview.site.pages[code][PAGE], overview.site.source(PAGE, code)
    for id in entries:
        section = _sections(overview, id).get(code)
        if section is None:
            continue
        asked = _asked(section)
        if asked is None:
            message = f"this section lacks the line {_marker(id)}"
            yield Finding(file, section.heading.line, message)
        else:
            answer = asked + 2
            links = [found for found in page.links if found.line == answer]
            if not _answer(section):
                yield Finding(file, answer, f"the answer to '{id}' belongs here, as a paragraph")
            elif links:
                message = "the home page repeats this answer, where the link leads elsewhere"
                yield Finding(file, answer, f"{message}; link in the paragraph after it")
    known = {_marker(id) for id in entries}
    for comment in page.comments:
        if comment.text.startswith(_MARK) and comment.text not in known:
            message = f"{FILE} has no such claim; it has {', '.join(entries) or 'none'}"
            yield Finding(file, comment.line, message)


def _marker(id: str) -> str:
    return f"{_MARK}{id} -->"


def _asked(section: Section) -> int | None:
    """The line on which a claim's section asks for its verdict."""
    comments = section.here(section.page.comments)
    return next((each.line for each in comments if each.text == _marker(section.id)), None)


def _answer(section: Section) -> str:
    """The paragraph after the marker, on one line as every paragraph is; empty if there is none."""
    after = section.page.lines[_asked(section) or section.end : section.end]
    return after[1] if len(after) > 1 and not after[0] else ""


def _of(overview: Overview, id: str) -> Claim:
    return next(claim for claim in load(overview.site.root) if claim.id == id)


def _sections(overview: Overview, id: str) -> dict[str, Section]:
    """A claim's section in each language that has it."""
    row = overview.by_key.get(f"{PAGE}#{id}")
    return row.sections if row else {}


def _said(overview: Overview, claim: Claim, language: Language) -> tuple[str, str]:
    """A claim and its answer, in another language where this one lacks them."""
    written = _sections(overview, claim.id)
    code = language.code if language.code in written else next(iter(written))
    title, answer = written[code].heading.text, _answer(written[code])
    if code == language.code:
        return title, answer
    return spoken(title, code), spoken(answer, code)


def _verdict(page: str, language: Language, overview: Overview, id: str) -> str:
    claim, text = _of(overview, id), language.text
    words = text["verdict_line"].format(
        verdict=text[claim.verdict], strength=text[f"evidence_{claim.strength}"]
    )
    buttons = [_button(target, page, language, overview) for target in claim.run]
    return "\n".join([words, *buttons, "{ .gg-verdict }"])


def _button(target: str, page: str, language: Language, overview: Overview) -> str:
    path, _, id = target.partition("#")
    title = overview.site.shown(path, language.code).headings[0].text
    minutes = round(seconds(overview.site.root, path) / 60)
    words = language.text["run_minutes" if minutes else "run_seconds"]
    label = words.format(title=title, minutes=minutes)
    return f"[{label}]({link(path, page)}#{id}){{ .gg-run }}"


def seconds(root: Path, path: str) -> float:
    """How long the recorded runs took of the experiments that a notebook shows; 0 for a page."""
    if not path.endswith(".py"):
        return 0
    [notebook, *_] = (root / "docs").glob(f"*/{path}")
    names = notebooks.imported_modules(files.read(notebook))
    records = [root / EXPERIMENTS / f"{name}.json" for name in names]
    return sum(float(files.read_record(file)["seconds"]) for file in records if file.exists())


def _table(page: str, language: Language, overview: Overview) -> str:
    text = language.text
    rows = [[text["claim"], text["verdict"], text["evidence"]], ["---"] * 3]
    for claim in load(overview.site.root):
        title, _ = _said(overview, claim, language)
        linked = f"[{title}]({link(PAGE, page)}#{claim.id})"
        rows.append([linked, text[claim.verdict], text[f"evidence_{claim.strength}"]])
    lines = [f"| {' | '.join(cells)} |" for cells in rows]
    return "\n".join(['<div class="gg-claims" markdown>', "", *lines, "", "</div>"])


def _conclusions(page: str, language: Language, overview: Overview) -> str:
    entries = []
    for claim in load(overview.site.root):
        if claim.home:
            title, answer = _said(overview, claim, language)
            words = language.text["conclusion"].format(
                verdict=language.text[claim.verdict],
                answer=answer,
                link=f"{link(PAGE, page)}#{claim.id}",
            )
            entries.append(f"{title}\n:   {words}")
    return "\n\n".join(entries)


WRITERS: dict[str, Callable[..., str]] = {
    "verdict": _verdict,
    "claims": _table,
    "conclusions": _conclusions,
}
