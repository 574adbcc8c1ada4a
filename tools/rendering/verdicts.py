"""Writes the verdicts on the claims, and repeats claims and answers on other pages."""

from collections.abc import Callable
from pathlib import Path

from tools.project import files
from tools.running import notebooks
from tools.sources import claims
from tools.sources.languages import Language, link, spoken
from tools.sources.markers import asked_for
from tools.sources.sections import Section
from tools.translations.overview import Overview


def asked_on(section: Section) -> int | None:
    """The line on which a claim's section asks for its verdict."""
    for line, name, claim_id in asked_for(section.page):
        if (name, claim_id) == ("verdict", section.id) and section.start <= line <= section.end:
            return line
    return None


def answer_of(section: Section) -> str:
    """The paragraph after the marker, on one line as every paragraph is; empty if there is none."""
    after = section.page.lines[asked_on(section) or section.end : section.end]
    return after[1] if len(after) > 1 and not after[0] else ""


def _of(overview: Overview, id: str) -> claims.Claim:
    return next(claim for claim in claims.load(overview.site.root) if claim.id == id)


def sections_of(overview: Overview, id: str) -> dict[str, Section]:
    """A claim's section in each language that has it."""
    row = overview.by_key.get(f"{claims.PAGE}#{id}")
    return row.sections if row else {}


def _said(overview: Overview, claim: claims.Claim, language: Language) -> tuple[str, str]:
    """A claim and its answer, in another language where this one lacks them."""
    written = sections_of(overview, claim.id)
    code = language.code if language.code in written else next(iter(written))
    title, answer = written[code].heading.text, answer_of(written[code])
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
    records = [root / files.EXPERIMENTS / f"{name}.json" for name in names]
    return sum(float(files.read_record(file)["seconds"]) for file in records if file.exists())


def _table(page: str, language: Language, overview: Overview) -> str:
    text = language.text
    rows = [[text["claim"], text["verdict"], text["evidence"]], ["---"] * 3]
    for claim in claims.load(overview.site.root):
        title, _ = _said(overview, claim, language)
        linked = f"[{title}]({link(claims.PAGE, page)}#{claim.id})"
        rows.append([linked, text[claim.verdict], text[f"evidence_{claim.strength}"]])
    lines = [f"| {' | '.join(cells)} |" for cells in rows]
    return "\n".join(['<div class="gg-claims" markdown>', "", *lines, "", "</div>"])


def _conclusions(page: str, language: Language, overview: Overview) -> str:
    entries = []
    for claim in claims.load(overview.site.root):
        if claim.home:
            title, answer = _said(overview, claim, language)
            words = language.text["conclusion"].format(
                verdict=language.text[claim.verdict],
                answer=answer,
                link=f"{link(claims.PAGE, page)}#{claim.id}",
            )
            entries.append(f"{title}\n:   {words}")
    return "\n\n".join(entries)


WRITERS: dict[str, Callable[..., str]] = {
    "verdict": _verdict,
    "claims": _table,
    "conclusions": _conclusions,
}
