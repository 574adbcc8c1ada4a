"""What the tests of the built site share: its search, asked as if somebody typed."""

import pytest

from tests.sources import LANGUAGES
from tools.theme import asking


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
