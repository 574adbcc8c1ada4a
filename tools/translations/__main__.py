"""Keeps the languages in step: what moved, what is missing, what must be equal.

No language is the copy of another. docs/translations.lock remembers, for each section, what each
language said when they were last declared to say the same; whatever moves first is ahead, and the
others are behind until somebody brings them up to date and says so with `sync`. Whoever writes one
language alone needs none of these commands: save the page, and readers of the others are told.
"""

import argparse
import gc
import json
import os
import sys
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from tools.project import errors
from tools.project.errors import UserError
from tools.sources.findings import Level
from tools.translations import comparison, declare, definitions, scaffold
from tools.translations.differences import differences
from tools.translations.ledger import Standing
from tools.translations.overview import DEFINITIONS, Overview, Row, counts

Command = Callable[[Overview, argparse.Namespace], int]

GUIDE = """
a sentence in one language mended:
    nothing to do here; commit it

a section brought up to date (PAGE is a path such as gates/gru.md):
    python -m tools.translations status                    what is behind
    python -m tools.translations diff gates/gru.md#idea    what changed there, word by word
    ... change the section in your language ...
    python -m tools.translations check                     is anything left out?
    python -m tools.translations sync gates/gru.md#idea    they say the same again

the other language changed and yours need not (a misspelling, say):
    python -m tools.translations sync gates/gru.md#idea --unchanged "only a misspelling in English"

a page or a section that your language lacks:
    python -m tools.translations new gates/gru.md --lang zh
    ... write over the text; take out each line <!-- untranslated: ... --> as you go ...

a language that the site lacks:
    python -m tools.translations add-language ja
"""


def read(root: Path) -> Overview:
    """The site in a folder and where each of its sections stands."""
    return Overview.read(root)


# status


def status(overview: Overview, as_json: bool) -> int:
    """Print where each page and each section that is out of step stands."""
    if as_json:
        print(json.dumps(summary(overview), ensure_ascii=False, indent=1))
        return 0
    codes = list(overview.site.pages)
    lines = [("", *codes)]
    for path, rows in overview.by_page.items():
        lines.append((path, *(_counted(rows, code) for code in codes)))
        for row in rows:
            if not row.is_in_step:
                lines.append((f"  #{row.id}", *(_words(row.standings[code]) for code in codes)))
    for row in definitions.rows(overview):
        if not row.is_in_step:
            lines.append((row.key, *(_words(row.standings[code]) for code in codes)))
    lines.append(("total", *(_counted(overview.rows, code) for code in codes)))
    widths = [max(len(line[column]) for line in lines) for column in range(len(codes) + 1)]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        print("  ".join(cells).rstrip())
    for key in overview.leftover:
        print(f"{key} stands on no page any more; sync {key.split('#')[0]} forgets it")
    return 0


def summary(overview: Overview) -> dict[str, Any]:
    """The same as data: each section's state in each language, and the totals."""
    return {
        "total": {code: counts(overview.rows, code) for code in overview.site.pages},
        "sections": {
            row.key: {code: _data(standing) for code, standing in row.standings.items()}
            for row in overview.rows
        },
    }


def _counted(rows: list[Row], code: str) -> str:
    return ", ".join(f"{number} {state}" for state, number in counts(rows, code).items())


def _data(standing: Standing) -> dict[str, Any]:
    data: dict[str, Any] = {"state": standing.state.value}
    if standing.behind and standing.agreed:
        data["behind"] = {other: day and day.isoformat() for other, day in standing.behind.items()}
        data["last in sync"] = standing.agreed.day.isoformat()
    return data


def _words(standing: Standing) -> str:
    moved = [f"{code} since {day}" if day else code for code, day in standing.behind.items()]
    return f"{standing.state} ({', '.join(moved)})" if moved else str(standing.state)


# diff


def diff(overview: Overview, target: str) -> int:
    """Print what changed in each language since the last agreement, word by word."""
    rows = [row for row in _rows(overview, target) if not row.is_in_step]
    if not rows:
        print(f"{target}: the languages are in step")
    for row in rows:
        for line in differences(overview, row):
            print(line)
    return 0


# sync


def sync(overview: Overview, targets: list[str], codes: list[str], reason: str | None) -> int:
    """Declare that sections say the same in every language, or in those named; all or none."""
    for code in codes:
        _known(overview, code)
    rows = [row for target in targets for row in _rows(overview, target)]
    codes = codes or list(overview.site.pages)
    declared = declare.declare(overview, rows, codes, (reason or "").strip() or None)
    gone = [
        key
        for target in targets
        if "#" not in target
        for key in _forget(overview, _split(overview, target)[0])
    ]
    if declared or gone:
        overview.ledger.write()
    for key in declared:
        print(f"{key}: in sync")
    for key in gone:
        print(f"{key}: forgotten, since no page has it")
    alone = [row.key for row in rows if len(row.translated().keys() & set(codes)) < 2]
    for key in alone:
        print(f"{key}: written in one of these languages only, so there is nothing to declare")
    if not declared and not gone and not alone:
        print("nothing to declare: in sync already")
    return 0


def _forget(overview: Overview, path: str) -> list[str]:
    return definitions.forget(overview) if path == DEFINITIONS else declare.forget(overview, path)


# new, add-language, check


def new(overview: Overview, target: str, code: str) -> int:
    """Lay out a page or a section in a language."""
    _known(overview, code)
    path, id = _split(overview, target)
    if id:
        file = scaffold.section(overview, _rows(overview, target)[0], code)
    else:
        file = scaffold.page(overview, path, code)
    _say(overview, file)
    return 0


def add_language(overview: Overview, code: str) -> int:
    """Begin a language with its words and its home page."""
    root = overview.site.root
    config = scaffold.language(root, code)
    home = scaffold.page(read(root), "index.md", code)
    name = config.relative_to(root).as_posix()
    print(f"{name}: translate the words in it first, `fallback` above all")
    _say(overview, home)
    return 0


def _say(overview: Overview, file: Path) -> None:
    name = file.relative_to(overview.site.root).as_posix()
    print(f"{name}: write over the text; take out each <!-- untranslated: ... --> as you go")


def checked(overview: Overview) -> int:
    """Print what must be equal between languages and is not, and what the glossary says."""
    findings = sorted(comparison.check(overview), key=lambda f: (f.file, f.line))
    for finding in findings:
        print(finding, file=sys.stderr)
    wrong = sum(finding.level > Level.NOTE for finding in findings)
    print(f"{wrong} to mend, {len(findings) - wrong} to think about", file=sys.stderr)
    return 1 if wrong else 0


# The command line


def _split(overview: Overview, target: str) -> tuple[str, str]:
    """A page's path and a section's id from PAGE#ID, however the page is spelled."""
    given, _, id = target.partition("#")
    folders = [f"docs/{code}/" for code in overview.site.pages]
    path = given.removeprefix("./")
    if path.removeprefix("docs/") == DEFINITIONS:
        return DEFINITIONS, id
    for folder in folders:
        path = path.removeprefix(folder)
    for known in [*overview.by_page, *(entry.page for entry in overview.leftover.values())]:
        if path in (known, known.rsplit(".", 1)[0]):
            return known, id
    if not path:
        advice = "or a section of it, such as gates/gru.md#idea"
        raise UserError(f"name a page, such as gates/gru.md, {advice}")
    near = get_close_matches(path, overview.by_page, n=1, cutoff=0)
    raise UserError(f"no language has a page {given}. Did you mean {near[0]}?")


def _rows(overview: Overview, target: str) -> list[Row]:
    path, id = _split(overview, target)
    is_page = path != DEFINITIONS
    rows = overview.by_page.get(path, []) if is_page else definitions.rows(overview)
    if not id:
        return rows
    found = [row for row in rows if row.id == id]
    if not found:
        known = ", ".join(row.id for row in rows)
        raise UserError(f"{path} has no section '{id}'; it has: {known}")
    return found


def _known(overview: Overview, code: str) -> None:
    if code not in overview.site.pages:
        known = ", ".join(overview.site.pages)
        raise UserError(
            f"the site is not in '{code}'; it is in {known}. Begin it: add-language {code}"
        )


def parser() -> argparse.ArgumentParser:
    """The command line; its help is the guide."""
    what, whole = __doc__.split("\n", 1)
    command = argparse.ArgumentParser(
        "python -m tools.translations",
        description=f"{what}\n{whole}",
        epilog=GUIDE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = command.add_subparsers(metavar="COMMAND", required=True)

    def add(
        name: str, text: str, run: Callable[[Overview, argparse.Namespace], int]
    ) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(run=run)
        return sub

    sub = add("status", "where each page stands in each language", lambda o, a: status(o, a.json))
    sub.add_argument("--json", action="store_true", help="for machines")
    sub = add("diff", "what changed since the languages agreed", lambda o, a: diff(o, a.target))
    sub.add_argument("target", metavar="PAGE[#ID]")
    sub = add(
        "sync",
        "declare that the languages say the same now",
        lambda o, a: sync(o, a.targets, a.lang or [], a.unchanged),
    )
    sub.add_argument("targets", metavar="PAGE[#ID]", nargs="+")
    sub.add_argument("--lang", action="append", help="only these languages, where there are more")
    sub.add_argument("--unchanged", metavar="REASON", help="why a language may stay as it is")
    sub = add("new", "lay out a page or a section", lambda o, a: new(o, a.target, a.lang))
    sub.add_argument("target", metavar="PAGE[#ID]")
    sub.add_argument("--lang", required=True, help="the language that lacks it")
    sub = add("add-language", "begin a language", lambda o, a: add_language(o, a.code))
    sub.add_argument("code", help="such as ja")
    add("check", "what must be equal and is not, and the glossary", lambda o, a: checked(o))
    return command


def main(arguments: list[str] | None = None) -> int:
    """Run a command on the site in the current folder; exit status 1 if it refuses."""
    given = parser().parse_args(arguments)
    gc.disable()  # a large site is read in two thirds of the time
    try:
        overview = read(Path.cwd())
        for finding in overview.ledger.findings:
            print(finding, file=sys.stderr)
        return int(given.run(overview, given))
    except BrokenPipeError:  # whoever reads has read enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    errors.run(main)
