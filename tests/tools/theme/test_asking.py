"""Questions are read, answers counted, and the scores only rise."""

import pytest

from tests.sources import SOURCES
from tools.project.errors import UserError
from tools.theme import asking
from tools.theme.asking import Question, Score

RESET = Question("en", "term", "reset gate", ["gates/gru#reset-gate", "glossary#reset-gate"], "own")
HOME = Question("zh", "sentence", "从哪里开始", ["index#home", "evidence/index#glance"], "own")


def test_a_question_is_found_where_one_of_its_sections_is_listed_a_title_by_its_page():
    lists = [["gates/lstm/", "glossary/#reset-gate"], ["", "gates/why/"]]
    assert asking.score([RESET, HOME], lists, SOURCES) == Score(2, 1, 2)
    assert asking.score([RESET], [["a/", "b/", "c/", "gates/gru/#reset-gate"]], SOURCES).three == 0
    assert asking.addresses(HOME, SOURCES) == {"", "evidence/#glance"}


def test_a_question_that_is_not_found_first_is_named_with_what_is():
    lists = [["gates/lstm/", "glossary/#reset-gate"], ["", "gates/why/"]]
    assert list(asking.missed([RESET, HOME], lists, SOURCES)) == [
        "2\treset gate\tgates/gru#reset-gate\tgates/lstm/ glossary/#reset-gate"
    ]


def test_a_score_that_falls_is_named_and_one_question_is_none():
    table = {"en": Score(75, 60, 70), "zh": Score(75, 60, 70)}
    assert list(asking.worse({"en": Score(76, 59, 71), "zh": Score(75, 60, 69)}, table)) == []
    (fault,) = asking.worse({"en": Score(76, 58, 71)}, table)
    assert fault.startswith("the search in 'en' finds 58 of 76 questions first, and tests/search/")


def test_the_table_keeps_the_better_of_each_number(tmp_path):
    file = tmp_path / "scores.tsv"
    asking.write({"en": Score(75, 60, 70)}, file)
    asking.write({"en": Score(76, 59, 71)}, file)
    assert asking.read(file) == {"en": Score(76, 60, 71)}


@pytest.mark.parametrize("row", ["en\t75\t60", "en\tmany\t60\t70", "<<<<<<< ours"])
def test_a_line_that_is_no_row_is_named(tmp_path, row):
    file = tmp_path / "scores.tsv"
    file.write_text(f"{asking.HEAD}\nzh\t1\t1\t1\n{row}\n", "utf-8")
    with pytest.raises(UserError, match=r"scores\.tsv:3: "):
        asking.read(file)


def test_a_line_that_is_no_question_is_named(tmp_path):
    file = tmp_path / "seen.tsv"
    file.write_text("# What\nlanguage\tkind\tquestion\tsections\tsource\nen\tterm\tgate\n", "utf-8")
    with pytest.raises(UserError, match=r"seen\.tsv:3: this is no question; write language, kind"):
        asking.questions(file)
