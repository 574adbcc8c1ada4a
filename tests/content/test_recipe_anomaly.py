"""The detector: what it finds in other data, what it never sees beforehand, what is recorded."""

import ast
import os
import re
import signal
import subprocess
import sys
import warnings
from datetime import datetime, timedelta

import numpy as np
import pytest
import torch

import recipes
from tests import recipes as texts
from tests.sources import LANGUAGES, ROOT

NAME = "anomaly"
USE, LIMIT = texts.snippet(NAME, "use"), texts.snippet(NAME, "limit")
LIVE = texts.rows(NAME, "en", "use")[:8]
SAVED, ENDED, INPUT, NAMED, NUMBERED, MINUTES, UNIX, STOPPED = (new for _, new in LIVE)
SHORT = {"HIDDEN": 16, "EPOCHS": 60, "SPAN": 60}
DATA = """\
values = labels = None
TRAIN, VALID, LATE = 900, 1100, 5
"""


@pytest.fixture
def script(tmp_path):
    """The script with other data; `net` is the one that its last run has trained."""

    def script(values, labels=None, text=None, **constants):
        text = text or texts.with_data("anomaly", DATA)
        if labels is None:
            labels = np.zeros(values.shape[:2], "U5")
        changed = {"values": values, "labels": labels, **SHORT, **constants}
        recipe = texts.load(tmp_path, text, **changed)

        class Kept(recipe.Detector):
            def __init__(self, D):
                super().__init__(D)
                recipe.net = self

        recipe.Detector = Kept
        return recipe

    return script


@pytest.fixture
def wave():
    """A noisy sine, one stream of one channel."""
    noise = np.random.default_rng(0).standard_normal(1500)
    return (np.sin(np.arange(1500) / 4) + 0.05 * noise)[:, None, None]


def noise_with_events(channels):
    """Noise, and the rows of ten events in the test part, each with a name of its own."""
    rng = np.random.default_rng(0)
    values = rng.standard_normal((1500, 1, channels))
    labels = np.zeros((1500, 1), "U5")
    for k in range(10):
        labels[1120 + 38 * k : 1140 + 38 * k] = f"e{k}"
    return values, labels


def precision(found):
    return {model: numbers["AP"] for model, numbers in found.items()}


def test_the_net_is_ahead_where_a_product_of_two_channels_is_broken(script):
    values, labels = noise_with_events(3)
    usual = values[:-1, :, 1] * values[:-1, :, 2]
    odd = labels[1:] != ""
    values[1:, :, 0] = np.where(odd, usual[::-1], usual)
    found = precision(script(values, labels, EPOCHS=100).run(seed=0))
    assert found["GRU"] > max(found["z-score"], found["nearest"]) + 0.3


def test_no_model_is_better_than_chance_where_events_are_noise_as_well(script):
    values, labels = noise_with_events(1)
    share = (labels[1100:] != "").mean()
    found = precision(script(values, labels, EPOCHS=10).run(seed=0))
    assert max(found.values()) < share + 0.15


def test_one_sample_at_a_time_gives_what_reading_the_whole_gives(script, wave):
    recipe = script(wave, FAR=1e9, EPOCHS=1)
    recipe.run(seed=0)
    x = torch.tensor(wave[:200, 0])[None]
    mean, var, _ = recipe.net(x, None)
    whole = recipe.nll(mean[:, :-1], x[:, 1:], var[:, :-1])[0, :, 0]
    state, scores = None, []
    for now in x.transpose(0, 1):
        score, state = recipe.net.step(now, state)
        scores.append(score)
    torch.testing.assert_close(torch.cat(scores[1:]), whole.detach(), atol=1e-4, rtol=1e-4)


def test_in_a_gap_the_net_is_given_its_own_forecast_and_the_rest_is_scored(script, wave):
    recipe = script(wave, EPOCHS=1)
    recipe.run(seed=0)
    gap, state = torch.full((1, 1), torch.nan), None
    for now in torch.tensor(wave[:50, 0]):
        _, state = recipe.net.step(now[None], state)
    score, after = recipe.net.step(gap, state)
    _, same = recipe.net.step(state[0], state)
    assert score.tolist() == [0]
    assert all(torch.equal(a, b) for a, b in zip(after, same, strict=True))
    wave[300:320], wave[1200:1210] = np.nan, np.nan
    found = script(wave, EPOCHS=1).run(seed=0)
    assert all(np.isfinite(row["false"]) for row in found.values())


def alarms_after_a_spike(script, wave, far):
    """How many of the samples after it are above the threshold."""
    recipe = script(wave, FAR=far)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        recipe.run(seed=0)
    x = wave / wave[:900].std()
    x[1200] = 1000
    state, scores = None, []
    for now in torch.tensor(x):
        score, state = recipe.net.step(now, state)
        scores.append(score.item())
    limit = max(scores[900:1100])
    assert scores[1200] > limit
    return sum(score > limit for score in scores[1202:1300])


def test_after_an_absurd_value_the_net_is_back_sooner_with_inputs_kept_near_the_forecast(
    script, wave
):
    assert alarms_after_a_spike(script, wave, 8.0) < alarms_after_a_spike(script, wave, 1e9)


def fitted(script, values):
    """The weights, and what the baselines say of the validation part."""
    recipe = script(values, EPOCHS=2)
    recipe.run(seed=0)
    scale = values[:900].mean(), values[:900].std()
    scores = recipe.baselines(torch.tensor((values - scale[0]) / scale[1]))
    return [*recipe.net.parameters(), *(s[900:1100] for s in scores.values())]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("changed, same", [(1100, True), (800, False)])
def test_what_comes_later_changes_nothing_that_is_fitted(script, wave, changed, same):
    later = wave.copy()
    later[changed:] = 3 * later[changed:] + 7
    pairs = zip(fitted(script, wave), fitted(script, later), strict=True)
    assert all(torch.equal(a, b) for a, b in pairs) == same


@pytest.mark.filterwarnings("ignore")
def test_a_share_of_the_validation_part_may_give_alarms(script, wave):
    found = [script(wave, EPOCHS=1, SHARE=s).run(seed=0)["z-score"]["false"] for s in (0.0, 0.2)]
    assert found[0] < found[1]


def test_parts_that_are_too_short_are_named_before_training(script, wave):
    with pytest.raises(AssertionError, match="^too short$"):
        script(wave[:1100]).run(seed=0)
    with pytest.raises(AssertionError, match="^too short$"):
        script(wave, SPAN=900).run(seed=0)


OWN = texts.snippet(NAME, "own")
TIMES = 'times = date_range("2026-03-01", periods=1000, freq="s")'
NUMBERS = "times = range(5000, 6000)"
both_clocks = pytest.mark.parametrize("times", [TIMES, NUMBERS], ids=["timestamps", "numbers"])


def own_with(times: str, *changes: tuple[str, str]) -> str:
    """own.py with a column of times of its own; numbers have no seconds."""
    text = texts.applied(OWN, (TIMES, times), *changes)
    return text if times == TIMES else text.replace("t.second", "t")


@both_clocks
def test_a_time_that_is_left_out_becomes_a_gap(tmp_path, times):
    own = texts.load(tmp_path, own_with(times))
    assert own.values.shape == (1000, 1, 2)
    assert [*np.flatnonzero(np.isnan(own.values).any(2))] == [302]
    assert own.values[303, 0, 1] == (303 % 60 if times == TIMES else 5303) % 5


@both_clocks
def test_of_a_pause_no_more_than_late_rows_stay_and_an_alarm_keeps_its_time(tmp_path, times):
    own = texts.load(tmp_path, own_with(times, ("del lines[302]", "del lines[302:802]")))
    assert len(own.values) == len(own.table) == 500 + 36
    assert own.table.index[338] - own.table.index[0] == (
        timedelta(seconds=802) if times == TIMES else 802
    )


def test_samples_a_little_late_are_no_gap_and_two_in_a_second_are_averaged(tmp_path):
    file = "file = io.StringIO("
    late = 'lines = [line.replace(":07,", ":07.250,") for line in lines]\n'
    twice = 'lines[1] += "\\n2026-03-01 00:00:01.5,3,3"\n'
    own = texts.load(tmp_path, own_with(TIMES, (file, f"{late}{twice}{file}")))
    assert len(own.values) == 1000 and np.isnan(own.values).sum() == 2
    assert own.values[1, 0].tolist() == [2, 2]


@pytest.mark.filterwarnings("ignore")
@both_clocks
def test_the_csv_without_labels_runs_and_counts_alarms(tmp_path, times):
    text = texts.with_data("anomaly", own_with(times))
    recipe = texts.load(tmp_path, text, EPOCHS=1, HIDDEN=4)
    assert {tuple(row) for row in recipe.run(seed=0).values()} == {("false", "AP")}


def test_anomalies_of_one_s_own_are_one_in_each_copy_and_all_kinds_are_scored(tmp_path):
    planted = texts.snippet(NAME, "planted")
    below = planted.split("# <<<")[1]
    text = texts.with_data(NAME, OWN + below)
    recipe = texts.load(tmp_path, text, EPOCHS=1, HIDDEN=4)
    assert {tuple(row) for row in recipe.run(seed=0).values()} == {
        ("flat", "shift", "spike", "false", "AP")
    }
    values, labels = recipe.values, recipe.labels
    assert not (labels[:, 0] > "").any() and (labels[: recipe.VALID] == "").all()
    assert [len(set(labels[:, k])) for k in range(1, 31)] == 30 * [2]
    moved = np.abs(values - values[:, :1]).max(2) > 0
    assert not moved[labels == ""].any() and moved[:, 1:].any(0).mean() > 0.8


TABLE = texts.page("anomaly", "en").partition("{ #stream }")[0].splitlines()
ROWS = [line.split(" | ") for line in TABLE if line.endswith(("` |", "` above it |"))]
OWN_ROWS, ROWS = texts.rows(NAME, "en")[:3], ROWS[3:]


def changed(old, new):
    """The script with one row of the table written into it."""
    text = texts.script("anomaly")
    old, new = old.strip("`"), new
    new, above = new.removesuffix(" |").partition(" above it")[:2]
    new = new.strip("`")
    assert text.count(old) == 1, old
    return text.replace(old, f"{new}\n{old}" if above else new)


def test_each_row_of_the_table_names_one_place_of_the_script():
    assert len(ROWS) == 7
    assert texts.rows(NAME, "en")[:9] == texts.rows(NAME, "zh")[:9]
    for _, old, new in ROWS:
        compile(changed(old, new), "anomaly.py", "exec")


@pytest.mark.filterwarnings("ignore")
def test_each_row_runs_and_what_is_saved_goes_on_in_another_process(
    script, wave, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    text = texts.with_data("anomaly", DATA)
    for _, old, new in ROWS[1:4]:
        before, after = texts.script("anomaly"), changed(old, new)
        piece = after[len(before.split(old.strip("`"))[0]) :].split(old.strip("`"))[0]
        text = text.replace(old.strip("`"), piece + old.strip("`"))
    labels = np.full(wave.shape[:2], "", "U5")
    labels[1200] = "odd"
    recipe = script(wave, labels, text, EPOCHS=1)
    recipe.run(seed=0)
    told = dict(line.split(" ", 1) for line in capsys.readouterr().out.splitlines())
    assert all(first >= 1100 for spans in told.values() for first, _ in ast.literal_eval(spans))
    assert ast.literal_eval(told["GRU"])
    assert all(np.load(f"{model}.npy").shape == (200,) for model in ("nearest", "GRU"))
    weights, mean, std, limit, state = torch.load("anomaly.pt")
    assert weights.keys() == recipe.net.state_dict().keys() and np.isfinite(limit)
    assert mean == pytest.approx([wave[:900].mean()])
    now = torch.zeros(1, 1).double()
    here, _ = recipe.net.step(now, state)
    before, _, after = USE.partition(texts.marked(USE))
    more = f"{SAVED}\n{NUMBERED}\nlines = [f'0,{{saved[1][0]}}']\n"  # the mean, which scaled is 0
    code = f"{before}{more}{after}".replace("HIDDEN, FAR, LATE = 32", "HIDDEN, FAR, LATE = 16")
    code += "\nprint(score.item())\n"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(run.stdout.split()[-1]) == pytest.approx(here.item(), abs=1e-5)
    assert not all(map(torch.equal, state, torch.load("anomaly.pt")[4])), "the state went on"


def test_nearest_neighbours_say_row_by_row_what_they_say_of_the_whole(
    script, wave, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    both = [texts.rows(NAME, language, "nearest") for language in LANGUAGES]
    assert both[0] == both[1]
    keep, use_it, _ = both[0]
    text = texts.applied(texts.with_data(NAME, DATA), (keep[0], f"{keep[1]}\n{keep[0]}"))
    recipe = script(wave, np.full(wave.shape[:2], "", "U5"), text, EPOCHS=1)
    recipe.run(seed=0)
    seen, (mean,), (std,), limit, start = torch.load("nearest.pt")
    x = torch.tensor((wave - mean) / std)
    whole = recipe.baselines(x)["nearest"][:, 0]
    near = texts.snippet(NAME, "near")
    above = near.partition("# >>>")[0].partition("LAG, EPS")
    code = texts.applied(USE, ("# >>>", f"{above[1]}{above[2]}# >>>"), use_it)
    lines = [f"{t},{v.item()}" for t, v in enumerate(wave[:, 0, 0])]
    told = 'FILE = "nearest.pt"\nsaved = *torch.load(FILE, "cpu")[:4], None\n'
    told += f"{NUMBERED}\nlines = {lines}\n"
    code = code.replace(texts.marked(code), told)
    code = texts.applied(code, ("        quiet += 1\n", "        quiet += 1; said.append(score)\n"))
    exec(code, scope := {"said": []})
    torch.testing.assert_close(torch.cat(scope["said"]), whole, atol=1e-5, rtol=1e-5)
    assert np.isfinite(limit)
    torch.testing.assert_close(start, x[-36:, 0])
    step = scope["net"].step
    _, after = step(torch.tensor([[float("nan")]]).double(), x[:36, 0])
    torch.testing.assert_close(after, torch.cat([x[1:36, 0], x[35:36, 0]]))


def test_with_less_memory_the_search_says_the_same_of_every_row(script, wave):
    row = tuple(cell.strip("` |") for cell in ROWS[6][1:])
    text = texts.with_data(NAME, DATA)
    kept, less = (
        script(wave, text=t).baselines(torch.tensor(wave))["nearest"]
        for t in (text, texts.applied(text, row))
    )
    torch.testing.assert_close(less, kept, atol=1e-6, rtol=0)


@pytest.mark.filterwarnings("ignore")
def test_the_neighbours_need_no_trained_net_and_windows_grow_with_the_training_part(
    script, wave, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    keep = texts.rows(NAME, "en", "nearest")[0]
    assert ("200, 292", "0, 292") in texts.rows(NAME, "en")
    assert "EPOCHS, SPAN = 32, 0.01, 200, 292\n" in texts.script(NAME)
    text = texts.applied(texts.with_data(NAME, DATA), (keep[0], f"{keep[1]}\n{keep[0]}"))
    labels = np.where(np.arange(1500) < 1200, "", "odd")[:, None]
    saved, scored = [], []
    for epochs in 2, 0:
        found = script(wave, labels, text, EPOCHS=epochs).run(seed=0)
        scored.append([found["nearest"], found["z-score"]])
        saved.append((tmp_path / "nearest.pt").read_bytes())
    assert saved[0] == saved[1] and scored[0] == scored[1]
    many, few = (len(range(0, train - 292 + 1, 9)) for train in (30000, 825))
    assert all(f" {round(many / few)} " in page(language) for language in LANGUAGES)


@pytest.mark.filterwarnings("ignore")
def test_steps_of_sixty_seconds_want_their_row_and_are_refused_without_it(tmp_path):
    minute, unix, _ = OWN_ROWS
    seconds = own_with("times = range(1772323200, 1772383200, 60)")
    minutes = own_with(TIMES, ('freq="s"', 'freq="min"'), ("t.second % 7", "t.minute % 7"))
    for text, row in (seconds, unix), (minutes, minute):
        with pytest.raises(AssertionError, match=r"^97% are gaps: how long is a step\?$"):
            texts.load(tmp_path, text)
        assert len(texts.load(tmp_path, texts.applied(text, row)).values) == 1000
    with pytest.raises(AssertionError, match="^50% are gaps"):
        texts.load(tmp_path, own_with("times = range(0, 2000, 2)"))


def test_seconds_that_are_a_little_late_are_not_lost_with_their_row(tmp_path):
    _, unix, (place, row) = OWN_ROWS
    late = texts.applied(
        own_with("times = [60 * t + (t % 3 == 0) for t in range(1000)]"),
        unix,
    )
    with pytest.raises(AssertionError, match="are gaps"):
        texts.load(tmp_path, late)
    own = texts.load(tmp_path, texts.applied(late, (place, f"{row}\n{place}")))
    assert own.values.shape == (1000, 1, 2) and not np.isnan(own.values).sum() - 2


def test_with_every_tenth_training_window_the_search_misses_beats(tmp_path):
    text = texts.applied(texts.script(NAME), ("w[0, LAG:TRAIN]", "w[0, LAG:TRAIN:10]"))
    row = texts.load(tmp_path, text, EPOCHS=1, HIDDEN=1).run(seed=0)["nearest"]
    assert row["early"] == row["skip"] == 0
    assert all("`LAG:TRAIN:10`" in page(language) for language in LANGUAGES)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("times", "first"), [(TIMES, "Timestamp('2026-03-01 00:15:00')"), (NUMBERS, "5900")]
)
def test_alarms_have_the_time_of_the_csv(tmp_path, capsys, times, first):
    odd = "t.second % 7", "90 * (t == times[900]) + t.second % 7"
    text = texts.with_data(NAME, own_with(times, odd))
    _, old, new = ROWS[1]
    row = new.removesuffix(" above it |").strip("`")
    of_file = "zip(table.index[t.min()], table.index[t.max()])"
    assert all(f"`{of_file}`" in page(language) for language in LANGUAGES)
    row = row.replace("zip(t.min(), t.max())", of_file)
    text = texts.applied(text, (old.strip("`"), f"{row}\n{old.strip('`')}"))
    texts.load(tmp_path, text, EPOCHS=1, HIDDEN=4).run(seed=0)
    assert f"nearest [({first}," in capsys.readouterr().out


@pytest.mark.parametrize("constant", [0.0, 21.7])
def test_a_channel_that_is_constant_in_the_training_part_and_moves_later_is_taken(
    script, wave, constant
):
    values = np.concatenate([wave, np.full_like(wave, constant)], 2)
    values[1300:, 0, 1] += 1
    labels = np.full((1500, 1), "", "U5")
    labels[1300:] = "moved"
    recipe = script(values, labels, EPOCHS=2)
    found = recipe.run(seed=0)
    assert all(np.isfinite(row["AP"]) for row in found.values())
    assert found["GRU"]["moved"] == 1


def test_the_other_file_has_the_net_of_the_script_and_its_constants():
    assert texts.net(USE) == texts.net(texts.script(NAME))
    recipe = recipes.load(NAME)
    assert f"HIDDEN, FAR, LATE = {recipe.HIDDEN}, {recipe.FAR}, {recipe.LATE}\n" in USE


def use(*rows: tuple[str, str]) -> str:
    """use.py with rows of its table, of which each stands above the second mark."""
    return texts.applied(USE, ("# <<<", "".join(f"{new}\n" for _, new in rows) + "# <<<"))


def clock(seconds: int) -> str:
    return str(datetime(2026, 3, 1) + timedelta(seconds=seconds))


def test_the_table_of_the_other_file_is_the_same_in_every_language():
    assert all(texts.rows(NAME, language, "use")[:8] == LIVE for language in LANGUAGES)
    assert [old for old, _ in LIVE] == 8 * ["# <<<"]


@pytest.mark.timeout(120)  # an alarm that is kept back would let it wait for ever
@pytest.mark.parametrize(
    ("rows", "time", "end"),
    [
        ([INPUT], clock, signal.SIGINT),
        ([INPUT, NUMBERED], str, signal.SIGINT),
        ([INPUT, MINUTES], lambda t: clock(60 * t), signal.SIGINT),
        ([INPUT, UNIX], lambda t: str(60 * t), signal.SIGINT),
        ([NAMED], clock, signal.SIGINT),
        ([INPUT, ENDED], clock, signal.SIGTERM),
    ],
    ids=["timestamps", "numbers", "minutes", "Unix seconds", "names first", "SIGTERM"],
)
def test_a_live_stream_gives_an_alarm_at_once_with_the_time_of_its_line(tmp_path, rows, time, end):
    level = {110: 30, 120: 10, 200: 30}
    command = [sys.executable, "-c", use(*(("# <<<", row) for row in rows))]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    env = {**os.environ, "PYTHONUNBUFFERED": ""}
    with subprocess.Popen(command, text=True, cwd=tmp_path, env=env, **pipes) as live:
        if NAMED in rows:
            live.stdin.write("time,level\n")
        for t in range(201):
            if t in (0, 150):  # no line: the first of all, and one that `read` fills
                continue
            live.stdin.write(f"{time(t)},{level.get(t, 20)}\n")
            live.stdin.flush()
            if t in (110, 200):
                assert live.stdout.readline() == f"alarm {time(t)}\n", "while it is read"
        live.send_signal(end)
        rest, errors = live.communicate()
    spans = [f"{time(a)} - {time(b)}" for a, b in ((110, 121), (200, 200))]
    assert rest.splitlines() == spans and not errors and live.returncode == 0
    *_, (mean, _, h), last = torch.load(tmp_path / "zeros.pt")
    assert last == time(200)
    assert h.shape == (1, 1, 32) and mean.item() == 8, "8 is FAR, the most that one step may bring"


def test_a_missing_line_is_a_row_of_nan_and_an_empty_number_is_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    read = texts.load(tmp_path, use()).read
    found = [*read([clock(t) + ",1," for t in (0, 1, 4)])]
    assert [t for t, _ in found] == [clock(0), clock(1), "", "", clock(4)]
    assert str([row for _, row in found[1:4]]) == "[[1.0, nan], [nan, nan], [nan, nan]]"
    late = [f"{clock(t)}.{part},1" for t, part in ((0, 0), (1, 4), (2, 0), (3, 9))]
    assert [t for t, _ in read(late)].count("") == 1, "0.4 seconds late are no gap, 0.9 are one"
    back = [f"2026-10-25T0{hour}:00+0{zone}:00,1" for hour, zone in ((2, 2), (2, 1))]
    assert len([*read(back)]) == 3601, "the hour that comes twice"
    read = texts.load(tmp_path, use(("# <<<", f"{NUMBERED}; lines = []"))).read
    assert [t for t, _ in read(["0,1", "2,1"])] == ["0", "", "2"]


def test_a_blank_line_is_passed_over_a_row_of_another_width_named_a_long_pause_cut(
    tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    read = texts.load(tmp_path, use(("# <<<", f"{NUMBERED}; lines = []"))).read
    assert [t for t, _ in read(["0,1", "", "1,1"])] == ["0", "1"]
    assert len([*read(["0,1", "1000000,1"])]) == 2 + 9999
    with pytest.raises(AssertionError, match=r"^0: \[1.0, 2.0\]$"):
        texts.load(tmp_path, use(("# <<<", f'{NUMBERED}; lines = ["0,1,2"]')))


def test_after_a_pause_a_hundred_samples_give_no_alarm(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for pause, first in ((36, "340"), (37, "440")):
        high = (340, 400, 440, 460)
        times = [*range(300), *range(300 + pause, 600)]
        lines = [f"{t},{30 if t in high else 20}" for t in times]
        texts.load(tmp_path, use(("# <<<", f"{NUMBERED}; lines = {lines}")))
        said = re.findall(r"^alarm (\d+)", capsys.readouterr().out, re.M)
        assert said[0] == first, (pause, said)


def restarted(tmp_path, capsys, text: str, first: range, second: range, *rows: str) -> list[str]:
    """What is alarmed after a restart: 30 for 20 from the first row that is read then."""
    kept = f'FILE = "kept.pt"; saved = torch.load(FILE); {NUMBERED}'
    for times, level in (first, 20), (second, 30):
        lines = f"lines = [f'{{t}},{level}' for t in {times}]"
        above = "\n".join([kept, *rows, f"{lines}\n"])
        texts.load(tmp_path, text.replace("# <<<", f"{above}# <<<"))
    return re.findall(r"^alarm (\d+)", capsys.readouterr().out, re.M)


def kept_by_the_script(tmp_path, state) -> None:
    """A file as the script saves it: without a time."""
    net = texts.load(tmp_path, use()).net
    zeros = {k: 0 * w for k, w in net.state_dict().items()}
    torch.save([zeros, [20.0], [0.5], 8.0, state], tmp_path / "kept.pt")


@pytest.fixture
def settled():
    """The state of a net that has read its level for long."""
    zero = torch.zeros(1, 1).double()
    return zero, zero + 1, torch.zeros(1, 1, 32).double()


def test_what_is_lost_between_a_stop_and_a_start_is_a_gap(tmp_path, monkeypatch, capsys, settled):
    monkeypatch.chdir(tmp_path)
    for lost, told in (0, ["200"]), (36, ["236"]), (37, []):
        kept_by_the_script(tmp_path, settled)
        capsys.readouterr()
        second = range(200 + lost, 230 + lost)
        assert restarted(tmp_path, capsys, USE, range(200), second) == told, lost
        assert torch.load("kept.pt")[5:] == [str(second[-1])]


def test_the_time_of_the_training_s_last_row_is_told_once(tmp_path, monkeypatch, capsys, settled):
    monkeypatch.chdir(tmp_path)
    for lost, told in (0, ["10"]), (37, []):
        kept_by_the_script(tmp_path, settled)
        capsys.readouterr()
        row = STOPPED.replace("2026-03-01 00:16:39", "9")
        found = restarted(tmp_path, capsys, USE, range(0), range(10 + lost, 60), row)
        assert found == told, lost


def test_an_event_at_a_stop_is_announced_once_more(tmp_path, monkeypatch, capsys, settled):
    monkeypatch.chdir(tmp_path)
    kept_by_the_script(tmp_path, settled)
    capsys.readouterr()
    first = range(100)
    found = restarted(tmp_path, capsys, USE.replace(" > limit", " > -1"), first, range(100, 103))
    assert found == ["0", "100"]


def test_a_large_number_is_read_in_full(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    big = "saved = (zeros, [123456789.0], [1.0], 8.0, None); "
    texts.load(tmp_path, use(("# <<<", f"{big}{NUMBERED}; lines = ['0,123456790.0']")))
    assert torch.load("zeros.pt")[4][0].item() == 1


def test_a_gap_gives_no_alarm_with_neighbours_where_the_row_of_the_table_is_written(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    _, use_it, wait = texts.rows(NAME, "en", "nearest")
    above = texts.snippet(NAME, "near").partition("# >>>")[0].partition("LAG, EPS")
    code = texts.applied(USE, ("# >>>", f"{above[1]}{above[2]}# >>>"), use_it)
    wave = "torch.arange(400).div(4).sin()[:, None].double()"
    lines = "lines = [f'{t},{wave[t, 0]}' for t in range(300) if t not in range(200, 209)]\n"
    own = f"wave = {wave}\nFILE = 'near.pt'\n{NUMBERED}\n{lines}"
    own += "saved = [wave[:100], [0.0], [1.0], 1.5, wave.flip(0)[-37:-1].neg()]\n"
    code = code.replace(texts.marked(code), own)
    for text, told in (code, True), (texts.applied(code, wait), False):
        texts.load(tmp_path, text)
        assert ("alarm" in capsys.readouterr().out) == told


def test_a_lost_row_looks_odd_to_the_neighbours_in_as_many_places_as_the_page_says():
    recipe = recipes.load("anomaly", EPOCHS=0)
    x = torch.tensor(recipe.values[: recipe.VALID, 0, 0])
    x = ((x - x[: recipe.TRAIN].mean()) / x[: recipe.TRAIN].std()).double()

    def windows(x):
        return torch.nn.functional.layer_norm(x.unfold(-1, 36, 1), [36], eps=recipe.EPS)

    def score(x):
        return torch.cdist(windows(x), windows(x_train)).amin(-1)

    x_train = x[1 : recipe.TRAIN]
    limit = score(x[recipe.TRAIN - 35 :]).max()
    for lost, share in (1, 1 / 8), (5, 2 / 5), (36, 1):
        around = x[recipe.TRAIN - 36 :].unfold(0, 36 + lost + 36, 1).clone()
        around[:, 36 : 36 + lost] = around[:, 35:36]
        odd = (score(around)[:, 1 + lost :] > limit).any(1)
        assert odd.double().mean().item() == pytest.approx(share, abs=0.03)


def test_a_gap_in_the_scores_lowers_no_limit_and_raises_none(tmp_path, capsys):
    kept = []
    for gap in ("", "score[::9] = 0; "):
        made_up = f"score = -1 - 5000 * rng.random(5000); {gap}"
        texts.load(tmp_path, texts.applied(LIMIT, ("score = made_up", made_up)))
        kept.append([float(line.split()[1]) for line in capsys.readouterr().out.splitlines()])
    assert max(kept[1]) < -1 and kept[1][0] == pytest.approx(kept[0][0], abs=10)


def test_a_gap_gives_no_alarm_however_low_the_limit(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    low = f"saved = (*saved[:3], -1.0, None); {NUMBERED}; LATE = 0"
    lines = "lines = [f'{t},20' for t in (*range(101), 104)]"
    texts.load(tmp_path, use(("# <<<", low), ("# <<<", lines)))
    said = "alarm 100\nalarm 104\n100 - 100\n104 - 104\n"
    assert capsys.readouterr().out == said, "the first hundred settle the state"


def test_a_bad_line_is_named_and_the_state_kept(tmp_path):
    lines = "lines = ['2026-03-01,20', 'time,20']"
    code = [sys.executable, "-c", use(("# <<<", lines))]
    done = subprocess.run(code, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode and "Invalid isoformat string: 'time'" in done.stderr
    assert torch.load(tmp_path / "zeros.pt")[-2:][1] == "2026-03-01"


def test_alarms_are_told_from_when_to_when_and_a_lower_limit_has_more(tmp_path):
    limit = texts.load(tmp_path, LIMIT, LATE=3)
    score = np.array([9, 0, 0, 9, 0, 0, 0, 0, 9, 9, 4])
    assert limit.alarms(score, 5) == [(0, 3), (8, 9)]
    assert limit.alarms(score, 3) == [(0, 3), (8, 10)]
    assert limit.alarms(score, 9) == []


def test_the_limit_is_the_lowest_with_as_few_alarms_as_can_be_looked_at(tmp_path):
    limit = texts.load(tmp_path, LIMIT)
    for most in 0, 1, 3, 5, 20:
        found = limit.lowest(limit.score, most)
        below = limit.score[limit.score < found].max()
        assert len(limit.alarms(limit.score, found)) <= most < len(limit.alarms(limit.score, below))
    with pytest.raises(ValueError, match="^never more than 200 alarms$"):
        limit.lowest(limit.score, 200)
    assert all("`never more than 20 alarms`" in page(language) for language in LANGUAGES)


def test_with_scores_of_your_own_the_limit_is_theirs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    score = np.random.default_rng(1).exponential(size=4000)
    np.save("GRU.npy", score)
    written = 'score = np.load("GRU.npy")'
    for language in LANGUAGES:
        old, new = re.findall("`(score = .*?)`", page(language))[:: -1 if language == "en" else 1]
        assert (old, new) == ("score = made_up", written)
    texts.load(tmp_path, texts.applied(LIMIT, ("score = made_up", written)))
    most, limit, count, spans = capsys.readouterr().out.splitlines()[0].split()
    assert (most, float(limit), count, spans) == ("0", score.max(), "0", "[]")


def test_scores_of_windows_that_overlap_are_averaged_at_each_sample(tmp_path):
    text = texts.snippet(NAME, "join")
    drawn = "score = torch.rand(rows.shape)\n"
    join = texts.load(tmp_path, text.replace("score[1] = 6\n", drawn))
    for k, mean in enumerate(join.total / join.count):
        assert mean == pytest.approx(join.score[join.rows == k].mean().item())


def test_a_ridge_regression_with_the_same_rule_finds_one_kind(script):
    recipe = recipes.load("anomaly")
    x, n = recipe.values[:, :, 0], recipe.TRAIN
    x = (x - x[:n, 0].mean()) / x[:n, 0].std()
    windows = np.lib.stride_tricks.sliding_window_view(
        np.concatenate([np.repeat(x[:1], 36, 0), x]), 37, 0
    )
    a, y = windows[36:n, 0, :-1], windows[36:n, 0, -1]
    weights = np.linalg.solve(a.T @ a + np.eye(36), a.T @ y)
    error = torch.tensor((windows[..., -1] - windows[..., :-1] @ weights) ** 2)
    recipe.baselines = lambda x: {"ridge": error}
    recipe.EPOCHS = recipe.HIDDEN = 1
    row = recipe.run(seed=0)["ridge"]
    assert [kind for kind in KINDS if row[kind]] == ["fast"]
    assert f"{row['AP']:.2f}" == "0.39"
    assert all("0.39" in page(language) for language in LANGUAGES)


def test_a_threshold_a_tenth_higher_takes_all_false_alarms_from_the_search():
    recipe = recipes.load("anomaly", EPOCHS=1, HIDDEN=1)
    baselines = recipe.baselines

    def nearest(x):
        score = baselines(x)["nearest"]
        score[recipe.TRAIN : recipe.VALID] *= 1.1
        return {"nearest": score}

    recipe.baselines = nearest
    row = recipe.run(seed=0)["nearest"]
    assert row["false"] == 0 and row["early"] == 1
    assert sum(20 * row[kind] for kind in KINDS[1:]) == 99


KINDS = ("early", "fast", "flat", "shift", "skip", "spike")


by_language = pytest.mark.parametrize("language", LANGUAGES)


def page(language: str) -> str:
    return texts.page("anomaly", language)


def written(values, column):
    middle, side = recipes.summary(values)
    if column in KINDS:
        return f"{100 * middle:.0f}" + (f" ± {100 * side:.0f}" if side else "") + " %"
    return f"{middle:.2f}" + (f" ± {side:.2f}" if side else "")


@by_language
def test_the_page_says_what_ten_seeds_gave(record, language):
    for column in (*KINDS, "false", "AP"):
        found = recipes.by_model(record, column)
        cells = [written(found[model], column) for model in ("z-score", "nearest", "GRU")]
        assert f" | {' | '.join(cells)} |" in page(language)
    shares = [recipes.by_model(record, kind) for kind in KINDS]
    found = {m: [100 * np.mean(s) for s in zip(*(k[m] for k in shares), strict=True)]
             for m in ("GRU", "z-score", "nearest")}  # fmt: skip
    lowest, *_, highest = sorted(found["GRU"])
    assert highest < found["nearest"][0] == 100
    for share in (lowest, highest, found["z-score"][0]):
        assert f"{share:.0f} %" in page(language) or f"{share:.0f} and " in page(language)


def test_the_search_finds_all_and_the_net_misses_what_does_not_come(record):
    found = {kind: recipes.by_model(record, kind) for kind in KINDS}
    assert all(set(found[kind]["nearest"]) == {1} for kind in KINDS)
    assert np.mean(found["skip"]["GRU"]) < 0.1
    assert max(found["flat"]["GRU"]) < 1


@by_language
def test_the_page_says_what_the_data_hold(language):
    recipe = recipes.load("anomaly")
    ends = np.diff([0, recipe.TRAIN, recipe.VALID, len(recipe.values)])
    assert ends.tolist() == [825, 450, 600]
    assert all(f"{n}" in page(language) for n in ends)
    test = recipe.labels[recipe.VALID :]
    assert f"{(test != '').mean():.2f}" == "0.33" and "0.33" in page(language)
    assert (recipe.labels[: recipe.VALID] == "").all()
    once = recipe.values[: recipe.VALID]
    assert (once == once[:, :1]).all(), "the parts before hold no anomaly"
    assert [sum((test == kind).any(0)) for kind in KINDS] == [100, 20, 20, 20, 20, 20]


def test_the_script_prints_what_its_record_holds(record):
    printed = (ROOT / "snippets/recipes/anomaly.out").read_text("utf-8").splitlines()
    columns = printed[0].split()
    for line in printed[1:]:
        model, *numbers = line.split()
        found = record["rows"][0]["found"][model]
        assert [float(n) for n in numbers] == [round(found[c], 2) for c in columns]
