"""Copying: what is read and what is to be said, a net that remembers, and one that guesses."""

import math

import pytest
import torch

import copying
import sizes

QUICK = copying.SETTINGS | copying.QUICK


def test_symbols_a_wait_a_sign_and_the_symbols_again():
    x, y = copying.sequences(4, 30, torch.Generator().manual_seed(0))
    assert x.shape == (4, 50) and torch.equal(x[:, :10], y) and y.max() < copying.BLANK
    assert (x[:, 10:39] == copying.BLANK).all() and (x[:, 39] == copying.SIGN).all()
    assert (x[:, 40:] == copying.BLANK).all()
    assert copying.CopyModel(torch.nn.GRU, 4)(x).shape == (4, 10, 8)


def test_no_sequence_of_training_or_validation_is_one_of_the_test():
    settings = copying.SETTINGS
    test, validation = (copying.part(name, 30, settings)[1] for name in ("test", "validation"))
    drawn = [
        copying.sequences(500, 30, torch.Generator().manual_seed(seed))[1] for seed in (0, 100)
    ]
    seen = {tuple(each) for each in torch.cat([validation, *drawn]).tolist()}
    assert not seen & {tuple(each) for each in test.tolist()}


def test_a_memory_is_always_right_and_a_guess_in_one_of_eight():
    remembers = lambda x: 50.0 * torch.nn.functional.one_hot(x[:, :10], 8)  # noqa: E731
    assert copying.judge(remembers, "test", 30, copying.SETTINGS) == {
        "test_loss": 0.0,
        "test_right": 100.0,
    }
    row = copying.guess(30, copying.SETTINGS)
    assert row["test_loss"] == round(math.log(8), 5)
    assert row["test_right"] == pytest.approx(12.5, abs=1)


def test_a_training_that_failed_counts_as_a_guess():
    failed = lambda x: torch.full((len(x), 10, 8), math.nan)  # noqa: E731
    assert copying.judge(failed, "test", 2, QUICK)["test_loss"] == round(math.log(8), 5)


def test_whole_models_have_one_number_of_parameters():
    nets = sizes.nets(copying.CopyModel, copying.SETTINGS["width"])
    count = {name: sizes.count(copying.CopyModel(*net)) for name, net in nets.items()}
    gru, small_lstm, lstm, large_gru, rnn = count.values()
    assert [small_lstm, rnn] == pytest.approx([gru, gru], rel=0.012)
    assert large_gru == pytest.approx(lstm, rel=0.012)


def test_in_small_with_a_stop_on_the_way(interrupted, capsys):
    rows = interrupted(copying, 5)["rows"]
    assert "LSTM H=55 +3, wait 2: 0.00 hours, 0.00 in all" in capsys.readouterr().out
    tested = {row["model"]: row for row in rows if "test_loss" in row}
    assert [*tested] == [
        *("guess, wait 2", "GRU H=64, wait 2", "LSTM H=55, wait 2"),
        *("GRU H=64 +3, wait 2", "LSTM H=55 +3, wait 2", "RNN H=113, wait 2"),
    ]
    plain, opened = (tested[f"LSTM H=55{bias}, wait 2"] for bias in ("", " +3"))
    assert plain["parameters"] == opened["parameters"]
    assert plain["test_loss"] != opened["test_loss"]
    for name, row in tested.items():
        if name != "guess, wait 2":
            tried = [each for each in rows if each["model"].startswith(f"choice {name}, ")]
            assert row["rate"] == min(tried, key=lambda each: each["validation_loss"])["rate"]
