"""The lesson on learning rates: its experiment, and what the page says of the recorded runs."""

import math
import re
from pathlib import Path

import pytest

import harness
import learning_rate
from tests.recorded import BEST, RATES, RECORD, mean_and_spread
from tests.sources import ROOT

GRU, LSTM, SMALL_LSTM = learning_rate.GATED


def test_the_text_is_cut_into_three_parts_that_follow_each_other():
    training, validation, test, characters = learning_rate.load()
    assert sum(map(len, (training, validation, test))) == len(learning_rate.text())
    assert len(validation) == len(test) < len(training) / 10
    assert max(map(max, (training, validation, test))) < characters


def test_training_helps_and_the_same_seed_gives_the_same_result():
    settings = learning_rate.SETTINGS | {"steps": 5, "check_every": 5}
    first, again = (learning_rate.train(GRU, 0.01, 0, settings) for _ in range(2))
    assert first == again
    assert first["validation_bits"] < math.log2(learning_rate.load()[3])


def test_recorded_results_are_drawn(tmp_path):
    learning_rate.draw(RECORD, tmp_path)
    committed = Path(learning_rate.__file__).with_name("learning-rate.svg")
    assert (tmp_path / "learning-rate.svg").read_text() == committed.read_text()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_shows_what_was_recorded(language):
    page = (ROOT / "docs" / language / "pytorch/training.md").read_text("utf-8")
    rows = re.findall(r"^\| (0\.\d+) \| (.+) \|$", page, re.MULTILINE)
    assert [(float(rate), cells.split(" | ")) for rate, cells in rows] == [
        (rate, [f"**{mean_and_spread('validation_bits', net, rate)}**" if rate == BEST[net]
                else mean_and_spread("validation_bits", net, rate) for net in learning_rate.GATED])
        for rate in RATES
    ]  # fmt: skip
    for net in learning_rate.GATED:
        assert mean_and_spread("test_bits", net, BEST[net]) in page


def test_the_rate_decides_which_cell_looks_better():
    bits = {row: mean for row, (_, mean, _) in harness.spread(RECORD, "validation_bits").items()}
    lead = [
        bits[harness.label(LSTM, rate)] - bits[harness.label(GRU, rate)]
        for rate in (RATES[0], RATES[-1])
    ]
    assert lead[0] > 0.15 and lead[1] < -0.15
    tests = {net: harness.spread(RECORD, "test_bits")[harness.label(net, BEST[net])]
             for net in learning_rate.GATED}  # fmt: skip
    assert abs(tests[GRU][1] - tests[LSTM][1]) < tests[LSTM][2]
    assert tests[SMALL_LSTM][1] - tests[GRU][1] > tests[SMALL_LSTM][2]
