"""The walk from LSTM to GRU: what each cell computes, how large it is, and the runs in small."""

import pytest
import torch
from torch import nn

import adding
import cells
import lstm_to_gru
import origin
import sizes
import variants

X = torch.randn(5, 9, 2, generator=torch.Generator().manual_seed(0))


def cell(name, seed=0):
    torch.manual_seed(seed)
    return cells.Cell(name, 2, 6, batch_first=True)


@pytest.mark.parametrize("name, torchs", [("LSTM", nn.LSTM), ("GRU", nn.GRU)])
def test_both_ends_of_the_walk_are_those_of_pytorch_with_its_initial_values(name, torchs):
    torch.manual_seed(0)
    theirs, ours = torchs(2, 6, batch_first=True), cell(name)
    assert all(torch.equal(p, ours.state_dict()[key]) for key, p in theirs.state_dict().items())
    torch.testing.assert_close(ours(X)[0], theirs(X)[0], atol=1e-6, rtol=0)


@pytest.mark.parametrize(
    "more, fewer",
    [
        ("LSTM", "LSTM tied"),
        ("LSTM tied", "LSTM tied no output gate"),
        ("GRU with tanh", "LSTM tied no output gate"),
        ("GRU", "GRU no reset"),
        ("LSTM", "LSTM no output gate"),
        ("LSTM with reset", "LSTM"),
        ("GRU untied", "GRU"),
        ("GRU with output gate", "GRU"),
    ],
)
def test_a_cell_with_a_gate_less_is_the_other_with_that_gate_open_or_tied(more, fewer):
    large, small = cell(more), cell(fewer, seed=1)
    assert len({*large.blocks} - {*small.blocks}) == 1
    with torch.no_grad():
        for key, parameter in large.named_parameters():
            own = dict(zip(large.blocks, parameter.chunk(len(large.blocks)), strict=True))
            less = dict(
                zip(small.blocks, small.state_dict()[key].chunk(len(small.blocks)), strict=True)
            )
            for block, rows in own.items():
                rows.copy_(less[block] if block in less else -less["f"])
    for block in {*large.blocks} - {*small.blocks, "i"}:
        variants.change(large, large.blocks.index(block), "open")
    torch.testing.assert_close(large(X)[0], small(X)[0])


@pytest.mark.parametrize(
    "name, with_tanh",
    [
        ("GRU no reset", "LSTM tied no output gate"),
        ("LSTM no tanh", "LSTM"),
        ("GRU", "GRU with tanh"),
    ],
)
def test_without_the_tanh_the_state_itself_is_shown(name, with_tanh):
    small, large = cell(name), cell(with_tanh)
    (plain, c), (shown, same) = small(X[:, :1]), large(X[:, :1])
    assert torch.equal(c, same)
    torch.testing.assert_close(plain[:, 0] / c, shown[:, 0] / c.tanh())


@pytest.mark.parametrize("name", cells.CELLS)
def test_all_nets_as_large_have_as_many_parameters(name):
    wanted = sizes.count(adding.SumModel(nn.GRU, 43))
    count = sizes.count(lstm_to_gru.net(name, lstm_to_gru.matched(name, 43)))
    assert abs(count / wanted - 1) < 0.01


def test_each_step_of_the_walk_stands_among_nets_as_large_and_among_nets_as_wide():
    planned = {model for model, _, _ in lstm_to_gru.make_runs(lstm_to_gru.SETTINGS, {})}
    nets = {model.removeprefix("choice ").rpartition(", ")[0] for model in planned}
    walk = [*cells.CELLS][:5]
    large = [f"{name} H={size}" for name, size in zip(walk, (37, 43, 53, 53, 43), strict=True)]
    wide = [f"{name} H=43" for name in walk]
    assert {*large, *wide, "LSTM H=53"} < nets


def test_the_whole_experiment_in_small_with_a_stop_within(interrupted, capsys):
    record = interrupted(lstm_to_gru, after=3)
    assert "3 cells, as large: 0" in capsys.readouterr().out
    assert record["rule"] == origin.rule()
    assert record["rows"][0]["model"] == "constant answer"
    ends = [row for row in record["rows"] if row["seed"] == 0]
    nets = ["LSTM H=37", "GRU no reset H=53", "GRU H=43", "LSTM H=43"]
    assert [row["model"] for row in ends] == nets
    assert [row["units"] for row in ends] == [37, 53, 43, 43]
    for row in ends:
        tried = [r for r in record["rows"] if r["model"].startswith(f"choice {row['model']}, ")]
        rates = [each["rate"] for each in tried]
        assert {0.02, lstm_to_gru.SECOND_RATE} < {*rates} and len({*rates}) == len(rates)
        assert not any("test_error" in each for each in tried)
        assert row["rate"] == min(tried, key=lambda each: each["progress"])["rate"]
        assert row["steps"] == 10 and not row["done"] and row["test_error"] > 0.01
    assert [row["parameters"] for row in ends] == [6106, 6096, 6107, 8128]
