"""Checks the sources of every page before a build: each finding names file, line and what to do."""

import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click
from mkdocs.exceptions import Abort

from tools.checks import (
    citations,
    drawings,
    lessons,
    links,
    navigation,
    published,
    structure,
    words,
)
from tools.checks import claims as claim_checks
from tools.checks import exercises as exercise_checks
from tools.checks import snippets as snippet_checks
from tools.project.errors import UserError
from tools.sources import glossary
from tools.sources.findings import Finding, Level
from tools.translations import comparison
from tools.translations.overview import Overview

log = logging.getLogger("mkdocs.hooks")

Check = Callable[[Overview], Iterable[Finding]]
CHECKS: tuple[Check, ...] = (
    navigation.check,
    comparison.check,
    drawings.check,
    words.check,
    claim_checks.check,
    published.check,
    citations.check,
    exercise_checks.check,
    snippet_checks.check,
    structure.check,
    lessons.check,
    links.check,
)


def check(root: Path) -> list[Finding]:
    """Give every finding on every page and between languages, in the order of the files."""
    return run_checks(Overview.read(root))


def run_checks(overview: Overview) -> list[Finding]:
    """Run every check on pages that are already read."""
    try:
        glossary.load(overview.sources.root)
    except UserError as error:
        return [Finding.of(error)]  # drawings and pages would only repeat it
    found = [finding for check in CHECKS for finding in _all(check(overview))]
    return sorted(found, key=lambda finding: (finding.file, finding.line))


def before_build(overview: Overview) -> None:
    """Raise Abort for what stops a build, all of it said at once, each finding with its line."""
    findings = run_checks(overview)
    errors = [finding for finding in findings if finding.level is Level.ERROR]
    for finding in errors:
        log.error(str(finding))
    if errors:
        raise Abort(f"{len(errors)} to mend before the site can be built")
    if findings:
        log.info("%d open between languages: python -m tools.translations check", len(findings))


def _all(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Give what a check finds; a file that it cannot read is its last finding."""
    try:
        yield from findings
    except UserError as error:
        yield Finding.of(error)


@click.command(help=__doc__)
def main() -> int:
    """Print what stops a build of the site in the current folder; exit status 1 if it would."""
    findings = [finding for finding in check(Path.cwd()) if finding.level is Level.ERROR]
    for finding in findings:
        print(finding, file=sys.stderr)
    if findings:
        print(f"{len(findings)} to mend", file=sys.stderr)
    return 1 if findings else 0
