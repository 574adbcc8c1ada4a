"""Counting beyond the lengths of training: what is held out, how far is far, and the choice."""

import math

import pytest
import torch
from torch import nn

import counting
import counting_far
import harness
import sizes


def test_every_fifth_length_is_held_out():
    training, validation = counting_far.parts(counting_far.SETTINGS)
    assert validation == [5, 10, 15, 20, 25, 30, 35, 40, 45, 50]
    assert sorted(training + validation) == [*range(1, 51)]


WIDTH = counting_far.SETTINGS["width"]


def test_whole_models_have_one_number_of_parameters():
    nets = sizes.nets(counting.SymbolModel, WIDTH)
    own = [sizes.count(counting.SymbolModel(*net)) for net in nets.values()]
    gru, small_lstm, lstm, large_gru, rnn = own
    assert [small_lstm, rnn] == pytest.approx([gru, gru], rel=0.01)
    assert large_gru == pytest.approx(lstm, rel=0.01)


def test_each_range_has_fifty_lengths_and_none_is_in_two():
    found = counting_far.ranges(counting_far.SETTINGS)
    assert [*found] == ["seen", "51-100", "101-150", "151-200"]
    assert [n for each in found.values() for n in each] == [*range(1, 201)]
    assert {len(each) for each in found.values()} == {50}
    training, validation = counting_far.parts(counting_far.SETTINGS)
    assert {*training, *validation} == {*found["seen"]}


def test_which_words_are_drawn_is_another_draw_than_the_weights_and_the_same_for_all_nets(
    monkeypatch,
):
    seen = []
    words = counting.words
    monkeypatch.setattr(
        counting, "words", lambda lengths: (seen.append(lengths), words(lengths))[1]
    )
    settings = counting_far.SETTINGS | {"steps": 2}
    for name in ("GRU H=43", "LSTM H=43"):
        counting_far.train(name, 0.01, 3, False, settings)
    drawn = [lengths for lengths in seen if len(lengths) == 16]
    gru, lstm = drawn[:2], drawn[2:]
    assert gru == lstm
    torch.manual_seed(3)
    training, _ = counting_far.parts(settings)
    assert gru[0] != [training[each] for each in torch.randint(40, (16,)).tolist()]


class StopsAt(nn.Module):
    """Says what follows in a^n b^n, and forgets the end of the words that are too long."""

    def __init__(self, limit):
        super().__init__()
        self.limit = limit

    def forward(self, symbols):
        ones = nn.functional.one_hot(symbols, 3).cumsum(1)
        end = (ones[..., counting.A] == ones[..., counting.B]) & (symbols.sum(1) <= self.limit)
        return nn.functional.one_hot(torch.where(end, counting.END, counting.B), 3).float()


@pytest.mark.parametrize("limit, first", [(60, 61), (3, 4), (200, None)])
def test_the_first_length_that_is_wrong_is_told(limit, first):
    row = counting_far.test(StopsAt(limit), counting_far.SETTINGS)
    assert row["first_wrong"] == first
    assert row["right"]["51-100"] == min(max(limit - 50, 0), 50)
    assert row["right"]["seen"] == min(limit, 50)


def test_a_training_that_failed_counts_as_a_guess():
    model = counting.SymbolModel(nn.GRU, 2)
    with torch.no_grad():
        model.linear.bias[0] = math.nan
    assert counting_far.loss(model, [5]) == math.log(3)


def test_in_small_with_a_stop_on_the_way(interrupted, capsys):
    rows = interrupted(counting_far, 5)["rows"]
    assert "GRU H=43: 0.00 hours, 0.00 in all" in capsys.readouterr().out
    names = [*sizes.nets(counting.SymbolModel, WIDTH)]
    assert [row["model"] for row in rows if "right" in row] == names
    for row in rows:
        name = row["model"].removeprefix("choice ").partition(",")[0]
        net = counting.SymbolModel(*sizes.nets(counting.SymbolModel, WIDTH)[name])
        assert row["parameters"] == sizes.count(net) and row["recurrent"] == sizes.count(net.rnn)
        if "right" in row:
            tried = [each for each in rows if each["model"].startswith(f"choice {name}, ")]
            assert len(tried) >= 3
            assert row["rate"] == min(tried, key=lambda each: each["validation_loss"])["rate"]


def test_the_test_part_is_read_at_the_chosen_rate_alone():
    settings = counting_far.QUICK | {"seeds": [0, 1]}
    rows = {
        (f"choice GRU, {rate}", 100): {"loss": loss}
        for rate, loss in [(0.5, 3.0), (1.0, 1.0), (2.0, 2.0)]
    }
    made = harness.tuned(rows, "GRU", 1.0, settings, lambda *given: {"given": given}, "loss")
    assert [(name, run()["given"]) for name, _, run in made] == [
        ("choice GRU, 0.5", (0.5, 100, False)),
        ("choice GRU, 1.0", (1.0, 100, False)),
        ("choice GRU, 2.0", (2.0, 100, False)),
        ("GRU", (1.0, 0, True)),
        ("GRU", (1.0, 1, True)),
    ]
