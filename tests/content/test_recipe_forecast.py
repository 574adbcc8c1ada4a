"""The forecast: what it says of other data, what it never sees beforehand, what is recorded."""

import pickle
import re
import subprocess
import sys

import numpy as np
import pytest
import torch
from pandas import DataFrame, concat, date_range, read_csv
from statsmodels.datasets import co2
from torch import nn

import recipes
from tests import recipes as texts
from tests.sources import LANGUAGES, ROOT

NAME = "forecast"
SHORT = {"HIDDEN": 16, "EPOCHS": 40, "BATCH": 64}
DATA = """\
values = None
TRAIN, VALID = 700, 850
WINDOW, SEASON, AHEAD, STEPS = 8, 4, 2, [1, 2]
"""


@pytest.fixture
def script(tmp_path):
    """The script with other data: `values` and what else stands between the marks."""

    def script(values, **constants):
        text = texts.with_data("forecast", DATA)
        changed = {"values": np.array(values, dtype=float), **SHORT, **constants}
        return texts.load(tmp_path, text, **changed)

    return script


@pytest.fixture
def noise():
    return np.random.default_rng(0).standard_normal((1000, 3))


def of(found, column="1"):
    return {model: numbers[column] for model, numbers in found.items()}


def test_the_net_is_ahead_where_a_product_of_inputs_is_to_be_forecast(script, noise):
    noise[1:, 0] = noise[:-1, 1] * noise[:-1, 2]
    errors = of(script(noise).run(seed=0))
    assert errors["GRU"] < 0.5 * errors["ridge"]


def test_no_model_is_ahead_of_the_last_value_on_a_random_walk(script, noise):
    errors = of(script(noise[:, :1].cumsum(0)).run(seed=0))
    assert min(errors["GRU"], errors["ridge"]) > 0.97 * errors["last"]


def test_a_season_with_a_trend_is_repeated_without_an_error(script):
    t = np.arange(1000.0)
    errors = of(script((t % 4 + t)[:, None], EPOCHS=1).run(seed=0), "2")
    assert errors["seasonal"] < 1e-3 < errors["last"]


def test_errors_and_forecasts_are_in_the_unit_of_the_data(script, noise):
    series = noise[:, :1].cumsum(0)
    plain, changed = (script(v, EPOCHS=2).run(seed=0) for v in (series, 10 * series + 500))
    for model in plain:
        assert changed[model]["1"] == pytest.approx(10 * plain[model]["1"], rel=0.01)
        assert changed[model]["+1"] == pytest.approx(10 * plain[model]["+1"] + 500, rel=0.01)


def fitted_on(recipe):
    """What every model is fitted on, without fitting one."""
    kept = []

    def gru(train, valid, seed):
        kept.extend([*train, *valid])
        return lambda x: torch.zeros(len(x), recipe.AHEAD)

    recipe.gru = gru
    recipe.run(seed=0)
    return kept


@pytest.mark.parametrize("changed, of_six_same", [(850, 6), (700, 3)])
def test_what_comes_later_changes_nothing_that_is_fitted(script, noise, changed, of_six_same):
    """Values, missing ones too, from where the test part begins, then the validation part."""
    later = noise.copy()
    later[changed:] = 100 * later[changed:] + 7
    later[changed + 50, 0] = np.nan
    pairs = zip(*(fitted_on(script(values)) for values in (noise, later)), strict=True)
    assert [torch.equal(a, b) for a, b in pairs][:of_six_same] == of_six_same * [True]


def test_a_gap_is_filled_with_what_was_known_then(script, noise):
    noise[20:23, 0] = np.nan
    later = noise.copy()
    later[23:] += 5
    # The window that ends within the gap, at step 21.
    before, after = (script(values).windows(0, 700)[0][21 - 7] for values in (noise, later))
    known = before[:, -1].tolist()
    assert known == [1, 1, 1, 1, 1, 1, 0, 0]
    assert before[-2:, 0].tolist() == [0, 0], "the last known value, less the level, which it is"
    scale = [np.nanstd(values[:700], axis=0, ddof=1) for values in (noise, later)]
    for column in range(3):
        ratio = scale[1][column] / scale[0][column]
        spread = [window[:, column] - window[-1, column] for window in (before, after)]
        torch.testing.assert_close(spread[0], spread[1] * ratio, atol=1e-4, rtol=1e-3)


def test_an_unknown_target_is_not_scored(script, noise):
    plain = script(noise)
    forecast, y = torch.zeros(2, 2), torch.tensor([[3.0, 4.0], [float("nan"), 4.0]])
    assert plain.rmse(forecast, y).tolist() == [3, 4]


def test_a_series_that_begins_with_a_gap_and_a_constant_input_are_taken(script, noise):
    noise[:5, 0], noise[:, 2] = np.nan, 7
    assert np.isfinite(list(of(script(noise, EPOCHS=1).run(seed=0)).values())).all()


@pytest.mark.parametrize("constant", [0.0, 21.7])
def test_an_input_that_first_changes_after_training_keeps_its_size(script, noise, constant):
    noise[:, 2] = constant
    noise[860, 2] += 1  # one such day, in the test part
    x, *_ = script(noise).windows(850, 1002)
    assert x[:, :, 2].abs().max().item() == pytest.approx(1)


def test_gaps_that_leave_no_whole_window_are_told_before_training(script, noise):
    noise[::2, 0] = np.nan
    with pytest.raises(AssertionError, match="^each window misses a target$"):
        script(noise).run(seed=0)
    assert all("`each window misses a target`" in page(language) for language in LANGUAGES)


def row(start):
    """What the table says to write, the same in every language."""
    written = {
        code
        for language in LANGUAGES
        for line in page(language).splitlines()
        for code in re.findall(r"`([^`]+)`", line)
        if line.startswith("| ") and code.startswith(start)
    }
    assert len(written) == 1, written
    return written.pop()


def test_hours_left_out_of_a_file_come_back_as_gaps(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    times = date_range("2026-01-01", periods=100, freq="h")
    table = DataFrame({"sales": range(100), "price": 1}, index=times.rename("time"))
    table.drop(times[40:43]).to_csv("my.csv")
    old = row('values = read_csv("my.csv")[["sales", "price"]]')
    line = texts.applied(old, ('read_csv("my.csv")', row('read_csv("my.csv", index_col')))
    exec(line, names := {"read_csv": read_csv})
    assert np.flatnonzero(np.isnan(names["values"][:, 0])).tolist() == [40, 41, 42]
    assert names["values"][43, 0] == 43


def test_a_season_of_a_week_in_hours_leaves_room_for_itself(script, noise):
    names = dict(zip(("WINDOW", "SEASON", "AHEAD"), (169, 168, 24), strict=True))
    exec(row("WINDOW, SEASON, AHEAD, STEPS = 169"), kept := {})
    assert names.items() <= kept.items()
    del kept["__builtins__"]
    noise = np.tile(noise[:168], (9, 1))  # each week the same
    found = script(noise, **kept, TRAIN=900, VALID=1200, EPOCHS=1).run(seed=0)
    assert of(found, "24")["seasonal"] == pytest.approx(0, abs=1e-6)


def test_where_nothing_grows_a_season_ago_alone_is_better(script, noise, tmp_path):
    line = "    found = dict(last=0 * ago, seasonal=back)\n"
    text = texts.with_data(NAME, DATA)
    text = texts.applied(text, (line, f"{line}    {row('found[')}\n"))
    values = noise[:, :1] + 9 * (np.arange(1000) % 4)[:, None]
    errors = of(texts.load(tmp_path, text, values=values, **SHORT | {"EPOCHS": 1}).run(seed=0))
    assert errors["same"] < 0.8 * errors["seasonal"]
    growing = values + 2 * np.arange(1000)[:, None]
    errors = of(texts.load(tmp_path, text, values=growing, **SHORT | {"EPOCHS": 1}).run(seed=0))
    assert errors["same"] > errors["seasonal"]


def test_a_forecast_that_cannot_be_negative_is_cut_at_0(script, noise, tmp_path, capsys):
    line = "    for m, f in found.items():\n"
    for each in (row("print(m, now"), row("print(m, (now")):
        text = texts.with_data(NAME, DATA)
        text = texts.applied(text, (line, f"{line}        {each}\n"))
        texts.load(tmp_path, text, values=noise - 1, **SHORT | {"EPOCHS": 1}).run(seed=0)
        least = re.findall(r"last.*\[ *(\S+?),", capsys.readouterr().out)
        assert (float(least[0]) < 0) == ("clip" not in each)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_interval_of_past_errors_lies_around_the_forecast(script, noise, tmp_path, language):
    line = 'found["GRU"] = gru(train, valid, seed)(x)'
    (written,) = re.findall(r"`(net = gru\(.+?)`", page(language))
    text = texts.applied(texts.with_data(NAME, DATA), (line, written))
    found = texts.load(tmp_path, text, values=noise, **SHORT | {"EPOCHS": 1}).run(seed=0)
    low, middle, high = (found[name]["+1"] for name in ("low", "GRU", "high"))
    assert low < middle - 1 < middle + 1 < high


@pytest.mark.parametrize("known", [False, True])
def test_a_holiday_that_is_known_reaches_both_models(script, tmp_path, known):
    rng, names = np.random.default_rng(0), {"np": np, "AHEAD": 2}
    names["holiday"] = rng.random(1002) < 0.1
    names["values"] = rng.standard_normal((1000, 1)) - 5 * names["holiday"][:1000, None]
    today = "values = np.column_stack([values, holiday[:1000]])"
    exec(row("values = np.hstack") if known else today, names)
    errors = of(script(names["values"]).run(seed=0))
    assert all(f"{errors['ridge']:.2f}" in page(language) for language in LANGUAGES)
    assert errors["GRU"] == pytest.approx(1.10 if known else 1.84, abs=0.1)


def test_a_part_that_is_too_short_is_named_before_training(script, noise):
    with pytest.raises(AssertionError, match="^too short$"):
        script(noise[:855]).run(seed=0)


def test_a_window_holds_more_than_a_season(script, noise):
    with pytest.raises(IndexError):
        script(noise, WINDOW=4).run(seed=0)


by_language = pytest.mark.parametrize("language", LANGUAGES)


def page(language: str) -> str:
    return texts.page("forecast", language)


@by_language
def test_the_page_says_what_ten_seeds_gave(record, language):
    models = {}
    for step in ("1", "4", "13", "26"):
        for model, values in recipes.by_model(record, step).items():
            middle, side = recipes.summary(values)
            written = f"{middle:.3f}" + (f" ± {side:.3f}" if side else "")
            models.setdefault(model, []).append(written)
    for row in models.values():
        assert f"| {' | '.join(row)} |" in page(language)


def less_than_ridge(record, step: str) -> list[float]:
    found = recipes.by_model(record, step)
    return [r - g for r, g in zip(found["ridge"], found["GRU"], strict=True)]


@by_language
def test_at_none_of_four_horizons_is_the_net_shown_ahead_or_behind(record, language):
    steps = ("1", "4", "13", "26")
    ahead = [sum(x > 0 for x in less_than_ridge(record, step)) for step in steps]
    assert f"| {' | '.join(map(str, ahead))} |" in page(language)
    differences = {step: recipes.summary(less_than_ridge(record, step)) for step in steps}
    assert not [step for step, (middle, side) in differences.items() if abs(middle) > side]
    ratios = [g / r for r, g in zip(*(recipes.by_model(record, "26")[m] for m in ("ridge", "GRU")),
                                    strict=True)]  # fmt: skip
    best, worst = round(100 - 100 * min(ratios)), round(100 * max(ratios) - 100)
    written = {"en": "ridge by {} %, the worst behind by {} %", "zh": "低 {}%，最差的高 {}%"}
    assert written[language].format(best, worst) in page(language)
    lowest, *_, highest = sorted(recipes.by_model(record, "26")["GRU"])
    assert f"{lowest:.3f}" in page(language) and f"{highest:.3f}" in page(language)


@by_language
def test_the_page_says_what_the_data_hold(language):
    script = recipes.load("forecast")
    assert f"{len(script.values)}" in page(language) and "59" in page(language)
    assert np.isnan(script.values[:, 0]).sum() == 59
    years = script.weekly.index.year.tolist()
    ends = [0, script.TRAIN, script.VALID, len(script.values)]
    spans = [(years[a], years[b - 1]) for a, b in zip(ends, ends[1:], strict=False)]
    assert spans == [(1958, 1986), (1987, 1993), (1994, 2001)]
    assert all(f"{year}" in page(language) for span in spans for year in span)
    assert "public domain" in co2.COPYRIGHT and "public domain" in page(language)


DAYS = date_range("2025-01-01", periods=300)


def shops(price: float = 5.0) -> DataFrame:
    """Two shops: a year of one, half of it of the other, and a week to come with its promotions."""
    draw = np.random.default_rng(0)
    both = []
    for shop, days, level in (("a", DAYS, 90), ("b", DAYS[50:], 9)):
        one = DataFrame({"date": days, "shop": shop, "price": price})
        one["promo"] = draw.random(len(days)) < 0.3
        one["sales"] = level * (draw.normal(5, 0.1, len(days)) + 5 * one["promo"])
        one.loc[one["date"] > DAYS[-8], "sales"] = np.nan
        both.append(one.drop(60))
    return concat(both)


def several(folder, table: DataFrame, *arguments: str, language="en", more=(), epochs=1) -> str:
    """What the script prints on this table, with the rows of the page's table that name it."""
    table.to_csv(folder / "my.csv", index=False)
    rows = texts.rows(NAME, language, "several")
    text = texts.snippet(NAME, "several")
    made_up = text.split("table = concat")[0].split(texts.START)[1].partition("\n")[2]
    fewer = ("64, 30\n", f"64, {epochs}\n")
    text = texts.applied(text, (made_up, ""), *rows[:4], *more, fewer)
    (folder / "several.py").write_text(text, "utf-8")
    command = [sys.executable, "several.py", *arguments]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)
    return ran.stdout + ran.stderr


def forecast_of(folder, model: str) -> DataFrame:
    return read_csv(folder / f"{model}.csv", index_col="date", parse_dates=["date"])


@by_language
def test_the_table_of_several_series_holds_the_same_lines(language):
    rows = texts.rows(NAME, language, "several")
    assert rows == texts.rows(NAME, "en", "several")
    for change in rows:
        texts.applied(texts.snippet(NAME, "several"), change)


def test_shops_are_forecast_in_their_own_unit_with_promotions_that_are_known(tmp_path):
    table = shops()
    printed = several(tmp_path, table, epochs=30)
    assert printed.split()[:2] == ["a", "b"]
    promo = table[table["date"] > DAYS[-8]].pivot(index="date", columns="shop", values="promo")
    for model in ("ridge", "GRU"):
        found = forecast_of(tmp_path, model)
        assert (found.index == DAYS[-7:]).all()
        expected = promo.replace({True: 10, False: 5}) * [90, 9]
        assert ((found / expected - 1).abs() < 0.3).all(axis=None), (model, found, expected)


def test_what_was_saved_forecasts_the_same_without_training(tmp_path):
    first = several(tmp_path, shops())
    found = forecast_of(tmp_path, "GRU")
    begun = (tmp_path / "several.pt").stat().st_mtime_ns
    assert several(tmp_path, shops(), "several.pt") == first
    assert forecast_of(tmp_path, "GRU").equals(found)
    assert (tmp_path / "several.pt").stat().st_mtime_ns == begun


def test_other_stores_than_those_that_were_saved_are_named(tmp_path):
    several(tmp_path, shops())
    table = shops()
    more = concat([table, table[table["shop"] == "a"].assign(shop="c")])
    assert "other stores: train" in several(tmp_path, more, "several.pt")
    assert all("`other stores: train`" in page(language) for language in LANGUAGES)


@pytest.mark.proof
def test_a_gap_a_constant_column_and_a_day_with_a_first_price_are_taken(tmp_path):
    table = shops()
    table.loc[table["date"] == DAYS[120], ["sales", "price"]] = np.nan
    table.loc[table["date"] > DAYS[250], "price"] = 6.0
    printed = several(tmp_path, table)
    assert "nan" not in printed and "Error" not in printed
    assert forecast_of(tmp_path, "GRU").abs().max(axis=None) < 5000


@pytest.mark.proof
def test_what_comes_after_the_training_part_changes_no_scale(tmp_path):
    kept = []
    for later in (1, 100):
        table = shops()
        table.loc[table["date"] > DAYS[-7 - 120], "sales"] *= later
        several(tmp_path, table)
        saved = torch.load(tmp_path / "several.pt", weights_only=False, pickle_module=Pickled)
        kept.append([list(s) for s in saved[:2]])
    assert kept[0] == kept[1]


class Pickled:
    """Reads what a script saved, though its class is not here."""

    class Unpickler(pickle.Unpickler):
        def find_class(self, module, name):
            return nn.Module if module == "__main__" else super().find_class(module, name)


@pytest.mark.parametrize("change, says", [
    (lambda t: t[(t["shop"] == "a") | (t["date"] > DAYS[150])], "too short"),
    (lambda t: concat([t, t[:1]]), "Index contains duplicate entries, cannot reshape"),
    (lambda t: t[t["date"] <= DAYS[-8]], "days to come: KNOWN is empty"),
])  # fmt: skip
def test_a_table_that_cannot_be_used_is_named_as_the_page_says(tmp_path, change, says):
    assert says in several(tmp_path, change(shops()))
    assert all(f"`{says}`" in page(language) for language in LANGUAGES)


@pytest.mark.proof
@pytest.mark.parametrize("row, least", [(4, None), (5, 0)])
def test_sales_alone_and_sales_never_below_0_are_forecast(tmp_path, row, least):
    table = shops()
    table["sales"] -= 1000
    rows = texts.rows(NAME, "en", "several")
    more = [(rows[3][1], rows[row][1])] if row == 4 else [rows[row]]
    several(tmp_path, table, more=more)
    found = forecast_of(tmp_path, "GRU")
    assert np.isfinite(found).all(axis=None)
    assert (found.min(axis=None) == 0) == (least == 0)


def test_the_script_prints_what_its_record_holds(record):
    printed = (ROOT / "snippets/recipes/forecast.out").read_text("utf-8").splitlines()
    columns = printed[0].split()[1:]
    for line in printed[1:]:
        model, *numbers = line.split()
        found = record["rows"][0]["found"][model]
        assert numbers == [f"{found[column]:.2f}" for column in columns]
