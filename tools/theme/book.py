"""Prints the finished site as a book, a PDF in each language: its pages one behind the other.

Chromium sets it, with the project's own fonts and matplotlib's on every machine. On which page a
chapter begins is known when all is set: the contents are printed once more, and put in.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path
from posixpath import join, normpath
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import click
import matplotlib
import pikepdf
from bs4 import BeautifulSoup, Tag
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

from tools.project import addresses, errors, files, yaml_file
from tools.project.errors import UserError
from tools.sources import languages, pages, take_along
from tools.sources.languages import Language
from tools.sources.take_along import Version
from tools.theme import browser

if TYPE_CHECKING:  # the tests alone have it checked without what prints
    from playwright.sync_api import Browser, Route

STYLES = Path("docs") / "poster" / "book.css"  # beside its fonts
_FONTS = (  # that have the signs of texts, beside those for code, formulas and drawings
    "noto-sans-cjk-sc-subset-regular.otf",
    "noto-sans-cjk-sc-subset-bold.otf",
    "DejaVuSans.ttf",
    "DejaVuSans-Bold.ttf",
)
_HOST = "http://book.invalid/"  # nothing leaves the browser for it
_SHEETS = (
    "assets/stylesheets/main.*.min.css",
    "assets/stylesheets/palette.*.min.css",
    "assets/site.css",
    "assets/figures.css",
    "assets/cell.css",
    "assets/exercises.css",
    "assets/home.css",
    "assets/lab/lab.css",
)
# What is for a screen, or for whoever answers
FURNITURE = (
    "script, template, form, input, select, button, noscript, [role=tooltip], [role=status], "
    "[role=alert], .headerlink, .md-content__button, .gg-on-paper, .gg-next, .gg-solved, .gg-live, "
    ".gg-filter, .gg-progress, .gg-names, .gg-bar, .gg-dial, .gg-take, .gg-controls, .gg-inner, "
    ".gg-sequence, .gg-svg, .gg-along, .gg-gallery"
)
_PATIENCE = 600_000  # milliseconds, for a page as long as a book on a busy machine
_CFF = (".otf", ".woff2")  # the fonts whose letters are drawn as PostScript does
_MAXIMA = [  # of a TrueType font, which moves no point by a program
    "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
    "maxStackElements", "maxSizeOfInstructions", "maxComponentElements",
]  # fmt: skip
_NAMING = ("id", "for", "aria-labelledby", "aria-describedby", "headers")
_OWN = re.compile(r"url\(#([\w-]+)\)")
_APPLIED = "\u2061"  # a function to what stands behind it; no font shows it
_HEADING = re.compile(r"h[1-6]")
_DEEPEST = 6
_WHOLE = 30  # lines of code that stand on one page


@dataclass
class _Part:
    """A section of the site, by the name of its pages, or a page."""

    slug: str
    depth: int
    title: str


@dataclass
class _Chapter(_Part):
    """A page in the book; what is in it is named behind its own name."""

    article: Tag


class Book:
    """The pages of a language of a built site, in the order of the navigation, as one page."""

    def __init__(self, root: Path, site: Path, language: Language, of: Version):
        self.root, self.site, self.language, self.of = root, site, language, of
        self.home = addresses.site()
        config = yaml_file.load_config(language.config_file)
        self.title, self.about = str(config["site_name"]), str(config["site_description"])
        nav = yaml_file.load_config(root / "mkdocs.yml")["nav"]
        self.chapters: dict[str, _Chapter] = {}
        self.parts = list(self._parts(nav, 1))
        self.ids = {
            f"{chapter.slug}--{element['id']}"
            for chapter in self.chapters.values()
            for element in chapter.article.find_all(id=True)
        }
        for address, chapter in self.chapters.items():
            self._set(chapter, address)

    def _parts(self, nav: list[Any], depth: int) -> Iterator[_Part]:
        for entry in nav:
            if isinstance(entry, str):
                yield self._chapter(entry, depth)
                continue
            for name, below in entry.items():
                title = pages.section(self.language.folder / below[0])
                yield _Part(f"part-{name}", depth, title)
                yield from self._parts(below, depth + 1)

    def _chapter(self, path: str, depth: int) -> _Chapter:
        address = languages.address(path)
        file = self.site / self.language.prefix / address / "index.html"
        _, begin, rest = files.read(file).partition("<article")
        text, end, _ = rest.rpartition("</article>")
        article = BeautifulSoup(begin + text + end, "html.parser").article
        if article is None or article.h1 is None:
            raise UserError("this page has no article with a heading; build the site anew", file)
        for number in article.select("input[data-f]"):
            number.replace_with(str(number["value"]))
        for element in article.select(FURNITURE):
            element.decompose()
        for sign in article.find_all("mi", string="∂"):
            sign["mathvariant"] = "normal"  # the font for formulas has no slanting one
        for block in article.select("pre[style]"):
            if int(str(block["style"]).removeprefix("--lines: ")) <= _WHOLE:
                block["class"] = "book-whole"
        slug = address.rstrip("/").replace("/", "-") or "home"
        chapter = _Chapter(slug, depth, article.h1.get_text().strip(), article)
        self.chapters[normpath(self.language.prefix + address)] = chapter
        return chapter

    def _set(self, chapter: _Chapter, address: str) -> None:
        """Let a page's names be its own, its links lead into the book, and its folds be open."""
        for fold in chapter.article.find_all("details"):
            fold["open"] = ""
            del fold["name"]  # of those that share one, one alone is open
        for heading in chapter.article.find_all(_HEADING):
            level = int(heading.name[1])
            classes = [*heading.get_attribute_list("class"), f"book-h{level}"]
            heading["class"] = " ".join(map(str, classes))
            heading.name = f"h{min(chapter.depth + level - 1, _DEEPEST)}"
        for element in chapter.article.find_all(True):
            for name in _NAMING:
                if name in element.attrs:
                    own = str(element[name]).split()
                    element[name] = " ".join(f"{chapter.slug}--{each}" for each in own)
            for name in ("href", "xlink:href"):
                if name in element.attrs:
                    self._lead(element, name, chapter, address)

    def _lead(self, element: Tag, name: str, chapter: _Chapter, address: str) -> None:
        url = urlsplit(str(element[name]))
        if url.scheme:
            element["data-address"] = addresses.bare(str(element[name]))
            return
        target = normpath(join(address, url.path)) if url.path else address
        other = self.chapters.get(target)
        if other and not url.query:
            place = f"{other.slug}--{url.fragment}"
            element[name] = f"#{place if place in self.ids else other.slug}"
        elif addresses.is_local(self.home):
            element.name = "span"  # nowhere yet
            del element[name]
        else:
            element[name] = urljoin(f"{self.home}{address}/", str(element[name]))

    def html(self, begins: dict[str, int], parts: list[_Part]) -> str:
        """Give a book of some parts; `begins` says on which page each does, as far as is known."""
        sheets = [sheet for pattern in _SHEETS for sheet in sorted(self.site.glob(pattern))]
        names = [*(sheet.relative_to(self.site).as_posix() for sheet in sheets), STYLES.name]
        return "\n".join(
            [
                f'<!doctype html><html lang="{self.language.code}" dir="ltr">'
                '<head><meta charset="utf-8">',
                f"<title>{escape(self.title)}</title>",
                *(f'<link rel="stylesheet" href="/{name}">' for name in names),
                "</head>",
                '<body dir="ltr" class="md-typeset" data-md-color-scheme="default"'
                ' data-md-color-primary="custom">',
                self._first(),
                self._contents(begins),
                *map(self._written, parts),
                "</body></html>",
            ]
        )

    def _first(self) -> str:
        text = self.language.text
        made = text["book_of"].format(day=self.of.day, commit=self.of.commit) if self.of.day else ""
        where = "" if addresses.is_local(self.home) else self.home + self.language.prefix
        licences = (
            f"{text['licence_text']}CC BY 4.0 · {text['licence_code']}0BSD{text['licence_free']}"
        )
        lines = [self.about, f'<a href="{where}">{where}</a>' if where else "", made, licences]
        told = "".join(f"<p>{line}</p>" for line in lines if line)
        return f'<section class="book-title"><p class="book-name">{self.title}</p>{told}</section>'

    def _contents(self, begins: dict[str, int]) -> str:
        rows = "".join(
            f'<li class="book-depth{part.depth}"><a href="#{part.slug}">{escape(part.title)}</a>'
            f"<span>{begins.get(part.slug, '')}</span></li>"
            for part in self.parts
        )
        title = self.language.text["book_contents"]
        return f'<section class="book-contents"><h1>{title}</h1><ul>{rows}</ul></section>'

    def _written(self, part: _Part) -> str:
        if not isinstance(part, _Chapter):
            depth = part.depth
            return f'<h{depth} class="book-part" id="{part.slug}">{escape(part.title)}</h{depth}>'
        html = part.article.decode_contents().replace(_APPLIED, "")
        html = _OWN.sub(rf"url(#{part.slug}--\1)", html)
        return f'<section class="book-chapter" id="{part.slug}">{html}</section>'

    def printed(self, chromium: "Browser") -> bytes:
        """Give the book as a PDF; raises UserError for a sign that no font has."""
        self._check_signs()
        with pikepdf.open(BytesIO(self._print(chromium, {}, self.parts))) as whole:
            with pikepdf.open(BytesIO(self._print(chromium, _begins(whole), []))) as front:
                for page, told in zip(whole.pages, front.pages, strict=False):
                    copied = whole.copy_foreign(told.obj)
                    page.obj.Contents, page.obj.Resources = copied.Contents, copied.Resources
            packed = BytesIO()
            whole.save(
                packed,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                recompress_flate=True,
                deterministic_id=True,
            )
        return packed.getvalue()

    def _print(self, chromium: "Browser", begins: dict[str, int], parts: list[_Part]) -> bytes:
        def answer(route: "Route") -> None:
            path = urlsplit(route.request.url).path.lstrip("/")
            if not path:
                route.fulfill(body=self.html(begins, parts), content_type="text/html")
                return
            places = [self.site / path, *_places(self.root, path)]
            file = next(place for place in places if place.is_file())
            route.fulfill(body=_truetype(file)) if file.suffix in _CFF else route.fulfill(path=file)

        page = chromium.new_page(java_script_enabled=False)
        page.route("**/*", answer)
        page.goto(_HOST, timeout=_PATIENCE)
        pdf = page.pdf(prefer_css_page_size=True, print_background=True, outline=True, tagged=True)
        page.close()
        return pdf

    def _check_signs(self) -> None:
        fonts = [place for font in _FONTS for place in _places(self.root, font)]
        known = frozenset().union(*map(_signs, fonts))
        for chapter in self.chapters.values():
            shown = {sign for sign in chapter.article.get_text() if sign > " "}
            for sign in sorted(shown - known):
                raise UserError(
                    f"the book shows {sign} in '{chapter.title}', which its fonts lack; cut them "
                    "anew, .venv/bin/python -m tools.rendering.poster_fonts",
                    self.language.config_file,
                )


def _places(root: Path, font: str) -> list[Path]:
    """Say where a font is: in the project, or else among matplotlib's."""
    of_matplotlib = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    return [
        place
        for folder in (root / STYLES.parent, of_matplotlib)
        if (place := folder / font).is_file()
    ]


@cache
def _signs(font: Path) -> frozenset[str]:
    return frozenset(map(chr, TTFont(font, lazy=True).getBestCmap()))


@cache
def _truetype(file: Path) -> bytes:
    """Draw a font's letters as TrueType does, or Chromium puts pictures of them into a PDF."""
    font = TTFont(file)
    letters, glyphs = font.getGlyphSet(), {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(letters)
        letters[name].draw(Cu2QuPen(pen, max_err=1, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"], font["glyf"], post = newTable("loca"), newTable("glyf"), font["post"]
    font["glyf"].glyphOrder, font["glyf"].glyphs = font.getGlyphOrder(), glyphs
    font["maxp"].tableVersion, post.formatType = 0x00010000, 3
    vars(font["maxp"]).update(dict.fromkeys(_MAXIMA, 0), maxZones=1)
    del font["CFF "]
    font.sfntVersion, font.flavor = "\0\1\0\0", None
    written = BytesIO()
    font.save(written)
    return written.getvalue()


def _begins(pdf: "pikepdf.Pdf") -> dict[str, int]:
    """Read on which page each place begins that a link leads to."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    return {
        name.removeprefix("/"): numbers[place.as_list()[0].objgen]
        for name, place in pdf.Root.Dests.items()
    }


@click.command(help=__doc__)
@click.argument("site", type=Path, default=Path("site"))
def main(site: Path) -> None:
    """Print the books of a built site."""
    from playwright.sync_api import sync_playwright

    root, path = Path.cwd(), browser.find()
    of = take_along.version(root)
    made = {}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=browser.flags())
        for language in languages.load(root):
            file, pdf = take_along.book(language), Book(root, site, language, of).printed(chromium)
            made[file] = pdf
            print(f"{file}: {len(pdf) / 1e6:.1f} MB")
        chromium.close()
    take_along.keep(root, made, of)


if __name__ == "__main__":
    errors.run(main)
