"""The numbers in the pages' sentences are the recorded ones, in every language."""

import re
from itertools import product

import pytest

import harness
import intervals
from tests.sources import ROOT
from tools.sources import languages

CODES = [
    language.code
    for language in languages.load(ROOT)
    if (language.folder / "evidence/sunspots.py").is_file()
]


def sentences(code: str) -> str:
    """The notebook's text without its code."""
    text = (ROOT / f"docs/{code}/evidence/sunspots.py").read_text("utf-8")
    return "\n".join(line for line in text.splitlines() if line.startswith("# "))


def sunspots() -> dict:
    return harness.load(ROOT / "experiments/sunspots.py")


@pytest.mark.parametrize(
    "code, model",
    list(product(CODES, ["GRU H=20", "LSTM H=20", "LSTM H=17", "RNN H=20"])),
)
def test_every_net_stands_in_the_text_with_its_mean_and_its_spread(code, model):
    _, mean, sd = harness.spread(sunspots(), "rmse")[model]
    assert f"{mean:.2f} ± {sd:.2f}" in sentences(code)


@pytest.mark.parametrize("code", CODES)
def test_the_gain_over_persistence_is_computed(code):
    means = {model: mean for model, (_, mean, _) in harness.spread(sunspots(), "rmse").items()}
    gain = 1 - means["GRU H=20"] / means["persistence"]
    assert f"{gain:.0%}" in sentences(code)


def test_the_verdicts_follow_from_the_record():
    spread = harness.spread(sunspots(), "rmse")
    errors = harness.values(sunspots(), "rmse")
    for other in ("LSTM H=20", "LSTM H=17", "AR(9)", "AR(9), training years only"):
        _, low, high = intervals.difference(errors["GRU H=20"], errors[other])
        assert low < 0 < high
    assert intervals.difference(errors["GRU H=20"], errors["RNN H=20"])[2] < 0
    assert all(
        row["rmse"] < spread["persistence"][1]
        for row in sunspots()["rows"]
        if row["seed"] is not None
    )


def test_the_settings_in_the_text_are_the_recorded_ones():
    settings = sunspots()["settings"]
    rows = {row["model"]: row for row in sunspots()["rows"]}
    for code in CODES:
        text = sentences(code)
        for number in (
            settings["window"],
            settings["last_training_year"],
            settings["last_validation_year"],
            rows["GRU H=20"]["parameters"],
            rows["AR(9)"]["parameters"],
        ):
            assert re.search(rf"\b{number}\b", text), number


def test_each_plot_is_described_as_the_record_has_it():
    text = {code: (ROOT / f"docs/{code}/evidence/sunspots.py").read_text("utf-8") for code in CODES}
    for model in ("GRU H=20", "LSTM H=20", "LSTM H=17", "RNN H=20"):
        values = [row["rmse"] for row in sunspots()["rows"] if row["model"] == model]
        low, high = f"{min(values):.1f}", f"{max(values):.1f}"
        for code in CODES:
            alt = re.search(r'alt="([^"]*AR\(9\)[^"]*19\.3[^"]*)"', text[code])[1]
            assert low in alt and high in alt, (code, model, low, high)
