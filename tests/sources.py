"""The project's own sources, read once, and where their pages are in the built site."""

import runpy
from functools import cache, lru_cache
from pathlib import Path

from bs4 import BeautifulSoup

from tools.sources import languages
from tools.translations.overview import overview_of

ROOT = Path(__file__).resolve().parent.parent
PAGES_OF_TESTS = ROOT / "tests/pages"  # what tests read, build and break
SITE_URL = "https://example.org/gate/"
OVERVIEW = overview_of(ROOT)
SOURCES = OVERVIEW.sources
LANGUAGES = {language.code: language for language in SOURCES.languages}
PAGES = SOURCES.paths()


@lru_cache(maxsize=8)
def html(site: Path, code: str, path: str) -> BeautifulSoup:
    """A built page, to be read and left as it is: the tests of a page share it."""
    file = site / LANGUAGES[code].prefix / languages.address(path) / "index.html"
    return BeautifulSoup(file.read_text("utf-8"), "html.parser")


def codes_with(path: str) -> list[str]:
    """The languages that have a page, the main one first."""
    return [code for code in LANGUAGES if path in SOURCES.pages[code]]


def url(code: str, path: str) -> str:
    """Where a reader of a language finds a page, which may be in another language."""
    own = code if code in codes_with(path) else codes_with(path)[0]
    return SITE_URL + LANGUAGES[own].prefix + languages.address(path)


@cache
def names(snippet: str) -> dict:
    """Run a snippet, once for all tests of a worker, and return its names."""
    return runpy.run_path(str(ROOT / f"snippets/{snippet}.py"))
