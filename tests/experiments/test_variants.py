"""One gate held open: what the change does to a layer, and what the recorded runs show."""

import pytest
import torch
from torch import nn

import harness
import variants

HELD = [name for name, (_, _, how) in variants.NETS.items() if how == "open"]


def changed(name):
    """A small layer with a net's change, and the rows of the gate that is changed."""
    cell, block, how = variants.NETS[name]
    torch.manual_seed(0)
    rnn = cell(3, 4, batch_first=True)
    variants.change(rnn, block, how)
    return rnn, slice(4 * block, 4 * block + 4)


def trained(rnn):
    """The layer after five steps towards an output of 1, and its weights before them."""
    before = {name: p.detach().clone() for name, p in rnn.named_parameters()}
    optimizer = torch.optim.Adam(rnn.parameters(), lr=0.1)
    for _ in range(5):
        optimizer.zero_grad()
        (rnn(torch.randn(2, 6, 3))[0] - 1).square().mean().backward()
        optimizer.step()
    return rnn, before


@pytest.mark.parametrize("name", HELD)
def test_a_gate_that_is_held_open_stays_at_1_while_the_others_learn(name):
    rnn, rows = changed(name)
    rnn, before = trained(rnn)
    for key, parameter in rnn.named_parameters():
        assert (parameter[rows] == (100.0 if key == "bias_ih_l0" else 0.0)).all()
        others = torch.ones(len(parameter), dtype=bool)
        others[rows] = False
        assert (parameter != before[key])[others].any()
    assert torch.sigmoid(torch.tensor(100.0)) == 1


def test_an_lstm_with_all_gates_held_open_adds_up_its_drafts():
    rnn = nn.LSTM(1, 1, batch_first=True)
    for block in (0, 1, 3):
        variants.change(rnn, block, "open")
    with torch.no_grad():
        rnn.weight_ih_l0[2], rnn.weight_hh_l0[2] = 1.0, 0.0
        rnn.bias_ih_l0[2] = rnn.bias_hh_l0[2] = 0.0
    x = torch.tensor([[[0.3], [-0.1], [0.4]]])
    _, (h, c) = rnn(x)
    torch.testing.assert_close(c.squeeze(), x.tanh().sum())
    torch.testing.assert_close(h, c.tanh())


def test_a_bias_at_the_start_is_left_to_the_training():
    rnn, rows = changed("LSTM f+1")
    assert (rnn.bias_ih_l0[rows] == 1).all() and (rnn.bias_hh_l0[rows] == 0).all()
    rnn, _ = trained(rnn)
    assert (rnn.bias_ih_l0[rows] != 1).all()


@pytest.mark.proof
def test_a_quick_run(quick):
    adding, text = variants.QUICK["adding"], variants.QUICK["text"]
    record = quick(
        variants, adding=adding | {"steps": 50}, text=text | {"steps": 2, "check_every": 1}
    )
    for task in ("adding", "text"):
        rows = harness.part_of(record, task)["rows"]
        assert [row["model"] for row in rows] == [harness.label(n, 0.02) for n in variants.NETS]


def test_the_unchanged_nets_are_those_of_the_other_experiments():
    """The same seeds and settings give the same rows, so the tables may be read side by side."""
    record = harness.load(variants.__file__)
    for part, script, value, names in (
        ("adding", variants.adding, "solved_at", {"GRU": "GRU H=32", "LSTM": "LSTM H=32"}),
        ("text", variants.learning_rate, "test_bits", {"GRU": "GRU H=64", "LSTM": "LSTM H=64"}),
    ):
        ours = harness.values(harness.part_of(record, part), value)
        theirs = harness.values(harness.load(script.__file__), value)
        for ours_name, their_name in names.items():
            for rate in record["settings"]["learning_rates"]:
                rows = ours[harness.label(ours_name, rate)]
                assert rows == theirs[harness.label(their_name, rate)]
