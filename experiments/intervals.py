"""How far two nets lie apart over their seeds: the difference of their means and its interval."""

import statistics

from scipy import stats

import harness

CONFIDENCE = 0.95


def difference(first, second):
    """Return the mean of first minus that of second, and both ends of the interval around it.

    Welch's interval: the two need not vary alike, and a single value stands for itself. It is that
    of one comparison, and is not widened for a page that makes several.
    """
    parts = [
        (statistics.variance(values) / len(values), len(values) - 1)
        for values in (first, second)
        if len(values) > 1
    ]
    squared_error = sum(part for part, _ in parts)
    if not squared_error:
        raise ValueError("neither of the two varies over its seeds, so there is no interval")
    freedom = squared_error**2 / sum(part**2 / left for part, left in parts)
    reach = float(stats.t.ppf((1 + CONFIDENCE) / 2, freedom)) * squared_error**0.5
    middle = statistics.mean(first) - statistics.mean(second)
    return middle, middle - reach, middle + reach


def at_best(record, net, chosen_by, value):
    """Return a value of each seed of a net, at the rate at which another value is lowest."""
    rate = harness.best_rates(record, [net], chosen_by)[net]
    return harness.values(record, value)[harness.label(net, rate)]


def show(pairs, places):
    """Print the difference of each pair, and its interval.

    pairs: a name and the values of the seeds, twice for each line; places: digits after the point.
    """
    for (first, a), (second, b) in pairs:
        middle, low, high = (f"{number:.{places}f}" for number in difference(a, b))
        print(f"{first:9} − {second:9} {middle:>7}  ({low} … {high})")


def show_at_best(record, pairs, chosen_by, value, places):
    """Print the differences of pairs of nets, each net at its own best rate."""
    show(
        [[(net, at_best(record, net, chosen_by, value)) for net in pair] for pair in pairs],
        places,
    )
