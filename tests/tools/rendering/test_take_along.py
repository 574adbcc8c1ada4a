"""The books: what the page to take along says of them, where they are made and where not."""

from types import SimpleNamespace

import pytest

from tests.sources import LANGUAGES
from tools.rendering.take_along import WRITERS
from tools.sources import take_along
from tools.sources.take_along import Version

PAGE = "take-along.md"


@pytest.fixture
def said(tmp_path):
    """What stands on the page in a language, of a project in a folder."""
    sources = SimpleNamespace(root=tmp_path, languages=LANGUAGES.values())
    return lambda code: WRITERS["take-book"](
        PAGE, LANGUAGES[code], SimpleNamespace(sources=sources)
    )


def test_where_nobody_has_made_a_book_the_page_says_how_and_links_to_none(said, tmp_path):
    assert "make book" in said("en") and "href" not in said("en")
    (tmp_path / "site").mkdir()
    take_along.publish(tmp_path, tmp_path / "site", LANGUAGES.values())
    assert list((tmp_path / "site").iterdir()) == []


def test_a_book_is_linked_with_its_day_and_commit_and_a_build_takes_it_along(said, tmp_path):
    english = take_along.book(LANGUAGES["en"])
    take_along.keep(tmp_path, {english: b"%PDF"}, Version("2026-01-02", "abc1234"))
    link = '<a href="../book/gate-by-gate-en.pdf">English, PDF, as of 2026-01-02 (commit abc1234)'
    assert link in said("en") and said("en").count("href") == 1  # there is no Chinese one
    assert '<a href="../../book/gate-by-gate-en.pdf">' in said("zh")
    (tmp_path / "site").mkdir()
    take_along.publish(tmp_path, tmp_path / "site", LANGUAGES.values())
    assert (tmp_path / "site" / english).read_bytes() == b"%PDF"
