"""The search finds an entry on an error by its message, whatever signs and digits it holds."""

import re

import pytest

from tests.built.conftest import ASK, START
from tests.entries import OLDER, Entry, entries, without_type
from tests.sources import LANGUAGES

FIRST = 3  # places of the search, in one of which an entry has to be

_NUMBER = re.compile(r"(?<![\w-])\d+(?![\w-])")


def first_words(text: str) -> str:
    return " ".join(text.split()[:6])


def pasted(entry: Entry) -> list[tuple[str, str]]:
    """What a reader may look for, each with where it has to lead.

    It is the heading, or a message: its first words, or all of it, also with the reader's numbers.
    """
    found = [] if entry.messages else [(entry.heading, entry.place)]
    found += [(name, entry.place) for name in OLDER.intersection(entry.named)]
    for message in entry.messages:
        is_named = without_type(message).startswith(tuple(entry.named))
        others = _NUMBER.sub(lambda number: str(int(number[0]) + 61), message)
        for query in (first_words(without_type(message)), message, others):
            found.append((query, entry.place if is_named else entry.page))
    return found


@pytest.mark.parametrize("code", LANGUAGES)
def test_search_finds_an_entry_by_its_message(ask, code):
    queries = [pair for entry in entries(code) for pair in pasted(entry)]
    faults = [
        f"{query!r} gives {places[:FIRST]}, not {wanted}"
        for (query, wanted), places in zip(queries, ask(code, [q for q, _ in queries]), strict=True)
        if not any(place.startswith(wanted) for place in places[:FIRST])
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("code", LANGUAGES)
def test_search_takes_no_sign_for_a_command(ask, code):
    signs, plain = ask(
        code, ['"Missing key" +in -state: ~dict* GRU^T', "Missing key in state dict GRU T"]
    )
    assert signs and signs == plain


def test_search_keeps_words_with_digits_apart(chromium, address):
    # Lunr alone takes the node behind z, from which 1 and 4 lead to node 2, for the one of the ones
    # from which 1 leads to node 242.
    words = {"0": "a/", "1" * 300: "b/", "z1": "c/", "z4": "d/"}
    docs = [{"location": place, "title": "", "text": word} for word, place in words.items()]
    page = chromium.new_page()
    page.goto(address)
    page.evaluate(START, docs)
    (found,) = page.evaluate(ASK, ["z"])
    page.close()
    assert sorted(found) == ["c/", "d/"]
