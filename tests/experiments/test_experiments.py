"""The experiments: their shared harness on a toy, and the sunspot forecasts."""

import json
from functools import partial
from pathlib import Path

import pytest
import torch
from torch import nn

import gradients
import harness
import origin
import sunspots


class Toy:
    """An experiment of three runs in a folder of its own; `ran` lists the runs that took place."""

    def __init__(self, folder):
        self.script = folder / "toy.py"
        self.script.write_text("def make_runs(settings):\n    return 1  # a comment\n")
        self.results = folder / "toy.json"
        self.settings = {"epochs": 10, "batch_size": 32}
        self.ran = []
        self.interrupted = None  # the seed whose run is stopped with Ctrl-C

    def start(self, *argv):
        harness.main(self.script, self.settings, {"epochs": 1}, self.make_runs, argv)

    def make_runs(self, settings):
        return [("GRU", seed, partial(self.run, seed, settings["epochs"])) for seed in range(3)]

    def run(self, seed, epochs):
        if seed == self.interrupted:
            raise KeyboardInterrupt
        self.ran.append(seed)
        return {"rmse": 20.5 + seed, "epochs": epochs}

    def seeds_kept(self):
        return [row["seed"] for row in json.loads(self.results.read_text())["rows"]]


@pytest.fixture
def toy(tmp_path):
    return Toy(tmp_path)


def test_results_say_where_they_come_from(toy):
    toy.start()
    record = json.loads(toy.results.read_text())
    assert record["experiment"] == "toy"
    assert record["settings"] == toy.settings
    assert record["versions"].keys() == {"python", "torch", "numpy", "statsmodels"}
    assert record.keys() == {
        *("experiment", "code", "settings", "versions", "processor", "date", "seconds", "rows")
    }
    assert toy.seeds_kept() == [0, 1, 2]


def test_results_have_one_row_a_line_and_sorted_keys(toy):
    toy.start()
    text = toy.results.read_text()
    assert text.endswith("}\n")
    rows = [json.loads(line.strip(" ,")) for line in text.splitlines() if '"seed"' in line]
    assert [row["rmse"] for row in rows] == [20.5, 21.5, 22.5]
    assert all(list(row) == sorted(row) for row in [*rows, json.loads(text)])


def test_ctrl_c_keeps_finished_runs_and_the_next_start_resumes(toy, capsys):
    toy.interrupted = 2
    with pytest.raises(SystemExit) as stop:
        toy.start()
    assert stop.value.code == 130
    assert toy.seeds_kept() == [0, 1]
    message = capsys.readouterr().err.splitlines()[-1]
    assert (
        message
        == f"Stopped: 2 of 3 runs kept in {toy.results}; start again without --fresh to resume."
    )

    toy.interrupted = None
    toy.start()
    assert toy.ran == [0, 1, 2]
    assert toy.seeds_kept() == [0, 1, 2]


def test_ctrl_c_while_writing_leaves_a_whole_file(toy, monkeypatch):
    toy.interrupted = 1
    with pytest.raises(SystemExit):
        toy.start()
    before = toy.results.read_bytes()

    def interrupt(*_):
        raise KeyboardInterrupt

    toy.interrupted = None
    monkeypatch.setattr(harness.os, "replace", interrupt)
    with pytest.raises(SystemExit):
        toy.start()
    assert toy.results.read_bytes() == before


def test_ctrl_c_leaves_old_results_until_a_new_run_is_finished(toy):
    toy.start()
    before = toy.results.read_bytes()
    toy.interrupted = 0
    with pytest.raises(SystemExit):
        toy.start("--fresh")
    assert toy.results.read_bytes() == before


def test_other_settings_are_refused(toy):
    toy.start()
    before = toy.results.read_bytes()
    toy.settings["epochs"] = 20
    with pytest.raises(SystemExit) as stop:
        toy.start()
    assert stop.value.code == (
        f"{toy.results} was made with epochs = 10 and this run has 20: "
        "delete the file, pass --fresh to replace it or --out to write another."
    )
    assert toy.results.read_bytes() == before
    assert toy.ran == [0, 1, 2]

    toy.start("--fresh")
    assert toy.ran == [0, 1, 2, 0, 1, 2]


def test_other_versions_and_processors_are_refused(toy, monkeypatch):
    toy.start()
    with monkeypatch.context() as patch:
        patch.setattr(harness, "version", lambda package: "0.1")
        with pytest.raises(SystemExit, match=r"this run has '0\.1'"):
            toy.start()
    monkeypatch.setattr(harness, "processor", lambda device: "Z80")
    with pytest.raises(SystemExit, match="this run has 'Z80'"):
        toy.start()


@pytest.mark.parametrize("damaged", ['{"rows": [', "[]", '{"rows": []}', ""])
def test_damaged_results_are_reported_and_left_alone(toy, damaged):
    toy.results.write_text(damaged)
    with pytest.raises(SystemExit) as stop:
        toy.start()
    assert stop.value.code.startswith(f"{toy.results} is damaged and cannot be resumed: delete")
    assert toy.results.read_text() == damaged
    assert toy.ran == []


def test_quick_writes_only_where_out_says(toy, tmp_path, capsys):
    toy.start("--quick")
    assert list(tmp_path.iterdir()) == [toy.script]
    assert "model GRU, seed 2, rmse 22.5, epochs 1" in capsys.readouterr().out

    quick = tmp_path / "quick.json"
    toy.start("--quick", "--out", str(quick))
    assert sorted(tmp_path.iterdir()) == [quick, toy.script]
    assert json.loads(quick.read_text())["settings"] == {"epochs": 1, "batch_size": 32}


def test_two_runs_do_not_write_one_file_at_once(toy):
    def run(seed, epochs):
        return Toy.run(toy, seed, epochs) if toy.ran else toy.start()  # the second within the first

    toy.run = run
    with pytest.raises(SystemExit) as stop:
        toy.start()
    assert stop.value.code == (
        f"Another run is writing {toy.results}: wait for it, stop it, or pass --out."
    )
    assert not toy.results.exists()


def test_changed_code_is_refused_until_some_runs_confirm_what_is_recorded(toy, capsys):
    toy.start()
    before = json.loads(toy.results.read_text())
    toy.script.write_text("def make_runs(settings):\n    return 2\n")
    with pytest.raises(SystemExit) as stop:
        toy.start()
    assert stop.value.code == (
        f"{toy.results} was made by other code than there is now: delete the file, pass --fresh to "
        "replace it or --out to write another; or, if its results stay the same, --confirm 5 "
        "repeats five runs and notes it."
    )
    toy.ran.clear()
    toy.start("--confirm", "2")
    assert toy.ran == [0, 2]
    assert f"2 of 3 runs give what {toy.results} holds." in capsys.readouterr().out
    after = json.loads(toy.results.read_text())
    assert after["code"] != before["code"]
    assert [row["rmse"] for row in after["rows"]] == [20.5, 21.5, 22.5]
    assert origin.faults(toy.results) == []
    toy.start()


def test_code_that_gives_something_else_is_not_confirmed(toy):
    toy.start()
    before = toy.results.read_bytes()
    toy.script.write_text("def make_runs(settings):\n    return 2\n")
    toy.run = lambda seed, epochs: {"rmse": 20.5 + 2 * seed, "epochs": epochs}
    with pytest.raises(SystemExit, match="does not hold what this code gives: GRU, seed 1 .* rmse"):
        toy.start("--confirm", "3")
    assert toy.results.read_bytes() == before


def test_what_cannot_be_confirmed_is_said(toy):
    with pytest.raises(SystemExit, match=r"There is no .*toy.json: leave out --confirm"):
        toy.start("--confirm", "1")
    with pytest.raises(SystemExit, match="2"):
        toy.start("--confirm", "0")


def edit(toy, old, new):
    text = toy.results.read_text()
    assert old in text
    toy.results.write_text(text.replace(old, new))


def test_a_row_that_no_run_wrote_is_named_with_its_line(toy):
    toy.start()
    edit(toy, '"rmse": 21.5', '"rmse": 12.5')
    (line,) = (
        n for n, text in enumerate(toy.results.read_text().splitlines(), 1) if "12.5" in text
    )
    message = f"{toy.results}:{line}: no run wrote this row as it is, GRU, seed 1; undo that"
    (fault,) = origin.faults(toy.results)
    assert fault.startswith(message)
    with pytest.raises(SystemExit) as stop:
        toy.start()
    assert stop.value.code.startswith(message)


def test_settings_changed_in_the_record_are_noticed(toy):
    toy.start()
    edit(toy, '"batch_size": 32', '"batch_size": 64')
    toy.settings["batch_size"] = 64
    (fault,) = origin.faults(toy.results)
    assert "what stands above the rows is not what they were got with" in fault


def test_a_row_that_the_experiment_does_not_make_is_refused(toy):
    toy.start()
    toy.make_runs = lambda settings: Toy.make_runs(toy, settings)[:2]
    with pytest.raises(SystemExit, match="a row that this experiment does not make, GRU, seed 2"):
        toy.start()


def test_a_day_that_is_yet_to_come_is_a_fault(toy):
    toy.start()
    day = json.loads(toy.results.read_text())["date"]
    edit(toy, f'"date": "{day}"', '"date": "2999-01-01"')
    (fault,) = origin.faults(toy.results)
    assert "toy.json:3: this date is yet to come" in fault


@pytest.fixture
def script(tmp_path):
    """An experiment with a module beside it."""
    (tmp_path / "beside.py").write_text("SIZE = 3\n\n\ndef far():\n    return 1\n")
    file = tmp_path / "script.py"
    file.write_text(
        '"""What it is."""\nimport beside\n\nNETS = {1: 2}\nNETS[2] = 3\n\n\n'
        "def near(settings):\n    return NETS, beside.SIZE\n\n\n"
        "def make_runs(settings):\n    return near(settings)\n\n\n"
        "def show(record):\n    print(record)\n\n\n"
        'if __name__ == "__main__":\n    show(1)\n'
    )
    return file


@pytest.mark.parametrize(
    "module, old, new, changed",
    [
        ("script", "return near(settings)", "return [near(settings)]", True),
        ("script", "return NETS", "return 1 + NETS", True),
        ("script", "NETS[2] = 3", "NETS[2] = 4", True),
        ("script", "NETS = {1: 2}", "NETS = {1: 5}", True),
        ("script", "NETS = ", "NETS  =  ", False),
        ("script", "import beside\n", "import beside\n\nprint(1)\n", True),
        ("beside", "SIZE = 3", "SIZE = 4", True),
        ("beside", "return 1", "return 2", False),
        ("script", "print(record)", "print(2)", False),
        ("script", "show(1)", "show(2)", False),
        ("script", "What it is", "Something else", False),
        ("script", "def near(settings):", 'def near(settings):\n    """Text."""', False),
        ("beside", "SIZE = 3", "SIZE = 3  # a comment", False),
    ],
)
def test_only_code_that_the_results_depend_on_counts(script, module, old, new, changed):
    before = origin.code(script)
    file = script.with_name(f"{module}.py")
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    assert (origin.code(script) != before) == changed


RECORDS = sorted(Path(harness.__file__).parent.glob("*.json"))


@pytest.mark.parametrize("file", RECORDS, ids=lambda file: file.stem)
def test_a_record_is_what_todays_code_makes(file):
    faults = origin.faults(file)
    assert not faults, "\n".join(faults)


def test_out_in_a_missing_folder_is_refused_before_any_run(toy, tmp_path):
    with pytest.raises(SystemExit):
        toy.start("--out", str(tmp_path / "missing" / "toy.json"))
    assert toy.ran == []


@pytest.mark.parametrize(
    ("name", "rmse", "parameters"),
    [
        ("training mean", 60.83, 1),
        ("11 years ago", 39.11, 0),
        ("persistence", 33.42, 0),
        ("AR(2)", 22.13, 3),
        ("AR(9)", 19.30, 10),
        ("AR(20)", 20.25, 21),
        ("AR(9), training years only", 19.62, 10),
    ],
)
def test_baselines(name, rmse, parameters):
    baseline = sunspots.baselines()[name]
    assert round(baseline.rmse, 2) == rmse
    assert baseline.parameters == parameters
    assert baseline.forecast.shape == (53,)


def test_each_target_is_the_year_after_its_window():
    years, _ = sunspots.load()
    inputs, targets = sunspots.windows(years)
    assert list(inputs[0]) == list(range(1700, 1720))
    assert targets[0] == 1720
    training, validation, test = (targets[part] for part in sunspots.split(targets))
    assert (training[-1], validation[0], validation[-1], test[0]) == (1920, 1921, 1955, 1956)
    assert len(training) + len(validation) + len(test) == len(targets) == 289


def test_a_gradient_is_followed_from_the_last_step_back():
    rnn = nn.RNN(1, 1).double()
    with torch.no_grad():
        for p in rnn.parameters():
            p.zero_()
        rnn.weight_ih_l0[:], rnn.weight_hh_l0[:] = 1e-9, 0.5  # so small that tanh(x) = x
    left = gradients.gradients(rnn, distance=3)
    torch.testing.assert_close(left, torch.tensor([1, 0.5, 0.25, 0.125]).double())


@pytest.mark.parametrize(("cell", "blocks"), [(nn.GRU, 3), (nn.LSTM, 4)])
def test_only_the_gate_that_keeps_gets_the_bias(cell, blocks):
    plain, changed = (gradients.net(cell, change, seed=0) for change in (None, 3))
    size = gradients.SETTINGS["hidden_size"]
    for name, before in plain.named_parameters():
        after = dict(changed.named_parameters())[name].chunk(blocks)
        for block, (old, new) in enumerate(zip(before.chunk(blocks), after, strict=True)):
            if block == 1 and name.startswith("bias"):
                expected = torch.full((size,), 3.0 if "ih" in name else 0.0).double()
                torch.testing.assert_close(new, expected)
            else:
                torch.testing.assert_close(new, old)


def test_an_orthogonal_net_keeps_lengths():
    weights = gradients.net(nn.RNN, "orthogonal", seed=0).weight_hh_l0
    torch.testing.assert_close(weights @ weights.T, torch.eye(64).double())


@pytest.mark.proof
def test_a_quick_gradients_run_gives_the_recorded_rows_and_draws_them(tmp_path):
    results = tmp_path / "quick.json"
    gradients.main(["--quick", "--out", str(results)])
    recorded = {(r["model"], r["seed"]): r for r in harness.load(gradients.__file__)["rows"]}
    rows = json.loads(results.read_text())["rows"]
    assert [row["model"] for row in rows] == list(gradients.NETS)
    for row in rows:
        same = recorded[row["model"], 0]
        assert row["per_step"] == pytest.approx(same["per_step"], abs=2e-4)
        assert row["log10"] == pytest.approx(same["log10"], abs=0.01)
    assert {file.name for file in tmp_path.glob("*.svg")} == {
        "gradients-default.svg",
        "gradients-bias.svg",
    }


def test_recorded_gradients_are_drawn(tmp_path):
    gradients.draw(harness.load(gradients.__file__), tmp_path)
    for drawn in tmp_path.glob("*.svg"):
        committed = Path(gradients.__file__).with_name(drawn.name)
        assert drawn.read_text() == committed.read_text(), "make experiments draws it anew"
