"""Compares what a visitor feels of each page in site/ with tests/measures.tsv, which only improves.

A page has its weight at a first visit in thousands of bytes, compressed, the elements that a
browser lays out, in tens, and the columns of its widest line of code. What is worse than its row is
an error, but for what a sentence adds, and a tenth more always is; --write lowers the numbers that
are better, and adds and drops pages. A number that has to rise is written into the table by hand,
so that a reviewer sees it.
"""

import gzip
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import click
from bs4 import BeautifulSoup

from tools.project import errors, tables
from tools.sources import redirects

FILE = Path("tests") / "measures.tsv"
_LOADED = "script[src], link[rel~=stylesheet], link[rel~=icon], img:not([loading=lazy]), link[as]"
_STEP = 10  # elements
# What a contributor to one language adds to a page until the other follows, and the page of it all.
_NOTICE = re.compile(r'<p class="gg-notice".*?</p>', re.DOTALL)
_STATUS = "status"


@dataclass(frozen=True)
class Measure:
    """What a visitor feels of a page."""

    kilobytes: int
    elements: int
    columns: int

    def better(self, other: "Measure") -> "Measure":
        return Measure(*map(min, astuple(self), astuple(other)))


SENTENCE = Measure(1, 50, 0)  # what one more may add
HEAD = "\t".join(["page", *(field.name for field in fields(Measure))])


def of_page(file: Path) -> Measure:
    """Measure a built page, without the notices on sections that are behind."""
    html = own_text(file)
    page = BeautifulSoup(html, "html.parser")
    lines = [line for code in page.select(".language-python pre") for line in code.text.split("\n")]
    elements = len(page.find_all(True))
    columns = max((len(line.rstrip()) for line in lines), default=0)
    addresses = (str(each.get("src") or each["href"]) for each in page.select(_LOADED))
    loaded = {(file.parent / address).resolve() for address in addresses}
    kilobytes = -(-weight(html, loaded) // 1000)
    return Measure(kilobytes, -(-elements // _STEP) * _STEP, columns)


def own_text(file: Path) -> str:
    """Read a built page without the notices on sections that are behind."""
    return _NOTICE.sub("", file.read_text("utf-8"))


def weight(html: str, loaded: Iterable[Path]) -> int:
    """Weigh a built page and the files that it loads: bytes, compressed; a font is already."""
    return len(gzip.compress(html.encode())) + sum(
        file.stat().st_size if file.suffix == ".woff2" else len(gzip.compress(file.read_bytes()))
        for file in loaded
    )


def of_site(site: Path) -> dict[str, Measure]:
    """Measure all pages, by their addresses, such as zh/gates/gru/."""
    return {
        page: of_page(file)
        for page, file in redirects.pages_of(site).items()
        if file.parent.name != _STATUS
    }


def read(file: Path) -> dict[str, Measure]:
    """Read the table; raises UserError for a line that is none of its rows."""
    return {page: Measure(*numbers) for page, numbers in tables.read(file, HEAD).items()}


def worse(measured: dict[str, Measure], table: dict[str, Measure]) -> Iterator[str]:
    """Find what is worse than the table, and pages that only one of them has."""
    for page, measure in measured.items():
        if page not in table:
            yield f"{FILE.as_posix()} lacks {page}; make build, then make measure"
            continue
        for field in fields(Measure):
            now, most, more = (getattr(m, field.name) for m in (measure, table[page], SENTENCE))
            if now > most + more or now * 10 >= most * 11 > 0:  # a tenth
                yield (
                    f"{page} has {now} {field.name}, {now - most} more than in {FILE.as_posix()}; "
                    "take away what is not needed, or write the new number there"
                )
    for page in table.keys() - measured.keys():
        yield f"{FILE.as_posix()} has {page}, which is no page; make build, then make measure"


def write(measured: dict[str, Measure], file: Path) -> None:
    """Keep the better of each number; the rows of new pages are what was measured."""
    table = read(file) if file.exists() else {}
    better = {page: each.better(table.get(page, each)) for page, each in measured.items()}
    tables.write(file, HEAD, {page: astuple(each) for page, each in better.items()})


@click.command(help=__doc__)
@click.option("--write", "writes", is_flag=True, help="note what is better, and new pages")
def main(writes: bool) -> int:
    """Compare ./site with the table; exit status 1 if something is worse."""
    measured = of_site(Path("site"))
    if writes:
        write(measured, FILE)
    found = list(worse(measured, read(FILE)))
    print(*found, sep="\n", file=sys.stderr, end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    errors.run(main)
