"""The wired counters: that of the page, how far its bits go, and what the record holds."""

import json

import pytest
import torch

import binary_counter
import counting
import origin
from tests.sources import ROOT, names
from tools.project.files import EXPERIMENTS


def test_it_is_the_counter_of_the_page():
    page = names("gates/compare/binary")["counter"](6)
    for own, other in zip(binary_counter.gru(6).parameters(), page.parameters(), strict=True):
        assert torch.equal(own, other)


@pytest.mark.parametrize("n, right", [(15, True), (16, False)])
def test_four_bits_count_to_fifteen(n, right):
    wrong = binary_counter.wrong(binary_counter.gru(4), binary_counter.gru_says_equal, n)
    assert (wrong == 0) == right


@torch.no_grad()
def test_with_noise_of_three_percent_it_still_counts():
    """Noise is a share of each weight: weights that cancel one another would bring it in."""
    for seed in range(5):
        layer = binary_counter.gru(14)
        binary_counter.disturb(layer, 0.03, seed)
        assert binary_counter.wrong(layer, binary_counter.gru_says_equal, 300) == 0


def test_its_size_is_what_the_script_says():
    for layer, all_, wired in (
        (binary_counter.gru(14), 2688, 294),
        (counting.WiredCounter().rnn, 24, 5),
    ):
        weights = torch.cat([each.flatten() for each in layer.parameters()])
        assert (len(weights), int(weights.count_nonzero())) == (all_, wired)
        assert f"{all_:,} " in binary_counter.__doc__


def test_a_bit_that_sticks_is_found():
    layer = binary_counter.gru(4)
    layer.weight_ih_l0[layer.hidden_size] = 0.0  # the lowest bit of the a always keeps
    assert binary_counter.wrong(layer, binary_counter.gru_says_equal, 9) > 0


def test_noise_moves_every_weight_by_little_and_a_seed_draws_the_same():
    exact, first, again = (counting.WiredCounter().rnn for _ in range(3))
    for layer in (first, again):
        with torch.no_grad():
            binary_counter.disturb(layer, 0.01, 3)
    for before, one, other in zip(
        exact.parameters(), first.parameters(), again.parameters(), strict=True
    ):
        assert torch.equal(one, other) and (one != before).all()
        assert (one - before).abs().max() < 0.05 * (1 + before.abs().max())


def test_in_small_with_noise(tmp_path):
    file = tmp_path / "rows.json"
    binary_counter.main(["--quick", "--out", str(file)])
    rows = json.loads(file.read_text("utf-8"))["rows"]
    assert [row["model"] for row in rows[:2]] == ["GRU, noise 0.0%", "LSTM, noise 0.0%"]
    assert len(rows) == 6 and all(row["wrong"] == {"5": 0, "20": 0} for row in rows)


def test_the_record_was_made_with_these_settings():
    file = ROOT / EXPERIMENTS / "records/binary_counter.json"
    record = json.loads(file.read_text("utf-8"))
    assert record["settings"] == binary_counter.SETTINGS and not origin.faults(file)
    assert record["code"] == origin.code(ROOT / EXPERIMENTS / "binary_counter.py")
