"""Writes the verdicts on the claims, and repeats claims and answers on other pages."""

import re
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path

from tools.project import files
from tools.running import notebooks
from tools.sources import claims
from tools.sources.languages import Language, lang_span, relative_link
from tools.sources.markers import requests
from tools.sources.sections import Section
from tools.translations.overview import Overview

_MARKS = re.compile(r"[$*`\[]|\]\([^)]*\)")  # of Markdown


def request_line(section: Section) -> int | None:
    """Find the line on which a claim's section asks for its verdict."""
    for line, name, claim_id in requests(section.page):
        if (name, claim_id) == ("verdict", section.id) and section.start <= line <= section.end:
            return line
    return None


def answer_of(section: Section) -> str:
    """Give the paragraph after the marker, one line as every paragraph is; empty if none."""
    after = section.page.lines[request_line(section) or section.end : section.end]
    return after[1] if len(after) > 1 and not after[0] else ""


def claim_of(overview: Overview, claim_id: str) -> claims.Claim:
    return next(claim for claim in claims.load(overview.sources.root) if claim.id == claim_id)


def sections_of(overview: Overview, claim_id: str) -> dict[str, Section]:
    """Find the first section of a claim's page in each language that has it."""
    row = overview.by_key.get(f"{claims.page_of(claim_id)}#{claim_id}")
    return row.sections if row else {}


def _title_and_answer(
    overview: Overview, claim: claims.Claim, language: Language
) -> tuple[str, str]:
    """Give a claim and its answer, in another language where this one lacks them."""
    written = sections_of(overview, claim.id)
    code = language.code if language.code in written else next(iter(written))
    title, answer = written[code].heading.text, answer_of(written[code])
    if code == language.code:
        return title, answer
    return lang_span(title, code), lang_span(answer, code)


def head(overview: Overview, page: str, language: Language) -> dict[str, str]:
    """Give what a search engine shows of a claim's page: with its verdict, and with its answer."""
    claim = claims.of_page(overview.sources.root, page)
    if not claim:
        return {}
    title, answer = _title_and_answer(overview, claim, language)
    text, words = language.text, {"claim": title, "answer": answer}
    words["verdict"] = text[claim.verdict]
    said = {"long_title": text["claim_titled"], "description": text["claim_described"]}
    return {name: escape(_MARKS.sub("", line.format(**words))) for name, line in said.items()}


def pill(verdict: str, language: Language) -> str:
    """Write a verdict as a pill, which the style gives a colour and a shape of its own."""
    return f'<span class="gg-verdict" data-verdict="{verdict}">{language.text[verdict]}</span>'


def _verdict(page: str, language: Language, overview: Overview, claim_id: str) -> str:
    """Write verdict and strength, on other pages than the claim's own with a link to it."""
    claim, text = claim_of(overview, claim_id), language.text
    said = text["verdict_line"].format(verdict=pill(claim.verdict, language))
    words = f"{_whole(said)} {_whole(_evidence(claim, text))}"
    if page != claim.page:
        title, _ = _title_and_answer(overview, claim, language)
        words = f"[{title}]({relative_link(claim.page, page)})<br>{words}"
    return f"{words}\n{{ .gg-judged }}"


def _evidence(claim: claims.Claim, text: Mapping[str, str]) -> str:
    return text["evidence_line"].format(strength=text[f"evidence_{claim.strength}"])


def _whole(words: str) -> str:
    return f'<span class="gg-whole">{words}</span>'


def _run(page: str, language: Language, overview: Overview, claim_id: str) -> str:
    targets = claim_of(overview, claim_id).run
    return "\n".join(f"- {_commands(target, page, language, overview)}" for target in targets)


def _commands(target: str, page: str, language: Language, overview: Overview) -> str:
    """Lead to the commands of a run, or to the code of one that takes seconds."""
    path, _, section_id = target.partition("#")
    title = overview.sources.get_page(path, language.code).headings[0].text
    minutes = round(seconds(overview.sources.root, path) / 60)
    return language.text["run_minutes" if minutes else "run_seconds"].format(
        link=f"[{title}]({relative_link(path, page)}#{section_id})", minutes=minutes
    )


def seconds(root: Path, path: str) -> float:
    """Add up how long the experiments ran that a notebook shows; 0 for a page."""
    if not path.endswith(".py"):
        return 0
    [notebook, *_] = (root / "docs").glob(f"*/{path}")
    names = notebooks.imported_modules(files.read(notebook))
    records = [files.record_file(root, name) for name in names]
    return sum(float(files.read_record(file)["seconds"]) for file in records if file.exists())


def _table(page: str, language: Language, overview: Overview) -> str:
    return _rows(claims.load(overview.sources.root), page, language, overview)


def _answers(page: str, language: Language, overview: Overview) -> str:
    every = claims.load(overview.sources.root)
    return _rows([claim for claim in every if claim.home], page, language, overview)


def _first(page: str, language: Language, overview: Overview) -> str:
    """Write the claims that answer first: each a line with its verdict and its short answer."""
    lines = []
    for claim in claims.load(overview.sources.root):
        if claim.home == claims.FIRST:
            title, answer = _title_and_answer(overview, claim, language)
            linked = f"[{title}]({relative_link(claim.page, page)})"
            lines.append(f"- {linked} {pill(claim.verdict, language)} {_quiet(answer)}")
    return "\n".join(['<div class="gg-first" markdown>', "", *lines, "", "</div>"])


def _rows(shown: list[claims.Claim], page: str, language: Language, overview: Overview) -> str:
    """Write a table of claims: each with its short answer, beside it verdict and strength."""
    text = language.text
    rows = [[text["claim"], text["verdict"]], ["---"] * 2]
    for claim in shown:
        title, answer = _title_and_answer(overview, claim, language)
        linked = f"[{title}]({relative_link(claim.page, page)})"
        row_id = f" {{ #{claim.id} }}" if page == claims.TABLE else ""
        rows.append(
            [
                f"{linked}<br>{answer}{row_id}",
                f"{pill(claim.verdict, language)}<br>{_quiet(_evidence(claim, text))}",
            ]
        )
    lines = [f"| {' | '.join(cells)} |" for cells in rows]
    return "\n".join(['<div class="gg-claims" markdown>', "", *lines, "", "</div>"])


def _quiet(words: str) -> str:
    return f'<span class="gg-quiet">{words}</span>'


OF_A_CLAIM: dict[str, Callable[..., str]] = {"verdict": _verdict, "run": _run}
WRITERS: dict[str, Callable[..., str]] = {
    **OF_A_CLAIM,
    "claims": _table,
    "answers": _answers,
    "first-answers": _first,
}
