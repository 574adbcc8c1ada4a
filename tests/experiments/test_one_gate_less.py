"""One gate less: what is left to train, how wide the control is, and the runs in small."""

import pytest
import torch

import one_gate_less
import origin
import variants

SIGNS = {"adding": None, "text": (129, 32)}
HELD = [name for name, (_, _, how) in variants.NETS.items() if how == "open"]


@pytest.mark.parametrize("name", variants.NETS)
@pytest.mark.parametrize("task", SIGNS)
def test_as_many_weights_are_trained_as_with_all_gates_and_no_gradient_reaches_others(task, name):
    signs = SIGNS[task]
    cell = name.partition(" ")[0]
    width = one_gate_less.SETTINGS[task]["width"][cell]
    size = one_gate_less.matched(name, width, signs)
    assert (size > width) == (name in HELD)
    wanted = one_gate_less.trainable(cell, width, signs)
    count = one_gate_less.trainable(name, size, signs)
    assert abs(count / wanted - 1) < 0.01
    torch.manual_seed(0)
    model = one_gate_less.untrained(name, size, signs)
    x = torch.arange(129).repeat(2)[:, None] if signs else torch.rand(3, 5, 2)
    out = model(x)[0] if signs else model(x)
    out.square().sum().backward()
    assert sum(int((p.grad != 0).sum()) for p in model.parameters()) == count


def test_both_cells_have_one_size_on_adding():
    widths = one_gate_less.SETTINGS["adding"]["width"]
    counts = [one_gate_less.trainable(cell, widths[cell], None) for cell in ("LSTM", "GRU")]
    assert max(counts) - min(counts) == 1


def test_the_whole_experiment_in_small_with_a_stop_within(small_text, interrupted, capsys):
    record = interrupted(one_gate_less, after=3)
    assert "text, gates held in nets as wide: " in capsys.readouterr().out
    assert record["rule"] == origin.rule()
    rows = [row for row in record["rows"] if not row["model"].startswith("choice")]
    assert [row["model"] for row in rows] == [
        "constant answer, adding",
        *("LSTM H=37, adding", "LSTM f=1 H=43, adding", "LSTM i=1 H=43, adding"),
        *("LSTM o=1 H=43, adding", "GRU H=43, adding", "GRU r=1 H=53, adding"),
        "counts, text",
        *(f"{name} H=64, text" for name in HELD),
    ]
    for row in (row for row in rows if row["seed"] is not None):
        bits = ("validation_bits", "test_bits")
        value, test = ("progress", "test_error") if "done" in row else bits
        tried = [r for r in record["rows"] if r["model"].startswith(f"choice {row['model']}, ")]
        assert len(tried) == 3 and test in row and not any(test in each for each in tried)
        assert row["rate"] == min(tried, key=lambda each: each[value])["rate"]
        held = row["model"].partition(" H=")[0] in HELD
        assert (row["trainable"] < row["parameters"]) == held


def test_no_run_is_planned_twice(small_text):
    planned = [run[:2] for run in one_gate_less.make_runs(one_gate_less.SETTINGS, {})]
    assert len({*planned}) == len(planned)
