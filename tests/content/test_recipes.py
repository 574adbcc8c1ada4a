"""What holds of every recipe: it fits, it is typed, its place for data is marked, it is recorded.

What holds of one alone, such as what it does with other data, stands in test_recipe_NAME.py.
"""

import ast
import math

import pytest

import origin
import recipes
from tests import recipes as texts
from tests.sources import ROOT
from tools.sources import languages

CODES = [language.code for language in languages.load(ROOT)]
NETS = ("GRU", "LSTM")
each = pytest.mark.parametrize("name", texts.NAMES)
each_script = pytest.mark.parametrize("name", texts.NAMES + texts.BESIDE)


@pytest.fixture(scope="module", params=texts.NAMES)
def record(request):
    return texts.record(request.param)


def test_each_recipe_has_a_short_run():
    assert sorted(recipes.SHORT) == texts.NAMES


@each_script
def test_a_recipe_fits(name):
    lines = texts.script(name).splitlines()
    assert len(lines) <= 100
    assert max(map(len, lines)) <= 60


@each_script
def test_the_place_for_data_is_marked_once_and_before_what_uses_it(name):
    text = texts.script(name)
    assert text.count(texts.START) == text.count(texts.END) == 1
    first = next(node.lineno for node in ast.parse(text).body if isinstance(node, DEFINES))
    assert text.index(texts.START) < text.index(texts.END)
    assert text[: text.index(texts.END)].count("\n") < first


DEFINES = (ast.ClassDef, ast.FunctionDef)


@each_script
def test_every_function_says_what_it_takes_and_returns(name):
    for node in ast.walk(ast.parse(texts.script(name))):
        if isinstance(node, ast.FunctionDef):
            taken = [arg for arg in node.args.args if arg.arg != "self"]
            assert node.returns and all(arg.annotation for arg in taken), node.name


@each
def test_a_short_run_gives_finite_numbers_for_a_net_and_two_baselines_the_same_each_time(
    name, monkeypatch
):
    monkeypatch.chdir(recipes.TEXTS)
    found, again = (recipes.load(name, **recipes.SHORT[name]).run(seed=0) for _ in range(2))
    nets = [model for model in found if model.startswith(NETS)]
    assert nets and len(found) - len(nets) >= 2
    columns = {tuple(numbers) for numbers in found.values()}
    assert len(columns) == 1, "every model has the same columns"
    assert all(math.isfinite(n) for numbers in found.values() for n in numbers.values())
    assert found == again


@pytest.mark.parametrize("name", texts.BESIDE)
def test_a_script_beside_a_recipe_has_the_same_place_for_data(name):
    assert texts.data(name) == texts.data(name.partition("/")[0])


@each_script
@pytest.mark.parametrize("code", CODES)
def test_a_recipe_has_a_page_that_shows_the_script_whole_and_what_it_prints(name, code):
    page = texts.page(name.partition("/")[0], code)
    for suffix in ("py", "out"):
        assert page.count(f'--8<-- "recipes/{name}.{suffix}"\n') == 1


def test_the_plot_is_drawn_from_the_record(record, tmp_path):
    name = record["settings"]["recipe"]
    recipes.DRAWINGS[name](record, tmp_path / "drawn.svg")
    committed = recipes.drawing(name).read_text("utf-8")
    assert (tmp_path / "drawn.svg").read_text("utf-8") == committed, "draw it anew"


def test_ten_seeds_are_recorded_by_the_script_that_the_page_shows(record):
    name = record["settings"]["recipe"]
    file = recipes.record_file(name)
    assert record["settings"] == recipes.settings_of(name)
    assert [row["seed"] for row in record["rows"]] == list(range(recipes.SEEDS))
    again = f"python experiments/recipes.py {name} --confirm 5, or --fresh"
    assert record["code"] == recipes.code(name), f"the script has changed since: {again}"
    assert not origin.foreign(file), again
