"""The text and data size on a CPU: the choice by two seeds, ten seeds at it, and going on."""

import json
from dataclasses import replace
from itertools import compress

import numpy as np
import pytest

import characters
import harness
import layers
import one_gate_less
import origin
import states_apart
import text_baselines
import text_sizes
import texts


def start(folder, *argv):
    file = folder / "rows.json"
    text_sizes.main(["--quick", "--out", str(file), *argv])
    return json.loads(file.read_text("utf-8"))


@pytest.mark.proof
def test_the_whole_experiment_in_small_and_again(small_text, tmp_path, capsys):
    record = start(tmp_path)
    assert record["rule"] == origin.rule()
    assert "3000 characters, width 16: GRU, LSTM, RNN: 0.01 hours" in capsys.readouterr().out
    models = [row["model"] for row in record["rows"]]
    assert models[0] == "counts, 3000 characters"
    assert len([m for m in models if m.startswith("choice GRU H=16, 3000 characters, ")]) >= 3
    (gru,) = (row for row in record["rows"] if row["model"] == "GRU H=16, 3000 characters")
    tried = [row for row in record["rows"] if row["model"].startswith("choice GRU")]
    assert gru["rate"] == min(tried, key=lambda row: row["validation_bits"])["rate"]
    assert "test_bits" in gru and not any("test_bits" in row for row in tried)
    at = gru["curve"].index(min(gru["curve"]))
    assert len(gru["training_curve"]) == len(gru["curve"])
    assert gru["training_bits"] == gru["training_curve"][at]
    (longer,) = (row for row in record["rows"] if row["model"].startswith("twice as long GRU"))
    assert longer["read"] > 1.5 * gru["read"]
    sizes = {row["parameters"] for row in record["rows"] if "parameters" in row}
    assert max(sizes) < 1.05 * min(sizes)  # in steps of a unit, and these are small
    assert start(tmp_path) == record


def test_a_record_of_another_text_is_not_gone_on_with(small_text, tmp_path, monkeypatch):
    def stop(*given):
        write(*given)
        raise KeyboardInterrupt

    write = harness.write
    with monkeypatch.context() as patch:
        patch.setattr(harness, "write", stop)
        with pytest.raises(SystemExit):
            start(tmp_path)
    text = texts.load("drawn")
    other = replace(text, test=text.test[::-1].copy())
    monkeypatch.setattr(texts, "load", lambda name: other)
    text_sizes.parts.cache_clear()
    with pytest.raises(SystemExit, match="with text_hash = .*: delete the file, pass --fresh"):
        start(tmp_path)


@pytest.mark.parametrize(
    "script", [text_sizes, text_baselines, one_gate_less, states_apart, layers]
)
def test_the_hash_of_the_text_is_among_the_settings(script, small_text, monkeypatch):
    seen = []
    monkeypatch.setattr(harness, "main", lambda file, settings, *_, **__: seen.append(settings))
    script.main([])
    assert seen == [script.SETTINGS | {"text_hash": texts.load("code").hash}]


def test_bits_of_each_document_and_what_drawing_other_documents_would_change(small_text):
    (_, _, test), known, _ = text_sizes.parts("drawn", 900)
    settings = text_sizes.SETTINGS | text_sizes.QUICK
    model = characters.CharacterModel("GRU", 8, known, 4)
    values = text_sizes.tested_on(model, test, settings)
    row = text_sizes.count({"characters": 3000}, settings | {"held_out": 900})
    for each in (values, row):
        mean = np.average(each["document_bits"], weights=row["document_characters"])
        assert mean == pytest.approx(each["test_bits"], abs=0.002)
        assert len({*each["document_bits"]}) == 9
    each = characters.bits_of_each(model, test, settings).T  # rows of 180, but for their first
    third = [each[n // 180, n % 180 - 1].item() for n in range(200, 300) if n % 180]
    assert values["document_bits"][2] == pytest.approx(np.mean(third), abs=1e-3)
    assert values["test_bits"] == round(characters.bits(model, test, settings), 5)


def test_the_error_of_a_text_is_that_of_a_mean_where_its_documents_are_equally_long():
    rng = np.random.default_rng(0)
    bits = rng.normal(2, 0.5, 40)
    expected = bits.std(ddof=1) / 40**0.5
    assert text_sizes.error_of_text(bits, [500] * 40) == pytest.approx(expected)
    # Drawn often, texts of documents that differ in length lie as far apart as it says.
    sizes = rng.integers(100, 3000, 40)
    drawn = rng.integers(0, 40, (4000, 40))
    means = (bits[drawn] * sizes[drawn]).sum(1) / sizes[drawn].sum(1)
    assert text_sizes.error_of_text(bits, sizes) == pytest.approx(means.std(), rel=0.1)


def test_no_run_begins_when_the_hours_are_over(small_text, tmp_path, capsys):
    file = tmp_path / "rows.json"
    text_sizes.main(["--quick", "--out", str(file), "--hours", "0"])
    assert "not done: counts, 3000 characters, seed None" in capsys.readouterr().out
    assert not file.exists()


def test_a_rate_is_chosen_once_all_its_seeds_are_there():
    def rows(**bits):
        return {
            (f"choice GRU, {rate.replace('_', '.')[1:]}", seed): {"bits": value}
            for rate, found in bits.items()
            for seed, value in enumerate(found)
        }

    few = rows(r0_5=[3.0], r1_0=[2.0, 2.0])
    rate, runs = harness.chosen(few, "choice GRU", 1.0, 7, [0, 1], "bits")
    assert rate is None and {each for each, _ in runs} == {0.5, 1.0, 2.0}
    # By the worse of the two: the better would have it otherwise.
    all_ = rows(r0_5=[1.9, 3.0], r1_0=[2.0, 2.0], r2_0=[2.5, 2.5])
    assert harness.chosen(all_, "choice GRU", 1.0, 7, [0, 1], "bits")[0] == 1.0


def test_bits_on_what_was_read_are_those_of_the_net_as_it_is_at_each_check(small_text):
    (training, validation, _), known, _ = text_sizes.parts("drawn", 900)
    settings = text_sizes.SETTINGS | text_sizes.QUICK | {"passes": 3}
    model = characters.CharacterModel("GRU", 8, known, 4)
    look = lambda: characters.bits(model, validation, settings)  # noqa: E731
    values, seen = text_sizes.watched(
        characters.fit(model, training, validation, 0.01, 0, settings), look
    )
    assert [round(each, 5) for each in seen] == values["curve"] and seen[0] > seen[1]


def test_on_little_text_an_lstm_as_wide_as_the_gru_stands_beside_one_as_large():
    for size in (10**4, 3 * 10**4):
        entries = [e for e in text_sizes.SETTINGS["plan"] if e["characters"] == size]
        nets = [n for e in entries for n in text_sizes.nets(e, 129, text_sizes.SETTINGS)]
        assert [net.name for net in nets] == ["GRU H=67", "LSTM H=58", "LSTM H=67"]


def test_the_plan_fits_into_the_hours_that_there_are_but_for_its_end():
    seconds = [each for _, each in text_sizes.forecast(text_sizes.SETTINGS)]
    assert sum(seconds[:-1]) < 10 * 3600
    little = [entry["characters"] < 10**5 for entry in text_sizes.SETTINGS["plan"]]
    assert sum(compress(seconds, little)) < 40 * 60


def test_the_nets_of_each_entry_have_as_many_parameters():
    for entry in text_sizes.SETTINGS["plan"]:
        counts = [
            characters.weights(net.cell, net.hidden_size, 129, text_sizes.SETTINGS["embedding"])
            for net in text_sizes.nets(entry, 129, text_sizes.SETTINGS)
        ]
        assert max(counts) < 1.005 * min(counts), (entry, counts)
