"""States and gates apart: what is replaced, held and lost, on nets whose answers are known."""

import pytest
import torch
from torch import nn

import adding
import one_gate_less
import origin
import states_apart

SETTINGS = states_apart.SETTINGS
CASES = {"neither": [], **states_apart.STATES}
X, _ = adding.sequences(40, 10, torch.Generator().manual_seed(0))


@pytest.fixture
def lstm():
    torch.manual_seed(0)
    return adding.SumModel(nn.LSTM, 5).eval()


@pytest.fixture
def gru():
    torch.manual_seed(0)
    return adding.SumModel(nn.GRU, 5).eval()


@torch.no_grad()
def test_with_both_states_of_another_a_sequence_goes_on_from_where_that_is(lstm):
    found = states_apart.answers(lstm, X, states_apart.STATES["both"])
    for step in range(10):
        spliced = torch.cat([X.roll(1, 0)[:, : step + 1], X[:, step + 1 :]], 1)
        torch.testing.assert_close(found[step], lstm(spliced))


@torch.no_grad()
def test_after_the_last_step_h_is_read_and_c_is_not(lstm):
    answers = lstm(X)
    found = {name: states_apart.answers(lstm, X, which)[-1] for name, which in CASES.items()}
    torch.testing.assert_close(found["h"], answers.roll(1))
    torch.testing.assert_close(found["c"], answers)
    torch.testing.assert_close(found["neither"], answers)


@torch.no_grad()
def test_what_remains_of_a_replaced_h_is_nothing_if_no_weight_reads_it(lstm):
    lstm.rnn.weight_hh_l0.zero_()
    found = states_apart.answers(lstm, X, states_apart.STATES["h"])
    torch.testing.assert_close(found[:-1], lstm(X).expand(9, -1))


@torch.no_grad()
def test_the_gates_are_those_with_which_a_gru_goes_from_step_to_step(gru):
    rnn, gates = gru.rnn, states_apart.gates(gru.rnn, X)
    out, _ = rnn(X)
    past = torch.cat([torch.zeros(40, 1, 5), out[:, :-1]], 1)
    new, inner = (
        nn.functional.linear(of, getattr(rnn, f"weight_{which}_l0")[10:], bias[10:])
        for of, which, bias in ((X, "ih", rnn.bias_ih_l0), (past, "hh", rnn.bias_hh_l0))
    )
    n = torch.tanh(new + gates["r"] * inner)
    torch.testing.assert_close(out, (1 - gates["z"]) * n + gates["z"] * past)


@torch.no_grad()
@pytest.mark.parametrize("gate, other", [("r", "z"), ("z", "r")])
def test_a_gate_is_held_at_its_mean_and_the_model_stays_as_it_is(gru, gate, other):
    before = gru(X)
    mean = states_apart.means(gru.rnn, X)[gate]
    held = states_apart.gates(states_apart.hold(gru, gate, mean).rnn, X)
    torch.testing.assert_close(held[gate], mean.expand(40, 10, 5))
    assert held[other].std(1).min() > 0
    assert torch.equal(gru(X), before)


def test_nothing_is_lost_of_a_sum_all_of_a_constant_and_one_number_of_a_net_that_reads_the_end():
    def late(x):
        return (x[..., 0] * x[..., 1])[:, 5:].sum(1)

    def whole(x):
        return (x[..., 0] * x[..., 1]).sum(1)

    assert states_apart.lost(whole, X, 2) == pytest.approx([0] * 5, abs=0.01)
    assert states_apart.lost(lambda x: torch.ones(len(x)), X, 5) == [100, 100]
    assert states_apart.lost(late, X, 5) == [0, 100]  # the nearest first


@torch.no_grad()
def test_a_unit_keeps_for_as_many_steps_as_its_z_says(gru):
    z = torch.tensor([0.5, 0.9, 0.99, 0.2, 0.7])
    r = torch.tensor([0.2, 0.3, 0.4, 0.1, 0.25])  # in the same order
    held = states_apart.hold(states_apart.hold(gru, "z", z), "r", r)
    found = states_apart.units(held.rnn, X)
    assert found["kept_for"] == pytest.approx((-1 / z.log()).tolist(), rel=0.01)
    assert found["mean_r"] == pytest.approx(r.tolist(), abs=0.001)
    assert found["correlation"] == 1
    falling = states_apart.hold(held, "r", 1 - r)
    assert states_apart.units(falling.rnn, X)["correlation"] == -1


def test_the_whole_experiment_in_small_with_a_stop_within(small_text, interrupted, capsys):
    record = interrupted(states_apart, after=5)
    assert "GRU, text: " in capsys.readouterr().out
    assert record["rule"] == origin.rule() and "scipy" in record["versions"]
    rows = [row for row in record["rows"] if not row["model"].startswith("choice")]
    assert [row["model"] for row in rows] == [
        "constant answer, adding",
        "LSTM H=37, adding",
        "GRU H=43, adding",
        "counts, text",
        "LSTM H=64, text",
        "GRU H=64, text",
    ]
    constant, lstm, gru, counts, text, gru_text = rows
    assert constant["parameters"] == 1 and counts["order"] in states_apart.QUICK["text"]["orders"]
    assert len(lstm["by_step h"]) == 4 and lstm["by_step c"][-1] == lstm["error"]
    assert len(gru["lost z"]) == 4 and len(gru["kept_for"]) == len(gru["mean_r"]) == 43
    assert len(text["bits_after c"]) == 8 and gru_text["bits r"] != gru_text["test_bits"]
    choosing = [row for row in record["rows"] if row["model"].startswith("choice")]
    assert not any("by_step h" in row or "bits r" in row or "error" in row for row in choosing)


def test_the_nets_have_one_size_on_adding():
    counts = [
        one_gate_less.trainable(net, SETTINGS["adding"]["width"][net], None)
        for net in ("LSTM", "GRU")
    ]
    assert max(counts) < 1.01 * min(counts)


def test_a_net_whose_training_failed_is_asked_nothing_and_its_row_says_so():
    settings = SETTINGS["adding"] | states_apart.QUICK["adding"]
    row = states_apart.train("LSTM", "adding", SETTINGS | settings, float("inf"), 0, True)
    assert row["failed"] and "by_step h" not in row
