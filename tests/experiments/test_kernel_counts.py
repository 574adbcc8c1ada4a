"""Counts on the kernel's text and on poems: the row of each size, and a forecast."""

import pytest

import gpu
import gpu_poems
import kernel_counts
import poem_counts
import texts


@pytest.mark.parametrize("counts, nets", [(kernel_counts, gpu), (poem_counts, gpu_poems)])
def test_they_are_of_the_text_and_the_parts_that_the_nets_of_the_gpu_are_judged_by(counts, nets):
    assert counts.SETTINGS["text"] == nets.SETTINGS["text"]
    assert counts.SETTINGS["held_out"] is None and "held_out" not in nets.SETTINGS
    sizes = {entry["characters"] for entry in nets.SETTINGS["plan"]}
    assert {*counts.SETTINGS["characters"]} == sizes


@pytest.mark.parametrize("counts", [kernel_counts, poem_counts])
def test_in_small_with_a_stop_on_the_way(counts, small_text, interrupted, capsys):
    record = interrupted(counts, 1)
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
