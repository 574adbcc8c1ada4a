"""More layers and both directions: what each net reads, how large it is, and the runs in small."""

import pytest
import torch

import layers
import origin
import sizes

SETTINGS = layers.SETTINGS
SIGNS = {"text": (129, 32), "digits": None}


@pytest.mark.parametrize("cell", layers.CELLS)
@pytest.mark.parametrize("task, number", [("text", 2), ("text", 3), ("digits", 2)])
def test_with_more_of_them_a_narrower_net_has_as_many_parameters(task, number, cell):
    signs, width = SIGNS[task], SETTINGS[task]["width"][cell]
    one = sizes.count(layers.net(task, cell, 1, signs, width))
    size = layers.matched(task, cell, number, signs, width)
    assert size < width
    assert sizes.count(layers.net(task, cell, number, signs, size)) == pytest.approx(one, rel=0.01)


@pytest.mark.parametrize("cell", layers.CELLS)
def test_each_layer_reads_what_the_one_below_it_puts_out(cell):
    model = layers.net("text", cell, 2, SIGNS["text"], 8)
    weights = {name: tuple(p.shape) for name, p in model.rnn.named_parameters()}
    blocks = {"GRU": 3, "LSTM": 4}[cell]
    assert weights["weight_ih_l0"] == (8 * blocks, 32)
    assert weights["weight_ih_l1"] == (8 * blocks, 8) and "weight_ih_l2" not in weights


@pytest.mark.parametrize("cell", layers.CELLS)
@pytest.mark.parametrize("direction", [0, 1])
def test_each_of_two_directions_has_read_all_rows(direction, cell):
    torch.manual_seed(0)
    model = layers.net("digits", cell, 2, None, 4)
    with torch.no_grad():  # the answer then hears of one direction alone
        model.linear.weight.view(10, 2, 4)[:, 1 - direction] = 0
    x = torch.rand(3, 8, 8, requires_grad=True)
    model(x).square().sum().backward()
    by_row = x.grad.norm(dim=(0, 2)).tolist()
    assert min(by_row) > 0
    # What was read last has most weight: the lowest row from above, the uppermost from below.
    assert by_row.index(max(by_row)) == [7, 0][direction]


@torch.no_grad()
@pytest.mark.parametrize("cell", layers.CELLS)
def test_from_one_end_a_net_is_that_of_digits(cell):
    torch.manual_seed(0)
    model = layers.net("digits", cell, 1, None, 4)
    plain = layers.digits.DigitModel(layers.CELLS[cell], 4)
    plain.load_state_dict(model.state_dict())
    x = torch.rand(3, 8, 8)
    torch.testing.assert_close(model(x), plain(x))


def test_the_whole_experiment_in_small_with_a_stop_within(small_text, interrupted, capsys):
    record = interrupted(layers, after=3)
    assert "digits, 2 directions, as many: " in capsys.readouterr().out
    assert record["rule"] == origin.rule()
    rows = [row for row in record["rows"] if not row["model"].startswith("choice")]
    assert [*dict.fromkeys(row["model"] for row in rows)] == [
        "counts, text",
        "GRU H=8, 2 layers, text",
        "LSTM H=8, 2 layers, text",
        "logistic regression, digits",
        "nearest images, digits",
        "support vectors, digits",
        "GRU H=21, 2 directions, digits",
        "LSTM H=19, 2 directions, digits",
    ]
    for row in (row for row in rows if row["seed"] is not None):
        value, test = ("validation_bits", "test_bits")
        if "directions" in row["model"]:
            value, test = ("validation_loss", "test_wrong")
        tried = [r for r in record["rows"] if r["model"].startswith(f"choice {row['model']}, ")]
        assert len(tried) == 3 and test in row and not any(test in each for each in tried)
        assert row["rate"] == min(tried, key=lambda each: each[value])["rate"]


def test_no_run_is_planned_twice(small_text):
    planned = [run[:2] for run in layers.make_runs(SETTINGS, {})]
    assert len({*planned}) == len(planned)


def test_the_plan_fits_into_the_hours_that_there_are():
    assert sum(seconds for _, seconds in layers.forecast(SETTINGS)) < 2.1 * 3600
