"""The recipe that tags every step: its parts share nothing, its changes run, it can lose."""

import re
import runpy
from importlib.metadata import distribution

import pytest
import torch

import recipes
from tests import recipes as texts
from tests.sources import LANGUAGES

pytestmark = pytest.mark.usefixtures("one_thread")
NAME = "tag"
by_language = pytest.mark.parametrize("language", LANGUAGES)
# Twelve letters, tagged by a rule, hardly ever two sequences that are equal.
LETTERS = """
import random
draw = random.Random(0)
def one():
    s = draw.choices("abcdefgh", k=12)
    s[0] = draw.choice("xy")
    return s, [RULE for t in s]
train, valid, test = ([one() for _ in range(n)] for n in (600, 50, 100))
new, scored = [["x", "a"], ["y"]], test
"""
DOCUMENT = "-DOCSTART-\\tO\\n\\n"


def snippet(part: str) -> str:
    return texts.snippet(NAME, part)


def page(language: str) -> str:
    return texts.page(NAME, language)


def made_up(rule: str) -> str:
    return texts.with_data(NAME, LETTERS.replace("RULE", rule))


# What is split


def test_no_two_signs_in_a_row_stand_in_two_parts(script):
    parts = script.train, script.valid, script.test
    pairs = [{(a, b) for s, _ in part for a, b in zip(s, s[1:], strict=False)} for part in parts]
    assert all(len(part) > 2000 for part in pairs)
    assert not (pairs[0] & pairs[1] or pairs[0] & pairs[2] or pairs[1] & pairs[2])


@by_language
def test_the_page_says_what_the_data_hold(script, language):
    tags: dict[str, set] = {}
    for s, y in script.train:
        for sign, tag in zip(s, y, strict=True):
            tags.setdefault(sign, set()).add(tag)
    asked = [sign for s, _ in script.test for sign in s]
    numbers = [len(part) for part in (script.train, script.valid, script.test)]
    numbers += [len(asked), sum(len(tags.get(sign, "")) > 1 for sign in asked)]
    numbers += [sum(sign not in tags for sign in asked)]
    for number in numbers:
        assert re.search(rf"(?<!\d){number}(?!\d)", page(language))


def test_nothing_that_is_fitted_depends_on_the_test_part(script, tmp_path, monkeypatch):
    monkeypatch.setattr(script, "train", script.train[::20])
    script.run(0, tmp_path / "one.pt")
    monkeypatch.setattr(script, "scored", script.test[::2])
    script.run(0, tmp_path / "other.pt")
    (*_, one), (*_, other) = (torch.load(tmp_path / f"{n}.pt") for n in ("one", "other"))
    assert all(one[key].equal(other[key]) for key in one)


@pytest.mark.parametrize("wrong", [(["a", "b"], ["1"]), (["a"], ["1", "2"]), ([], [])])
@pytest.mark.parametrize("part", ["train", "valid", "test"])
def test_tags_that_do_not_fit_the_tokens_are_shown(script, monkeypatch, part, wrong):
    monkeypatch.setattr(script, part, [wrong])
    with pytest.raises(AssertionError, match=re.escape(f"tokens {wrong[0]}, tags {wrong[1]}")):
        script.run(0)


def test_documents_of_a_file_stay_whole_and_a_sentence_is_kept_once(tmp_path):
    twice = snippet("own").replace("file = io", "file += 2 * 'Yes UH\\n\\n'\nfile = io")
    assert twice != snippet("own")
    found = texts.load(tmp_path, twice)
    parts = found.train, found.valid, found.test
    sentences = [str(s) for part in parts for s, _ in part]
    assert len(sentences) == len(set(sentences)) == 21
    pairs = texts.load(tmp_path, texts.with_data(NAME, snippet("own")), EPOCHS=1, HIDDEN=4)
    assert pairs.run(0)["GRU"].keys() == {"DET", "NOUN", "VERB", "several", "all"}


def test_without_documents_each_sentence_stands_alone(tmp_path):
    old = 'if "-DOCSTART-" in s or "# newdoc" in block:'
    text = snippet("own").replace(DOCUMENT, "")
    assert text.count(old) == 1 and all("`if True:`" in page(each) for each in LANGUAGES)
    found = texts.load(tmp_path, text.replace(old, "if True:"))
    assert [len(part) for part in (found.train, found.valid, found.test)] == [16, 2, 2]


def test_comments_are_skipped_hashtags_are_tokens_and_any_column_may_hold_the_tag(tmp_path):
    text = snippet("own").replace("file = io", "file = USERS + file\nfile = io")
    text = text.replace('if "-DOCSTART-" in s or "# newdoc" in block:', "if True:")
    text = text.replace("TOKEN, TAG = 0, -1", "TOKEN, TAG = 1, 3").replace("range(20)", "range(0)")
    own = "# text = a b\n#\n1\t#news{}\t_\tX\t_\n2\t#\t_\tSYM\t_\n\n"
    own = 3 * "".join(map(own.format, range(10)))
    found = texts.load(tmp_path, text.replace("USERS", repr(own)).replace(DOCUMENT, ""))
    assert sorted(sum(found.parts, [])) == [([f"#news{k}", "#"], ["X", "SYM"]) for k in range(10)]
    first = snippet("own").replace("dog{0}", "#dog{0}")
    found = texts.load(tmp_path, first)
    assert all(s[1].startswith("#dog") for part in found.parts for s, _ in part)
    assert all("`TOKEN, TAG`" in page(each) and "`1, 3`" in page(each) for each in LANGUAGES)


def test_a_document_of_conll_u_begins_with_newdoc_and_what_is_no_word_is_passed_over(tmp_path):
    own = "".join(
        f"# newdoc id = {k}\n# text = du chat {k}\n1-2\tdu\t_\t_\n1\tde\t_\tADP\n"
        f"2\tle\t_\tDET\n3\tchat{k}\t_\tNOUN\n3.1\telided\t_\t_\n\n1\tthe fin{k}\t_\tX\n\n"
        for k in range(20)
    )
    text = snippet("own").replace("TOKEN, TAG = 0, -1", "TOKEN, TAG = 1, 3")
    text = text.replace("file = io", f"file = {own!r}\nfile = io")
    found = texts.load(tmp_path, text)
    assert [len(part) for part in found.parts] == [32, 4, 4]
    for part in found.parts:
        words = [word for s, _ in part for word in s]
        assert {w for w in words if not w[-1].isdigit()} == {"de", "le"}
        numbers = {kind: {w[len(kind) :] for w in words if w.startswith(kind)}
                   for kind in ("chat", "the fin")}  # fmt: skip
        assert numbers["chat"] == numbers["the fin"], "a document stays whole"


def test_a_line_with_too_few_columns_is_shown(tmp_path):
    broken = snippet("own").replace("sleeps\\t_\\tVERB", "sleeps")
    with pytest.raises(AssertionError, match="^short: sleeps$"):
        texts.load(tmp_path, broken)


def test_a_blank_line_may_hold_a_space_and_every_part_has_a_sentence(tmp_path):
    spaced = snippet("own").replace("VERB\\n\\n", "VERB\\n \\n")
    assert spaced != snippet("own")
    found = texts.load(tmp_path, spaced)
    assert {len(s) for part in found.parts for s, _ in part} == {3}
    with pytest.raises(AssertionError, match="^too few documents to split$"):
        texts.load(tmp_path, snippet("own").replace(DOCUMENT, ""))
    assert all("`too few documents to split`" in page(each) for each in LANGUAGES)


def test_tags_that_training_lacks_are_named_where_the_file_is_run_and_not_imported(
    tmp_path, capsys
):
    (_, dog, _), _ = texts.load(tmp_path, snippet("own")).valid[0]
    rare = f"file = file.replace('{dog}\\t_\\tNOUN', '{dog}\\tRARE')\nfile = io"
    (tmp_path / "own.py").write_text(snippet("own").replace("file = io", rare), "utf-8")
    capsys.readouterr()
    runpy.run_path(tmp_path / "own.py")
    assert capsys.readouterr().out == ""
    runpy.run_path(tmp_path / "own.py", run_name="__main__")
    assert capsys.readouterr().out == "16 2 2\nmissing = ['RARE']\n"


# What the net computes


FEW, CHANGES = texts.rows(NAME, "en")[:2], texts.rows(NAME, "en")[2:]
NET = [CHANGES[0:1], CHANGES[1:2], CHANGES[2:4], CHANGES[0:2], []]
OTHERS = [CHANGES[4:6], CHANGES[6:9], CHANGES[9:10], CHANGES[10:11], CHANGES[11:12]]


def test_the_changes_are_the_same_in_every_language():
    for section in ("changes", "kinds"):
        assert len({tuple(texts.rows(NAME, each, section)) for each in LANGUAGES}) == 1
    assert len(CHANGES) == 14 and len(texts.rows(NAME, "en", "kinds")) == 6


@pytest.mark.parametrize("section", ["changes", "kinds"])
def test_both_columns_of_the_changes_fit_on_a_phone(section):
    """A line of code breaks at blanks alone; about 42 characters stand beside one another."""
    columns = zip(*texts.rows(NAME, "en", section), strict=True)
    assert (
        sum(max(len(word) for code in column for word in code.split()) for column in columns) < 43
    )


@pytest.mark.parametrize("changes", NET + OTHERS)
def test_every_change_names_one_place_and_runs(tmp_path, monkeypatch, changes):
    monkeypatch.chdir(tmp_path)
    needed = "from sklearn.metrics import classification_report as report"
    assert all(f"`{needed}`" in page(language) for language in LANGUAGES)
    text = f"{needed}\n" + texts.applied(made_up('"ab"[t > "d"]'), *changes)
    script = texts.load(tmp_path, text, EPOCHS=1, HIDDEN=4)
    assert script.run(0)["GRU"].keys() == {"a", "b", "several", "all"}


def test_steps_without_a_tag_are_left_out_of_training_and_of_the_score(tmp_path):
    script = texts.load(tmp_path, texts.applied(made_up('"ab"[t > "d"]'), *CHANGES[6:9]), EPOCHS=2)
    for part in (script.train, script.scored):
        part[:] = [(s, ["", *y[1:]]) for s, y in part]
    found = script.run(0)
    assert found["GRU"].keys() == {"a", "b", "several", "all"}
    assert found["GRU"]["all"] > 0.85


def test_even_weights_find_more_of_a_rare_tag(tmp_path):
    text = made_up('"ab"[t == "h" and draw.random() < 0.3]')
    weighed = texts.applied(text, *CHANGES[4:6])
    usual, even = (
        texts.load(tmp_path, each, EPOCHS=10, HIDDEN=8).run(0) for each in (text, weighed)
    )
    for model in ("SVM", "GRU"):
        assert usual[model]["b"] < 0.3 < 0.6 < even[model]["b"]


@pytest.mark.parametrize("changes", NET)
def test_a_sequence_gets_the_same_answer_alone_as_in_a_batch(tmp_path, changes):
    script = texts.load(tmp_path, texts.applied(made_up('"a"'), *changes))
    net = script.Tagger(["a", "b"], [*"abcdefgh"]).eval()
    batch = [[*"abcabc"], ["h"], [*"dz"]]
    together = net(batch)
    for s, row in zip(batch, together, strict=True):
        assert torch.allclose(net([s])[0], row[:, : len(s)], atol=1e-6)


def test_padded_steps_are_not_learned(tmp_path):
    """All of one tag: after an epoch a net that learned padding would say another."""
    script = texts.load(tmp_path, made_up('"a"'))
    loss = torch.nn.CrossEntropyLoss(ignore_index=-1)
    answer = torch.randn(2, 3, 4)
    goal = torch.tensor([[0, 1, 2, 1], [2, -1, -1, -1]])
    alone = torch.cat([answer[0].T, answer[1].T[:1]])
    assert loss(answer, goal).isclose(loss(alone, torch.tensor([0, 1, 2, 1, 2])))
    assert texts.script(NAME).count("], True, -1)") == 1
    assert texts.script(NAME).count("ignore_index=-1)") == 1
    assert len(script.Tagger(["a"], []).tag([*"abc"])) == 3


def test_what_training_has_once_is_the_unknown_token(tmp_path):
    text = made_up('"a" if t in "xy" else "b"')
    script = texts.load(tmp_path, text, EPOCHS=1, HIDDEN=4)
    script.train = [*script.train, (["once", "x"], ["b", "a"])]
    script.run(0, tmp_path / "kept.pt")
    tags, tokens, weights = torch.load(tmp_path / "kept.pt")
    assert "once" not in tokens and {*"abxy"} <= {*tokens}
    net = script.Tagger(tags, tokens)
    net.load_state_dict(weights)
    assert net.tag(["x", "once"]) == net.tag(["x", "never"])


def test_steps_of_numbers_need_the_lines_that_the_page_names(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    text = texts.applied(texts.with_data(NAME, snippet("steps")), *texts.rows(NAME, "en", "kinds"))
    script = texts.load(tmp_path, text, EPOCHS=150, HIDDEN=16, DROP=0.0)
    found = script.run(0, tmp_path / "kept.pt")
    assert found["GRU"]["all"] > 0.85 > found["counts"]["all"]
    assert found["SVM"]["all"] > 0.85
    *given, weights = torch.load(tmp_path / "kept.pt")
    net = script.Tagger(*given)
    net.load_state_dict(weights)
    assert len(net.tag(script.new[0])) == len(script.new[0])
    kept = ['MEAN, STD = torch.load("steps.pt")', "F = len(MEAN)"]
    assert all(f"`{line}`" in page(language) for line in kept for language in LANGUAGES)
    use = texts.applied(snippet("use"), *texts.rows(NAME, "en", "kinds")[:2])
    use = texts.applied(use, ("64, 48, 0.3\n", "64, 16, 0.0\n"))
    use = "\n".join(line for line in use.splitlines() if "unknown = " not in line)
    lines = "\n".join(['saved = torch.load("kept.pt")', *kept, f"new = {script.new}\n"])
    capsys.readouterr()
    exec(use.replace(texts.marked(use), lines), {})
    (s,) = script.new
    assert capsys.readouterr().out == " ".join(map(str, zip(s, net.tag(s), strict=True))) + "\n"


def test_a_number_that_training_never_changes_is_not_blown_up(tmp_path):
    flat = snippet("steps").replace("draw(0, 1)])", "0.1 * (k > 79)])")
    assert flat != snippet("steps")
    found = texts.load(tmp_path, flat)
    assert found.STD.tolist()[1] == 1


# In another file


def test_the_other_file_has_the_net_of_the_script_and_its_constants():
    assert texts.net(snippet("use")) == texts.net(texts.script(NAME))
    assert "SIZE, HIDDEN, DROP = 64, 48, 0.3\n" in snippet("use")
    assert "SIZE, HIDDEN, DROP, RATE, EPOCHS = 64, 48, 0.3," in texts.script(NAME)


def test_the_other_file_tags_as_the_script_does_and_names_unknown_tokens(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    script = texts.load(tmp_path, made_up('"ab"[t > "d"]'), EPOCHS=1)
    script.run(0, "tag.pt")
    kept = 'saved = torch.load("tag.pt", device)'
    assert all(f"`{kept}`" in page(language) for language in LANGUAGES)
    new = [["x", "a", "never"], [*"bcd"]]
    lines = f"{kept}\nnew = {new}\n"
    exec(snippet("use").replace(texts.marked(snippet("use")), lines), {})
    tags, tokens, weights = torch.load("tag.pt")
    net = script.Tagger(tags, tokens)
    net.load_state_dict(weights)
    first, unknown, second, none = capsys.readouterr().out.splitlines()
    pairs = [" ".join(map(str, zip(s, net.tag(s), strict=True))) for s in new]
    assert [first, second] == pairs
    assert (unknown, none) == ("unknown = ['never']", "unknown = []")


def test_entities_are_whole_or_wrong_and_counted_by_kind(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    found = texts.load(tmp_path, snippet("entities"))
    tags = ["I-X", "I-X", "B-X", "I-Y", "O", "I-Y"]
    assert found.entities(tags) == {("X", 0, 2), ("X", 2, 3), ("Y", 3, 4), ("Y", 5, 6)}
    assert found.entities(["O", "O"]) == found.entities([]) == set()
    capsys.readouterr()
    said = [(["B-X", "I-X", "O"], ["B-X", "O", "O"]), (["B-X", "O", "O"], ["B-X", "O", "O"])]
    torch.save(said, "said.pt")
    kept = 'pairs = torch.load("said.pt")'
    assert all(f"`{kept}`" in page(language) for language in LANGUAGES)
    lines = f"import torch\n{kept}\n"
    exec(snippet("entities").replace(texts.marked(snippet("entities")), lines), {})
    assert capsys.readouterr().out == "X 2 2 1 0.50\n"


@pytest.mark.parametrize(("row", "model"), [(11, "GRU"), (12, "SVM")])
def test_what_the_script_keeps_for_the_entities_is_pairs_of_tags(tmp_path, monkeypatch, row, model):
    monkeypatch.chdir(tmp_path)
    text = texts.applied(made_up('"ab"[t > "d"]'), CHANGES[row])
    script = texts.load(tmp_path, text, EPOCHS=1, HIDDEN=4)
    found = script.run(0)[model]["all"]
    pairs = torch.load({"GRU": "said.pt", "SVM": "svm.pt"}[model])
    assert [right for right, _ in pairs] == [y for _, y in script.scored]
    same = [r == s for right, said in pairs for r, s in zip(right, said, strict=True)]
    assert sum(same) / len(same) == pytest.approx(found)


def test_new_sentences_are_read_from_a_file_as_that_of_the_training(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lines = [
        re.findall(r"`(text = open\(.+?|new = \[s for b.+?)`", page(each)) for each in LANGUAGES
    ]
    assert lines[0] == lines[1] and len(lines[0]) == 2
    file = "-DOCSTART- O\n\n\n# id 1\nFelix B\nruns O\n \nsnow storm\t_\tX\n#tag\t_\tX\n"
    (tmp_path / "new.conll").write_text(file, "utf-8")
    exec("import re\n" + "\n".join(lines[0]), scope := {})
    assert scope["new"] == [["Felix", "runs"], ["snow storm", "#tag"]]


def test_the_svm_of_the_other_file_is_that_of_the_script(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = texts.applied(
        made_up('"ab"[t > "d"]'), CHANGES[-1], ("import torch\n", "import joblib\nimport torch\n")
    )
    script = texts.load(tmp_path, text, EPOCHS=1, HIDDEN=4)
    right = script.run(0)["SVM"]["all"]
    kept = 'saved = joblib.load("svm.joblib")'
    assert all(f"`{kept}`" in page(language) for language in LANGUAGES)
    lines = f"import joblib\n{kept}\nnew = {[s for s, _ in script.scored]}\n"
    other = snippet("svm").replace(texts.marked(snippet("svm")), lines)
    assert str(script.NEAR) == str(texts.load(tmp_path, other).NEAR)
    exec(other, scope := {})
    said = [t for s in scope["new"] for t in scope["svm"].predict(
        scope["vec"].transform(scope["near"](s)))]  # fmt: skip
    tags = [t for _, y in script.scored for t in y]
    assert sum(a == b for a, b in zip(said, tags, strict=True)) / len(tags) == pytest.approx(right)


# Where the net wins, and where nothing can


# One step of twenty has a tag other than O, and its neighbour decides.
RARE = LETTERS.replace("for t in s]", 'for b, t in zip([""] + s, s)]').replace("600,", "100,")
RARE = RARE.replace("RULE", '"OB"[b == "g" and t < "e"]')


def test_with_few_sequences_all_is_o_until_there_are_more_epochs_or_weights(tmp_path):
    text = texts.with_data(NAME, RARE)
    weighed = texts.applied(text, CHANGES[4])
    few, more, even, small = (
        texts.load(tmp_path, each).run(0)["GRU"]
        for each in (
            text,
            text.replace("0.02, 4\n", "0.02, 20\n"),
            weighed,
            texts.applied(text, *FEW),
        )
    )
    assert round(few["all"], 2) == 0.95 and few["B"] < 0.05
    assert more["B"] > 0.95 and even["B"] > 0.95 and even["O"] < 0.95
    assert small["all"] > 0.99
    assert all("95 %" in page(language) for language in LANGUAGES)


@by_language
def test_the_page_says_how_many_steps_four_epochs_are(script, language):
    assert texts.script(NAME).count("RATE, EPOCHS = 64, 48, 0.3, 0.02, 4\n") == 1
    assert [4 * -(-n // 256) for n in (len(script.train), 256)] == [324, 4]
    assert "324" in page(language)


def test_where_the_first_letter_decides_the_net_beats_the_svm(tmp_path):
    found = texts.load(tmp_path, made_up("s[0]"), EPOCHS=20, DROP=0.0).run(0)
    assert found["GRU"]["all"] > 0.95
    assert found["SVM"]["all"] < 0.75


def test_where_tags_are_drawn_at_random_nothing_finds_them(tmp_path):
    found = texts.load(tmp_path, made_up('draw.choice("ab")'), EPOCHS=2, HIDDEN=8).run(0)
    for scores in found.values():
        assert 0.4 < scores["all"] < 0.6


# What the page says


@by_language
def test_the_page_says_what_ten_seeds_gave(record, language):
    text = page(language)
    table = {}
    for column in ("all", "several", "5"):
        by_model = recipes.by_model(record, column)
        cells = []
        for model in ("counts", "SVM", "GRU"):
            middle, side = recipes.summary([100 * value for value in by_model[model]])
            cells.append(f"{middle:.1f} ± {side:.1f} %" if side else f"{middle:.1f} %")
        assert f"| {' | '.join(cells)} |" in text
        table[column] = by_model
    whole, hard = table["all"], table["several"]
    assert max(whole["GRU"]) < min(whole["counts"] + whole["SVM"]), "behind with every seed"
    assert max(hard["GRU"]) < min(hard["SVM"]), "no seed is ahead of the SVM"
    assert min(hard["GRU"]) > max(hard["counts"]), "each is ahead of the counts"
    for number in (min(hard["GRU"]), max(hard["GRU"]), max(hard["GRU"]) - min(hard["GRU"])):
        assert f"{100 * number:.1f}" in text


def test_the_script_prints_what_its_record_holds_and_pairs(record):
    first, *lines, last = (recipes.FOLDER / f"{NAME}.out").read_text("utf-8").splitlines()
    found = record["rows"][0]["found"]
    models = first.split()
    assert models == ["counts", "SVM", "GRU"]
    for name, *numbers in map(str.split, lines):
        assert [float(n) for n in numbers] == [round(found[m][name], 3) for m in models]
    pairs = re.findall(r"\('(.)', '([1-5])'\)", last)
    assert "".join(sign for sign, _ in pairs) == "长江很长"


@by_language
def test_the_licence_stands_in_the_package(language):
    package = distribution("pypinyin")
    assert package.metadata["License"] == "MIT" and "MIT" in page(language)
