"""Writes what the home page's promise rests on: how much was run, judged and compared, and when."""

from pathlib import Path

from tools.project import files
from tools.running import versions
from tools.sources import claims
from tools.sources.languages import Language, relative_link
from tools.translations.overview import Overview

_ERRORS = "pytorch/errors.md"


def _proof(page: str, language: Language, overview: Overview) -> str:
    root = overview.sources.root
    counted = [
        ("blocks", _blocks(overview, language.code), "contribute/snippets.md"),
        ("messages", _messages(overview), _ERRORS),
        ("claims", len(claims.load(root)), "evidence/index.md"),
        ("sections", sum(row.is_in_step for row in overview.rows), "contribute/status.md"),
    ]
    lines = [
        f"- [{language.text[f'proof_{name}'].format(count=f'**{count}**')}]"
        f"({relative_link(target, page)})"
        for name, count, target in counted
    ]
    if told := _torch(page, language, overview):
        lines.append(f"- {told}")
    lines.append(f"- {language.text['proof_date'].format(date=_last(root))}")
    return "\n".join(['<div class="gg-proof" markdown>', "", *lines, "", "</div>"])


def _blocks(overview: Overview, code: str) -> int:
    """Count the snippets shown; one that two pages show counts once."""
    shown = {
        name
        for page in overview.sources.pages[code].values()
        for fence in page.fences
        if fence.is_python
        for name, _ in fence.includes
    }
    return len(shown)


def _messages(overview: Overview) -> int:
    """Count the headings that are a message; in another language more may begin with code."""
    headings = overview.sources.get_page(_ERRORS, overview.sources.languages[0].code).headings
    return sum(heading.level == 3 and heading.text.startswith("`") for heading in headings)


def _last(root: Path) -> str:
    """Give the day on which the youngest record was made."""
    records = (files.read_record(file) for file in (root / files.EXPERIMENTS).glob("*.json"))
    return max(str(record["date"]) for record in records)


def _torch(page: str, language: Language, overview: Overview) -> str:
    """Say with which PyTorch all is run."""
    named = versions.summary(["import torch"], overview.sources.root)
    return language.text["proof_torch"].format(versions=named) if named else ""


WRITERS = {"proof": _proof, "lab-versions": _torch}
