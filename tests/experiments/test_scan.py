"""Times of a minGRU by loop and scans: all compute the same, the page says what was recorded."""

from itertools import product

import pytest
import torch
from torch import nn

import scan
from tests.sources import OVERVIEW, ROOT, SOURCES, names
from tools.rendering import timings

RECORD = timings.Measurements(ROOT, timings.SCANS)


def ratios(batch: int, steps: int, above: str, below: str) -> list[float]:
    return RECORD.ratios(scan.label(batch, steps), above, below)


def test_loop_scan_and_sums_of_logarithms_compute_the_same():
    torch.manual_seed(0)
    a, b = torch.rand(2, 37, 3, 4).double()
    states = scan.loop(a, b)
    for other in (scan.scan, scan.logs, names("gates/family/scan")["scan"]):
        torch.testing.assert_close(other(a, b), states, rtol=0, atol=1e-12)


def test_the_layer_is_the_minGRU_of_the_page():
    torch.manual_seed(0)
    net, x = scan.MinGRU(3, 4, scan.loop), torch.randn(5, 2, 3)
    nn.init.zeros_(net.parts.bias)
    cell = names("gates/family/scan")
    ours = cell["loop"](*cell["min_gru"](x, *net.parts.weight.chunk(2)))
    torch.testing.assert_close(net(x)[0], ours)


def test_a_quick_run_times_each_net_at_each_size(quick, monkeypatch):
    monkeypatch.setattr(scan, "SIZES", [(1, 3), (2, 4)])
    rows = quick(scan, hidden_size=2)["rows"]
    assert [row["model"] for row in rows] == ["B=1 T=3", "B=2 T=4"]
    assert all(row["milliseconds"].keys() == set(scan.NETS) for row in rows)


def test_the_record_has_ten_repetitions_of_each_net_at_each_size():
    for size in scan.SIZES:
        assert all(len(RECORD.times[scan.label(*size)][net]) == 10 for net in scan.NETS)


def test_what_the_page_says_of_the_scan():
    for steps, way in product((64, 256, 1024), ("loop", "scan")):
        assert min(ratios(1, steps, "GRU", way)) > 1
        assert RECORD.ratio(scan.label(1, steps), "scan", "LSTM") > 0.9
    for steps in (256, 1024):
        assert max(ratios(32, steps, "loop", "scan")) < 1
        assert min(ratios(1, steps, "loop", "scan")) > 1
        assert max(ratios(32, steps, "LSTM", "scan")) < 1
    assert max(ratios(1, 256, "LSTM", "scan")) < 1
    assert 0.9 < RECORD.ratio(scan.label(1, 1024), "LSTM", "scan") < 1.1
    for steps in (64, 256, 1024):
        assert RECORD.ratio(scan.label(32, steps), "loop", "scan") < 1
        assert RECORD.ratio(scan.label(32, steps), "LSTM", "scan") < 1


@pytest.mark.parametrize("code", SOURCES.pages)
def test_the_tables_have_a_row_for_each_net_and_a_column_for_each_number_of_steps(code):
    section = OVERVIEW.by_key["gates/family.md#faster"].sections[code]
    heads = [line for line in section.lines if "T = " in line]
    steps = sorted({steps for _, steps in scan.SIZES})
    for name, head in zip(("scan-one", "scan-many"), heads, strict=True):
        assert head.count("|") == len(steps) + 2
        assert [int(cell.split("= ")[1]) for cell in head.split("|")[2:-1]] == steps
        rows = timings.WRITERS[name]("gates/family.md", None, OVERVIEW).splitlines()
        nets = [row.split("`")[1].removeprefix("nn.") for row in rows]
        assert nets == list(scan.NETS)
        assert {row.count("|") for row in rows} == {head.count("|")}
