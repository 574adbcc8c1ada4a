"""Markdown extension: drawings and plots are put into the page, in the page's words.

`![What it shows](figure:gru-cell){ lit=reset-gate }` shows docs/figures/gru-cell.svg with one part
lit; a drawing that the page has already is not repeated, but used again, with its own part lit. Its
`{{reset-gate}}` becomes that term of docs/glossary.yml in the page's language, and so do the labels
of a plot, which are English in the code that drew it. `![What it shows](plot:gradients)` shows
experiments/gradients.svg, which an experiment drew from its recorded results. Below each, but for
the small ones, stands a link to it as a file, which tools/rendering/svg_files.py writes.

In a cell, gru-cell or lstm-cell, each `data-part` is the term of the glossary that it shows, each
part once; pages light them by these names, and so may a script.
"""

import re
from html import escape
from itertools import count
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from tools.project import files
from tools.project.errors import UserError
from tools.project.files import EXPERIMENTS
from tools.rendering import origin, parts
from tools.rendering.origin import Origin
from tools.running import notebooks
from tools.sources import glossary, languages, markup, pages
from tools.sources.pages import FIGURE, PLOT

DRAWINGS = Path("docs") / "figures"
ICON = 100  # what is less wide stands for a word, in a list

KEY = re.compile(r"\{\{([\w-]+)\}\}")
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
PART = re.compile(r'data-part="([\w-]+)"')
_LIT_WITH = re.compile(r'data-(part|also)="([\w-]+)"')
_INSIDE = re.compile(r"(?<=>).*(?=</svg>)", re.DOTALL)
_COLOUR = re.compile(r"--gg-([\w-]+): (#[0-9a-f]{6})")
# What matplotlib adds and a page cannot use: the file's head, its date, its size, a style for the
# whole page, and ids that nothing refers to.
_LEFT_OUT = re.compile(
    r'^.*?(?=<svg)|<metadata>.*?</metadata>|<style.*?</style>|(?<=<g) id="[^"]*"'
    r"|(?<=<svg)[^>]*?(?= viewBox)",
    re.DOTALL,
)
_ID = re.compile(r'(\bid="|href="#|url\(#)([^")]+)')
_TAG = re.compile(r"<[^>]*>")
_FINE = re.compile(r"(\d\.\d)\d+")  # a tenth of a point is as fine as a screen shows
# Names such as GRU and numbers are the same in every language; a label has a word.
_LABEL = re.compile(r"(<text\b[^>]*>)([^<]*[a-z]{3}[^<]*)(</text>)")


def unknown(key: str) -> str:
    """Say what is wrong with a word that the glossary lacks."""
    return f"the word '{key}' is not in docs/glossary.yml; add it there, or mend the name"


class UnknownWord(ValueError):
    """A drawing asks for a term that the glossary lacks."""


class NotForAPage(ValueError):
    """A drawing holds what no page may hold, such as a script."""


class UnknownLabel(ValueError):
    """A plot shows an English label that the glossary lacks."""

    def __init__(self, label: str):
        super().__init__(f"docs/glossary.yml has no term '{label}', which a plot shows; add it")
        self.label = label


def drawing(
    root: Path, name: str, language: str, alt: str, lit: str | None = None, again: bool = False
) -> str:
    """Write a drawing as inline SVG, or a use of it if the page shows it `again`.

    Raises ValueError for an unknown drawing, part or word.
    """
    path = _existing(root, DRAWINGS, name, "drawing", "there are")
    svg = files.read(path)
    if lit is not None and lit not in PART.findall(svg):
        known = ", ".join(sorted(set(PART.findall(svg))))
        raise ValueError(f"docs/figures/{name}.svg has no part '{lit}'; it has: {known}")

    def shown(inside: re.Match[str]) -> str:
        if again:
            return f'<use href="#drawing-{name}"/>'
        # No rule of a style sheet reaches from a page into a use; variables are inherited.
        parts = _LIT_WITH.sub(r'\g<0> style="--\1-lit: var(--lit-\2)"', inside[0])
        words = worded(parts, root, name, language)
        return f'<g class="drawing" id="drawing-{name}">{words}</g>'

    svg = _INSIDE.sub(shown, svg, count=1)
    return _figure(svg, alt, "figure", f' data-lit="{lit}" style="--lit-{lit}: 1"' if lit else "")


def worded(svg: str, root: Path, name: str, language: str) -> str:
    """Write a language's words into a drawing; raises UnknownWord."""
    where = f"docs/figures/{name}.svg"
    return KEY.sub(lambda key: _word(root, key[1], language, where), svg)


def plot(root: Path, file: Path, language: str, alt: str) -> str:
    """Write a notebook's plot as inline SVG, its labels in the page's language."""
    by_english = {term.names.get("en"): key for key, term in glossary.load(root).terms.items()}

    def translated(label: re.Match[str]) -> str:
        if language == "en":
            return str(label[0])
        if label[2] not in by_english:
            raise UnknownLabel(label[2])
        word = _word(root, by_english[label[2]], language, "a plot")
        return f"{label[1]}{word}{label[3]}"

    svg = _LEFT_OUT.sub("", files.read(file))
    svg = _TAG.sub(lambda tag: _FINE.sub(r"\1", tag[0]), svg)
    for colour, value in palette(root):
        svg = svg.replace(value, f"var(--gg-{colour})")
    return _figure(_LABEL.sub(translated, svg), alt, "plot", "")


def recorded_plot(root: Path, name: str, language: str, alt: str) -> str:
    """Write an experiment's plot as SVG; raises ValueError for an unknown plot or word."""
    file = _existing(root, EXPERIMENTS, name, "plot", "make experiments draws")
    return plot(root, file, language, alt)


def _existing(root: Path, folder: Path, name: str, kind: str, others: str) -> Path:
    file = folder / f"{name}.svg"
    if not (root / file).exists():
        known = ", ".join(sorted(other.stem for other in (root / folder).glob("*.svg")))
        raise ValueError(f"there is no {kind} {file.as_posix()}; {others}: {known}")
    return root / file


def palette(root: Path) -> list[tuple[str, str]]:
    """Read the light scheme's colours, which plots are drawn in, and their names in the style."""
    css = (root / "overrides" / "assets" / "site.css").read_text("utf-8")
    return _COLOUR.findall(css[: css.index("}")])


def _word(root: Path, key: str, language: str, where: str) -> str:
    terms = glossary.load(root).terms
    if key not in terms:
        raise UnknownWord(f"{where}: {unknown(key)}")
    return escape(terms[key].name(language))


def _figure(svg: str, alt: str, kind: str, attributes: str) -> str:
    label = escape(alt, quote=True)
    svg = svg.strip().replace("<svg", f'<svg role="img" aria-label="{label}"{attributes}', 1)
    shape = size(svg)
    if not shape:
        raise ValueError(f'this {kind} needs viewBox="0 0 WIDTH HEIGHT" in its first line')
    for _, message in markup.in_svg(svg):
        raise NotForAPage(message)
    style = f'style="aspect-ratio: {shape[0]:g} / {shape[1]:g}"'
    return f'<figure class="{kind}" {style} data-search-exclude="true">{svg}</figure>'


class Figures(Extension):
    """Puts `figure:` and `plot:` images into the page as SVG."""

    def extendMarkdown(self, md: Markdown) -> None:
        # After attr_list (8), which sets the attribute that lights a part.
        md.treeprocessors.register(_FigureTreeprocessor(md), "figures", 4)


def makeExtension(**config: Any) -> Figures:
    return Figures(**config)


def inline(src: str, alt: str, lit: str | None, again: bool, where: Origin) -> str:
    """Write inline SVG for an image's source such as `figure:gru-cell`."""
    root = Path(where.root)
    if src.startswith(FIGURE):
        return drawing(root, src.removeprefix(FIGURE), where.reader, alt, lit, again)
    name = src.removeprefix(PLOT)
    executed = notebooks.cache_folder(root) / f"{name}.svg"
    if not executed.exists():
        return recorded_plot(root, name, where.reader, alt)
    try:
        return plot(root, executed, where.reader, alt)
    except UnknownLabel as error:
        file = where.page.path
        raise UserError(str(error), file, pages.line_of(file, error.label)) from None


def own_ids(svg: str, number: int) -> str:
    """Name the parts of a page's plot by its number: two plots have equal ones, such as a tick."""
    ids: dict[str, str] = {}
    return _ID.sub(lambda each: each[1] + ids.setdefault(each[2], f"plot-{number}-{len(ids)}"), svg)


def place(src: str, number: int = 0, page: str = "") -> str:
    """Give the place of a source's file, such as drawings/gru-cell.svg for `figure:gru-cell`.

    number, page: of a plot on its page, by which those are named that a notebook drew.
    """
    if src.startswith(FIGURE):
        return f"drawings/{src.removeprefix(FIGURE)}.svg"
    drawn = page.endswith(".py")
    return f"plots/{f'{Path(page).stem}-{number}' if drawn else src.removeprefix(PLOT)}.svg"


def size(svg: str) -> tuple[float, float] | None:
    """Give the width and height of a drawing or plot, if its first line has them."""
    found = _SIZE.search(svg)
    return (float(found[1]), float(found[2])) if found else None


def is_icon(svg: str) -> bool:
    return (size(svg) or (0, 0))[0] < ICON


def _linked(figure: str, src: str, number: int, where: Origin) -> str:
    """Put into a figure the link to its file."""
    if is_icon(figure):
        return figure
    # A page is a folder of its own, so what is relative to it begins there.
    root = languages.up(languages.address(where.path))
    label = escape(where.language.text["take_svg"], quote=True)
    link = (
        f'<a class="gg-svg" aria-label="{label}" '
        f'href="{root}{place(src, number, where.path)}">SVG</a>'
    )
    return figure.replace("</figure>", f"{link}</figure>")


class _FigureTreeprocessor(Treeprocessor):
    def __init__(self, md: Markdown):
        super().__init__(md)
        self.reader = origin.reader(md)

    def run(self, root: Element) -> None:
        seen: set[str] = set()
        plots = count(1)
        for parent in list(root.iter()):
            for image in list(parent):
                src = image.get("src", "") if image.tag == "img" else ""
                if src.startswith((FIGURE, PLOT)):
                    alt, lit = image.get("alt", ""), image.get("lit")
                    where = self.reader.origin
                    svg = inline(src, alt, lit, src in seen, where)
                    number = next(plots) if src.startswith(PLOT) else 0
                    if number:
                        svg = own_ids(svg, number)
                    svg = _linked(svg, src, number, where)
                    if cell := image.get("cell"):
                        svg = parts.around(svg, cell, image.get("turned"), where)
                    seen.add(src)
                    self._replace(parent, image, self.md.htmlStash.store(svg))

    @staticmethod
    def _replace(parent: Element, image: Element, placeholder: str) -> None:
        # A figure may not stand inside a paragraph.
        alone = parent.tag == "p" and len(parent) == 1 and not (parent.text or "").strip()
        if not alone or (image.tail or "").strip():
            raise ValueError(f"the drawing {image.get('src')} must stand in a paragraph of its own")
        parent.remove(image)
        parent.tag, parent.text = "div", placeholder
