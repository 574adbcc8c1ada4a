"""What the tests of the built site share: its search, asked as if somebody typed; a WebKit."""

import warnings

import pytest
from filelock import FileLock

from tests import webkit as webkits
from tests.sources import LANGUAGES
from tools.theme import asking, browser


@pytest.fixture(scope="module")
def ask(chromium, address):
    """Type into the search of a language, and read its list from the page, as addresses."""
    pages = {}

    def ask(code: str, queries: list[str]) -> list[list[str]]:
        root = address + LANGUAGES[code].prefix
        if code not in pages:
            pages[code] = chromium.new_page()
            pages[code].goto(root)
            asking.open_search(pages[code])
        return asking.ask(pages[code], root, queries)

    yield ask
    for page in pages.values():
        page.close()


@pytest.fixture(scope="module")
def webkit(shared_folder):
    """A third browser; where it cannot be had, the summary says what to install."""
    with FileLock(shared_folder / "browser.lock"):
        try:
            browser.find_webkit()
        except browser.NoBrowser as missing:
            warnings.warn(str(missing), stacklevel=1)
            pytest.skip(str(missing))
    with webkits.launched() as page:
        yield page
