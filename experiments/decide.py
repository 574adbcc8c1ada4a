"""What runs decide of a claim, by the rule in rule.yml: of each of its parts, and of the whole.

net() takes a net's seeds from a record, compare() and grows() test them, and judge() decides. Where
the rule leaves something open, less is decided. "Small" and "outside the margin" are read off the
interval of one comparison, which is not widened for the others of a claim, as the tests are.
"""

import math
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


class AtLeast(float):
    """A value that was not reached: the steps of a run that was not done when they were over."""


@dataclass(frozen=True)
class Net:
    """What the seeds of a net have, and why they decide nothing, if they do not."""

    values: list[float]
    decides_nothing: str = ""


def net(record, model, value, ahead_of=None):
    """Return a net of a record.

    model: what its rows are called; value: what is compared; ahead_of: what the net must be ahead
    of before it decides anything, as (value, baseline's number, whether more is better).
    """
    rows = [row for row in record["rows"] if row["model"] == model]
    found = [
        AtLeast(row[value]) if value == "steps" and not row["done"] else row[value] for row in rows
    ]
    if any(row.get("edge") for row in rows):
        return Net(found, "its best setting lies on the edge of its grid")
    if ahead_of:
        gate, baseline, more = ahead_of
        if not ahead([row[gate] for row in rows], baseline, more):
            return Net(found, "it is not ahead of the strongest simple baseline")
    return Net(found)


def ahead(values, baseline, more):
    """Return whether a net is ahead of a baseline, which is one number, by a t-test of its seeds.

    more: whether more is better. Where the seeds do not vary it is the sign test.
    """
    check(values)
    middle, error = statistics.mean(values), statistics.stdev(values) / len(values) ** 0.5
    lead = middle - baseline if more else baseline - middle
    one_sided = float(stats.t.sf(lead / error, len(values) - 1)) if error else 0.5 ** len(values)
    return lead > 0 and 2 * one_sided < rule()["level"]


def check(values):
    """Refuse what cannot be tested: too few values, and what is no number."""
    if len(values) < rule()["least_seeds"]:
        raise ValueError(f"nothing is tested with fewer than {rule()['least_seeds']} seeds")
    for value in values:
        if value is None or not math.isfinite(value):
            raise ValueError(f"{value} is no number; a run that failed counts as it ended")


@dataclass(frozen=True)
class Comparison:
    """A difference of means over seeds, its interval, and both tests before any correction."""

    difference: float
    low: float
    high: float
    margin: float
    p: float  # that there is no difference
    p_equal: float  # that it is as large as the margin
    seeds: int  # the fewest of a net
    censored: bool = False  # some values are only known to be at least so much
    decides_nothing: str = ""


def compare(first, second, quantity):
    """Return the comparison of two nets; their margin is that of the quantity."""
    return contrast([(1, first), (-1, second)], quantity, second)


def grows(large, small, quantity):
    """Return by how much a lead is greater in one place than in another.

    large, small: pairs of two nets; a lead is the mean of the first minus the second.
    """
    (a, b), (c, d) = large, small
    return contrast([(1, a), (-1, b), (-1, c), (1, d)], quantity, b)


def contrast(weighted, quantity, reference):
    """Return the comparison of a weighted sum of means with 0, after Welch and Satterthwaite.

    weighted: pairs of a weight and a net; reference: of whose mean a relative margin is a share.
    Raises ValueError where there are fewer values than the rule asks for, or no numbers.

    A mean of values of which some are only known to be at least so much is itself at least what
    they give. So a sum below 0 is below 0 whatever these values are if all of them are of nets with
    a negative weight, and so above 0 and with a positive one; the test of the values as they stand
    is then one of a nearer difference. Otherwise nothing is known, nor ever of equality. A test of
    ranks would decide more, but of something else than means.
    """
    for _, each in weighted:
        check(each.values)
    known = [(weight, [float(value) for value in each.values]) for weight, each in weighted]
    middle, error, freedom = intervals.welch(known)
    bound = rule()["margins"][quantity]
    margin = bound.get("absolute") or bound["relative"] * statistics.mean(
        float(value) for value in reference.values
    )
    side = 0.0
    if error:
        side = intervals.reach(error, freedom, rule()["confidence"])
        p = 2 * float(stats.t.sf(abs(middle) / error, freedom))
        p_equal = float(stats.t.sf((margin - abs(middle)) / error, freedom))
    else:
        p = exact(known) if middle else 1.0
        p_equal = 0.0 if abs(middle) < margin else 1.0
    open_ended = {
        weight > 0
        for weight, each in weighted
        if any(isinstance(value, AtLeast) for value in each.values)
    }
    if open_ended:
        p_equal = 1.0
        if open_ended != {middle > 0}:
            p = 1.0
    return Comparison(
        middle,
        middle - side,
        middle + side,
        margin,
        p,
        p_equal,
        min(len(values) for _, values in known),
        bool(open_ended),
        next((each.decides_nothing for _, each in weighted if each.decides_nothing), ""),
    )


def exact(weighted):
    """Return p by permutation for two nets whose seeds do not vary, and are not alike.

    Of all ways to part the values in two, no other but the reverse has such a difference. More than
    two nets cannot be exchanged for one another, and decide nothing.
    """
    if len(weighted) > 2:
        return 1.0
    (_, first), (_, second) = weighted
    return 2 / math.comb(len(first) + len(second), len(first))


def less(record, first, second, value, quantity):
    """Return the sentence that a net of a record has less of a value than another, for decide."""
    return "less", compare(net(record, first, value), net(record, second, value), quantity)


def decide(sentences):
    """Return what is decided of each sentence of one claim: name -> a word of the rule.

    sentences: name -> ("less" or "equal", comparison), or ("counted", whether it is so). All their
    tests are corrected together.
    """
    tested = {name: c for name, (kind, c) in sentences.items() if kind != "counted"}
    both = [p for c in tested.values() for p in (c.p, c.p_equal)]
    passed = multipletests(both, rule()["level"], "holm")[0].tolist() if both else []
    passed = dict(zip(tested, zip(passed[::2], passed[1::2], strict=True), strict=True))
    return {
        name: ("shown" if found else "refuted")
        if kind == "counted"
        else word(kind, found, *passed[name])
        for name, (kind, found) in sentences.items()
    }


def with_words(sentences):
    """Return name -> what is decided of a sentence, as decide has it, and its comparison."""
    words = decide(sentences)
    return {name: (words[name], found) for name, (_, found) in sentences.items()}


def show(found, places, sentences=None):
    """Print what is decided of each sentence, with the difference and its interval.

    found: as with_words returns it; sentences: name -> "the first < the second", as it is printed,
    if the names are not so themselves.
    """
    for name, (decided, c) in found.items():
        numbers = intervals.written(c.difference, c.low, c.high, places)
        print(f"{sentences[name] if sentences else name}: {decided}\n    {numbers}")


def word(kind, c, differs, equal):
    """Return what a comparison decides of a sentence, given which of its tests have passed."""
    if c.decides_nothing:
        return "undecided"
    if kind == "less":
        if differs and c.difference < 0:
            return "small" if -c.margin < c.low and not c.censored else "shown"
        return "refuted" if differs or equal else "undecided"
    if equal:
        return "shown"
    outside = c.low > c.margin or c.high < -c.margin
    return "refuted" if differs and outside and not c.censored else "undecided"


@dataclass(frozen=True)
class Ground:
    """What one source has for a part of a claim: an experiment on some data, or a paper."""

    kind: str  # "less", "equal" or "counted", as decide has them; "paper"
    found: Comparison | bool | str  # of a paper, what it decides in a word of the rule
    source: str  # the data that it was run on, or the paper


def judge(parts):
    """Return what is decided of each part of a claim, its verdict, and how strong the evidence is.

    parts: name -> grounds. A part whose grounds decide differently is undecided.
    """
    words = decide(
        {
            (name, at): (ground.kind, ground.found)
            for name, grounds in parts.items()
            for at, ground in enumerate(grounds)
            if ground.kind != "paper"
        }
    )
    decided, alike = {}, []
    for name, grounds in parts.items():
        said = [
            (words[name, at] if ground.kind != "paper" else ground.found, ground)
            for at, ground in enumerate(grounds)
        ]
        said = [(each, ground) for each, ground in said if each != "undecided"]
        found = {each for each, _ in said}
        if found == {"small", "shown"}:
            found = {"shown"}
        decided[name] = found.pop() if len(found) == 1 else "undecided"
        if decided[name] != "undecided":
            alike.append([ground for _, ground in said])
    return decided, verdict(decided.values()), strength(alike)


def verdict(decisions):
    """Return the verdict of a claim from what is decided of its parts."""
    shown = [decision in ("shown", "small") for decision in decisions]
    if any(shown):
        return "holds" if all(shown) else "holds_in_part"
    return "does_not_hold" if "refuted" in decisions else "open"


def strength(parts):
    """Return how strong the evidence is: that of the decided part with the least behind it.

    parts: of each that is decided, the grounds that decide alike.
    """

    def rank(grounds):
        if any(ground.kind == "counted" for ground in grounds):
            return 2
        all_ = {ground.source for ground in grounds}
        of_ten = {
            ground.source
            for ground in grounds
            if ground.kind != "paper" and ground.found.seeds >= rule()["seeds"]
        }
        return 2 if len(of_ten) > 1 else int(bool(of_ten) or len(all_) > 1)

    return ("weak", "moderate", "strong")[min(map(rank, parts), default=0)]
