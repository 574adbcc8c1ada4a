"""Counts on the kernel's text: the row of each size, and a forecast."""

import pytest

import gpu
import kernel_counts
import texts


def test_they_are_of_the_text_and_the_parts_that_the_nets_of_the_gpu_are_judged_by():
    assert kernel_counts.SETTINGS["text"] == gpu.SETTINGS["text"]
    assert kernel_counts.SETTINGS["held_out"] is None and "held_out" not in gpu.SETTINGS
    sizes = {entry["characters"] for entry in gpu.SETTINGS["plan"]}
    assert {*kernel_counts.SETTINGS["characters"]} == sizes


def test_in_small_with_a_stop_on_the_way(small_text, interrupted, capsys):
    record = interrupted(kernel_counts, 1)
    assert "2000 characters: 0.00 hours, 0.00 in all" in capsys.readouterr().out
    larger, smaller = record["rows"]
    assert larger["model"] == "counts, 2000 characters"
    assert larger["test_bits"] < smaller["test_bits"] < 3  # that of a guess
    by_order = larger["validation_by_order"]
    assert larger["validation_bits"] == min(by_order) == by_order[larger["order"] - 1]
    assert record["settings"]["text_hash"] == larger["text"]


def test_a_text_that_is_missing_is_named(monkeypatch):
    def missing(name):
        raise texts.Missing(f"{name} is not here: make data fetches it")

    monkeypatch.setattr(texts, "load", missing)
    with pytest.raises(SystemExit, match="kernel is not here: make data fetches it"):
        kernel_counts.main(["--quick"])
