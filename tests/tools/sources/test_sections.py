"""A section's hash changes with what it says, and not with how it is typed."""

import pytest

from tests.sources import PAGES_OF_TESTS
from tools.sources import pages
from tools.sources.sections import sections

TEXT = (PAGES_OF_TESTS / "sections.md").read_text("utf-8")


def hashes(tmp_path, text: str, name: str = "page.md") -> dict[str, str]:
    file = tmp_path / name
    file.write_bytes(text.encode())
    return {section_id: section.hash for section_id, section in sections(pages.read(file)).items()}


SAME = {
    "CRLF": ("\n", "\r\n"),
    "a trailing space": ("sentence.\n", "sentence.  \n"),
    "a line broken in two": ("First sentence. ", "First\nsentence. "),
    "a line broken within Chinese": ("重置门", "重置\n门"),
    "a space between Chinese and Latin": ("是 ", "是"),
    "a blank line more": ("## Part", "\n\n## Part"),
    "a table drawn wider": ("| a | b |\n| - | --- |", "|  a  | b   |\n| --- | ------- |"),
    "a table drawn narrower": ("| a | b |\n| - | --- |\n| 1 | 2 |", "|a|b|\n|-|:-:|\n|1|2|"),
    "an indented paragraph": ("First", "  First"),
    "a space at the end of a line of code": ("if x:\n", "if x: \n"),
    "another id": ("#part", "#other"),
    "an accent typed as a sign of its own": ("é", "e\u0301"),
    "words for the search": ("description:", "search:\n  words:\n    part: other\ndescription:"),
    "no last line feed": ("y\n```\n", "y\n```"),
}

OTHER = {
    "a word": ("First", "Last"),
    "a sign": ("，", "。"),
    "two words made one": ("Second sentence", "Secondsentence"),
    "a link's target": ("x.md", "y.md"),
    "the heading's text": ("## Part", "## Piece"),
    "the heading's level": ("## Part", "### Part"),
    "the description": ("A page", "The page"),
    "the indentation of code": ("    y", "  y"),
    "the language of a block": ("```console", "```text"),
    "a line break in code": ("if x:\n    y", "if x: y"),
    "a cell of a table": ("| 1 |", "| 3 |"),
}


@pytest.mark.parametrize("name", SAME)
def test_what_does_not_change_a_hash(tmp_path, name):
    before = list(hashes(tmp_path, TEXT).values())
    assert list(hashes(tmp_path, TEXT.replace(*SAME[name])).values()) == before


@pytest.mark.parametrize("name", OTHER)
def test_what_changes_one_hash_and_no_other(tmp_path, name):
    before = hashes(tmp_path, TEXT)
    after = hashes(tmp_path, TEXT.replace(*OTHER[name]))
    assert sum(before[section_id] != after[section_id] for section_id in before) == 1


NOTEBOOK = (PAGES_OF_TESTS / "sections.py").read_text("utf-8")


@pytest.mark.parametrize(
    "old, new, same",
    [
        ("sentence,\n# over", "sentence, over", True),
        ("\n# %% alt", "\n\n# %% alt", True),
        ("    y", "  y", False),
        ('"A line"', '"Two lines"', False),
        ("Runs", "Ran", False),
    ],
)
def test_a_notebooks_first_section_holds_its_cells(tmp_path, old, new, same):
    before = hashes(tmp_path, NOTEBOOK, "run.py")
    after = hashes(tmp_path, NOTEBOOK.replace(old, new), "run.py")
    assert (before["title"] == after["title"]) is same
    assert before["part"] == after["part"]


def test_korean_keeps_its_spaces(tmp_path):
    text = "# 제목 { #title }\n\n게이트가 기억을 지운다.\n"
    assert hashes(tmp_path, text) != hashes(tmp_path, text.replace("기억을 ", "기억을"))


def test_the_mark_of_a_section_that_is_only_laid_out(tmp_path):
    file = tmp_path / "page.md"
    mark = "<!-- untranslated: en -->"
    file.write_text(f"# A {{ #a }}\n\n{mark}\n\n## B {{ #b }}\n\nThe mark `{mark}` is a line.\n")
    found = sections(pages.read(file))
    assert found["a"].untranslated == "en"
    assert found["b"].untranslated is None
