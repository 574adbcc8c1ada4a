"""Holds a page of each kind of a built site to Lighthouse's scores, on a desk and on a phone.

npm, which comes with Node, fetches Lighthouse once into .cache; nothing else here needs it. The
score for performance falls while the machine does other things, so it is the median of three, and
says most on a quiet machine.
"""

import gzip
import json
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import click

from tools.project import cache, errors, programs
from tools.project.errors import UserError
from tools.theme import browser

VERSION = "12.8.2"  # of the npm package lighthouse
PAGES = {
    "home": "",
    "chapter": "gates/gru/",
    "Chinese chapter": "zh/gates/lstm/",
    "messages": "pytorch/errors/",
    "evidence": "evidence/adding/",
    "lab": "lab/",
    "recipe": "recipes/forecast/",
    "all code": "pytorch/code/",
}
FORMS = {"desktop": ["--preset=desktop"], "mobile": []}  # with the options for each
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
SPEED, *ALWAYS = CATEGORIES
FULL = 100
LEAST = {("mobile", SPEED): 95}
RUNS = 3

_PROGRAM = Path("node_modules") / "lighthouse" / "cli" / "index.js"
_NEEDED = (
    "Lighthouse runs on Node 18.20 or newer, with which npm comes: install it, such as by "
    "apt-get install npm or from nodejs.org"
)


class Zipped(browser.Preparing):
    """Answers as hosts do: with text made smaller."""

    def prepare(self, file: Path) -> bytes:
        whole = file.read_bytes()
        if file.suffix in (".png", ".woff2"):
            return whole
        self.send_header("Content-Encoding", "gzip")
        return gzip.compress(whole)


def program(root: Path) -> str:
    """Give Lighthouse's program, fetched where it is not there; raises Missing."""
    folder = cache.folder(root) / f"lighthouse-{VERSION}"
    if not folder.exists():
        with TemporaryDirectory(dir=folder.parent) as partial:
            ran = programs.run(
                "npm", "install", "--prefix", f"{partial}/all", "--ignore-scripts", "--no-audit",
                f"lighthouse@{VERSION}", needed=_NEEDED,
            )  # fmt: skip
            if ran.returncode:
                raise programs.Missing(
                    f"npm could not fetch lighthouse; it said:\n{ran.stderr.strip()}"
                )
            (Path(partial) / "all").rename(folder)
    return str(folder / _PROGRAM)


def report(lighthouse: str, address: str, form: str, categories: tuple[str, ...]) -> dict[str, Any]:
    """Let Lighthouse look at a page once, and give what it says."""
    ran = programs.run(
        "node", lighthouse, address, *FORMS[form], "--quiet", "--output=json",
        f"--only-categories={','.join(categories)}",
        f"--chrome-flags=--headless=new {' '.join(browser.flags())}",
        needed=_NEEDED, CHROME_PATH=browser.find(),
    )  # fmt: skip
    if ran.returncode:
        raise UserError(f"Lighthouse could not look at {address}; it said:\n{ran.stderr.strip()}")
    told: dict[str, Any] = json.loads(ran.stdout)
    return told


def scores(reports: list[dict[str, Any]]) -> dict[str, int]:
    """Give each category's score of 100: for performance the median, for the others the least."""
    every = {
        name: [round(FULL * told["categories"][name]["score"]) for told in reports]
        for name in reports[0]["categories"]
    }
    return {
        name: int(median(found)) if name == SPEED else min(found) for name, found in every.items()
    }


def faults(page: str, form: str, reports: list[dict[str, Any]]) -> list[str]:
    """Name each score of a page that is too low, with what Lighthouse found."""
    found = scores(reports)
    return [
        f"/{page} ({form}): {name} {score}, not {least}: {'; '.join(_said(reports, name))}"
        for name, score in found.items()
        if score < (least := LEAST.get((form, name), FULL))
    ]


def _said(reports: list[dict[str, Any]], category: str) -> list[str]:
    """What in a category counts and is not as it should be, in the words of any of the reports."""
    return sorted(
        {
            " ".join([audit["title"], audit.get("displayValue", "")]).strip()
            for told in reports
            for part in told["categories"][category]["auditRefs"]
            if part["weight"] and (audit := told["audits"][part["id"]])["score"] not in (None, 1)
        }
    )


@click.command(help=__doc__)
@click.argument(
    "site", type=click.Path(exists=True, file_okay=False, path_type=Path), default="site"
)
def main(site: Path) -> int:
    """Look at the pages of SITE; exit status 1 if a score is too low."""
    for page in PAGES.values():
        if not (site / page / "index.html").is_file():
            raise UserError("the page is not there; run make build first", site / page)
    lighthouse, low = program(Path.cwd()), []
    print(f"{'page':20}{'form':10}" + "".join(f"{name:>16}" for name in CATEGORIES))
    with browser.served(site, Zipped) as address:
        for page in PAGES.values():
            for form in FORMS:
                reports = [
                    report(lighthouse, address + page, form, CATEGORIES) for _ in range(RUNS)
                ]
                found = scores(reports)
                row = "".join(f"{found[name]:>16}" for name in CATEGORIES)
                print(f"{'/' + page:20}{form:10}{row}", flush=True)
                low += faults(page, form, reports)
    print(*low, sep="\n", file=sys.stderr, end="\n" if low else "")
    if low:
        print(
            f"{len(low)} too low. Performance falls while a machine does other things: "
            "if nothing else is low, run this again on a quiet one.",
            file=sys.stderr,
        )
    return 1 if low else 0


if __name__ == "__main__":
    errors.run(main)
