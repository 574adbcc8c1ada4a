"""The wired counters: that of the page, how far its bits go, and what the record holds."""

import json
import re
from collections import Counter

import pytest
import torch

import binary_counter
import counting
import harness
import intervals
import origin
from tests.numbers import section
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


RECORD = harness.load(binary_counter.__file__)
LENGTHS = RECORD["settings"]["lengths"]
NOISE = RECORD["settings"]["noise"][1:]
CODES = ["en", "zh"]


def reading(code, point):
    """The numbers of one point of the section that says what the runs show, in any order."""
    points = section(code, "binary-counter", "reading").replace(",", "").split("\n# - ")
    return Counter(map(int, re.findall(r"\d+", points[point])))


def ends(count, of):
    """The ends of a count's interval in percent, as sentences write them."""
    return [round(100 * end) for end in intervals.share(count, of)]


@pytest.fixture(scope="module")
def further():
    """What the page runs itself."""
    return binary_counter.more([0.05, 0.1, 0.3], [10, 100, 1000])


@pytest.mark.parametrize("code", CODES)
def test_the_page_says_of_the_recorded_noise_what_the_record_holds(code):
    right = binary_counter.right(RECORD["rows"], LENGTHS)
    assert right["GRU"] == right["LSTM"] == {0.0: [1, 1]} | dict.fromkeys(NOISE, [20, 20])
    assert reading(code, 1) == Counter([max(LENGTHS)])
    assert reading(code, 2) == Counter([3, 20, 20, *ends(20, 20)])
    assert max(NOISE) == 0.03


@pytest.mark.parametrize("code", CODES)
def test_the_page_says_of_more_noise_what_its_own_runs_give(code, further):
    right = binary_counter.right(further, [10, 100, 1000])
    assert right["LSTM"] == dict.fromkeys([0.05, 0.1, 0.3], [20, 20])
    said = Counter({20: 2})  # of the GRU and of the LSTM
    for noise, (count, of) in right["GRU"].items():
        said.update([round(100 * noise), *ends(count, of), *[count] * (count > 0)])
    assert reading(code, 3) == said


@pytest.mark.parametrize("code", CODES)
def test_the_page_says_to_which_digit_the_noise_lets_it_count(code, further):
    said = Counter([10, 20, 1400, 100])  # the noise, all, the largest bias, the room of a gate
    for length in 10, 100, 1000:
        count, _ = binary_counter.right(further, [length])["GRU"][0.1]
        said.update([length, count])
    assert reading(code, 4) == said


def test_the_highest_digits_have_the_largest_bias_and_every_gate_the_same_room():
    layer = binary_counter.gru(14)
    assert layer.bias_ih_l0.max() == 1400
    states = binary_counter.held(4, 15)
    small = binary_counter.gru(4)
    keep = slice(8, 12)
    x = torch.tensor([1.0, 0.0])
    state = torch.cat([states, -torch.ones(16, 4)], 1)
    room = (
        small.weight_ih_l0[keep] @ x + small.bias_ih_l0[keep] + state @ small.weight_hh_l0[keep].T
    )
    assert room.abs().min() == 100


def test_a_share_has_the_interval_of_clopper_and_pearson():
    low, high = intervals.share(20, 20)
    assert low == pytest.approx(0.025 ** (1 / 20)) and high == 1
    assert intervals.share(0, 20) == pytest.approx((0, 1 - low))
