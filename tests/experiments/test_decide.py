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


def word(kind, first, second, quantity="bits"):
    return decide.decide({"": (kind, decide.compare(first, second, quantity))})[""]


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
    close = decide.compare(moved(GRU, -0.014), GRU, "bits")
    noise = decide.compare([1.0, 3.0, 2.0, 2.1], [2.0, 3.1, 1.1, 1.9], "bits")
    assert 0.005 < close.p < 0.025
    alone, many = ({n: ("less", close if n == 0 else noise) for n in range(k)} for k in (1, 9))
    assert decide.decide(alone)[0] != "undecided" == decide.decide(many)[0]


def test_interval_and_tests_are_those_of_other_libraries():
    rng = np.random.default_rng(0)
    for first, second in ((10, 10), (3, 10), (10, 4)):
        a, b = rng.normal(2.0, 0.05, first), rng.normal(2.01, 0.02, second)
        found = decide.compare(a.tolist(), b.tolist(), "bits")
        welch = stats.ttest_ind(a, b, equal_var=False)
        assert found.p == pytest.approx(welch.pvalue)
        interval = welch.confidence_interval(0.95)
        assert (found.low, found.high) == pytest.approx((interval.low, interval.high))
        assert found.margin == pytest.approx(0.01 * b.mean())
        equal, *_ = ttost_ind(a, b, -found.margin, found.margin, usevar="unequal")
        assert found.p_equal == pytest.approx(equal)


def test_a_lead_that_grows_is_a_difference_of_differences():
    small, large = (moved(GRU, 0.0), GRU), (moved(SAME, -0.2), GRU)
    found = decide.grows(large, small, "bits")
    assert found.difference == pytest.approx(-0.2)
    rng = np.random.default_rng(1)  # the bootstrap as a second opinion of the interval
    drawn = [[rng.choice(each, (20_000, 10)).mean(1) for each in pair] for pair in (large, small)]
    leads = (drawn[0][0] - drawn[0][1]) - (drawn[1][0] - drawn[1][1])
    low, high = np.quantile(leads, [0.025, 0.975])
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.003)


def test_too_few_seeds_are_not_tested():
    with pytest.raises(ValueError, match="fewer than 3 seeds"):
        decide.compare(GRU[:2], GRU, "bits")
    with pytest.raises(ValueError, match="do not vary"):
        decide.compare([1.0, 1.0, 1.0], [1.0, 1.0, 1.0], "bits")


def test_each_margin_has_a_reason():
    for quantity, bound in decide.rule()["margins"].items():
        assert bound["why"] and len({"absolute", "relative"} & bound.keys()) == 1, quantity
