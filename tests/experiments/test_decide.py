"""The rule of the verdicts: its hash, what it decides, and its numbers by a second library."""

import json

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.weightstats import ttost_ind

import decide
import origin
from tests.sources import ROOT
from tools.project.files import EXPERIMENTS

# Ten seeds of two nets, in bits per character.
GRU = [2.00, 2.01, 1.99, 2.02, 1.98, 2.00, 2.01, 1.99, 2.00, 2.00]
SAME = [2.00, 2.00, 1.99, 2.01, 1.99, 2.00, 2.01, 1.99, 2.01, 2.00]


def moved(values, by):
    return [value + by for value in values]


def compare(first, second, quantity="bits"):
    return decide.compare(decide.Net(first), decide.Net(second), quantity)


def word(kind, first, second, quantity="bits"):
    return decide.decide({"": (kind, compare(first, second, quantity))})[""]


def judged():
    """The records that were made under a rule."""
    files = sorted((ROOT / EXPERIMENTS).rglob("*.json"))
    return [file for file in files if "rule" in json.loads(file.read_text("utf-8"))]


def test_each_record_holds_the_hash_of_the_rule_that_stands_here():
    for file in judged():
        held = json.loads(file.read_text("utf-8"))["rule"]
        assert held == origin.rule(), f"{file}: the rule has changed since its rows were made"


def test_each_record_stands_as_its_runs_wrote_it_and_names_the_code_that_there_is():
    for file in judged():
        assert not origin.foreign(file)
        script = ROOT / EXPERIMENTS / f"{file.stem}.py"
        if file.stem != "gpu":  # what made its rows is in the history; a GPU is not always at hand
            made = json.loads(file.read_text("utf-8"))["code"]
            assert made == origin.code(script), f"{file}: its code has changed since"


def test_the_hash_is_that_of_the_file(tmp_path, monkeypatch):
    monkeypatch.setattr(origin, "RULE", tmp_path / "rule.yml")
    origin.RULE.write_text("seeds: 10\n", encoding="utf-8")
    before = origin.rule()
    origin.RULE.write_text("seeds: 3\n", encoding="utf-8")
    assert len(before) == 64 and origin.rule() != before


@pytest.mark.parametrize(
    "kind, by, expected",
    [
        ("less", -0.10, "shown"),
        ("less", -0.01, "small"),  # real, and less than 1 %
        ("less", 0.10, "refuted"),
        ("less", 0.0, "refuted"),  # the two are equal
        ("equal", 0.0, "shown"),
        ("equal", -0.01, "shown"),
        ("equal", 0.10, "refuted"),
    ],
)
def test_a_sentence_is_decided_by_both_tests(kind, by, expected):
    assert word(kind, moved(SAME, by), GRU) == expected


@pytest.mark.parametrize("kind", ["less", "equal"])
def test_what_varies_too_much_decides_nothing(kind):
    assert word(kind, [1.0, 3.0, 2.0, 2.1], [2.0, 3.1, 1.1, 1.9]) == "undecided"


def test_many_sentences_make_each_harder_to_show():
    close = compare(moved(GRU, -0.014), GRU)
    noise = compare([1.0, 3.0, 2.0, 2.1], [2.0, 3.1, 1.1, 1.9])
    assert 0.005 < close.p < 0.025
    alone, many = ({n: ("less", close if n == 0 else noise) for n in range(k)} for k in (1, 9))
    assert decide.decide(alone)[0] != "undecided" == decide.decide(many)[0]


def test_interval_and_tests_are_those_of_other_libraries():
    rng = np.random.default_rng(0)
    for first, second in ((10, 10), (3, 10), (10, 4)):
        a, b = rng.normal(2.0, 0.05, first), rng.normal(2.01, 0.02, second)
        found = compare(a.tolist(), b.tolist())
        welch = stats.ttest_ind(a, b, equal_var=False)
        assert found.p == pytest.approx(welch.pvalue)
        interval = welch.confidence_interval(0.95)
        assert (found.low, found.high) == pytest.approx((interval.low, interval.high))
        assert found.margin == pytest.approx(0.01 * b.mean())
        equal, *_ = ttost_ind(a, b, -found.margin, found.margin, usevar="unequal")
        assert found.p_equal == pytest.approx(equal)


def test_a_lead_that_grows_is_a_difference_of_differences():
    small, large = (moved(GRU, 0.0), GRU), (moved(SAME, -0.2), GRU)
    found = decide.grows(*([decide.Net(each) for each in pair] for pair in (large, small)), "bits")
    assert found.difference == pytest.approx(-0.2)
    rng = np.random.default_rng(1)  # the bootstrap as a second opinion of the interval
    drawn = [[rng.choice(each, (20_000, 10)).mean(1) for each in pair] for pair in (large, small)]
    leads = (drawn[0][0] - drawn[0][1]) - (drawn[1][0] - drawn[1][1])
    low, high = np.quantile(leads, [0.025, 0.975])
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.003)


def test_too_few_seeds_and_what_is_no_number_are_not_tested():
    with pytest.raises(ValueError, match="fewer than 3 seeds"):
        compare(GRU[:2], GRU)
    for wrong in (None, float("nan"), float("inf")):
        with pytest.raises(ValueError, match=f"{wrong} is no number; a run that failed counts as"):
            compare([wrong, *GRU], GRU)


@pytest.mark.parametrize(
    "kind, first, second, seeds, expected",
    [
        ("less", 0.0, 50.0, 10, "shown"),
        ("less", 50.0, 0.0, 10, "refuted"),
        ("less", 0.0, 50.0, 3, "undecided"),  # of 20 ways to part six values, two are so
        ("less", 50.0, 50.0, 10, "refuted"),
        ("equal", 50.0, 50.0, 10, "shown"),
        ("equal", 50.0, 46.0, 10, "shown"),  # of lengths, and five are the margin
        ("equal", 50.0, 44.0, 10, "refuted"),
        ("equal", 50.0, 50.0, 3, "shown"),
    ],
)
def test_seeds_that_do_not_vary_are_tested_exactly(kind, first, second, seeds, expected):
    assert word(kind, [first] * seeds, [second] * seeds, "lengths") == expected


def test_the_exact_test_is_that_of_a_library():
    def mean_difference(a, b, axis):
        return a.mean(axis) - b.mean(axis)

    a, b = [0.0] * 4, [1.0] * 5
    found = stats.permutation_test((a, b), mean_difference, n_resamples=np.inf).pvalue
    assert decide.exact([(1, a), (-1, b)]) == pytest.approx(found)


def test_of_four_nets_that_do_not_vary_nothing_is_decided():
    a, b = (decide.Net([value] * 10) for value in (1.0, 9.0))
    assert decide.grows((a, b), (b, b), "lengths").p == 1


def at_least(*values, limit=4000):
    """Steps of runs that were over at a limit."""
    return [decide.AtLeast(limit) if value >= limit else float(value) for value in values]


def test_runs_that_were_not_done_are_not_alike_because_they_were_stopped_alike():
    rng = np.random.default_rng(0)
    for _ in range(50):
        slow, slower = (at_least(*rng.normal(m, s, 10)) for m, s in ((4800, 500), (9000, 1500)))
        for pair in ((slow, slower), (slower, slow)):
            found = compare(*pair, "steps")
            assert found.censored and found.p == found.p_equal == 1


QUICK, SLOW = at_least(*range(100, 1100, 100)), at_least(3000, 3500, *[4000] * 8)


@pytest.mark.parametrize(
    "kind, first, second, expected",
    [
        ("less", QUICK, SLOW, "shown"),
        ("less", SLOW, QUICK, "refuted"),
        ("equal", QUICK, SLOW, "undecided"),
        ("less", at_least(*QUICK[1:], 4000), SLOW, "undecided"),  # one may have taken a year
        ("less", at_least(*[3000] * 10), at_least(*[4000] * 10), "shown"),
    ],
)
def test_a_net_with_runs_that_were_not_done_may_be_slower_and_never_quicker(
    kind, first, second, expected
):
    assert word(kind, first, second, "steps") == expected


def test_a_difference_that_may_be_larger_is_not_small():
    close = at_least(*(3300 + step for step in range(0, 700, 70)))
    far = [*close[:-1], decide.AtLeast(close[-1])]
    assert word("less", moved(close, -700), close, "steps") == "small"
    assert word("less", moved(close, -700), far, "steps") == "shown"


def row(model, seed, steps, **more):
    return {"model": model, "seed": seed, "steps": steps, "done": steps < 4000} | more


def record(*rows):
    return {"rows": [{"model": "constant", "seed": None, "error": 0.17}, *rows]}


def test_a_net_is_taken_from_a_record_with_what_is_not_known_of_it():
    rows = [row("choice A, 0.1", 100, 5), *(row("A", seed, 1000 * (seed + 2)) for seed in range(3))]
    found = decide.net(record(*rows), "A", "steps")
    assert found.values == [2000, 3000, 4000] and found.decides_nothing == ""
    assert [isinstance(value, decide.AtLeast) for value in found.values] == [False, False, True]


def test_a_net_at_the_edge_of_its_grid_decides_nothing():
    rows = [row("A", seed, value, edge=True) for seed, value in enumerate(QUICK)]
    rows += [row("B", seed, 2000 + value) for seed, value in enumerate(QUICK)]
    a, b = (decide.net(record(*rows), name, "steps") for name in "AB")
    for pair in ((a, b), (b, a)):
        for kind in ("less", "equal"):
            assert decide.decide({"": (kind, decide.compare(*pair, "steps"))}) == {"": "undecided"}
    assert "edge of its grid" in decide.compare(b, a, "steps").decides_nothing


@pytest.mark.parametrize(
    "errors, more, expected",
    [
        ([0.01, 0.02, 0.01], False, True),
        ([0.01, 0.02, 0.01], True, False),
        ([0.16, 0.18, 0.17], False, False),
        ([0.1, 0.2, 0.17], False, False),  # ahead on the mean, and that may be luck
        ([0.3, 0.32, 0.31], False, False),
        ([0.3, 0.32, 0.31], True, True),
        ([0.01] * 3, False, False),  # three heads in a row
        ([0.01] * 10, False, True),
    ],
)
def test_a_net_that_is_not_ahead_of_the_baseline_decides_nothing(errors, more, expected):
    rows = [row("A", seed, 100, error=error) for seed, error in enumerate(errors)]
    found = decide.net(record(*rows), "A", "steps", ahead_of=("error", 0.17, more))
    assert (found.decides_nothing == "") == expected
    if len({*errors}) > 1:
        p = stats.ttest_1samp(errors, 0.17, alternative="greater" if more else "less").pvalue
        assert expected == (p < 0.025)


def test_what_is_counted_is_so_or_not_and_makes_no_test_harder():
    close = compare(moved(GRU, -0.012), GRU)
    sentences = {"a": ("counted", True), "b": ("counted", False), "c": ("less", close)}
    alone = decide.decide({"c": ("less", close)})["c"]
    assert decide.decide(sentences) == {"a": "shown", "b": "refuted", "c": alone}


@pytest.mark.parametrize(
    "decisions, expected",
    [
        (["shown", "small"], "holds"),
        (["shown", "undecided"], "holds_in_part"),
        (["small", "refuted"], "holds_in_part"),
        (["refuted", "undecided"], "does_not_hold"),
        (["undecided", "undecided"], "open"),
        ([], "open"),
    ],
)
def test_a_verdict_follows_from_the_parts(decisions, expected):
    assert decide.verdict(decisions) == expected


def ground(by, source, seeds=10, kind="less"):
    """A ground for the sentence that a net has fewer bits: -0.1 shows it, 0.1 refutes it."""
    return decide.Ground(kind, compare(moved(SAME, by)[:seeds], GRU[:seeds]), source)


COUNTED = decide.Ground("counted", True, "proof")
PAPERS = [decide.Ground("paper", "shown", name) for name in ("Greff 2017", "Jozefowicz 2015")]
CLOSE = decide.Ground("less", compare([1.989, 1.99, 1.991] * 4, [1.999, 2.0, 2.001] * 4), "poems")
LESS, MORE, FEW = ground(-0.1, "code"), ground(0.1, "code"), ground(-0.1, "code", 4)


@pytest.mark.parametrize(
    "parts, decisions, verdict, strength",
    [
        ([[COUNTED]], ["shown"], "holds", "strong"),
        ([[LESS]], ["shown"], "holds", "moderate"),
        ([[LESS, ground(-0.1, "poems")]], ["shown"], "holds", "strong"),
        ([[LESS, CLOSE]], ["shown"], "holds", "strong"),  # though there by less than matters
        ([[CLOSE]], ["small"], "holds", "moderate"),
        ([[LESS, LESS]], ["shown"], "holds", "moderate"),  # on the same data
        ([[MORE]], ["refuted"], "does_not_hold", "moderate"),
        ([[LESS, ground(0.1, "poems")]], ["undecided"], "open", "weak"),
        ([[FEW]], ["shown"], "holds", "weak"),
        ([[FEW, PAPERS[0]]], ["shown"], "holds", "moderate"),
        ([PAPERS[:1]], ["shown"], "holds", "weak"),
        ([PAPERS], ["shown"], "holds", "moderate"),
        ([[COUNTED], [LESS]], ["shown", "shown"], "holds", "moderate"),  # the least of the two
        ([[COUNTED], [MORE]], ["shown", "refuted"], "holds_in_part", "moderate"),
        ([[COUNTED], []], ["shown", "undecided"], "holds_in_part", "strong"),
    ],
)
def test_a_claim_is_judged_by_what_all_its_parts_have(parts, decisions, verdict, strength):
    named = dict(enumerate(parts))
    assert decide.judge(named) == (dict(enumerate(decisions)), verdict, strength)


def test_each_margin_has_a_reason():
    for quantity, bound in decide.rule()["margins"].items():
        assert bound["why"] and len({"absolute", "relative"} & bound.keys()) == 1, quantity
