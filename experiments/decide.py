"""What runs decide of a sentence, by the rule in rule.yml: differences, equality, corrections."""

import statistics
from dataclasses import dataclass
from functools import cache

import yaml
from scipy import stats
from statsmodels.stats.multitest import multipletests

import intervals
import origin


@cache
def rule():
    """Return the rule as it is written."""
    return yaml.safe_load(origin.RULE.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Comparison:
    """A difference of means over seeds, its interval, and both tests before any correction."""

    difference: float
    low: float
    high: float
    margin: float
    p: float  # that there is no difference
    p_equal: float  # that it is as large as the margin


def compare(first, second, quantity):
    """Return the comparison of two nets' values; their margin is that of the quantity."""
    return contrast([(1, first), (-1, second)], quantity, statistics.mean(second))


def grows(large, small, quantity):
    """Return by how much a lead is greater in one place than in another.

    large, small: pairs of two nets' values; a lead is the mean of the first minus the second.
    """
    (a, b), (c, d) = large, small
    return contrast([(1, a), (-1, b), (-1, c), (1, d)], quantity, statistics.mean(b))


def contrast(weighted, quantity, reference):
    """Return the comparison of a weighted sum of means with 0, after Welch and Satterthwaite.

    weighted: pairs of a weight and values; reference: of what a relative margin is a share.
    Raises ValueError where there are fewer values than the rule asks for, or they do not vary.
    """
    if any(len(values) < rule()["least_seeds"] for _, values in weighted):
        raise ValueError(f"nothing is tested with fewer than {rule()['least_seeds']} seeds")
    middle, error, freedom = intervals.welch(weighted)
    if not error:
        raise ValueError("the values do not vary over their seeds, so there is no interval")
    side = intervals.reach(error, freedom, rule()["confidence"])
    bound = rule()["margins"][quantity]
    margin = bound.get("absolute") or bound["relative"] * reference
    p = 2 * float(stats.t.sf(abs(middle) / error, freedom))
    p_equal = float(stats.t.sf((margin - abs(middle)) / error, freedom))
    return Comparison(middle, middle - side, middle + side, margin, p, p_equal)


def decide(sentences):
    """Return what is decided of each sentence of one claim: name -> a word of the rule.

    sentences: name -> ("less" or "equal", comparison). All their tests are corrected together.
    """
    both = [p for _, c in sentences.values() for p in (c.p, c.p_equal)]
    passed = multipletests(both, rule()["level"], "holm")[0].tolist() if both else []
    decided = {}
    for at, (name, (kind, c)) in enumerate(sentences.items()):
        differs, equal = passed[2 * at : 2 * at + 2]
        if kind == "less":
            if differs and c.difference < 0:
                decided[name] = "small" if -c.margin < c.low else "shown"
            else:
                decided[name] = "refuted" if differs or equal else "undecided"
        else:
            outside = c.low > c.margin or c.high < -c.margin
            word = "refuted" if differs and outside else "undecided"
            decided[name] = "shown" if equal else word
    return decided
