"""Error messages: each has its entry in every language, word for word."""

import pytest

from tests.entries import OLDER, entries, without_type
from tests.sources import LANGUAGES, SOURCES
from tools.sources import sections

REPORTED = "../references.md#gpu-threads"
EVERY = [pytest.param(e, id=f"{c}-{e.section.id}") for c in LANGUAGES for e in entries(c)]
WITH_MESSAGE = [param for param in EVERY if param.values[0].messages]


@pytest.mark.parametrize("code", LANGUAGES)
def test_there_are_at_least_forty_entries(code):
    assert len(entries(code)) >= 40


@pytest.mark.parametrize("entry", EVERY)
def test_an_entry_has_code_and_its_output_or_a_report_and_then_says_why(entry):
    if not entry.fences:
        assert REPORTED in [link.target for link in entry.section.within(entry.section.page.links)]
        return
    code, output = entry.fences
    assert code.is_python and output.language == "text"
    (program, _), (printed, _) = code.includes[0], output.includes[0]
    assert program.removesuffix(".py") == printed.removesuffix(".out")
    words = [w.text for w in entry.section.within(entry.section.page.words) if w.line > output.end]
    assert len("".join(words)) > 20


@pytest.mark.parametrize("entry", WITH_MESSAGE)
def test_an_entry_is_headed_by_the_first_words_of_its_messages(entry):
    printed = [without_type(message) for message in entry.messages]
    assert printed[0].startswith(entry.named[0])
    for name in set(entry.named) - OLDER:
        assert any(message.startswith(name) for message in printed), name


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_silent_mistake_is_found_by_what_is_seen(code):
    page = SOURCES.pages[code]["pytorch/silent.md"]
    table = sections.sections(page)["symptoms"]
    linked = {link.target.removeprefix("#") for link in table.within(page.links)}
    assert {e.section.id for e in entries(code) if e.path == "pytorch/silent.md"} <= linked
