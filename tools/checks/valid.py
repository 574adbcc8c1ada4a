"""Holds every page of a built site to HTML's rules, by the W3C's checker.

The checker runs on Java, and npm, which comes with Node, fetches it once into .cache; nothing else
here needs either. What it says is mended where the page is made. Left out is its guess of a page's
language, which it draws by lot from words: a list of papers is German to it, for its names; and
what it says of a page's policy, whose 'self' is no host to it where it reads files.
"""

import json
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit
from urllib.request import url2pathname

import click

from tools.project import cache, errors, programs
from tools.project.errors import UserError
from tools.project.programs import Missing

VERSION = "26.9.27"  # of the npm package vnu-jar
_WITHIN = "package/build/dist/vnu.jar"
_OPTIONS = (
    "--stdout",
    "--format",
    "json",
    "--skip-non-html",
    "--no-langdetect",
    "--filterpattern",
    ".*Content Security Policy.*",
)
_NEEDED = {
    "java": "the checker runs on Java 17 or newer: install it, such as by "
    "apt-get install default-jre-headless or from adoptium.net",
    "npm": "the checker is fetched by npm, which comes with Node: install it, such as by "
    "apt-get install npm or from nodejs.org",
}


def checker(root: Path) -> Path:
    """Give the checker's file, fetched where it is not there; raises Missing."""
    jar = cache.folder(root) / f"vnu-{VERSION}.jar"
    if not jar.is_file():
        with TemporaryDirectory(dir=jar.parent) as folder:
            ran = programs.run(
                "npm", "pack", f"vnu-jar@{VERSION}", "--pack-destination", folder,
                needed=_NEEDED["npm"],
            )  # fmt: skip
            if ran.returncode:
                raise Missing(f"npm could not fetch vnu-jar; it said:\n{ran.stderr.strip()}")
            (packed,) = Path(folder).glob("*.tgz")
            with tarfile.open(packed) as tar:
                tar.extract(_WITHIN, folder, filter="data")
            (Path(folder) / _WITHIN).replace(jar)
    return jar


def faults(site: Path, jar: Path) -> list[str]:
    """Name what is wrong on the pages of a site, each with its file and line."""
    if not any(site.rglob("*.html")):
        raise UserError("no page is there; run make build first", site)
    ran = programs.run("java", "-jar", str(jar), *_OPTIONS, str(site), needed=_NEEDED["java"])
    try:
        report = json.loads(ran.stdout)
    except json.JSONDecodeError:
        raise Missing(f"{_NEEDED['java']}; this one said:\n{ran.stderr.strip()}") from None
    return said(report)


def said(report: dict[str, list[dict[str, str | int]]]) -> list[str]:
    """Write a report's messages as lines, in the order of the pages."""
    found = sorted(
        (
            url2pathname(urlsplit(str(each.get("url", ""))).path),
            each.get("lastLine", 1),
            str(each["message"]),
        )
        for each in report["messages"]
    )
    return [f"{errors.name(Path(file))}:{line}: {message}" for file, line, message in found]


@click.command(help=__doc__)
@click.argument(
    "site", type=click.Path(exists=True, file_okay=False, path_type=Path), default="site"
)
def main(site: Path) -> int:
    """Check the pages in SITE; exit status 1 if anything is wrong on them."""
    found = faults(site, checker(Path.cwd()))
    print(*found, sep="\n", file=sys.stderr, end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    errors.run(main)
