"""The adding problem: its experiment, the orderings it shows, and what the page says of it."""

import re
from statistics import median

import pytest
import torch

import adding
import harness
from tests.numbers import section

RECORD = harness.load(adding.__file__)
RATES = RECORD["settings"]["learning_rates"]
SOLVED = adding.solved(RECORD)
GRU, LSTM, SMALL_LSTM, RNN = adding.NETS


def test_one_number_is_marked_in_each_half_and_the_marked_ones_are_added():
    x, y = adding.sequences(100, 8, torch.Generator().manual_seed(0))
    numbers, marks = x.unbind(-1)
    assert (marks[:, :4].sum(1) == 1).all() and (marks[:, 4:].sum(1) == 1).all()
    torch.testing.assert_close(y, numbers[marks == 1].view(100, 2).sum(1))


def test_the_constant_answer_has_the_error_that_the_page_names():
    _, y = adding.sequences(100_000, 4, torch.Generator().manual_seed(0))
    assert (y - 1).square().mean().item() == pytest.approx(adding.CONSTANT, abs=0.002)
    for code in ("en", "zh"):
        assert f"$1/6 = {adding.CONSTANT:.3f}$" in section(code, "adding", "question")


def test_the_gru_is_first_at_every_rate_with_every_seed_and_the_plain_rnn_never_gets_there():
    for rate in RATES:
        assert max(SOLVED[GRU][rate]) < min(SOLVED[LSTM][rate] + SOLVED[SMALL_LSTM][rate])
        assert SOLVED[RNN][rate] == [None] * RECORD["settings"]["seeds"]


@pytest.mark.proof
def test_the_order_is_the_same_when_two_nets_are_trained_here():
    steps = [
        adding.train(name, 0.02, 0, adding.SETTINGS | {"steps": 800})["solved_at"]
        for name in (GRU, LSTM)
    ]
    assert steps[0] < (steps[1] or 801)


def test_a_net_that_is_not_done_in_time_says_so():
    row = adding.train(RNN, 0.02, 0, adding.SETTINGS | {"steps": 50})
    assert row["solved_at"] is None
    assert row["test_error"] > 0.01


@pytest.mark.proof
def test_a_quick_run(quick):
    rows = quick(adding, steps=50)["rows"]
    assert [row["model"] for row in rows] == [harness.label(name, 0.01) for name in adding.NETS]


@pytest.mark.parametrize("code", ["en", "zh"])
def test_every_number_of_the_reading_is_recorded_or_computed(code):
    text = section(code, "adding", "reading")
    for rate in RATES:
        others = SOLVED[LSTM][rate] + SOLVED[SMALL_LSTM][rate]
        pair = rf"{max(SOLVED[GRU][rate])} (against|比) {min(others)}"
        assert re.search(pair, text), pair
    middle = {
        name: {rate: median(SOLVED[name][rate]) for rate in RATES}
        for name in (GRU, LSTM, SMALL_LSTM)
    }
    weights = adding.parameters(RECORD)
    errors = [row["test_error"] for row in RECORD["rows"] if row["solved_at"] is None]
    known = {str(rate) for rate in RATES} | {str(weights[name]) for name in (GRU, LSTM, SMALL_LSTM)}
    known |= {str(step) for rate in RATES for name in middle for step in SOLVED[name][rate]}
    known |= {f"{middle[LSTM][rate] / middle[GRU][rate]:.1f}" for rate in (0.01, 0.04)}
    known |= {f"{adding.CONSTANT:.3f}", f"{min(errors):.2f}", f"{max(errors):.2f}"}
    known |= {str(len(errors)), str(RECORD["settings"]["steps"])}
    known |= {"27", "1"}  # the smaller LSTM's units, the constant answer
    every, gru, lstm = (RECORD["settings"]["check_every"], middle[GRU][0.04], middle[LSTM][0.04])
    known |= {f"{n:.0f}" for n in (every, (lstm - every) / gru, lstm / (gru - every))}
    assert set(re.findall(r"\d+(?:\.\d+)?", text)) <= known
    for name, rate in ((SMALL_LSTM, 0.01), (LSTM, 0.01), (GRU, 0.005), (GRU, 0.04)):
        assert str(int(middle[name][rate])) in text


def test_the_best_plain_rnn_had_the_lowest_rate():
    errors = harness.values(RECORD, "test_error")
    best = min(RATES, key=lambda rate: min(errors[harness.label(RNN, rate)]))
    assert best == min(RATES)


def test_an_lstm_with_fewer_parameters_than_the_gru_still_needs_twice_as_many_steps():
    weights = adding.parameters(RECORD)
    assert weights[SMALL_LSTM] < weights[GRU] < weights[LSTM]
    for rate in RATES:
        assert 2 * median(SOLVED[GRU][rate]) <= median(SOLVED[SMALL_LSTM][rate])
        assert median(SOLVED[SMALL_LSTM][rate]) < median(SOLVED[LSTM][rate])
