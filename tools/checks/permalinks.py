"""Compares the addresses of site/ with tests/permalinks.txt, which keeps each that was published.

An address is that of a page or of a heading on it, in each language. One that is gone and leads
nowhere is an error, since links from elsewhere, bookmarks and quotations break: give it back, or
write into docs/redirects.yml where it is now. --write adds what is new, and takes nothing out.
"""

import logging
import re
import sys
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path

import click
from mkdocs.exceptions import Abort

from tools.project import errors, files
from tools.project.errors import UserError
from tools.sources import languages, redirects
from tools.sources.findings import Finding
from tools.sources.redirects import HOME, Place, Redirect

log = logging.getLogger("mkdocs.hooks")

FILE = Path("tests") / "permalinks.txt"

_HEADING = re.compile(r'<h[1-6]\b[^>]*? id="([^"]+)"')


def of_site(site: Path) -> set[Place]:
    """Find the pages of a built site and their headings; raises UserError where there are none."""
    found: set[Place] = set()
    for page, file in redirects.pages_of(site).items():
        ids = _HEADING.findall(file.read_text("utf-8"))
        found |= {Place(page, unescape(each)) for each in ["", *ids]}
    return found


def read(file: Path) -> dict[Place, int]:
    """Read the addresses that are kept, each with its line; raises UserError for what is none."""
    kept = {}
    for line, address in enumerate(files.read(file).splitlines(), 1):
        found = redirects.place(address)
        if found is None:
            message = "this is no address; write one such as zh/gates/gru/#reset-gate"
            raise UserError(message, file, line)
        kept[found] = line
    return kept


def write(built: set[Place], file: Path) -> None:
    """Add what is new, in order."""
    kept = set(read(file)) if file.exists() else set()
    files.replace(file, "".join(f"{place}\n" for place in sorted(kept | built)))


def lost(
    kept: dict[Place, int], built: set[Place], moved: list[Redirect], prefixes: list[str]
) -> Iterator[Finding]:
    """Find what is gone and leads nowhere."""
    new = {each.old: each.new for each in moved}
    for place, line in kept.items():
        if place in built:
            continue
        prefix = max((each for each in prefixes if place.page.startswith(each)), key=len)
        old = Place(place.page.removeprefix(prefix) or HOME, place.id)
        page = new.get(Place(old.page, ""))
        if old in new or (page and (page.id or Place(page.page, old.id).below(prefix) in built)):
            continue
        target = f"{page or old.page}#NEW" if old.id else "NEW/"
        yield Finding(
            FILE.as_posix(),
            line,
            f"{place} is gone, and links to it break; give it back, or write where it is now into "
            f"{redirects.FILE.as_posix()}:   {old}: {target}",
        )


def useless(moved: Iterable[Redirect], built: set[Place], prefixes: list[str]) -> Iterator[Finding]:
    """Find redirects that lead to nothing, or from where something stands."""
    for each in moved:
        gone = [prefix for prefix in prefixes if each.old.below(prefix) not in built]
        nothing = [new for prefix in gone if (new := each.new.below(prefix)) not in built]
        message = ""
        if not gone:
            message = f"{each.old} is there, so nothing needs to lead on from it; take this out"
        elif nothing:
            message = f"{nothing[0]} is not there; write where {each.old} is now"
        if message:
            yield Finding(redirects.FILE.as_posix(), each.line, message)


def after_build(moved: list[Redirect], site: Path, prefixes: list[str]) -> None:
    """Raise Abort if a redirect of a site that was just built does not lead on."""
    if not moved:
        return
    found = list(useless(moved, of_site(site), prefixes))
    for finding in found:
        log.error(str(finding))
    if found:
        raise Abort(f"{len(found)} redirects to mend")


@click.command(help=__doc__)
@click.option("--write", "writes", is_flag=True, help="add what is new")
def main(writes: bool) -> int:
    """Compare ./site with what is kept; exit status 1 if anything is gone."""
    root = Path.cwd()
    prefixes = [language.prefix for language in languages.load(root)]
    moved = redirects.load(root)
    built = of_site(root / "site")
    if writes:
        write(built, root / FILE)
    kept = read(root / FILE)
    found = [*lost(kept, built, moved, prefixes), *useless(moved, built, prefixes)]
    print(*found, sep="\n", file=sys.stderr, end="\n" if found else "")
    if new := built - kept.keys():
        print(f"new addresses: {len(new)}; python -m tools.checks.permalinks --write keeps them")
    return 1 if found else 0


if __name__ == "__main__":
    errors.run(main)
