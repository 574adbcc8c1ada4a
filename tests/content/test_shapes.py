"""The page of shapes: its table against every net, and its function on nets that fail."""

from itertools import product

import pytest
import torch
from torch import nn

from tests.sources import ROOT

ROWS = ["x", "out", "h_n", "c_n"]


def table(language: str) -> dict[str, list[str]]:
    """Return the page's table: what comes out -> its shape time first, batch first, single."""
    page = (ROOT / "docs" / language / "pytorch/shapes.md").read_text("utf-8")
    lines = [line for line in page.splitlines() if line.startswith("|") and "`(" in line]
    return {
        row: [cell.strip(" `") for cell in line.split("|")[2:5]]
        for row, line in zip(ROWS, lines, strict=True)
    }


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("cell", "directions", "layers", "proj_size"),
    [case for case in product([nn.GRU, nn.LSTM], [1, 2], [1, 2, 3], [0, 6])
     if case[0] is nn.LSTM or not case[3]],
)  # fmt: skip
def test_the_table_has_the_shape_of_every_net(cell, directions, layers, proj_size, language):
    sizes = {"B": 3, "T": 5, "F": 10, "H": 20, "L": layers, "D": directions}
    sizes["R"] = proj_size or 20
    for column in range(3):
        expected = {row: eval(cells[column], sizes) for row, cells in table(language).items()}
        net = cell(
            10, 20, layers, batch_first=column == 1, bidirectional=directions == 2,
            device="meta", **({"proj_size": proj_size} if proj_size else {}),
        )  # fmt: skip
        out, state = net(torch.zeros(expected["x"], device="meta"))
        h_n, c_n = state if cell is nn.LSTM else (state, torch.zeros(expected["c_n"]))
        assert [expected[row] for row in ROWS[1:]] == [tuple(y.shape) for y in (out, h_n, c_n)]


def test_a_model_that_fails_has_printed_what_went_before(capsys):
    code = (ROOT / "snippets/pytorch/shapes/yours.py").read_text("utf-8")
    code = code.replace("nn.Linear(32, 5)", "nn.Linear(16, 5)")
    with pytest.raises(RuntimeError, match="cannot be multiplied"):
        exec(code, {})
    assert capsys.readouterr().out.splitlines()[-1].startswith("lstm: ")
