"""The exercises of the site: their numbers come from a run, and every chapter asks why."""

import pytest

from tests.sources import ROOT, SOURCES
from tools.checks import exercises as computed
from tools.running import record
from tools.sources import exercises

CHAPTERS = [f"gates/{name}.md" for name in ("why", "gru", "lstm", "compare")]
SNIPPETS = sorted((ROOT / "snippets").rglob(f"{computed.NAME}.py"))

# The right answer of each exercise without a number, which no run gives: by its place, its ids.
RIGHT = {
    1: ("questions-faster layer-or-cell-carry shapes-start training-batch-size"),
    2: (
        "books-z compare-bias-ten derivation-shut family-gru gru-contains-rnn "
        "questions-vanishing start-largest why-vanishes deploy-lengths from-scratch-order "
        "from-scratch-lstm"
    ),
    3: (
        "equations-z weights-basic compare-count derivation-biases family-s6 gru-reset-keeps "
        "gru-other-way lstm-forget-one start-both why-not-hundred deploy-states "
        "layer-or-cell-second scale-out-sum sequences-empty shapes-h-n training-modes"
    ),
    4: (
        "weights-transposed gru-gates-zero lstm-as-gru questions-last why-lstm-more "
        "from-scratch-biases gru-model-axis sequences-packed-loss"
    ),
}


@pytest.mark.parametrize("code", SOURCES.pages)
def test_an_answer_in_words_is_marked_right_where_it_was_thought_through(code):
    marked = {
        exercise.id: [place for place, option in enumerate(exercise.options, 1) if option.right]
        for page in SOURCES.pages[code].values()
        for exercise in exercises.read(page)
        if not exercise.asks_number
    }
    assert marked == {name: [place] for place, names in RIGHT.items() for name in names.split()}


@pytest.mark.parametrize(
    "snippet", SNIPPETS, ids=lambda file: file.parent.relative_to(ROOT / "snippets").as_posix()
)
def test_the_numbers_of_a_pages_exercises_are_what_its_snippet_prints(snippet):
    ran = record.run(snippet)
    assert ran.returncode == 0, ran.stderr
    oldest = snippet.with_suffix(".oldest.out")
    printed = [
        file.read_text("utf-8") for file in (snippet.with_suffix(".out"), oldest) if file.exists()
    ]
    assert ran.stdout in printed, f"make record NAME={snippet.parent.name}/exercises"


@pytest.mark.parametrize("code", SOURCES.pages)
@pytest.mark.parametrize("path", CHAPTERS)
def test_a_chapter_asks_for_a_number_and_for_a_reason(code, path):
    asked = exercises.read(SOURCES.pages[code][path])
    assert len(asked) >= 3
    assert {exercise.asks_number for exercise in asked} == {True, False}


@pytest.mark.parametrize("code", SOURCES.pages)
def test_the_right_answer_does_not_always_stand_at_the_same_place(code):
    chosen = [
        exercise
        for page in SOURCES.pages[code].values()
        for exercise in exercises.read(page)
        if not exercise.asks_number
    ]
    places = [[option.right for option in exercise.options].index(True) for exercise in chosen]
    assert max(map(places.count, set(places))) <= len(places) / 2
