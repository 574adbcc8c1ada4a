"""The queue for a GPU, tried on the CPU: order, choice of rates, resuming, a kill, equal nets."""

import json
import multiprocessing
import os
import signal
import time

import numpy as np
import pytest
import torch

import characters
import gpu
import gpu_poems
import harness
import origin
import speed_gpu
import texts
from tests.sources import ROOT
from tools.project.files import EXPERIMENTS

KNOWN = gpu.SETTINGS | {"characters_known": 129}


SMALL = {"characters": 2_000, "passes": 1, "widths": [8], "seeds": [0], "lower": True}


@pytest.fixture
def small(monkeypatch):
    """A short text in place of a real one."""
    rng = np.random.default_rng(0)
    parts = (rng.integers(0, 20, size, dtype=np.uint8) for size in (9000, 1500, 1500))
    text = texts.Text(*parts, "abcdefghijklmnopqrst", "drawn")
    monkeypatch.setattr(texts, "load", lambda name: text)
    speed = gpu.QUICK["speed"] | {"hidden_sizes": [8], "layers": [1]}
    monkeypatch.setitem(gpu.QUICK, "speed", speed)
    monkeypatch.setitem(gpu.QUICK, "plan", [SMALL])
    monkeypatch.setitem(gpu.QUICK, "first_rate", {"8": 0.01})
    monkeypatch.setitem(gpu.QUICK, "choice", {"characters": 2_000, "passes": 1, "most": 4})


def start(folder, minutes=5.0):
    return gpu.main(["--quick", "--device", "cpu", "--out", str(folder), "--minutes", str(minutes)])


def record(folder):
    return json.loads((folder / "gpu.json").read_text("utf-8"))


@pytest.mark.parametrize("width", [256, 512, 1024])
@pytest.mark.parametrize("direction", ["down", "up"])
def test_whole_models_have_equal_parameters_in_both_directions(width, direction):
    first, *others = gpu.nets(width, ["GRU", "LSTM", "RNN"], direction, KNOWN)
    if direction == "up":
        first, others = others[0], [first, others[1]]
    assert first.hidden_size == width
    sizes = {}
    for net in (first, *others):
        model = characters.CharacterModel(net.cell, net.hidden_size, 129, 64)
        sizes[net.cell] = sum(p.numel() for p in model.parameters())
        assert characters.weights(net.cell, net.hidden_size, 129, 64) == sizes[net.cell]
    for cell, size in sizes.items():
        assert size == pytest.approx(sizes[first.cell], rel=0.01), cell


@pytest.mark.parametrize("layers", [1, 2, 4])
@pytest.mark.parametrize("hidden_size", [128, 512, 4096])
def test_a_timed_lstm_has_the_parameters_of_the_gru(hidden_size, layers):
    nets = speed_gpu.nets(hidden_size, layers)
    gru, lstm = (
        sum(p.numel() for p in cell(hidden_size, size, layers, device="meta").parameters())
        for cell, size in (nets["GRU"], nets["LSTM, equal parameters"])
    )
    assert lstm == pytest.approx(gru, rel=0.06 if hidden_size == 128 else 0.01)


@pytest.mark.parametrize(
    "found, expected",
    [
        ({}, (None, [1.0, 0.5, 2.0])),
        ({0.5: 3.0, 1.0: 2.0}, (None, [2.0])),
        ({0.5: 3.0, 1.0: 2.0, 2.0: 2.5}, (1.0, [])),
        ({0.5: 3.0, 1.0: 2.0, 2.0: 1.5}, (None, [4.0])),
        ({0.5: 1.0, 1.0: 2.0, 2.0: 2.5}, (None, [0.25])),
        ({0.5: 3.0, 1.0: 2.0, 2.0: 1.5, 4.0: 1.0}, (4.0, [])),  # as many as may be tried
    ],
)
def test_rates_are_tried_until_the_best_lies_inside(found, expected):
    assert harness.choose(found, 1.0, most=4) == expected


def test_what_is_worth_more_comes_first_and_a_net_waits_for_its_rate():
    jobs = gpu.todo({}, KNOWN)
    assert all(job.model.startswith("choice") for job in jobs)
    assert {(job.net.cell, job.net.width) for job in jobs[:6]} == {("GRU", 1024), ("LSTM", 1024)}
    tried = {
        job.key: {"validation_bits": 1.0 if job.rate == 0.001 else 2.0}
        for job in jobs
        if (job.net.cell, job.net.width) == ("GRU", 1024)
    }
    found = gpu.todo(tried, KNOWN)
    assert found[0].model == "choice GRU H=1024, 100000000 characters, 1 passes, 0.001"
    runs = [job for job in found if job.model.startswith("text")]
    assert runs[0].model == "text GRU H=1024, 10000000 characters, 4 passes"
    assert {job.rate for job in runs} == {0.001}
    assert len({job.key for job in gpu.todo(tried, KNOWN)}) == len(gpu.todo(tried, KNOWN))


def test_nets_that_choose_a_rate_are_not_compared():
    compared = {seed for entry in gpu.SETTINGS["plan"] for seed in entry["seeds"]}
    assert not compared & {*gpu.SETTINGS["choice_seeds"]}
    # A choice by a net that is compared, as in the first rows of the record, counts for nothing.
    (net,) = gpu.nets(1024, ["GRU"], "down", KNOWN)
    rows = {
        (f"choice {net.name}, {rate}", 0): {"validation_bits": bits}
        for rate, bits in [(0.0005, 2.0), (0.001, 1.0), (0.002, 2.0), (0.004, 3.0)]
    }
    rate, jobs = gpu.choices(net, rows, KNOWN)
    assert rate is None and {job.seed for job in jobs} == {100}
    for rate, bits in [(0.001, 2.0), (0.002, 1.0), (0.004, 2.0), (0.0005, 3.0)]:
        rows[f"choice {net.name}, {rate}", 100] = {"validation_bits": bits}
    assert gpu.choices(net, rows, KNOWN)[0] == 0.002


PART = "100000000 characters, 1 passes"


@pytest.mark.parametrize(
    "found, rate, left",
    [
        ({}, None, [0.002, 0.001]),
        ({0.002: 2.0}, None, [0.002, 0.001]),
        ({0.002: 1.0, 0.001: 2.0}, 0.002, [0.002, 0.001]),
        ({0.002: 2.0, 0.001: 1.0}, None, [0.002, 0.001, 0.0005]),
        ({0.002: 2.0, 0.001: 1.0, 0.0005: 1.5}, 0.001, [0.002, 0.001, 0.0005]),
    ],
)
def test_on_more_text_lower_rates_are_tried_until_the_best_has_a_worse_one_below(found, rate, left):
    (net,) = gpu.nets(1024, ["GRU"], "down", KNOWN)
    rows = {
        (f"choice GRU H=1024, {PART}, {each}", 100): {"validation_bits": bits}
        for each, bits in found.items()
    }
    best, jobs = gpu.lowered(net, PART, 0.002, KNOWN["plan"][0], rows, KNOWN)
    assert best == rate and [job.rate for job in jobs] == left
    assert all(job.characters == 10**8 and job.seed == 100 for job in jobs)


def test_seeds_on_10_to_the_8_wait_for_the_choice_there_and_say_a_rate_that_others_have_not():
    (net,) = gpu.nets(1024, ["LSTM"], "down", KNOWN)
    rows = {
        (f"choice {net.name}, {rate}", 100): {"validation_bits": bits}
        for rate, bits in [(0.0005, 2.0), (0.001, 1.5), (0.002, 1.0), (0.004, 2.0)]
    }
    entry = KNOWN["plan"][0] | {"cells": ["LSTM"], "seeds": [1]}
    ((_, jobs),) = gpu.of_entry(entry, rows, KNOWN)
    assert [job.model for job in jobs] == [
        f"choice {net.name}, {PART}, {r}" for r in (0.002, 0.001)
    ]
    for rate, bits in [(0.002, 3.0), (0.001, 1.0), (0.0005, 2.0)]:
        rows[f"choice {net.name}, {PART}, {rate}", 100] = {"validation_bits": bits}
    ((_, (job,)),) = gpu.of_entry(entry, rows, KNOWN)
    assert (job.model, job.rate) == (f"text {net.name}, {PART}", 0.001)
    rows[f"text {net.name}, {PART}", 0] = {"rate": 0.002}
    ((_, (job,)),) = gpu.of_entry(entry, rows, KNOWN)
    assert (job.model, job.rate) == (f"text {net.name}, {PART}, rate 0.001", 0.001)


def test_a_model_carries_its_state_from_piece_to_piece():
    torch.manual_seed(0)
    model = characters.CharacterModel("LSTM", 8, 20, 4)
    codes = torch.randint(0, 20, (1, 401))[0]
    settings = {"evaluation_rows": 1, "evaluation_time": 400}
    whole = characters.bits(model, codes, settings)
    assert characters.bits(model, codes, settings | {"evaluation_time": 7}) == pytest.approx(whole)


def test_a_model_whose_numbers_are_none_counts_as_a_guess():
    model = characters.CharacterModel("GRU", 8, 32, 4)
    with torch.no_grad():
        model.linear.bias[0] = float("nan")
    settings = {"evaluation_rows": 2, "evaluation_time": 9}
    assert characters.bits(model, torch.zeros(99, dtype=torch.long), settings) == 5.0


@pytest.mark.proof
def test_the_queue_keeps_rows_says_what_it_does_and_goes_on_where_it_stopped(
    small, tmp_path, capsys
):
    assert start(tmp_path) == 0
    first, shown = record(tmp_path), capsys.readouterr().out
    assert first["rule"] == origin.rule() and "not done" not in shown
    assert "characters a second in all" in shown
    runs = {row["model"]: row for row in first["rows"]}
    (text,) = (row for model, row in runs.items() if model.startswith("text GRU"))
    assert text["test_bits"] > 0 and text["validation_bits"] == min(text["curve"])
    assert not any("test_bits" in runs[model] for model in runs if model.startswith("choice"))
    assert start(tmp_path) == 0
    assert record(tmp_path) == first
    # One row less, and it is made anew, the same but for the time.
    first["rows"] = [row for row in first["rows"] if row is not text]
    (tmp_path / "gpu.json").write_text(json.dumps(first), encoding="utf-8")
    assert start(tmp_path) == 0
    again = next(r for r in record(tmp_path)["rows"] if r["model"] == text["model"])
    times = {"seconds", "sum", "beside"}
    assert {k: v for k, v in again.items() if k not in times} == {
        k: v for k, v in text.items() if k not in times
    }


def test_poems_have_a_record_of_their_own_and_no_timings(small, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(gpu.Queue, "go", lambda queue: None)
    arguments = ["--device", "cpu", "--out", str(tmp_path), "--minutes", "0"]
    assert gpu.main(arguments, "gpu_poems.py", gpu_poems.SETTINGS) == 0
    shown = capsys.readouterr().out
    assert "text poems" in shown and f"rows in {tmp_path / 'gpu_poems.json'}" in shown
    assert "not done: choice GRU H=512, 0.002, seed 100" in shown
    assert "float32" not in shown


def test_when_the_time_is_over_what_is_left_is_named(small, tmp_path, capsys):
    assert start(tmp_path, minutes=0.0) == 0
    assert "not done: choice GRU H=8, 0.005, seed 100" in capsys.readouterr().out


@pytest.mark.proof
def test_a_plan_and_code_may_change_on_the_way_and_each_row_says_its_code(
    small, tmp_path, monkeypatch
):
    start(tmp_path)
    before = record(tmp_path)
    monkeypatch.setattr(origin, "code", lambda *_: "another")
    monkeypatch.setitem(gpu.QUICK, "plan", [SMALL | {"seeds": [0, 1]}])
    start(tmp_path)
    codes = {(row["model"], row["seed"]): row["code"] for row in record(tmp_path)["rows"]}
    assert all(codes.pop((row["model"], row["seed"])) == before["code"] for row in before["rows"])
    assert {key[1] for key in codes} == {1} and {*codes.values()} == {"another"}


def test_the_queue_goes_on_with_the_record_that_stands_here():
    file = ROOT / EXPERIMENTS / "records/gpu.json"
    made = json.loads(file.read_text("utf-8"))
    text = {
        name: made["settings"][name] for name in ("characters_known", "text_hash", "text_origin")
    }
    settings = gpu.SETTINGS | text
    rows = gpu.resumed(file, origin.source(made) | {"settings": settings})
    assert len(rows) == len(made["rows"]) and not gpu.timings(rows, settings)
    assert not {job.key for job in gpu.todo(rows, settings)} & rows.keys()
    assert all(row["code"] for row in made["rows"])


def test_precisions_were_what_their_rows_say():
    file = ROOT / EXPERIMENTS / "records/gpu.json"
    for row in json.loads(file.read_text("utf-8"))["rows"]:
        for error in row.get("error", {}).values():
            low, high = {"float32": (0, 1e-5), "tf32": (1e-5, 1e-3), "bfloat16": (1e-3, 2e-2)}[
                row["model"].split()[3]
            ]
            assert low <= error < high, row["model"]


def test_a_damaged_record_is_not_gone_on_with(small, tmp_path):
    (tmp_path / "gpu.json").write_text("{", encoding="utf-8")
    with pytest.raises(SystemExit, match="is damaged and cannot be resumed"):
        start(tmp_path)


def test_a_record_made_otherwise_is_not_gone_on_with(small, tmp_path, monkeypatch):
    start(tmp_path)
    monkeypatch.setattr(origin, "rule", lambda: "another")
    with pytest.raises(SystemExit, match="was made with rule = "):
        start(tmp_path)


@pytest.mark.proof
def test_a_kill_in_the_middle_loses_no_row_that_was_shown(small, tmp_path):
    running = multiprocessing.get_context("fork").Process(target=start, args=[tmp_path])
    running.start()
    file = tmp_path / "gpu.json"
    while not file.exists() or len(record(tmp_path)["rows"]) < 5:
        assert running.is_alive()
        time.sleep(0.01)
    os.kill(running.pid, signal.SIGKILL)
    running.join()
    before = record(tmp_path)["rows"]
    assert not origin.foreign(file)
    assert start(tmp_path) == 0
    after = record(tmp_path)["rows"]
    assert after[: len(before)] == before and len(after) == len({row["model"] for row in after})


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["--out", "/no/such/folder"], "--out needs a folder that exists"),
        (["--out", "."], "there is no GPU here; --device cpu --quick tries the queue without one"),
    ],
)
def test_bad_arguments_are_named(arguments, message, capsys, monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(SystemExit):
        gpu.main(arguments)
    assert message in capsys.readouterr().err


def test_a_text_that_is_missing_is_named(tmp_path, monkeypatch, capsys):
    def missing(name):
        raise texts.Missing(f"{name} is not here: make data fetches it")

    monkeypatch.setattr(texts, "load", missing)
    with pytest.raises(SystemExit):
        start(tmp_path)
    assert "code is not here: make data fetches it" in capsys.readouterr().err


def test_timings_of_the_nets_of_a_row_take_turns(monkeypatch):
    order = []
    monkeypatch.setattr(
        speed_gpu, "call", lambda net, x, mode: lambda: order.append(type(net).__name__)
    )
    settings = gpu.QUICK["speed"]
    speed_gpu.measure((8, 2, "float32", "training", 4), torch.device("cpu"), settings)
    assert order[-6:] == ["GRU", "LSTM", "LSTM"] * 2
