"""The book of each language: all pages are in it, whole, in fonts that ship, and links lead on."""

import math
import re
from bisect import bisect
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

import pikepdf
import pypdfium2
import pytest
from bs4 import BeautifulSoup, Tag
from filelock import FileLock

from tests.sources import LANGUAGES, ROOT, SITE_URL
from tools.sources import languages, take_along
from tools.theme import book as books

pytestmark = pytest.mark.proof

FONTS = {"NotoSansCJKsc", "DejaVuSans", "DejaVuSansMono", "STIXGeneral", "STIXMath"}
PAGES = languages.navigation(ROOT)
UNSEEN = "[data-overlay], .gg-later, .gg-cell .gg-hint"
# Formulas that are read from left to right, as a PDF gives its signs
ABOVE_EACH_OTHER = "mfrac, msubsup, munder, mover, munderover, msup, msqrt, mtable"


@pytest.fixture(scope="module", params=LANGUAGES)
def code(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def file(code, shared_folder, site, chromium) -> Path:
    """The book in a language, printed once for all workers."""
    file = shared_folder / take_along.book(LANGUAGES[code]).name
    with FileLock(f"{file}.lock"), pytest.MonkeyPatch.context() as patch:
        if not file.exists():
            patch.setenv("SITE_URL", SITE_URL)
            version = take_along.Version("2026-01-02", "abc1234")
            printed = books.Book(ROOT, site, LANGUAGES[code], version).printed(chromium)
            file.write_bytes(printed)
    return file


@pytest.fixture(scope="module")
def text(file) -> list[str]:
    """What stands on each page but its number, without spaces, each sign in its plainest form."""
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(file)]
    return [plain(page).removeprefix(str(number)) for number, page in enumerate(pages, 1)]


def plain(shown: str) -> str:
    """Without spaces, and without the marks of a verdict, which are signs in the book."""
    return re.sub(r"[\s\u200b\u00ad\u2061\ufffe\x02•-]+", "", normalize("NFKC", shown))


@pytest.fixture(scope="module")
def articles(site, code) -> dict[str, Tag]:
    """What each page of the language shows, without what is for a screen alone."""
    found = {}
    for path in PAGES:
        file = site / LANGUAGES[code].prefix / languages.address(path) / "index.html"
        _, begin, rest = file.read_text("utf-8").partition("<article")
        found[path] = BeautifulSoup(begin + rest.partition("</article>")[0], "html.parser")
        for unseen in found[path].select(f"{books.FURNITURE}, {UNSEEN}"):
            unseen.decompose()
    return found


def test_it_says_what_it_is_made_of_and_on_which_page_each_page_begins(articles, text):
    assert "20260102" in text[0] and "abc1234" in text[0] and "CCBY4.0" in text[0]
    contents = "".join(text[1:4])
    for path, article in articles.items():
        title = plain(article.h1.get_text())
        number = re.search(re.escape(title) + r"(\d{1,3})(?=\D|$)", contents)
        assert number and title in text[int(number[1]) - 1], path


def test_its_outline_has_every_page_in_the_order_of_the_navigation(articles, file):
    with pikepdf.open(file) as pdf, pdf.open_outline() as outline:
        found, waiting = [], list(outline.root)
        while waiting:
            item = waiting.pop(0)
            found.append(plain(item.title))
            waiting[:0] = item.children
    at = 0
    for article in articles.values():
        at = found.index(plain(article.h1.get_text()), at)


def pieces(article: Tag) -> Iterator[str]:
    """Each line of code, each word of a drawing, each paragraph and formula read straight on."""
    for block in article.select("pre"):
        yield from block.get_text().split("\n")
    for word in article.select("figure svg text"):
        yield word.get_text()
    for part in article.select("p, summary, dt, td, figcaption, div.math > math"):
        goes_on = not part.select(ABOVE_EACH_OTHER) and part.find_parent("table") is None
        if goes_on and not part.select("a[href^=http], svg, input"):
            yield part.get_text()


def stands_in(whole: str, piece: str) -> bool:
    """Tell whether a piece is there, in one place or where one page ends and on the next."""
    fits = bisect(range(len(piece)), False, key=lambda end: piece[: end + 1] not in whole)
    return piece[fits:] in whole


def test_each_line_of_code_each_paragraph_and_each_word_of_a_drawing_is_in_it(articles, text):
    whole, count = "".join(text), 0
    for path, article in articles.items():
        for piece in pieces(article):
            assert stands_in(whole, plain(piece)), f"{path}: {piece}"
            count += 1
    assert count > 10_000


def test_nothing_is_so_wide_that_chromium_sets_all_of_it_smaller(file):
    with pikepdf.open(file) as pdf:
        middle = pikepdf.parse_content_stream(pdf.pages[len(pdf.pages) // 2])
    scales = [float(each.operands[0]) for each in middle if str(each.operator) == "cm"]
    assert math.prod(scales[:2]) == pytest.approx(72 / 96, abs=1e-3)  # points for a pixel


def fonts(pdf: pikepdf.Pdf) -> set[str]:
    found = set()
    for page in pdf.pages:
        for font in page.obj.Resources.get("/Font", {}).values():
            name = font.get("/BaseFont") or font.FontDescriptor.FontName
            found.add(str(name).split("+")[-1].split("-")[0])
    return found


def test_its_fonts_are_those_that_ship_and_its_drawings_are_no_pictures(file):
    with pikepdf.open(file) as pdf:
        assert fonts(pdf) <= FONTS
        pictures = [image for page in pdf.pages for image in page.get_images()]
    assert pictures == []


def test_each_link_leads_to_a_place_in_it_or_to_a_whole_address(file):
    inside, outside = 0, set()
    with pikepdf.open(file) as pdf:
        places = {name.removeprefix("/") for name in pdf.Root.Dests}
        for page in pdf.pages:
            for note in page.obj.get("/Annots", []):
                if "/Dest" in note:
                    assert str(note.Dest).removeprefix("/") in places
                    inside += 1
                elif note.Subtype == "/Link":
                    outside.add(str(note.A.URI))
    assert inside > 1000
    assert all(re.match(r"(https?://(?!book|127)|mailto:)", address) for address in outside)
