"""Redirects: docs/redirects.yml says where that is now which stood elsewhere, in every language."""

import json
import re
from dataclasses import dataclass
from html import escape
from pathlib import Path
from posixpath import relpath
from typing import NamedTuple
from urllib.parse import urljoin

from tools.project import files, yaml_file
from tools.project.errors import UserError
from tools.sources.languages import Language

FILE = Path("docs") / "redirects.yml"
HOME = "./"  # how the address of the first page is written
SCRIPT = "assets/redirect.js"

_PLACE = re.compile(r"(?P<page>\./|(?:(?!\.)[\w.-]+/)+)(?:#(?P<id>[^\s#]+))?")
_MARK = '<body class="gg-moved">'
# The script alone knows which section is asked for, so the rest is for whom it does not run.
_PAGE = f"""<!doctype html>
<html lang="{{language}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{{title}}</title>
<link rel="canonical" href="{{canonical}}">
<script src="{{script}}" data-to="{{new}}" data-moved="{{sections}}"></script>
<noscript><meta http-equiv="refresh" content="0; url={{new}}"></noscript>
</head>
{_MARK}<p>{{moved}} <a href="{{new}}">{{canonical}}</a></p></body>
</html>
"""


class Place(NamedTuple):
    """A page's address below its language's root, and a section's id, "" for the page."""

    page: str
    id: str

    def __str__(self) -> str:
        return self.page + (f"#{self.id}" if self.id else "")

    def below(self, prefix: str) -> "Place":
        """Give its place below the main language's root, from the prefix of its own language."""
        return Place((prefix + self.page.removeprefix(HOME)) or HOME, self.id)

    def seen_from(self, page: str) -> str:
        """Write it as a link from a page."""
        section = f"#{self.id}" if self.id else ""
        return section if page == self.page else f"{relpath(self.page, page)}/{section}"


@dataclass(frozen=True)
class Redirect:
    """Where a page or a section was and where it is, and the line that says so."""

    old: Place
    new: Place
    line: int


def place(address: str) -> Place | None:
    """Read an address such as gates/gru/#reset-gate; None for what is none."""
    found = _PLACE.fullmatch(address)
    return Place(found["page"], found["id"] or "") if found else None


def load(root: Path) -> list[Redirect]:
    """Read the redirects, in their order; raises UserError for a line that is none."""
    file = root / FILE
    entries = yaml_file.load(file) if file.is_file() else None
    if not isinstance(entries, dict | None):
        raise UserError("this is no redirect; write   gates/old/: gates/new/   on a line", file, 1)
    lines = yaml_file.lines(files.read(file)).values() if entries else []
    return [
        Redirect(_required(old, file, line), _required(new, file, line), line)
        for (old, new), line in zip((entries or {}).items(), lines, strict=True)
    ]


def _required(address: object, file: Path, line: int) -> Place:
    found = place(str(address))
    if found is None:
        raise UserError(
            f"'{address}' is no address of the site; write it without the language and with a "
            f"slash behind the page, as gates/gru/ or gates/gru/#reset-gate, the first page as ./",
            file, line,
        )  # fmt: skip
    return found


def sections(moved: list[Redirect], page: str) -> dict[str, str]:
    """Give the ids that a page had, each with a link to where that section is now."""
    here = page or HOME
    of_page = [each for each in moved if each.old.page == here and each.old.id]
    return {each.old.id: each.new.seen_from(here) for each in of_page}


def pages_of(site: Path) -> dict[str, Path]:
    """Find the pages of a built site that do more than lead to another, by their addresses, such
    as zh/gates/gru/; raises UserError where there are none.
    """
    found = {
        f"{file.parent.relative_to(site).as_posix()}/": file
        for file in sorted(site.rglob("index.html"))
        if _MARK not in file.read_text("utf-8")
    }
    if not found:
        raise UserError("this page is not built; run make build first", site / "index.html")
    return found


def write(moved: list[Redirect], language: Language, folder: Path, title: str, home: str) -> None:
    """Leave a page that leads on where a page of a language stood, in the folder of its site."""
    for each in moved:
        old, new = each.old.page, each.new
        file = folder / old / "index.html"
        if each.old.id or file.exists():
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        values = {
            "language": language.code,
            "title": title,
            "canonical": urljoin(home, new.page),
            "script": relpath(SCRIPT, old),
            "new": new.seen_from(old),
            "sections": json.dumps(sections(moved, old)),
            "moved": language.text["moved"],
        }
        html = _PAGE.format(**{name: escape(value) for name, value in values.items()})
        file.write_text(html, "utf-8")
