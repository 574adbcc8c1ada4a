"""Lets the languages of a built site share the styles, scripts and fonts that are the same."""

import filecmp
import re
from pathlib import Path

from tools.sources import languages

ASSETS = "assets"
_ADDRESS = re.compile(rf'(?<==")((?:\.\./)*|/[^" ]*/)({ASSETS}/[^"]+)(?=")')


def share(site: Path, prefix: str) -> None:
    """Drop what a language's folder, such as zh/, has twice, and lead its pages to the site's own.

    Scripts load one another from their own folder, so they move together or not at all.
    """
    own = site / prefix
    twins = {
        name
        for file in (own / ASSETS).rglob("*.*")
        if _is_same(file, site / (name := file.relative_to(own).as_posix()))
    }

    def lead(address: re.Match[str]) -> str:
        to, name = address.groups()
        if name not in twins:
            return address[0]
        return (to.removesuffix(prefix) if to.startswith("/") else languages.up(prefix) + to) + name

    for page in own.rglob("*.html"):
        page.write_text(_ADDRESS.sub(lead, page.read_text("utf-8")), "utf-8")
    for name in twins:
        (own / name).unlink()
    for folder in sorted((own / ASSETS).rglob("*/"), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def _is_same(file: Path, other: Path) -> bool:
    return other.is_file() and filecmp.cmp(file, other, shallow=False)
