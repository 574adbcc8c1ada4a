"""Text: models that count, the parts of the data, and quick runs of the experiments."""

import math

import pytest
import torch
from scipy import stats

import data_size
import harness
import intervals
import learning_rate
import ngrams


def test_a_model_that_counts_predicts_what_it_has_counted():
    training = torch.tensor([0, 1, 0, 1, 0, 1])
    after_one = learning_rate.markov_bits(training, training, 2, order=1, smoothing=1.0)
    # After 0 came 1 three times, after 1 came 0 twice: (3 + 1) / (3 + 2) and (2 + 1) / (2 + 2).
    assert after_one == pytest.approx(-(3 * math.log2(4 / 5) + 2 * math.log2(3 / 4)) / 5)
    after_none = learning_rate.markov_bits(training, training, 2, order=0, smoothing=1.0)
    assert after_none == pytest.approx(1.0)


def codes(text):
    return torch.tensor([ord(character) - ord("a") for character in text])


def test_a_passage_that_stands_in_the_training_text_is_shared_and_one_that_is_shorter_is_not():
    training = codes("xxabcdefxx")
    assert ngrams.shared(codes("abcdefzzzz"), training, length=5) == 60
    assert ngrams.shared(codes("abcdzzzzzz"), training, length=5) == 0


@pytest.mark.parametrize("order", [0, 1, 2, 3])
def test_mixed_counts_are_those_of_witten_and_bell(order):
    """The same by its definition: one character after the other, each context from the shortest."""
    training, text, time = "abracadabraabracadabra", "abradacabraabcab", 4
    chances = []
    for place in range(1, (len(text) - 1) // time * time + 1):
        before = (place - 1) % time + 1
        p = 1 / 26
        for context in (text[place - n : place] for n in range(min(order, before) + 1)):
            starts = range(len(training) - len(context))
            followers = [training[start + len(context)] for start in starts
                         if training[start:].startswith(context)]  # fmt: skip
            different = len(set(followers))
            if followers:
                count = followers.count(text[place])
                p = (count + different * p) / (len(followers) + different)
        chances.append(p)
    expected = -sum(map(math.log2, chances)) / len(chances)
    assert ngrams.bits(codes(text), codes(training), 26, order, time) == pytest.approx(expected)


def test_the_interval_of_a_difference_is_that_of_welch():
    first, second = [1.0, 2.0, 4.0], [3.0, 3.5, 3.1, 3.2]
    interval = stats.ttest_ind(first, second, equal_var=False).confidence_interval(0.95)
    middle, *ends = intervals.difference(first, second)
    assert middle == pytest.approx(7 / 3 - 3.2)
    assert ends == pytest.approx([interval.low, interval.high])


def test_of_a_single_value_the_interval_is_that_of_the_mean():
    interval = stats.ttest_1samp([1.0, 2.0, 4.0], 3.0).confidence_interval(0.95)
    _, low, high = intervals.difference([1.0, 2.0, 4.0], [3.0])
    assert (low + 3, high + 3) == pytest.approx((interval.low, interval.high))


def test_two_nets_that_do_not_vary_have_no_interval():
    with pytest.raises(ValueError, match="neither of the two varies"):
        intervals.difference([1.0, 1.0], [2.0, 2.0])


def test_a_part_of_the_shuffled_text_is_as_long_as_it_says_and_the_whole_is_the_same_text():
    training, *_, alphabet = data_size.load(data_size.SETTINGS)
    assert len(training) >= max(data_size.SETTINGS["characters"])
    plain, *_, same = learning_rate.load()
    assert alphabet == same and not torch.equal(training[:1000], plain[:1000])


@pytest.mark.proof
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
