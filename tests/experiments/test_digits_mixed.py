"""Digits mixed before they are split: the parts, the end of a training, and what stands beside."""

import math

import pytest
import torch

import digits
import digits_mixed
import sizes

SETTINGS = digits_mixed.SETTINGS


def test_the_parts_hold_all_images_once_and_are_mixed():
    mixed = digits_mixed.parts(SETTINGS)
    assert [len(x) for x, _ in mixed] == [997, 400, 400]
    plain = torch.cat([x for x, _ in digits.load()]).flatten(1)
    again = torch.cat([x for x, _ in mixed]).flatten(1)
    assert sorted(plain.tolist()) == sorted(again.tolist()) and not torch.equal(plain, again)
    # An image keeps its digit.
    digit = dict(
        (tuple(image.flatten().tolist()), int(y))
        for part in digits.load()
        for image, y in zip(*part, strict=True)
    )
    assert all(
        digit[tuple(image.flatten().tolist())] == y
        for part in mixed
        for image, y in zip(part[0], part[1].tolist(), strict=True)
    )


def test_all_parts_come_from_the_same_writers():
    """Which is to say that logistic regression is about as often wrong on both held-out parts."""
    row = digits_mixed.linear(SETTINGS)
    assert abs(row["validation_wrong"] - row["test_wrong"]) < 2
    assert min(SETTINGS["penalties"]) < row["penalty"] < max(SETTINGS["penalties"])


def test_a_training_ends_when_nothing_is_gained_and_keeps_the_best():
    training, validation, _ = digits_mixed.parts(SETTINGS)
    torch.manual_seed(0)
    model = digits.DigitModel(torch.nn.RNN, 8)
    settings = SETTINGS | {"patience": 2, "most_epochs": 50}
    curve = digits_mixed.fit(model, training, validation, 0.2, settings)
    assert len(curve) < 50 and curve.index(min(curve)) == len(curve) - 3
    assert digits_mixed.loss(model, validation) == min(curve)


def test_a_training_that_failed_counts_as_a_guess():
    _, validation, _ = digits_mixed.parts(SETTINGS)
    failed = lambda x: torch.full((len(x), 10), math.nan)  # noqa: E731
    assert digits_mixed.loss(failed, validation) == math.log(10)


def test_whole_models_have_one_number_of_parameters():
    nets = sizes.nets(digits.DigitModel, SETTINGS["width"])
    count = {name: sizes.count(digits.DigitModel(*net)) for name, net in nets.items()}
    gru, small_lstm, lstm, large_gru, rnn = count.values()
    assert [small_lstm, rnn] == pytest.approx([gru, gru], rel=0.02)
    assert large_gru == pytest.approx(lstm, rel=0.02)


def test_in_small_with_a_stop_on_the_way(interrupted, capsys):
    rows = interrupted(digits_mixed, 5)["rows"]
    assert "GRU H=32: 0.00 hours, 0.00 in all" in capsys.readouterr().out
    tested = [row["model"] for row in rows if "test_wrong" in row]
    nets = sizes.nets(digits.DigitModel, SETTINGS["width"])
    assert tested == ["majority", "logistic regression", "nearest images", *nets]
    assert rows[0]["test_wrong"] > 85 and rows[2]["test_wrong"] < 5
    for row in rows:
        if net := nets.get(row["model"]):
            assert row["parameters"] == sizes.count(digits.DigitModel(*net))
