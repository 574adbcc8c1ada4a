"""The questions that people ask, by which the search is measured, are sound."""

import re
from collections import Counter

import pytest

from tests import asked
from tests.sources import LANGUAGES, SOURCES
from tools.sources import searching

HALVES = {half: asked.read(half) for half in ("seen", "unseen")}
EVERY = [question for half in HALVES.values() for question in half]
SOURCE = re.compile(r"https://\S+|http://\S+|own|exam(: https?://\S+)?|textbook: .+")


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_question_is_answered_by_one_to_three_sections_that_exist(code):
    known = asked.places(code)
    for question in EVERY:
        assert 1 <= len(set(question.sections)) == len(question.sections) <= 3, question
        assert set(question.sections) <= known, question


def test_each_question_says_its_language_its_kind_and_whence_it_comes():
    for question in EVERY:
        assert question.language in LANGUAGES, question
        assert question.kind in asked.KINDS, question
        assert SOURCE.fullmatch(question.source), question


def test_no_question_is_asked_twice():
    counts = Counter(map(asked.plain, EVERY))
    assert [words for words, count in counts.items() if count > 1] == []


def test_the_unseen_half_is_like_the_seen_one():
    """A new page brings questions to the seen half; the unseen one stays as it is."""
    seen, unseen = (
        Counter((question.language, question.kind) for question in HALVES[half])
        for half in ("seen", "unseen")
    )
    assert unseen <= seen
    assert Counter(question.language for question in HALVES["unseen"]) == {"en": 75, "zh": 75}


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_questions_wording_is_given_to_the_search(code):
    """Else the search would be measured by what it was told; the question stays unnamed here."""
    asked_here = [asked.plain(question) for question in EVERY if question.language == code]
    for path, page in SOURCES.pages[code].items():
        for words in searching.words(page):
            for phrase in words.text.split(", "):
                long = len(phrase.split()) > 3 or len(re.findall(r"[\u3400-\u9fff]", phrase)) > 6
                plain = "".join(phrase.casefold().split())
                assert not long or not any(plain in each for each in asked_here), (path, phrase)
