"""Asks the search of the built site/ what people ask, and compares with tests/search/scores.tsv.

The questions stand in tests/search/, each with the sections that answer it. A question is found
where the dialog's own list, in a browser, shows one of its sections first, or among the first
three. The scores only rise; --write notes better ones.
"""

import csv
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import click
from playwright.sync_api import Page

from tools.project import errors, files, tables
from tools.project.errors import UserError
from tools.sources import languages
from tools.sources.sources import Sources
from tools.theme.screenshots import chromium

FOLDER = Path("tests") / "search"
FILE = FOLDER / "scores.tsv"
HEAD = "language\tquestions\tfirst\tthree"
NEAR = 3  # places that are seen at once
SLACK = 1  # question that a sentence elsewhere may cost

_OPEN = """() => new Promise((done) => {
    document.querySelector(".gg-opener").click();
    const input = document.querySelector(".gg-search input");
    input.value = "gru";
    const look = () => {
        input.dispatchEvent(new InputEvent("input"));
        document.querySelector(".gg-search [role=option]") ? done() : setTimeout(look, 20);
    };
    look();
})"""
_ASK = """(queries) => queries.map((query) => {
    const input = document.querySelector(".gg-search input");
    input.value = query;
    input.dispatchEvent(new InputEvent("input"));
    return [...document.querySelectorAll(".gg-search [role=option]")].map((link) => link.href);
})"""


@dataclass(frozen=True)
class Question:
    """One that somebody asked, or is asked in an exam."""

    language: str
    kind: str
    words: str
    sections: list[str]  # such as gates/compare#decide, the best one first
    source: str


@dataclass(frozen=True)
class Score:
    """How many of how many questions are answered first, and among the first three."""

    questions: int
    first: int
    three: int


def questions(file: Path) -> list[Question]:
    """Read the questions of a file; raises UserError for a line that is none."""
    _, _, *lines = files.read(file).splitlines()  # what it is, and the names of its columns
    found = []
    for number, row in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), 3):
        if len(row) != 5:
            message = "this is no question; write language, kind, question, sections and source"
            raise UserError(f"{message}, with tabs between them", file, number)
        language, kind, words, places, source = row
        found.append(Question(language, kind, words, places.split(), source))
    return found


def open_search(page: Page) -> None:
    """Open the dialog on a page, and wait until it finds something."""
    page.evaluate(_OPEN)


def ask(page: Page, root: str, queries: Iterable[str]) -> list[list[str]]:
    """Type each query into the open dialog, and give the addresses that it lists below a root."""
    found: list[list[str]] = page.evaluate(_ASK, list(queries))
    return [[urlsplit(link)._replace(query="").geturl()[len(root) :] for link in links]
            for links in found]  # fmt: skip


def addresses(question: Question, sources: Sources) -> set[str]:
    """Give the addresses of the sections that answer a question; a page's title is its top."""
    found = set()
    for place in question.sections:
        path, _, section = place.partition("#")
        of_page = next(each for each in sources.paths() if each.rpartition(".")[0] == path)
        page = sources.get_page(of_page, question.language)
        top = page.ids[0] == section
        found.add(languages.address(of_page) + ("" if top else f"#{section}"))
    return found


def score(asked: list[Question], lists: list[list[str]], sources: Sources) -> Score:
    """Count the questions whose answer is seen."""
    right = [
        [place in addresses(question, sources) for place in found[:NEAR]]
        for question, found in zip(asked, lists, strict=True)
    ]
    return Score(len(asked), sum(row[:1] == [True] for row in right), sum(map(any, right)))


def missed(asked: list[Question], lists: list[list[str]], sources: Sources) -> Iterator[str]:
    """Name each question that is not found first: its place, and what stands before it."""
    for question, found in zip(asked, lists, strict=True):
        wanted = addresses(question, sources)
        places = [number for number, place in enumerate(found, 1) if place in wanted]
        if places[:1] != [1]:
            place = places[0] if places else "-"
            yield f"{place}\t{question.words}\t{question.sections[0]}\t{' '.join(found[:NEAR])}"


def read(file: Path) -> dict[str, Score]:
    """Read the table; raises UserError for a line that is none of its rows."""
    return {code: Score(*numbers) for code, numbers in tables.read(file, HEAD).items()}


def worse(measured: dict[str, Score], table: dict[str, Score]) -> Iterator[str]:
    """Find what has become worse than the table."""
    for code, now in measured.items():
        before = table.get(code, Score(0, 0, 0))
        for name in ("first", "three"):
            if getattr(now, name) < getattr(before, name) - SLACK:
                yield (
                    f"the search in '{code}' finds {getattr(now, name)} of {now.questions} "
                    f"questions {name}, and {FILE.as_posix()} has {getattr(before, name)}; "
                    "python -m tools.theme.asking -v names those that it misses"
                )


def write(measured: dict[str, Score], file: Path) -> None:
    """Keep the better of each number."""
    table = read(file) if file.exists() else {}
    rows = {}
    for code, now in measured.items():
        before = table.get(code, now)
        rows[code] = now.questions, max(now.first, before.first), max(now.three, before.three)
    tables.write(file, HEAD, rows)


@click.command(help=__doc__)
@click.argument("half", default="seen")
@click.option("--write", "writes", is_flag=True, help="note what is better")
@click.option("-v", "--verbose", is_flag=True, help="name each question that is not found first")
def main(half: str, writes: bool, verbose: bool) -> int:
    """Ask the questions of tests/search/HALF.tsv; exit status 1 if the seen ones do worse."""
    root = Path.cwd()
    sources, every = Sources.read(root), questions(FOLDER / f"{half}.tsv")
    measured = {}
    with chromium(root) as (running, address):
        for language in languages.load(root):
            asked = [question for question in every if question.language == language.code]
            home, page = urljoin(address, language.prefix), running.new_page()
            page.goto(home)
            open_search(page)
            lists = ask(page, home, [question.words for question in asked])
            got = measured[language.code] = score(asked, lists, sources)
            print(f"{language.code}: {got.first} of {got.questions} first, {got.three} in {NEAR}")
            for line in missed(asked, lists, sources) if verbose else ():
                print(line)
    if half != "seen":
        return 0
    if writes:
        write(measured, FILE)
    found = list(worse(measured, read(FILE)))
    print(*found, sep="\n", file=sys.stderr, end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    errors.run(main)
