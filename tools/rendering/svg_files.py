"""Writes each drawing and plot of a built site as a file that says its source and its licence.

Below a drawing or plot stands a link to its file, `drawings/gru-cell.svg` below the root of its
language; after the build the file is made of what the page shows.
"""

import re
from html import escape, unescape
from pathlib import Path, PurePosixPath

from tools.project import files
from tools.rendering import figures, standalone
from tools.rendering.origin import Origin
from tools.sources import languages
from tools.sources.languages import Language, relative_link

LICENCE = "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"
_FOLDERS = {"figure": "drawings", "plot": "plots"}
_LINKED = re.compile(
    r"(?P<svg><svg(?:(?!</svg>).)*</svg>)"
    r'<a class="gg-svg"[^>]* href="(?:\.\./)*(?P<place>[\w/.-]+)"',
    re.DOTALL,
)
_LABEL = re.compile(r'aria-label="([^"]*)"')
_HEAD = re.compile(r"<svg\b[^>]*>")


def linked(figure: str, src: str, number: int, where: Origin) -> str:
    """Put into a figure the link to the file of its source, such as `figure:gru-cell`.

    number: of a plot on its page, by which those are named that a notebook drew.
    """
    kind, _, name = src.partition(":")
    if number and where.path.endswith(".py"):
        name = f"{PurePosixPath(where.path).stem}-{number}"
    # A page is a folder of its own, so what is relative to it begins there.
    link = relative_link(f"{_FOLDERS[kind]}/{name}.svg", languages.address(where.path) + "index")
    label = escape(where.readers.text["take_svg"], quote=True)
    link = f'<a class="gg-svg" title="{label}" aria-label="{label}" href="{link}">SVG</a>'
    return figure.replace("</figure>", f"{link}</figure>")


def write(root: Path, language: Language, site: Path, name: str, home: str) -> None:
    """Write the files that a language's pages link to; raises UserError.

    name: of the site; home: the address at which the language begins, if it is known.
    """
    colours, written = dict(figures.palette(root)), set()
    for folder in _FOLDERS.values():
        (site / folder).mkdir(exist_ok=True)
    for page in sorted(site.rglob("index.html")):
        address = page.parent.relative_to(site).as_posix().removeprefix(".")
        for found in _LINKED.finditer(page.read_text("utf-8")):
            if found["place"] not in written:
                written.add(found["place"])
                svg = standalone.figure(root, found["svg"], language.code, colours)
                said = _LABEL.search(found["svg"])
                source = f"{name}, {home}{address and address + '/'}. {LICENCE}"
                files.replace(site / found["place"], _told(svg, said, source))


def _told(svg: str, said: re.Match[str] | None, source: str) -> str:
    """The file's text: what it shows and where it is from, first of all."""
    title = f"<title>{escape(unescape(said[1]))}</title>" if said else ""
    head = _HEAD.search(svg)
    assert head, svg  # every drawing and plot is one
    return f"{head[0]}{title}<desc>{escape(source)}</desc>{svg[head.end() :]}\n"
