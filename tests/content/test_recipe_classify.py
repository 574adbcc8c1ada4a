"""The recipe that classifies sequences: its parts share nothing, its changes run, it can lose."""

import json
import re
from importlib.metadata import distribution

import pytest
import torch

import recipes
from tests import recipes as texts
from tests.sources import LANGUAGES, ROOT

NAME = "classify"
PAGE = f"recipes/{NAME}.md"
by_language = pytest.mark.parametrize("language", LANGUAGES)
# Two letters far apart among others: which comes first is the class. A part each, of these sizes.
PAIRS = """
import random
draw = random.Random(0)
def one():
    signs = draw.choices("abcdefgh", k=draw.randrange(26, 31))
    place = draw.sample([5, 10, 15, 20], 2)
    signs[place[0]], signs[place[1]] = "x", "y"
    return "".join(signs), LABEL
"""


@pytest.fixture(autouse=True)
def one_thread():
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def script():
    return recipes.load(NAME, **recipes.SHORT[NAME])


@pytest.fixture(scope="module")
def record():
    return json.loads(recipes.record_file(NAME).read_text("utf-8"))


def page(language: str) -> str:
    return (ROOT / f"docs/{language}/{PAGE}").read_text("utf-8")


def made_up(label: str) -> str:
    """Lines of data: sequences of 26 to 30 letters, hardly ever two that are equal."""
    return (
        PAIRS.replace("LABEL", label)
        + """
train, valid, test = ([one() for _ in range(n)] for n in (600, 100, 200))
new, scored = ["abx"], test
tf = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4))
"""
    )


# What is split


def test_no_name_stands_in_two_parts_and_no_thing_that_is_named(script):
    parts = script.train, script.valid, script.test
    names = [name for part in parts for name, _ in part]
    assert len(names) == len(set(names)) > 3000
    of = [{*script.found[name].values()} for name in names]
    things = [set().union(*(of[names.index(n)] for n, _ in part)) for part in parts]
    assert not (things[0] & things[1] or things[0] & things[2] or things[1] & things[2])


@by_language
def test_the_page_says_how_many_names_there_are(script, language):
    for part in (script.train, script.valid, script.test):
        assert f" {len(part)} " in page(language)


def test_nothing_that_is_fitted_depends_on_the_test_part(script, tmp_path, monkeypatch):
    script.run(0, tmp_path / "one.pt")
    monkeypatch.setattr(script, "scored", script.test[::2])
    script.run(0, tmp_path / "other.pt")
    (_, one), (_, other) = (torch.load(tmp_path / f"{n}.pt") for n in ("one", "other"))
    assert all(one[key].equal(other[key]) for key in one)


@pytest.mark.parametrize("part", ["valid", "test"])
@pytest.mark.parametrize(
    ("wrong", "said"),
    [(lambda s: s.train[0], "train has"), (lambda s: ("ᚠ", "runic"), "or no 'runic'")],
    ids=["twice", "class"],
)
def test_a_sequence_in_two_parts_or_a_class_without_training_is_named(
    script, monkeypatch, part, wrong, said
):
    monkeypatch.setattr(script, part, [*getattr(script, part), wrong(script)])
    with pytest.raises(ValueError, match=said):
        script.run(0)


def test_an_empty_sequence_is_refused_by_packing(script):
    with pytest.raises(RuntimeError, match="greater than 0"):
        script.Classifier(["a"])(["abc", ""])


# What the net computes


def changed(language: str) -> dict[str, list[tuple[str, str]]]:
    """The table of changes: id of a row -> pairs of what stands in the script and what to write."""
    rows = re.findall(r"^\| .*`.* \|$", page(language).partition("{ #changes }")[2], re.M)
    cells = [re.findall(r"`([^`]+)`", row) for row in rows]
    return {old: new for old, new in (each for each in cells if len(each) == 2)}


def applied(old: str, text: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, changed("en")[old])


def test_the_changes_are_the_same_in_every_language():
    assert len({tuple(changed(language).items()) for language in LANGUAGES}) == 1
    assert len(changed("en")) >= 7


def test_every_change_names_one_place_and_runs(tmp_path):
    text = texts.script(NAME)
    for old in changed("en"):
        assert text.count(old) == 1, old
    for olds in (("WEIGHT, C = 12, 0.0",), ("bidirectional=True)", "[*h_n]")):
        changed_text = text
        for old in olds:
            changed_text = applied(old, changed_text)
        script = texts.load(tmp_path, changed_text, EPOCHS=1, HIDDEN=4)
        assert script.run(0)["GRU"].keys() == {"accuracy", "balanced"}


MEAN = ("_, h_n = self.gru(packed)", "torch.cat([*h_n], 1)")


LSTM = ("nn.GRU(", "_, h_n =")


@pytest.mark.parametrize("olds", [(), MEAN, LSTM], ids=["last", "mean", "lstm"])
def test_a_sequence_gets_the_same_answer_alone_as_in_a_batch(tmp_path, olds):
    text = texts.script(NAME)
    for old in olds:
        text = applied(old, text)
    script = texts.load(tmp_path, text)
    net = script.Classifier(["a", "b"]).eval()
    batch = ["of seven words or more", "ø", "abc"]
    alone = torch.cat([net([sequence]) for sequence in batch])
    assert torch.allclose(net(batch), alone, atol=1e-6)
    assert not torch.allclose(net(batch), net(["of seven", "øa", "ab"]), atol=1e-3)


WORDS = """
train = [(["a", "bee", "c"] * k, "p") for k in range(1, 9)]
train += [(["a", "dee", "c"] * k, "q") for k in range(1, 9)]
valid = test = [(["bee", "a"], "p"), (["c", "dee", "new"], "q")]
words = {w: k for k, w in enumerate(sorted({w for s, _ in train for w in s}), 1)}
new, scored = [["bee"]], test
"""
NUMBERS = """
import random
import numpy as np
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler
draw = random.Random(0)
def one(k):
    level = 2.0 * (k % 2)
    return [[draw.gauss(level, 1), draw.gauss(0, 1)] for _ in range(5 + k % 7)], "pq"[k % 2]
drawn = [one(k) for k in range(120)]
train, valid, test = drawn[:80], drawn[80:100], drawn[100:]
new, scored = [test[0][0]], test
F = 2
"""
TF = 'TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4))'
EMBED = "nn.Embedding(256, SIZE, padding_idx=0)"
ROWS = "[torch.tensor([*s.encode()]) for s in batch]"


def variant(language: str, kind: str) -> dict[str, str]:
    """What the page's section on other data tells to write, for words or for numbers."""
    table = page(language).partition("{ #kinds }")[2].partition("\n## ")[0]
    header, _, *rows = re.findall(r"^\| (.*) \|$", table, re.M)
    column = {"words": 1, "numbers": 2}[kind]
    cells = [re.findall(r"`([^`]+)`", row) for row in rows]
    return {row[0]: row[column] for row in cells}


@pytest.mark.parametrize(("kind", "data"), [("words", WORDS), ("numbers", NUMBERS)])
def test_words_or_numbers_need_the_lines_that_the_page_names(tmp_path, kind, data):
    lines, *others = (variant(language, kind) for language in LANGUAGES)
    assert all(other == lines for other in others)
    assert lines.keys() == {TF, EMBED, ROWS}
    text = texts.with_data(NAME, f"{data}tf = {TF}\n")
    for old in lines:
        assert text.count(old) == 1
        text = text.replace(old, lines[old])
    script = texts.load(tmp_path, text, EPOCHS=15, HIDDEN=8, BATCH=8, DROP=0.0, RATE=0.02)
    found = script.run(0, tmp_path / "kept.pt")
    assert found["GRU"]["accuracy"] >= 0.9 > found["majority"]["accuracy"]


# Where the net wins, and where nothing can


def test_where_order_counts_over_a_distance_the_net_beats_n_grams(tmp_path):
    text = texts.with_data(NAME, made_up('"xy"[place[0] > place[1]]'))
    script = texts.load(tmp_path, text, EPOCHS=8, HIDDEN=16, DROP=0.0, BATCH=32)
    found = script.run(0)
    assert found["GRU"]["accuracy"] > 0.95
    assert found["n-grams"]["accuracy"] < 0.65


def test_where_classes_are_drawn_at_random_nothing_finds_them(tmp_path):
    text = texts.with_data(NAME, made_up('draw.choice("xy")'))
    script = texts.load(tmp_path, text, EPOCHS=2, HIDDEN=8)
    for scores in script.run(0).values():
        assert 0.35 < scores["accuracy"] < 0.65


# What the page says


@by_language
def test_the_page_says_what_ten_seeds_gave(record, language):
    text = page(language)
    accuracy = recipes.by_model(record, "accuracy")
    for column in ("accuracy", "balanced"):
        for model, values in recipes.by_model(record, column).items():
            middle, side = recipes.summary([100 * value for value in values])
            number = f"{middle:.1f} ± {side:.1f}" if side else f"{middle:.1f}"
            assert re.search(rf"^\| {re.escape(model)} \|.* {re.escape(number)} %", text, re.M)
    gru, ngrams = accuracy["GRU"], accuracy["n-grams"]
    assert max(gru) < min(ngrams), "n-grams are ahead with every seed"
    for number in (min(gru), max(gru), max(gru) - min(gru), recipes.summary(gru)[0], ngrams[0]):
        assert re.search(rf"\b{100 * number:.1f} (%|points|个百分点)", text)


def test_the_script_prints_what_its_record_holds_and_a_saved_net_predicts(record):
    out = (recipes.FOLDER / f"{NAME}.out").read_text("utf-8").splitlines()
    found = record["rows"][0]["found"]
    assert len(out) == len(found) + 1
    for model, *columns in map(str.split, out[:-1]):
        scores = found.pop(model)
        assert columns == [part for k, v in scores.items() for part in (k, f"{v:.3f}")]
    assert out[-1].split() == ["goedemorgen", "nl"]


@by_language
def test_the_licences_stand_in_the_package(language):
    package = distribution("babel")
    assert package.metadata["License-Expression"] == "BSD-3-Clause"
    names = next(f for f in package.files if f.name == "LICENSE.unicode")
    assert names.read_text("utf-8").startswith("UNICODE LICENSE V3\n")
    assert "BSD-3-Clause" in page(language) and "LICENSE.unicode" in page(language)


def test_the_new_name_is_no_example(script):
    names = [name for part in (script.train, script.valid, script.test) for name, _ in part]
    assert not {*script.new} & {*names}
