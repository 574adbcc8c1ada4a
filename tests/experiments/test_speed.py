"""Timings: the experiment measures what it says, and the pages show and claim what was recorded."""

import json
import re

import pytest
import torch

import gpu_rows
import harness
import speed
from tests.sources import OVERVIEW, ROOT, SOURCES
from tools.rendering import timings
from tools.rendering.placeholders import filled
from tools.sources.markers import requests

RECORD = timings.Measurements(ROOT)
PAGE = "pytorch/speed.md"
ONE_LAYER = gpu_rows.cases(layers=1, mode=gpu_rows.MODES[0])
SMALL = {
    "cells H=2 B=1": speed.cells(speed.Case(hidden_size=2, batch=1, steps=3)),
    "packed": speed.both(speed.Case(hidden_size=2, batch=3, steps=3), "shortest", (0, 1, 2)),
    "compiled": {"GRU by hand": speed.Case(hidden_size=2, batch=1, steps=3, form="by hand")},
}


def takes_longer(comparison: str, above: str, below: str) -> bool:
    """Whether one net took longer than another in the medians, and in most repetitions."""
    ratios = RECORD.ratios(comparison, above, below)
    most = sum(ratio > 1 for ratio in ratios) > len(ratios) * 2 / 3
    return most and RECORD.ratio(comparison, above, below) > 1


@pytest.mark.proof
def test_a_quick_run_times_each_net_of_each_comparison(quick, monkeypatch):
    monkeypatch.setattr(speed, "COMPARISONS", SMALL)
    rows = {row["model"]: row["milliseconds"] for row in quick(speed)["rows"]}
    assert rows.keys() == SMALL.keys() - {"compiled"}  # --quick needs no compiler
    for name, times in rows.items():
        assert times.keys() == SMALL[name].keys()
        assert all(time > 0 for time in times.values())


def test_a_measurement_leaves_threads_and_onednn_as_they_were():
    before = torch.get_num_threads(), torch.backends.mkldnn.enabled
    case = speed.Case(threads=before[0] + 1, onednn=False)
    seen = []
    speed.seconds(
        case, lambda: seen.append((torch.get_num_threads(), torch.backends.mkldnn.enabled)), 2
    )
    assert seen == 2 * [(before[0] + 1, False)]
    assert (torch.get_num_threads(), torch.backends.mkldnn.enabled) == before


def test_the_layer_by_hand_is_the_one_of_pytorch():
    gru = torch.nn.GRU(3, 4).double()
    x = torch.randn(5, 2, 3).double()
    ours = speed.by_hand(x, torch.zeros(2, 4).double(), *gru.parameters())
    torch.testing.assert_close(ours, gru(x)[0], rtol=0, atol=1e-12)


def test_without_a_compiler_the_experiment_says_so(monkeypatch):
    monkeypatch.setattr(speed.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit, match="needs a C\\+\\+ compiler"):
        speed.compiled.__wrapped__()


def test_recorded_timings_have_each_net_of_each_comparison():
    for row in harness.load(speed.__file__)["rows"]:
        assert row["milliseconds"].keys() == speed.COMPARISONS[row["model"]].keys()


def test_a_ratio_is_that_of_the_medians_with_its_farthest_repetition(tmp_path):
    folder = tmp_path / "experiments"
    folder.mkdir(parents=True)
    rows = [
        {"model": "a", "milliseconds": {"GRU": gru, "LSTM": lstm}}
        for gru, lstm in ((2, 1), (3, 1), (9, 2))
    ]
    (folder / "speed.json").write_text(json.dumps({"seconds": 1, "rows": rows}))
    assert timings.Measurements(tmp_path).ratio_with_spread("a", "GRU", "LSTM") == "3.00 ± 1.50"


@pytest.mark.parametrize("code", SOURCES.pages)
def test_each_table_of_the_page_is_asked_for_and_filled_to_its_width(code):
    overview = OVERVIEW
    page = overview.sources.pages[code][PAGE]
    assert {name for _, name, _ in requests(page)} == {*timings.TABLES, "speed-gpu"}
    markdown = filled("\n".join(page.lines), PAGE, overview.sources.language(code), overview)
    assert "generated" not in markdown
    tables = re.findall(r"(?:^\|.*\|$\n?)+", markdown, re.MULTILINE)
    for table in tables:
        assert len({line.count("|") for line in table.splitlines()}) == 1, table
    for rows in timings.TABLES.values():
        for cells in rows(RECORD):
            assert f"| {' | '.join(cells)} |" in markdown


@pytest.mark.parametrize("batch", [1, 32])
def test_what_the_page_says_of_the_cells(batch):
    for size in (32, 64, 128, 256):
        assert takes_longer(f"cells H={size} B={batch}", "GRU", "LSTM")
    for size in speed.SIZES:
        comparison = f"cells H={size} B={batch}"
        assert min(RECORD.ratios(comparison, "GRU, forward", "LSTM, forward")) > 1
    for size in (256, 512):
        off = f"cells H={size} B={batch}"
        assert takes_longer(off, "LSTM, no oneDNN", "GRU, no oneDNN")
    by_size = [
        RECORD.ratio(f"cells H={size} B={batch}", "GRU", "LSTM") for size in (32, 64, 128, 512)
    ]
    assert by_size == sorted(by_size, reverse=True)
    arithmetic = RECORD.ratio(f"cells H=512 B={batch}", "GRU, no oneDNN", "LSTM, no oneDNN")
    assert abs(arithmetic - 3 / 4) < 0.1


def test_what_the_page_says_of_a_plain_rnn():
    for size in (32, 64, 128, 256):
        assert takes_longer(f"cells H={size} B=1", "RNN", "LSTM")


def test_what_the_page_says_of_threads():
    gains = {
        size: [
            RECORD.ratio(name, f"{cell}, threads 1", f"{cell}, threads 2")
            for name, hidden, _ in RECORD.sizes("threads")
            if hidden == size
            for cell in ("GRU", "LSTM")
        ]
        for size in ("32", "512")
    }
    assert all(gain < 1.1 for gain in gains["32"])
    assert all(gain > 1.1 for gain in gains["512"])


@pytest.mark.parametrize("cell", ["GRU", "LSTM"])
def test_what_the_page_says_of_batches_and_steps(cell):
    for times in (8, 64):
        sequences = RECORD.ratio("batch", f"{cell}, batch {times}", f"{cell}, batch 1")
        steps = RECORD.ratio("batch", f"{cell}, steps {50 * times}", f"{cell}, batch 1")
        assert sequences < steps and sequences < times / 2


def test_what_the_page_says_of_packed_batches():
    for shortest in (1, 49):
        assert takes_longer("packed", f"LSTM, shortest {shortest}", "LSTM, shortest 0")
    assert RECORD.ratio("packed", "LSTM, shortest 49", "LSTM, shortest 0") > RECORD.ratio(
        "packed", "GRU, shortest 49", "GRU, shortest 0"
    )


def test_what_the_page_says_of_the_gpu():
    sizes = {case[0] for case in ONE_LAYER if max(gpu_rows.ratios(case)) < 1}
    assert sizes >= {2048, 4096}
    decided = {case[0] for case in ONE_LAYER if gpu_rows.decided()[case] != "undecided"}
    assert decided == {2048, 4096}


def test_the_table_of_the_gpu_has_the_median_of_the_ratios_and_their_ends():
    rows = timings.WRITERS["speed-gpu"](PAGE, None, OVERVIEW).splitlines()
    for row, size in zip(rows, gpu_rows.speed_gpu.SETTINGS["hidden_sizes"], strict=True):
        cells = [gpu_rows.spread(case) for case in ONE_LAYER if case[0] == size]
        assert row == f"| {size} | {' | '.join(cells)} |"


def test_what_the_page_says_of_the_compiled_layer():
    by_hand, middle = (of("compiled", "GRU by hand", "GRU") for of in (RECORD.ratios, RECORD.ratio))
    assert sum(ratio < 1 for ratio in by_hand) == 1
    assert max(abs(ratio - middle) for ratio in by_hand) > middle - 1, "not told apart"
    assert takes_longer("compiled", "GRU", "GRU by hand, compiled")
    assert RECORD.first_call() > 1000
