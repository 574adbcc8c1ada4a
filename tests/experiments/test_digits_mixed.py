"""Digits mixed before they are split: the parts, the end of a training, and what stands beside."""

import math

import pytest
import torch

import digits
import digits_mixed
import sizes

SETTINGS = digits_mixed.SETTINGS


def test_images_are_within_0_and_1_and_are_of_ten_digits():
    x, y = digits.load()
    assert x.shape == (1797, 8, 8) and x.min() == 0 and x.max() == 1
    assert {*y.tolist()} == {*range(10)}


def test_errors_are_counted_in_percent():
    x, y = torch.eye(10)[[1, 2, 3, 3]], torch.tensor([1, 2, 3, 4])
    assert digits.wrong(lambda x: x, (x, y)) == 25


def test_the_parts_of_a_split_hold_all_images_once_and_are_mixed():
    mixed = digits_mixed.parts(SETTINGS, 3)
    assert [len(x) for x, _ in mixed] == [997, 400, 400]
    x, y = digits.load()
    plain, again = x.flatten(1), torch.cat([x for x, _ in mixed]).flatten(1)
    assert sorted(plain.tolist()) == sorted(again.tolist()) and not torch.equal(plain, again)
    # An image keeps its digit.
    digit = dict(zip(map(tuple, plain.tolist()), y.tolist(), strict=True))
    assert all(
        digit[tuple(image.flatten().tolist())] == y
        for part in mixed
        for image, y in zip(part[0], part[1].tolist(), strict=True)
    )


def test_without_a_split_the_images_stay_in_the_order_of_the_file():
    parts = digits_mixed.parts(SETTINGS, None)
    for whole, pieces in zip(digits.load(), zip(*parts, strict=True), strict=True):
        assert torch.equal(whole, torch.cat(pieces))


def test_images_that_are_alike_stand_near_each_other_in_the_file():
    """Which is to say that its end is by others than its beginning: a writer's stand together."""
    alike, by_chance = digits_mixed.near_in_file(100)
    assert alike > 50 and by_chance < 15
    assert digits_mixed.near_in_file(2000) == [100, 100]


def test_all_parts_come_from_the_same_writers():
    """Which is to say that logistic regression is about as often wrong on both held-out parts."""
    row = digits_mixed.linear(SETTINGS)
    assert abs(row["validation_wrong"] - row["test_wrong"]) < 2
    assert min(SETTINGS["penalties"]) < row["penalty"] < max(SETTINGS["penalties"])


def test_splits_differ_and_a_seed_means_one():
    tests = [digits_mixed.parts(SETTINGS, split)[2][0] for split in range(SETTINGS["splits"])]
    assert not any(
        torch.equal(one, other) for n, one in enumerate(tests) for other in tests[n + 1 :]
    )
    name = next(iter(sizes.nets(digits.DigitModel, SETTINGS["width"])))
    chosen = {
        (f"choice {name}, split {split}, {rate}", seed): {"validation_loss": abs(rate - 0.008)}
        for split in range(5)
        for rate in (0.004, 0.008, 0.016)
        for seed in SETTINGS["choice_seeds"]
    }
    runs = [run for run in digits_mixed.make_runs(SETTINGS, chosen) if run[0] == name]
    assert sorted(seed for _, seed, _ in runs) == SETTINGS["seeds"]


def test_the_choices_of_the_models_without_a_net_lie_inside_what_is_tried():
    row = digits_mixed.support(SETTINGS, 1)
    tried = SETTINGS["support"]
    assert min(tried["C"]) < row["penalty"] < max(tried["C"])
    assert min(tried["gamma"]) < row["gamma"] < max(tried["gamma"])
    assert row["test_wrong"] < 3
    nearest = digits_mixed.nearest(SETTINGS, 1)
    assert nearest["neighbours"] < max(SETTINGS["neighbours"]) and nearest["test_wrong"] < 5


def test_the_order_of_the_images_is_another_draw_than_the_weights(monkeypatch):
    training, validation, _ = digits_mixed.parts(SETTINGS)
    seen = []
    randperm = torch.randperm

    def watched(*given, **how):
        seen.append(randperm(*given, **how))
        return seen[-1]

    monkeypatch.setattr(torch, "randperm", watched)
    for size in (4, 8):
        torch.manual_seed(3)
        model = digits.DigitModel(torch.nn.GRU, size)
        digits_mixed.fit(model, training, validation, 0.01, 3, SETTINGS | {"most_epochs": 1})
    assert torch.equal(seen[0], seen[1])  # whatever the net
    torch.manual_seed(3)
    assert not torch.equal(seen[0], randperm(len(seen[0])))


def test_a_training_ends_when_nothing_is_gained_and_keeps_the_best():
    training, validation, _ = digits_mixed.parts(SETTINGS)
    torch.manual_seed(0)
    model = digits.DigitModel(torch.nn.RNN, 8)
    settings = SETTINGS | {"patience": 2, "most_epochs": 50}
    curve = digits_mixed.fit(model, training, validation, 0.2, 0, settings)
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
    assert [small_lstm, rnn] == pytest.approx([gru, gru], rel=0.005)
    assert large_gru == pytest.approx(lstm, rel=0.005)


def test_in_small_with_a_stop_on_the_way(interrupted, capsys):
    rows = interrupted(digits_mixed, 5)["rows"]
    assert "GRU H=42: 0.00 hours, 0.00 in all" in capsys.readouterr().out
    tested = [(row["model"], row["seed"]) for row in rows if "test_wrong" in row]
    nets = sizes.nets(digits.DigitModel, SETTINGS["width"])
    models = [*digits_mixed.BESIDE, *nets]
    assert tested == [(model, split) for model in models for split in (0, 1)]
    by_model = {row["model"]: row["test_wrong"] for row in rows if "test_wrong" in row}
    assert by_model["majority"] > 85 and by_model["support vectors"] < 3
    for row in rows:
        if net := nets.get(row["model"]):
            assert row["parameters"] == sizes.count(digits.DigitModel(*net))
            assert row["split"] == row["seed"]


def test_the_strongest_model_without_a_net_is_the_one_of_the_validation_part():
    of = {"majority": 90, "logistic regression": 3, "nearest images": 2, "support vectors": 4}
    rows = [
        {"model": model, "seed": split, "validation_wrong": share + split, "test_wrong": 9 - share}
        for model, share in of.items()
        for split in (0, 1)
    ]
    assert digits_mixed.strongest({"rows": rows}) == "nearest images"


def test_one_value_for_each_split_is_the_mean_of_its_seeds(capsys):
    """The first net of each pair has 0, 1 and 2 more than the second, on three splits."""
    rows = [
        {"model": name, "seed": seed, "split": seed % 3, "test_wrong": 5 + more * (seed % 3) + up}
        for pair in digits_mixed.PAIRS
        for name, more in zip(pair, (1, 0), strict=True)
        for seed, up in zip(range(6), (-1, -1, -1, 1, 1, 1), strict=True)
    ]
    digits_mixed.show_by_split({"rows": rows, "settings": {"splits": 3}})
    first, *_ = capsys.readouterr().out.splitlines()
    assert first == "LSTM H=36 − GRU H=42   1.00 (−1.48 … 3.48)"
