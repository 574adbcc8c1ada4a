"""The complete training script takes another series in one place, and says what it cannot take."""

import runpy

import pytest

from tests.sources import ROOT

SCRIPT = (ROOT / "snippets/pytorch/training/script.py").read_text("utf-8")
START, END = "# >>>", "# <<<"
WAVE = "pandas.Series(math.sin(0.3 * t) for t in range(60))"


def with_data(series: str) -> str:
    """The script with what stands between its two marks replaced, and nothing else."""
    before, rest = SCRIPT.split(START)
    after = rest.split(END)[1]
    return (
        f"{before}import math, pandas\nseries = {series}\nTRAIN, VALID, WINDOW = 40, 50, 5\n{after}"
    )


@pytest.fixture
def run(tmp_path):
    def run(text: str) -> dict:
        (tmp_path / "script.py").write_text(text, "utf-8")
        return runpy.run_path(str(tmp_path / "script.py"))

    return run


def test_another_series_takes_one_change(run):
    names = run(with_data(WAVE))
    assert [len(names[part][0]) for part in ("train", "valid", "test")] == [35, 10, 10]
    (inputs, targets), series = names["test"], names["series"]
    assert (inputs[0, :, 0] == series[45:50]).all() and targets[0, 0] == series[50]
    assert abs(series[:40].mean()) < 1e-6 and abs(series[:40].std() - 1) < 1e-6


def test_nothing_of_the_sunspots_is_left_outside_the_marks():
    rest = with_data(WAVE).replace("from statsmodels.datasets import sunspots\n", "")
    assert not [word for word in ("sunspot", "1700", "221", "256") if word in rest]


def test_a_missing_value_is_named_before_training(run):
    with pytest.raises(ValueError, match=r"^missing: 1 of 60 values$"):
        run(with_data(f"{WAVE}.replace({{0: float('nan')}})"))


def test_a_loss_that_is_not_a_number_ends_the_run(run):
    with pytest.raises(RuntimeError, match="is non-finite"):
        run(with_data(WAVE).replace("outputs = model(", "outputs = float('nan') * model("))
