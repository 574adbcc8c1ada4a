"""The recipe that classifies sequences: its parts share nothing, its changes run, it can lose."""

import re
from contextlib import chdir
from importlib.metadata import distribution

import numpy as np
import pytest
import torch

import recipes
from tests import recipes as texts
from tests.sources import LANGUAGES

pytestmark = pytest.mark.usefixtures("one_thread")
NAME = "classify"
TF = texts.data(NAME).strip().splitlines()[-1]
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


def snippet(part: str) -> str:
    return texts.snippet(NAME, part)


def page(language: str) -> str:
    return texts.page(NAME, language)


def made_up_text(label: str) -> str:
    """The script with sequences of 26 to 30 letters, hardly ever two that are equal."""
    lines = (
        PAIRS.replace("LABEL", label)
        + """
train, valid, test = ([one() for _ in range(n)] for n in (600, 100, 200))
new, scored = ["abx"], test
"""
    )
    return texts.with_data(NAME, f"{lines}{TF}")


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
    [
        (lambda s: s.train[0], "is in train too"),
        (lambda s: ("ᚠ", "runic"), "no example of 'runic' in train"),
    ],
    ids=["twice", "class"],
)
def test_a_sequence_in_two_parts_or_a_class_without_training_is_named(
    script, monkeypatch, part, wrong, said
):
    monkeypatch.setattr(script, part, [*getattr(script, part), wrong(script)])
    with pytest.raises(AssertionError, match=said):
        script.run(0)


@pytest.mark.parametrize("batch", [["abc", ""], ["", "abc"], [""]])
def test_an_empty_sequence_is_refused_wherever_it_stands(script, batch):
    with pytest.raises(AssertionError, match="leave out empty sequences"):
        script.Classifier(["a"])(batch)


def test_one_class_alone_is_refused(script, monkeypatch):
    for part in ("train", "valid", "test", "scored"):
        alone = [(name, "nl") for name, _ in getattr(script, part)]
        monkeypatch.setattr(script, part, alone)
    with pytest.raises(ValueError, match="only one class: .*nl"):
        script.run(0)


def test_rows_of_a_csv_are_split_by_speaker_and_stand_between_the_marks_as_they_are(tmp_path):
    text = texts.with_data(NAME, snippet("own") + TF)
    script = texts.load(tmp_path, text, **recipes.SHORT[NAME])
    speaker = {row["text"]: row["speaker"] for row in script.rows}
    train, valid, test = (
        {speaker[text] for text, _ in part} for part in (script.train, script.valid, script.test)
    )
    assert not (train & valid or train & test or valid & test)
    assert len(train) == 8 * len(valid) == 8 * len(test)
    assert script.run(0)["GRU"].keys() == {"accuracy", "balanced"}


@pytest.mark.parametrize("part, old, new, what", [
    ("own", "{k % 20}", "{k % 2}", "speakers"), ("files", 'f"m{k % 15}"', '"m"', "machines"),
])  # fmt: skip
def test_a_file_with_too_few_speakers_or_machines_stops(tmp_path, part, old, new, what):
    with pytest.raises(AssertionError, match=f"^too few {what} to split$"):
        texts.load(tmp_path, texts.applied(snippet(part), (old, new)))


def test_an_empty_cell_of_a_csv_is_left_out(tmp_path):
    emptied = snippet("own").replace("\nfile =", '\nhead += ["20,,1"]\nfile =')
    assert emptied != snippet("own")
    found = texts.load(tmp_path, emptied)
    assert len(found.rows) == 61
    assert len(found.train + found.valid + found.test) == 60


def test_chinese_is_three_steps_a_character_for_the_net_and_one_for_n_grams(tmp_path, script):
    assert [len(sign.encode()) for sign in "门控"] == [3, 3]
    assert {*script.tf.build_analyzer()("门")} == {" ", "门", " 门", "门 ", " 门 "}
    lines = """
train = [(a * k + b, a) for a in "门控" for b in "甲乙丙丁" for k in range(1, 9)]
valid, test = [("门门戊", "门")], [("控控戊", "控"), ("门戊", "门")]
new, scored = ["控"], test
"""
    text = texts.with_data(NAME, lines + TF)
    script = texts.load(tmp_path, text, EPOCHS=20, HIDDEN=8, BATCH=8, DROP=0.0)
    found = script.run(0)
    assert found["GRU"]["accuracy"] == found["n-grams"]["accuracy"] == 1


# What the net computes


def changed(language: str) -> dict[str, str]:
    return texts.changes(NAME, language)


def applied(old: str, text: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, changed("en")[old])


def test_the_changes_are_the_same_in_every_language():
    assert len({tuple(changed(language).items()) for language in LANGUAGES}) == 1
    assert len(changed("en")) >= 7


FEW = ("0.008, 64", "EPOCHS, WEIGHT, C = 12,")
WEIGHT = ("0.0, 100.0", "C=C,")
REPORT = ("said[model] = dict(",)
MEAN = ("_, h_n = self.gru(packed)", "torch.cat([*h_n], 1)")
LSTM = ("nn.GRU(", "_, h_n =")
LAYERS = ("bidirectional=True)", "[*h_n]")
NET = {
    "as it is": (),
    "mean": MEAN,
    "lstm": LSTM,
    "layers": LAYERS,
    "layers of lstm": LAYERS + LSTM,
    "mean of lstm": MEAN + LSTM[:1],
    "mean of layers": MEAN + LAYERS[:1],
}


def test_the_table_holds_these_changes():
    assert {*changed("en")} == {*FEW, *WEIGHT, *REPORT, *MEAN, *LSTM, *LAYERS}


@pytest.mark.parametrize(
    "olds", [FEW, WEIGHT, REPORT, *NET.values()], ids=["few", "weight", "report", *NET]
)
def test_every_change_names_one_place_and_runs(tmp_path, olds):
    text = made_up_text('"xy"[place[0] > place[1]]')
    for old in olds:
        text = applied(old, text)
    script = texts.load(tmp_path, text, EPOCHS=1, HIDDEN=4)
    assert script.run(0)["GRU"].keys() == {"accuracy", "balanced"}


def test_a_weight_of_one_finds_more_of_a_rare_class(tmp_path):
    text = made_up_text('"xy"[draw.random() < 0.1]')
    weighed = text
    for old in WEIGHT:
        weighed = applied(old, weighed)
    usual, even = (
        texts.load(tmp_path, each, EPOCHS=1, HIDDEN=8).run(0)["GRU"]["accuracy"]
        for each in (text, weighed)
    )
    assert usual > 0.85 > even, "nothing tells the classes: only their weight decides"


def test_a_weighed_logistic_regression_finds_more_of_a_rare_class(tmp_path):
    rare = texts.applied(
        snippet("steps"),
        ("draw(k % 2, 0.5)", "draw(k % 10 == 0, 2.0)"),
        ('"ab"[k % 2]', '"ab"[k % 10 == 0]'),
        ("range(120)", "range(600)"),
        ("(k > 79) + (k > 99)", "(k > 299) + (k > 399)"),
    )
    text = texts.applied(texts.with_data(NAME, rare), *variant("en", "steps").items())
    usual, even = (
        texts.load(tmp_path, each, EPOCHS=1, HIDDEN=4).run(0)["stats"]["balanced"]
        for each in (text, applied(WEIGHT[1], text))
    )
    assert usual + 0.05 < even


def test_where_the_spread_of_a_number_tells_the_class_no_net_is_needed(tmp_path):
    spread = texts.applied(snippet("steps"), ("draw(k % 2, 0.5)", "draw(0, 1 + 3 * (k % 2))"))
    text = texts.applied(texts.with_data(NAME, spread), *variant("en", "steps").items())
    assert texts.load(tmp_path, text, EPOCHS=1, HIDDEN=4).run(0)["stats"]["accuracy"] > 0.9


def test_with_few_sequences_the_net_is_trained_once_batches_are_small_and_epochs_many(tmp_path):
    text = made_up_text('"xy"[place[0] > place[1]]').replace("(600,", "(60,")
    usual, few = (
        texts.load(tmp_path, each).run(0)["GRU"]["accuracy"]
        for each in (text, applied(FEW[0], applied(FEW[1], text)))
    )
    less, more = (int(n) for n in re.search(
        r"less than (\d+) % of new ones as the script stands, in more than (\d+) %", page("en")
    ).groups())  # fmt: skip
    assert 100 * usual < less < more < 100 * few
    assert f"不到 {less} %；改了这两行，{more} % 以上" in page("zh")


def test_the_report_names_what_is_found_of_each_class(tmp_path, capsys):
    text = applied(REPORT[0], made_up_text('"xy"[place[0] > place[1]]'))
    texts.load(tmp_path, text, EPOCHS=1, HIDDEN=4).run(0)
    shown = capsys.readouterr().out
    for model in ("majority", "n-grams", "GRU"):
        assert re.search(rf"^{model} +precision +recall", shown, re.M)
    assert len(re.findall("^ +[xy] ", shown, re.M)) == 6


@by_language
def test_the_page_says_how_many_steps_the_epochs_are(script, language):
    assert [12 * -(-n // 64) for n in (len(script.train), 400)] == [432, 84]
    assert "432" in page(language) and re.search(r"\b84\b|84 步", page(language))


@pytest.mark.parametrize("olds", NET.values(), ids=NET)
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


EMBED = "nn.Embedding(256, SIZE, padding_idx=0)"
STEP = "torch.tensor([*s.encode()])"


def variant(language: str, kind: str) -> dict[str, str]:
    """What the page's section on other data tells to write, for words or for steps of numbers."""
    table = page(language).partition("{ #kinds }")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`.*`) \|$", table, re.M)
    cells = [re.findall(r"`([^`]+)`", row) for row in rows]
    return {row[0]: row[1 + KINDS.index(kind)] for row in cells}


KINDS = ["words", "steps"]
EMPTY = 'assert all(batch), "leave out empty sequences"'
NET_LINES = (EMPTY, EMBED, STEP)
SAVE, LAST, BASELINE = "], file)", "print(*zip(new,", 'said["n-grams"]'


@pytest.fixture(params=KINDS)
def other_kind(request, tmp_path, monkeypatch):
    """The script with a list of words, or of steps, for a sequence."""
    monkeypatch.chdir(tmp_path)
    lines, *others = (variant(language, request.param) for language in LANGUAGES)
    assert all(other == lines for other in others)
    assert lines.keys() == {EMPTY, EMBED, STEP, SAVE, LAST, BASELINE}
    text = texts.with_data(NAME, snippet(request.param))
    for old in lines:
        assert text.count(old) == 1
        text = text.replace(old, lines[old])
    return texts.load(tmp_path, text, EPOCHS=15, HIDDEN=8, BATCH=8, DROP=0.0, RATE=0.02)


def test_words_or_numbers_need_the_lines_that_the_page_names(other_kind, tmp_path):
    found = other_kind.run(0, tmp_path / "kept.pt")
    assert found["GRU"]["accuracy"] >= 0.9 > found["majority"]["accuracy"]
    classes, weights = torch.load(tmp_path / "kept.pt")
    other_kind.Classifier(classes).load_state_dict(weights)


def test_an_empty_list_is_refused_and_a_sequence_of_train_elsewhere(other_kind, monkeypatch):
    with pytest.raises(AssertionError, match="leave out empty sequences"):
        other_kind.Classifier(["a"])([[], other_kind.train[0][0]])
    monkeypatch.setattr(other_kind, "valid", [*other_kind.valid, other_kind.train[0]])
    with pytest.raises(AssertionError, match="is in train too"):
        other_kind.run(0)


def test_a_feature_that_never_changes_and_whole_numbers_do_no_harm(tmp_path):
    plain = snippet("steps").replace("draw(80, 9)]", "7]")
    assert plain != snippet("steps")
    text = texts.with_data(NAME, plain)
    for old, new in variant("en", "steps").items():
        text = text.replace(old, new)
    script = texts.load(tmp_path, text)
    assert script.Classifier(["a", "b"])([[[1, 7], [0, 7]]]).isfinite().all()
    assert script.STD[1] == 1, "a value that comes later is not blown up"


def test_recordings_of_a_folder_take_the_place_of_those_made_up_and_no_machine_is_in_two_parts(
    tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    rest = "import torch\nfrom sklearn import pipeline\nfrom sklearn import preprocessing as pre\n"
    rest += snippet("steps").partition("new, scored")[2].partition("\n")[2]
    data = snippet("files") + rest
    text = texts.applied(texts.with_data(NAME, data), *variant("en", "steps").items())
    script = texts.load(tmp_path, text, EPOCHS=1, HIDDEN=4)
    assert script.run(0)["GRU"].keys() == {"accuracy", "balanced"}
    of = {str(pair): machine for machine, pairs in script.found.items() for pair in pairs}
    train, valid, test = ({of[str(pair)] for pair in part} for part in script.parts)
    assert not (train & valid or train & test or valid & test)
    assert len(train) + len(valid) + len(test) == 15


def test_the_rows_for_files_are_the_same_in_every_language():
    assert len({tuple(texts.rows(NAME, language, "kinds")) for language in LANGUAGES}) == 1


def test_a_folder_of_csv_files_is_read_with_the_labels_beside_it_and_gaps_are_filled(tmp_path):
    (tmp_path / "runs").mkdir()
    for k in range(30):
        gap = "" if k % 3 == 0 else k
        rows = f"x,y\n{k},1\n{gap},2\n{k + 2},3\n"
        (tmp_path / f"runs/run{k}.csv").write_text(rows, "utf-8")
    table = "run,label,machine\n" + "".join(f"run{k},{k % 2},{k // 2}\n" for k in range(30))
    (tmp_path / "labels.csv").write_text(table, "utf-8")
    _, glob, labels, values, alone = texts.rows(NAME, "en", "kinds")[:5]
    made_up = snippet("files").partition("draw =")[2].partition("found =")[0]
    text = texts.applied(snippet("files"), (f"draw ={made_up}", ""), glob, labels, values,
                         ("pathlib.Path(tempfile.mkdtemp())", 'pathlib.Path("runs")'),
                         ("as np", "as np\nimport pandas as pd"))  # fmt: skip
    for change, count in ((), 15), ((alone,), 30):
        with chdir(tmp_path):
            found = texts.load(tmp_path, texts.applied(text, *change))
        assert len(found.found) == count
        pairs = sorted(pair for part in found.parts for pair in part)
        assert pairs[0] == ([[0, 1], [0, 2], [2, 3]], "0"), "a gap is filled with what was before"
        assert len(pairs) == 30


def test_a_nan_is_named_with_its_file_and_a_class_that_a_part_lacks_with_the_classes(tmp_path):
    spoiled = texts.applied(
        snippet("files"), ("(k % 2, 1, (5", "(k % 2 if k != 7 else np.nan, 1, (5")
    )
    with pytest.raises(AssertionError, match=r"^7\.npz: NaN$"):
        texts.load(tmp_path, spoiled)
    rare = texts.applied(snippet("files"), ('"ab"[k % 2]', '"ab"[k == 0]'))
    with pytest.raises(AssertionError, match="kinds = .*'b'"):
        texts.load(tmp_path, rare)
    rare = texts.applied(snippet("own"), ("{k > 29:d}", "{k < 1}"))
    with pytest.raises(AssertionError, match="kinds = .*'True'"):
        texts.load(tmp_path, rare)


def test_channels_in_rows_become_steps_in_rows(tmp_path):
    turned = texts.rows(NAME, "en", "kinds")[0]
    files = texts.applied(snippet("files"), ("(5 + k % 7, 2)", "(2, 5 + k % 7)"), turned)
    found = texts.load(tmp_path, files)
    assert {len(step) for part in found.parts for s, _ in part for step in s} == {2}


def test_each_new_file_is_printed_with_its_class(tmp_path, capsys):
    both = page("en") + page("zh")
    files, new, line = (
        {*re.findall(rf"`({start}.+?)`", both)}
        for start in (r"files = sorted", r"new = \[np\.load", r"for f, s in zip\(files")
    )
    lines = "import pathlib\nimport numpy as np\n" + "\n".join(map(set.pop, (files, new)))
    assert not files | new
    (tmp_path / "incoming").mkdir()
    for name, value in ("a", 0.0), ("b", np.nan), ("c", 1.0):
        np.savez(tmp_path / f"incoming/{name}.npz", x=np.full((3, 1), value))
    text = texts.applied(snippet("use"), *[(k, variant("en", "steps")[k]) for k in NET_LINES])
    own = "F, MEAN, STD = 1, 0.0, 1.0\nclasses = ['x', 'y']\n"
    own += f"saved = classes, Classifier(classes).state_dict()\n{lines}\n"
    text = text.replace(texts.marked(text), own).rpartition("for s, c in")[0]
    with chdir(tmp_path):
        texts.load(tmp_path, f"{text}{line.pop()}\n")
    first, second, third = capsys.readouterr().out.splitlines()
    assert second == "incoming/b.npz NaN"
    assert re.fullmatch("incoming/a.npz [xy]", first) and re.fullmatch("incoming/c.npz [xy]", third)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_csv_or_an_npz_takes_the_place_of_all_that_stands_between_the_marks(
    tmp_path, capsys, language
):
    np.savez(tmp_path / "my.npz", x=np.ones((4, 1)))
    (tmp_path / "my.csv").write_text("x\n1\n2\n3\n", "utf-8")
    torch.save([torch.zeros(1), torch.ones(1)], tmp_path / "steps.pt")
    section = page(language).partition("{ #use }")[2].partition("\n## ")[0]
    told = re.findall(r"`(saved = .+?|MEAN, STD = .+?|F = .+?)`", section)
    lines = variant(language, "steps")
    text = texts.applied(snippet("use"), *[(old, lines[old]) for old in NET_LINES],
                         ("print(s, c)", "print(len(s), c)"))  # fmt: skip
    for new, steps in zip(re.findall(r"`(import .+; new = .+)`", section), (4, 3), strict=True):
        own = text.replace(texts.marked(text), "\n".join([*told, f"{new}\n"]))
        with chdir(tmp_path):
            made = texts.load(tmp_path, f"F = 1\n{text.partition('# >>>')[0]}")
            torch.save((["a"], made.Classifier(["a"]).state_dict()), "classify.pt")
            texts.load(tmp_path, own)
        assert capsys.readouterr().out == f"{steps} a\n"


def test_a_nan_in_a_new_recording_is_named_where_it_is_used(tmp_path):
    lines = variant("en", "steps")
    text = texts.applied(snippet("use"), *[(old, lines[old]) for old in NET_LINES])
    own = "F, MEAN, STD = 1, 0.0, 1.0\nclasses = ['a', 'b']\n"
    own += "saved = classes, Classifier(classes).state_dict()\nnew = [[[1.0], [float('nan')]]]\n"
    with pytest.raises(AssertionError, match="^NaN: fill it$"):
        texts.load(tmp_path, text.replace(texts.marked(text), own))


@pytest.mark.parametrize(
    ("wrong", "said"), [("np.array(s)", "s.tolist"), ("[[float('nan'), 1]]", "NaN: fill")]
)
def test_an_array_or_a_nan_is_named(tmp_path, wrong, said):
    text = texts.applied(snippet("steps"), ("append((s, ", f"append(({wrong}, "))
    with pytest.raises(AssertionError, match=said):
        texts.load(tmp_path, text)


@pytest.mark.parametrize("part", ["own", "words", "steps", "files"])
def test_what_the_data_hold_is_printed_by_the_file_and_not_by_an_import(
    tmp_path, monkeypatch, capsys, part
):
    monkeypatch.chdir(tmp_path)
    texts.load(tmp_path, snippet(part))
    assert capsys.readouterr().out == ""


# What is kept


def test_many_sequences_are_predicted_in_batches(script, monkeypatch):
    sizes = []
    net = script.Classifier(["a", "b"])
    net.register_forward_pre_hook(lambda _, given: sizes.append(len(given[0])))
    names = [name for name, _ in script.test[:150]]
    assert net.predict(names) == [net.predict([name])[0] for name in names]
    assert sizes[:3] == [64, 64, 22]


def test_the_other_file_has_the_net_of_the_script_and_its_constants():
    assert texts.net(snippet("use")) == texts.net(texts.script(NAME))
    assert "SIZE, HIDDEN, DROP, BATCH = 32, 48, 0.3, 64\n" in snippet("use")
    assert "SIZE, HIDDEN, DROP, RATE, BATCH = 32, 48, 0.3, 0.008, 64\n" in texts.script(NAME)


@pytest.mark.parametrize(
    ("kind", "kept"),
    [
        ("texts", []),
        ("words", ['words = torch.load("words.pt")']),
        ("steps", ['MEAN, STD = torch.load("steps.pt")', "F = len(MEAN)"]),
    ],
)
def test_the_other_file_predicts_as_the_script_does_without_its_data(
    kind, kept, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    lines = variant("en", kind) if kind in KINDS else {}
    data = snippet(kind) if kind in KINDS else snippet("own") + TF
    text = texts.applied(texts.with_data(NAME, data), *lines.items())
    script = texts.load(tmp_path, text, EPOCHS=2)
    script.run(0, "classify.pt")
    saved = ['saved = torch.load("classify.pt", device)', *kept]
    assert all(f"`{line}`" in page(each) for line in saved for each in LANGUAGES)
    net = texts.applied(snippet("use"), *[(old, lines[old]) for old in lines if old in NET_LINES])
    new = [s for s, _ in script.test]
    given = "\n".join([*saved, f"new = {new}\n"])
    exec(net.replace(texts.marked(net), given), {})
    classes, weights = torch.load("classify.pt")
    loaded = script.Classifier(classes)
    loaded.load_state_dict(weights)
    pairs = zip(new, loaded.predict(new), strict=True)
    assert capsys.readouterr().out.splitlines() == [f"{s} {c}" for s, c in pairs]


def test_the_n_grams_alone_are_those_of_the_script(script, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    alone = texts.load(tmp_path, snippet("ngrams"))
    assert alone.model[0].get_params() == script.tf.get_params()
    assert alone.model[1].get_params()["C"] == script.C == 100
    assert {*alone.loaded.predict(alone.new)} == {"de", "fr", "nl"}


# Where the net wins, and where nothing can


def test_where_order_counts_over_a_distance_the_net_beats_n_grams(tmp_path):
    text = made_up_text('"xy"[place[0] > place[1]]')
    script = texts.load(tmp_path, text, EPOCHS=8, HIDDEN=16, DROP=0.0, BATCH=32)
    found = script.run(0)
    assert found["GRU"]["accuracy"] > 0.95
    assert found["n-grams"]["accuracy"] < 0.65


def test_where_classes_are_drawn_at_random_nothing_finds_them(tmp_path):
    text = made_up_text('draw.choice("xy")')
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
    assert out[-1] == "('goedemorgen', 'nl')"


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
