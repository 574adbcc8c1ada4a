"""The lessons: what stands open on each is read in its minutes, a chapter on the gates in ten."""

import re

import pytest

from tests.sources import SOURCES
from tools.sources import lessons, pages

# The pace of somebody who learns: words of a language with spaces, characters of one without.
WORDS, CHARACTERS = 200, 350  # a minute
SECONDS = 8  # for each formula, drawing and output; code is for later
LESSONS = {lesson.path: lesson for lesson in lessons.load(SOURCES)}

_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[\w\ufffc][\w\ufffc'’.,−-]*")


def opened(page: pages.Page) -> pages.Page:
    """A lesson without what is folded, and without its exercises."""
    (end,) = (heading.line for heading in page.headings if heading.id == "exercises")
    lines, folded = [], False
    for line in page.lines[: end - 1]:
        folded = line.startswith("???") or (folded and line[:4].strip() == "")
        if not folded:
            lines.append(line)
    return pages.parse("\n".join(lines) + "\n", page.path)


def minutes(page: pages.Page) -> float:
    """How long it takes to read."""
    text = " ".join(words.text for words in page.words)
    characters = len(_HAN.findall(text))
    words = len(_WORD.findall(_HAN.sub(" ", text)))
    shown = sum(formula.display for formula in page.formulas)
    shown += sum(link.image for link in page.links)
    shown += sum(fence.language == "text" for fence in page.fences)
    read = (characters + words) / CHARACTERS if characters else words / WORDS
    return read + shown * SECONDS / 60


@pytest.mark.parametrize("path", LESSONS)
def test_a_lesson_is_read_in_its_minutes(path):
    longest = max(minutes(opened(pages[path])) for pages in SOURCES.pages.values())
    assert LESSONS[path].minutes == round(longest), f"it takes {longest:.1f}"


def test_what_stands_open_on_a_chapter_is_read_in_ten_minutes():
    chapters = {path: each.minutes for path, each in LESSONS.items() if path.startswith("gates/")}
    assert len(chapters) >= 5 and max(chapters.values()) <= 10
