"""How far two nets lie apart over their seeds: the difference of their means and its interval."""

import statistics

from scipy import stats

import harness

CONFIDENCE = 0.95


def welch(weighted):
    """Return a weighted sum of means, its standard error, and the degrees of freedom, after Welch.

    weighted: pairs of a weight and the values of the seeds, which need not vary alike; a single
    value stands for itself. Where none varies the error is 0, and there is no interval.
    """
    parts = [
        (weight**2 * statistics.variance(values) / len(values), len(values) - 1)
        for weight, values in weighted
        if len(values) > 1
    ]
    squared_error = sum(part for part, _ in parts)
    freedom = squared_error and squared_error**2 / sum(part**2 / left for part, left in parts)
    middle = sum(weight * statistics.mean(values) for weight, values in weighted)
    return middle, squared_error**0.5, freedom


def reach(error, freedom, confidence=CONFIDENCE):
    """Return how far an interval reaches to either side."""
    return error * float(stats.t.ppf((1 + confidence) / 2, freedom))


def difference(first, second):
    """Return the mean of first minus that of second, and both ends of Welch's interval around it.

    It is that of one comparison, and is not widened for a page that makes several.
    """
    middle, error, freedom = welch([(1, first), (-1, second)])
    if not error:
        raise ValueError("neither of the two varies over its seeds, so there is no interval")
    side = reach(error, freedom)
    return middle, middle - side, middle + side


def share(count, of):
    """Return both ends of the exact interval of a share, after Clopper and Pearson.

    It is seen `count` times of `of`: 20 of 20 may be luck, and the interval says how much of it.
    """
    interval = stats.binomtest(count, of).proportion_ci(CONFIDENCE)
    return float(interval.low), float(interval.high)


def at_best(record, net, chosen_by, value):
    """Return a value of each seed of a net, at the rate at which another value is lowest."""
    rate = harness.best_rates(record, [net], chosen_by)[net]
    return harness.values(record, value)[harness.label(net, rate)]


def written(middle, low, high, places):
    """Return a difference and its interval as they are printed, in columns of one width."""
    numbers = f"{middle:5.{places}f} ({low:.{places}f} … {high:.{places}f})"
    return numbers.replace("-", "−")


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
