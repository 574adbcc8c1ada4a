"""Keeps the languages in step: what moved, what is missing, what must be equal.

No language is the copy of another. docs/translations.lock remembers, for each section, what each
language said when they were last declared to say the same; whatever moves first is ahead, and the
others are behind until somebody brings them up to date and says so with `sync`. Whoever writes one
language alone needs none of these commands: save the page, and readers of the others are told.
"""

import functools
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Concatenate, ParamSpec

import click

from tools.project import errors
from tools.sources.findings import Level
from tools.translations import comparison, declare, definitions, report, scaffold, targets
from tools.translations.differences import differences
from tools.translations.overview import DEFINITIONS, Overview

Parameters = ParamSpec("Parameters")

GUIDE = """
\b
a sentence in one language mended:
    nothing to do here; commit it

\b
a section brought up to date (PAGE is a path such as gates/gru.md):
    python -m tools.translations status                    what is behind
    python -m tools.translations diff gates/gru.md#idea    what changed there, word by word
    ... change the section in your language ...
    python -m tools.translations check                     is anything left out?
    python -m tools.translations sync gates/gru.md#idea    they say the same again

\b
the other language changed and yours need not (a misspelling, say):
    python -m tools.translations sync gates/gru.md#idea --unchanged "only a misspelling in English"

\b
a page or a section that your language lacks:
    python -m tools.translations new gates/gru.md --lang zh
    ... write over the text; take out each line <!-- untranslated: ... --> as you go ...

\b
a language that the site lacks:
    python -m tools.translations add-language ja
"""


@click.group(help=__doc__, epilog=GUIDE)
def main() -> None:
    """Hold the commands; each reads the site in the current folder."""


def on_site(function: Callable[Concatenate[Overview, Parameters], int | None]) -> click.Command:
    """Make a command of a function that takes the site in the current folder."""

    @functools.wraps(function)
    def run(*arguments: Parameters.args, **options: Parameters.kwargs) -> int | None:
        overview = Overview.read(Path.cwd())
        for finding in overview.ledger.findings:
            print(finding, file=sys.stderr)
        return function(overview, *arguments, **options)

    return main.command()(run)


@on_site
@click.option("--json", "as_json", is_flag=True, help="for machines")
def status(overview: Overview, as_json: bool) -> None:
    """Print where each page stands in each language.

    Of its sections, those are named that are out of step.
    """
    if as_json:
        print(json.dumps(report.data(overview), ensure_ascii=False, indent=1))
    else:
        print(*report.table(overview), sep="\n")


@on_site
@click.argument("target", metavar="PAGE[#ID]")
def diff(overview: Overview, target: str) -> None:
    """Print what changed since the languages agreed, word by word."""
    rows = [row for row in targets.rows(overview, target) if not row.is_in_step]
    if not rows:
        print(f"{target}: the languages are in step")
    for row in rows:
        for line in differences(overview, row):
            print(line)


@on_site
@click.argument("names", metavar="PAGE[#ID]...", nargs=-1, required=True)
@click.option("--lang", "codes", multiple=True, help="only these languages, where there are more")
@click.option("--unchanged", metavar="REASON", default="", help="why a language may stay as it is")
def sync(
    overview: Overview, names: tuple[str, ...], codes: tuple[str, ...], unchanged: str
) -> None:
    """Declare that the languages say the same now.

    Of several sections, all are declared or none.
    """
    for code in codes:
        targets.require_language(overview, code)
    rows = [row for name in names for row in targets.rows(overview, name)]
    chosen = list(codes or overview.sources.pages)
    reason = unchanged.strip() or None
    declared = declare.declare(overview, rows, chosen, date.today(), reason)
    pages = [targets.split(overview, name)[0] for name in names if "#" not in name]
    gone = [key for page in pages for key in _forget(overview, page)]
    if declared or gone:
        overview.ledger.write()
    for key in declared:
        print(f"{key}: in sync")
    for key in gone:
        print(f"{key}: forgotten, since no page has it")
    alone = [row.key for row in rows if len(row.translated().keys() & set(chosen)) < 2]
    for key in alone:
        print(f"{key}: written in one of these languages only, so there is nothing to declare")
    if not declared and not gone and not alone:
        print("nothing to declare: in sync already")


def _forget(overview: Overview, path: str) -> list[str]:
    return definitions.forget(overview) if path == DEFINITIONS else declare.forget(overview, path)


@on_site
@click.argument("target", metavar="PAGE[#ID]")
@click.option("--lang", "code", required=True, help="the language that lacks it")
def new(overview: Overview, target: str, code: str) -> None:
    """Lay out a page or a section that a language lacks."""
    targets.require_language(overview, code)
    path, section_id = targets.split(overview, target)
    if section_id:
        file = scaffold.section(overview, targets.rows(overview, target)[0], code)
    else:
        file = scaffold.page(overview, path, code)
    _announce(overview, file)


@on_site
@click.argument("code")
def add_language(overview: Overview, code: str) -> None:
    """Begin a language, such as ja.

    Lays out its words and its home page.
    """
    root = overview.sources.root
    config = scaffold.language(root, code)
    home = scaffold.page(Overview.read(root), "index.md", code)
    name = config.relative_to(root).as_posix()
    print(f"{name}: translate the words in it first, `fallback` above all")
    _announce(overview, home)


def _announce(overview: Overview, file: Path) -> None:
    name = file.relative_to(overview.sources.root).as_posix()
    print(f"{name}: write over the text; take out each <!-- untranslated: ... --> as you go")


@on_site
def check(overview: Overview) -> int:
    """Print what must be equal and is not.

    Names what the glossary speaks against, too; exit status 1 if something is to be mended.
    """
    findings = sorted(comparison.check(overview), key=lambda f: (f.file, f.line))
    for finding in findings:
        print(finding, file=sys.stderr)
    wrong = sum(finding.level > Level.NOTE for finding in findings)
    print(f"{wrong} to mend, {len(findings) - wrong} to think about", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    errors.run(main)
