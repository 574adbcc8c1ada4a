"""Builds the site with ProperDocs too and compares: the way out, should MkDocs 1 stop working.

It stands in a folder of its own, so the site is built without it; where it cannot be fetched, that
is said and nothing fails.
"""

import gzip
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import zip_longest
from os.path import commonprefix
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from tools.checks import built
from tools.project import errors
from tools.project.errors import UserError
from tools.translations.overview import overview_of

PINNED = "requirements-exit.txt"
FOLDER = ".venv-exit"
NOT_FETCHED = "PROPERDOCS COULD NOT BE FETCHED, SO THE WAY OUT WAS NOT TRIED."

_GENERATOR = re.compile(rb'<meta name="generator"[^>]*>')
_SHOWN = 60  # bytes of a line that differs


def fetch(root: Path) -> Path | None:
    """The folder with ProperDocs as it is pinned, or None where it cannot be fetched."""
    folder, wanted = root / FOLDER, (root / PINNED).read_text("utf-8")
    ready = folder / "ready"
    if not ready.is_file() or ready.read_text("utf-8") != wanted:
        # What it needs is what MkDocs needs, which is there.
        options = ["--no-deps", "--upgrade", "--retries", "1", "--target", str(folder)]
        pip = [sys.executable, "-m", "pip", "install", "--quiet", *options]
        if subprocess.run([*pip, "-r", PINNED], cwd=root).returncode:
            return None
        ready.write_text(wanted, "utf-8")
    return folder


def build(root: Path, properdocs: Path, site: Path, like: Path) -> None:
    """Build into `site`, as on the day on which the site in `like` was built; raises UserError."""
    day = str(int((like / "sitemap.xml").stat().st_mtime))
    ran = subprocess.run(
        [sys.executable, "-m", "properdocs", "build", "-f", "mkdocs.yml", "--site-dir", str(site)],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(properdocs), "SOURCE_DATE_EPOCH": day},
    )
    if ran.returncode:
        raise UserError("ProperDocs does not build the site; what stops it stands above")


def differences(one: Path, other: Path) -> Iterator[str]:
    """Find each file that differs between MkDocs's site and ProperDocs's, and its first line."""
    names = {
        file.relative_to(site)
        for site in (one, other)
        for file in site.rglob("*")
        if file.is_file()
    }
    for name in sorted(names):
        if not (one / name).is_file():
            yield f"{name}: ProperDocs alone has it"
        elif not (other / name).is_file():
            yield f"{name}: MkDocs alone has it"
        else:
            lines = zip_longest(_lines(one / name), _lines(other / name), fillvalue=b"")
            for number, (ours, theirs) in enumerate(lines, 1):
                if ours != theirs:
                    at = len(commonprefix([ours, theirs]))
                    first, second = (line[at : at + _SHOWN] for line in (ours, theirs))
                    yield f"{name}:{number}: MkDocs has {first!r}, ProperDocs {second!r}"
                    break


def _lines(file: Path) -> list[bytes]:
    content = file.read_bytes()
    if file.suffix == ".gz":
        content = gzip.decompress(content)
    return _GENERATOR.sub(b"", content).split(b"\n")


@click.command(help=__doc__)
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(site: Path) -> int:
    """Compare SITE, which MkDocs built, with ProperDocs; exit status 1 if anything differs."""
    root = Path.cwd()
    properdocs = fetch(root)
    if properdocs is None:
        print(NOT_FETCHED, file=sys.stderr)
        return 0
    with TemporaryDirectory() as folder:
        build(root, properdocs, Path(folder), site)
        found = [*built.check(overview_of(root), Path(folder)), *differences(site, Path(folder))]
    print(*found, sep="\n", file=sys.stderr, end="\n" if found else "")
    print(f"{len(found)} differ" if found else "ProperDocs builds the same site.")
    return 1 if found else 0


if __name__ == "__main__":
    errors.run(main)
