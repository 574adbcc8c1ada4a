"""Text and digits: models that count, the parts of the data, and quick runs of the experiments."""

import math

import data_size
import digits
import harness
import learning_rate
import pytest
import torch


def test_a_model_that_counts_predicts_what_it_has_counted():
    training = torch.tensor([0, 1, 0, 1, 0, 1])
    after_one = learning_rate.markov_bits(training, training, 2, order=1, smoothing=1.0)
    # After 0 came 1 three times, after 1 came 0 twice: (3 + 1) / (3 + 2) and (2 + 1) / (2 + 2).
    assert after_one == pytest.approx(-(3 * math.log2(4 / 5) + 2 * math.log2(3 / 4)) / 5)
    after_none = learning_rate.markov_bits(training, training, 2, order=0, smoothing=1.0)
    assert after_none == pytest.approx(1.0)


def test_digits_are_cut_into_three_parts_that_hold_all_images():
    parts = digits.load()
    assert [len(x) for x, _ in parts] == [997, 400, 400]
    assert all(x.shape[1:] == (8, 8) and x.min() >= 0 and x.max() == 1 for x, _ in parts)
    assert {digit for _, y in parts for digit in y.tolist()} == set(range(10))


def test_errors_are_counted_in_percent():
    x, y = torch.eye(10)[[1, 2, 3, 3]], torch.tensor([1, 2, 3, 4])
    assert digits.wrong(lambda x: x, (x, y)) == 25


def test_a_quick_run_on_digits(quick):
    rows = quick(digits, epochs=1)["rows"]
    nets = [harness.label(name, 0.008) for name in digits.NETS]
    assert [row["model"] for row in rows] == ["linear", *nets]
    assert all(len(row["curve"]) == 1 for row in rows[1:])


def test_a_part_of_the_shuffled_text_is_as_long_as_it_says_and_the_whole_is_the_same_text():
    training, *_, alphabet = data_size.load(data_size.SETTINGS)
    assert len(training) >= max(data_size.SETTINGS["characters"])
    plain, *_, same = learning_rate.load()
    assert alphabet == same and not torch.equal(training[:1000], plain[:1000])


def test_a_quick_run_on_more_and_more_text(quick):
    record = quick(data_size, steps=2, check_every=1)
    for characters in data_size.QUICK["characters"]:
        sized = harness.part_of(record, data_size.part(characters))["rows"]
        counts = [learning_rate.counting(order) for order in learning_rate.ORDERS]
        nets = [harness.label(name, 0.01) for name in data_size.NETS]
        assert [row["model"] for row in sized] == counts + nets
        assert all(row["validation_bits"] == min(row["curve"]) for row in sized[3:])


def test_the_best_rate_is_the_one_with_the_lowest_mean():
    rows = [
        {"model": harness.label("GRU", rate), "seed": seed, "bits": bits}
        for rate, values in ((0.1, (1, 5)), (0.2, (2, 2)))
        for seed, bits in enumerate(values)
    ]
    record = {"settings": {"learning_rates": [0.1, 0.2]}, "rows": rows}
    assert harness.best_rates(record, ["GRU"], "bits") == {"GRU": 0.2}
