"""Counting: the wired counter, the experiment with trained nets, and what the page says of it."""

import re

import pytest

import counting
import harness
import intervals
from tests.numbers import section

RECORD = harness.load(counting.__file__)
COUNTS = counting.counts(RECORD)
RNN, GRU, LSTM, SMALL_LSTM = counting.NETS
TRAINED, TWICE, FOUR_TIMES = counting.ranges(counting.SETTINGS)
CODES = ["en", "zh"]


def test_words_are_padded_and_certain_from_their_first_b_on():
    x, y, within, certain = counting.words([1, 2])
    a, b, end = counting.A, counting.B, counting.END
    assert x.tolist() == [[a, b, end, end], [a, a, b, b]]
    assert y.tolist() == [[b, end, end, end], [a, b, b, end]]
    assert within.tolist() == [[True, True, False, False], [True] * 4]
    assert certain.tolist() == [[False, True, False, False], [False, False, True, True]]


def test_the_wired_counter_is_exact_to_ten_thousand():
    assert counting.right(counting.WiredCounter(), [1, 2, 10, 100, 1000, 10_000]) == 6


def test_a_wired_counter_that_counts_wrongly_is_noticed():
    model = counting.WiredCounter()
    model.rnn.weight_ih_l0[2, counting.B] = -0.5
    assert counting.right(model, [10, 100]) == 0


def test_training_counts_within_its_range_and_the_same_seed_gives_the_same_result():
    settings = counting.SETTINGS | {"longest": 5, "steps": 300}
    first, again = (counting.train(LSTM, 0, settings) for _ in range(2))
    assert first == again
    assert first["right"]["1-5"] >= 4


@pytest.mark.proof
def test_a_quick_run(quick):
    rows = quick(counting, steps=5)["rows"]
    assert [row["model"] for row in rows] == list(counting.NETS)


def test_gru_and_lstm_learn_the_lengths_of_training_and_only_lstms_go_far_beyond():
    longest = RECORD["settings"]["longest"]
    for net in (GRU, LSTM):
        assert min(COUNTS[net][TRAINED]) >= longest - 2
    assert max(COUNTS[GRU][TWICE]) < min(COUNTS[LSTM][TWICE] + COUNTS[SMALL_LSTM][TWICE])
    assert max(COUNTS[GRU][FOUR_TIMES]) == 0
    assert sum(number == longest for number in COUNTS[LSTM][TWICE]) >= 2


@pytest.mark.parametrize("code", CODES)
def test_every_number_of_the_reading_is_recorded(code):
    known = {str(n) for by_range in COUNTS.values() for seeds in by_range.values() for n in seeds}
    known |= set(re.findall(r"\d+", " ".join(counting.ranges(counting.SETTINGS))))
    known |= {str(row["parameters"]) for row in RECORD["rows"]}
    known |= {str(units) for _, units in counting.NETS.values()}
    lead = intervals.difference(COUNTS[SMALL_LSTM][TWICE], COUNTS[GRU][TWICE])
    known |= {f"{abs(number):.1f}" for number in lead}
    text = section(code, "counting", "reading")
    assert set(re.findall(r"\d+(?:\.\d+)?", text)) <= known
