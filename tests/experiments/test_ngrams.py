"""Counts of what follows: modified Kneser-Ney, by hand, as a slow count finds it, and its sum."""

from collections import Counter

import numpy as np
import pytest

import ngrams


def numbers(text):
    return np.frombuffer(text.encode(), np.uint8) - ord("a")


def test_a_text_of_six_characters_counted_by_hand():
    # In abacab, b follows a twice and c once; so few counts take off 1 of the two and 0.5 of the
    # one, g(a) = 1.5 / 3. Before a stand b and c, before b and c one each: p'(a) = 5 / 12.
    (chances,) = ngrams.kneser_ney(numbers("abacab"), [numbers("abaca")], 3, 1)
    assert chances[1][1] == pytest.approx(1 / 3 + 0.5 * 7 / 24)  # b after a
    assert chances[1][3] == pytest.approx(0.5 / 3 + 0.5 * 7 / 24)  # c after a
    assert chances[1][2] == pytest.approx(0.5 + 0.5 * 5 / 12)  # a after b, which nothing else is
    # Alone an a is three of six, and all counts together give off 0.5 + 1 + 1.5 of 6.
    assert chances[0][0] == pytest.approx(1.5 / 6 + 0.5 / 3)


def test_discounts_are_estimated_from_counts_of_counts():
    counts = np.array([1, 1, 1, 1, 2, 2, 3, 4, 9])  # Y = 4 / 8
    assert ngrams.discounts(counts).tolist() == [0, 0.5, 1.25, 1.0]
    assert ngrams.discounts(np.array([1, 2, 2, 3])).tolist() == [0, 0.5, 1, 1.5]  # no 4


def test_chances_of_all_characters_sum_to_1():
    rng = np.random.default_rng(0)
    training = rng.integers(0, 6, 3000) * rng.integers(0, 2, 3000)
    for context in ([], [0], [0, 5, 3], [0, 0, 0, 0, 0], [6, 6], [0, 6, 1], [*training[-5:]]):
        parts = (np.array([*context, each]) for each in range(7))  # 6 stands nowhere in training
        last = [each[:, -1] for each in ngrams.kneser_ney(training, [*parts], 7, 5)]
        np.testing.assert_allclose(np.sum(last, 0), 1)
        assert np.min(last) > 0


def slow(training, part, characters, order):
    """Modified Kneser-Ney as its equations are written, n-gram by n-gram."""
    training, part = bytes(training.tolist()), bytes(part.tolist())

    def counted(length):
        return Counter(training[n : n + length] for n in range(len(training) - length + 1))

    def chance(gram, counts, length):
        if not length:
            return 1 / characters
        lower = chance(gram[1:], Counter(each[1:] for each in counted(length)), length - 1)
        after = [c for each, c in counts.items() if each[:-1] == gram[:-1]]
        if not after:
            return lower
        off = ngrams.discounts(np.array([*counts.values()]))
        c, taken = counts[gram], sum(off[min(each, 3)] for each in after)
        return (c - off[min(c, 3)] + taken * lower) / sum(after)

    lengths = [min(order, n) + 1 for n in range(len(part))]
    grams = [part[n + 1 - length : n + 1] for n, length in enumerate(lengths)]
    return [
        chance(gram, counted(length), length)
        for gram, length in zip(grams, lengths, strict=True)
        if length == order + 1
    ]


@pytest.mark.parametrize("order", [0, 1, 2, 3])
def test_all_orders_at_once_are_what_the_equations_say(order):
    rng = np.random.default_rng(1)
    training, part = (np.cumsum(rng.integers(0, 3, n)) % 5 for n in (400, 40))
    _, fast = ngrams.kneser_ney(training, [part[:7], part], 5, 3)
    fast = fast[order, order:]
    np.testing.assert_allclose(fast, slow(training, part, 5, order))
