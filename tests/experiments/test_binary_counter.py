"""The wired counters: that of the page, how far its bits go, and what the record holds."""

import json

import pytest
import torch

import binary_counter
import counting
from tests.sources import names


def test_it_is_the_counter_of_the_page():
    page = names("gates/compare/binary")["counter"](6)
    for own, other in zip(binary_counter.gru(6).parameters(), page.parameters(), strict=True):
        assert torch.equal(own, other)


@pytest.mark.parametrize("n, right", [(15, True), (16, False)])
def test_four_bits_count_to_fifteen(n, right):
    wrong = binary_counter.wrong(binary_counter.gru(4), binary_counter.gru_says_equal, n)
    assert (wrong == 0) == right


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
