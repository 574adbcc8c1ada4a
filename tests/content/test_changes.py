"""What a page says of a changed snippet is what the changed snippet prints.

Such a paragraph has the class gg-try and stands below its snippet. It names in order, as code, the
old text, the new text, and what is then printed.
"""

import re

import pytest

from tests.sources import LANGUAGES, ROOT, SOURCES, codes_with
from tools.running import codeblocks

MARK = "{ .gg-try }"
PAGES = [
    path
    for path, page in SOURCES.pages["en"].items()
    if any(line.strip() == MARK for line in page.lines)
]
CHAPTERS = [
    *(f"gates/{name}.md" for name in ("gru", "lstm", "why", "compare")),
    *(f"pytorch/{name}.md" for name in ("gru-model", "training", "shapes", "sequences")),
]


def changes(code: str, path: str) -> list[tuple[str, tuple[str, ...]]]:
    """Each snippet that a page says to change, with the code in the sentence that says it."""
    page, found = SOURCES.get_page(path, code), []
    blocks = page.blocks(ROOT / "snippets")
    for line, text in enumerate(page.lines, 1):
        if text.strip() == MARK:
            _, snippet, _ = [block for block in blocks if block[0].end < line][-1]
            sentence = page.lines[line - 2]
            found.append((snippet, tuple(re.findall(r"`([^`]+)`", sentence))))
    return found


def words(text: str) -> str:
    return " ".join(text.split())


def test_the_chapters_that_are_learned_by_doing_say_what_to_change():
    assert set(CHAPTERS) <= set(PAGES)


@pytest.mark.parametrize("path", PAGES)
def test_a_changed_snippet_prints_what_the_page_says(path):
    for snippet, (old, new, *said) in changes("en", path):
        assert snippet.count(old) == 1, old
        usual, ran = codeblocks.run(snippet), codeblocks.run(snippet.replace(old, new))
        assert ran.returncode == 0, ran.stderr
        for text in said:
            assert words(text) in words(ran.stdout)
            assert words(text) not in words(usual.stdout)


@pytest.mark.parametrize("path", PAGES)
def test_every_language_says_the_same_changes(path):
    told = [changes(code, path) for code in LANGUAGES if code in codes_with(path)]
    assert all(each == told[0] for each in told)
