"""Writes each drawing and plot of a built site as a file that says its source and its licence.

Below a drawing or plot stands a link to its file (tools/rendering/figures.py), and the file is made
of what the page shows.
"""

import re
from html import escape, unescape
from pathlib import Path

from tools.rendering import figures, standalone
from tools.sources.languages import Language

LICENCE = "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"
_LINKED = re.compile(
    r"(?P<svg><svg(?:(?!</svg>).)*</svg>)"
    r'<a class="gg-svg"[^>]* href="(?:\.\./)*(?P<place>[\w/.-]+)"',
    re.DOTALL,
)
_LABEL = re.compile(r'aria-label="([^"]*)"')
_HEAD = re.compile(r"<svg\b[^>]*>")


def write(root: Path, language: Language, site: Path, name: str, home: str) -> None:
    """Write the files that a language's pages link to; raises UserError.

    name: of the site; home: the address at which the language begins, if it is known.
    """
    colours, written = dict(figures.palette(root)), set()
    for page in sorted(site.rglob("index.html")):
        address = page.parent.relative_to(site).as_posix().removeprefix(".")
        for found in _LINKED.finditer(page.read_text("utf-8")):
            if found["place"] not in written:
                written.add(found["place"])
                svg = standalone.figure(root, found["svg"], language.code, colours)
                source = f"{name}, {home}{address and address + '/'}. {LICENCE}"
                file = site / found["place"]
                file.parent.mkdir(exist_ok=True)
                file.write_text(_told(svg, _LABEL.findall(found["svg"])[0], source), "utf-8")


def _told(svg: str, shown: str, source: str) -> str:
    """The file's text: what it shows and where it is from, first of all."""
    said = f"<title>{escape(unescape(shown))}</title><desc>{escape(source)}</desc>"
    return _HEAD.sub(lambda head: head[0] + said, svg, count=1) + "\n"
