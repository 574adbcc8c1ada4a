"""What the sentences on the sunspots say is what was recorded, in every language."""

import re

import pytest

import harness
import sunspots
import sunspots_matched
from tests.numbers import section
from tests.sources import ROOT
from tools.sources import languages

CODES = [language.code for language in languages.load(ROOT)]
RECORD = harness.load(sunspots_matched.__file__)
ERRORS = harness.values(RECORD, "rmse")
DECIDED = sunspots_matched.decided(RECORD)
LINES = sunspots_matched.LINES.values()
BESIDE_LINE = {net: found for (net, other), found in DECIDED.items() if other in LINES}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("net", BESIDE_LINE)
def test_the_plot_is_described_as_recorded(code, net):
    name = net.replace(" H=", " ").removesuffix(", numbers").replace("roots", "√")
    described = re.search(rf"{name} \D*(\d+\.\d)\D+(\d+\.\d)", section(code, "sunspots", "answer"))
    assert list(described.groups()) == [f"{end(ERRORS[net]):.1f}" for end in (min, max)]


def test_three_points_lie_below_the_line_of_the_roots():
    (line,) = ERRORS[sunspots_matched.STRONGEST]
    below = [net for net in BESIDE_LINE for error in ERRORS[net] if error < line]
    assert below == ["GRU H=20, roots", "GRU H=23, roots", "GRU H=23, roots"]


def test_who_is_behind_a_linear_model_and_who_equals_it():
    refuted = {net: c for net, (word, c) in BESIDE_LINE.items() if word == "refuted"}
    behind = {net for net, c in refuted.items() if c.low > 0}
    assert behind == {
        "RNN H=35, numbers", "LSTM H=17, roots", "LSTM H=20, roots", "RNN H=35, roots",
    }  # fmt: skip
    assert refuted.keys() - behind == {"GRU H=23, numbers"}
    gated = [c for net, (_, c) in BESIDE_LINE.items() if "numbers" in net and "RNN" not in net]
    assert all(c.low < 0 < c.high for c in gated)
    grus = [
        c for net, (_, c) in BESIDE_LINE.items() if net in ("GRU H=20, roots", "GRU H=23, roots")
    ]
    assert all(c.low > 0 and c.p < 0.05 for c in grus)  # each by itself


def test_between_two_nets_nothing_is_decided_for_want_of_a_lead():
    between = [found for (_, other), found in DECIDED.items() if other not in LINES]
    assert {word for word, _ in between} == {"undecided"}
    assert all("strongest simple baseline" in c.decides_nothing for _, c in between)


def test_the_validation_years_choose_the_roots(capsys):
    sunspots_matched.show_powers()
    rows = [line.split() for line in capsys.readouterr().out.splitlines()[1:]]
    assert min(rows, key=lambda row: float(row[1])) == ["0.50", "13.40", "16.67", "16.36"]
    assert {sunspots.order_by_aic(power) for power in (1.0, 0.5)} == {sunspots_matched.ORDER}


def test_the_linear_model_of_the_roots_is_ahead_on_as_few_years_as_the_nets_have():
    means = [mean for net, (_, mean, _) in harness.spread(RECORD, "rmse").items() if "H=" in net]
    assert min(means) > 16.67 and max(means) < ERRORS["persistence"][0]


def test_the_seed_that_is_trained_for_the_page_is_the_worst_of_its_ten():
    errors = ERRORS["GRU H=20, roots"]
    assert errors[0] == max(errors)


@pytest.mark.parametrize("code", CODES)
def test_the_settings_in_the_text_are_those_of_the_runs(code):
    text = section(code, "sunspots", "method")
    settings = RECORD["settings"]
    for number in (
        sunspots.SETTINGS["last_training_year"],
        sunspots.SETTINGS["last_validation_year"],
        settings["patience"],
        settings["width"],
    ):
        assert re.search(rf"\b{number}\b", text, re.ASCII), number
