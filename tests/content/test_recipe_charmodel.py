"""The language model of characters: its parts share nothing, its streams go on, it can win."""

import ast
import hashlib
import random
import re
from collections import Counter
from contextlib import chdir

import pytest
import torch

import recipe_texts
import recipes
from tests import recipes as texts
from tests.sources import LANGUAGES, ROOT
from tools.running import record as running
from tools.sources import texts as site_texts

pytestmark = pytest.mark.usefixtures("one_thread")
NAME = "charmodel"
NGRAMS = recipes.FOLDER / NAME / "ngrams.py"
by_language = pytest.mark.parametrize("language", LANGUAGES)


def load(**constants):
    """The script, run where its texts are."""
    with chdir(recipes.TEXTS):
        return recipes.load(NAME, **constants)


@pytest.fixture(scope="module")
def script():
    return load(**recipes.SHORT[NAME])


@pytest.fixture(scope="module")
def counting():
    """The script of the n-grams."""
    with chdir(recipes.TEXTS):
        return recipes.load_file(NGRAMS)


@pytest.fixture(params=["plays", "poems"])
def parts(script, request, tmp_path):
    """What is to train, to choose with, to test."""
    with chdir(recipes.TEXTS):
        choosing = texts.load(tmp_path, to_choose(texts.script(NAME)))
    train, test = script.texts[request.param]
    assert choosing.texts[request.param][0] == train
    return train, choosing.texts[request.param][1], test


def to_choose(text: str) -> str:
    """The script as one runs it to choose settings."""
    assert "{}, 9," in text and "# 8 to choose settings" in text
    return text.replace("{}, 9,", "{}, 8,")


def page(language: str) -> str:
    return texts.page(NAME, language)


def own(folder, pieces, text="", **constants):
    """A script with a text of these pieces beside it, and nothing changed but the text's name."""
    (folder / "mine.txt").write_text("\n\n\n".join(pieces), "utf-8")
    text = text or texts.script(NAME)
    with chdir(folder):
        return texts.load(folder, text.replace('"plays", "poems"', '["mine"]'), **constants)


def copies(length: int) -> list[str]:
    """Pieces of lines that end with the sign with which they began, nine before."""
    draw = random.Random(0)

    def line():
        signs = "".join(draw.choices("abcdefgh", k=9))
        return signs + signs[0]

    return ["\n".join(line() for _ in range(length)) for _ in range(20)]


# The second script


def test_both_scripts_have_the_same_texts(script, counting):
    assert script.texts == counting.texts


# What is split


def test_of_ten_pieces_eight_are_to_train_one_to_choose_with_one_to_test(tmp_path):
    pieces = [f"{k:05b}" for k in range(23)]
    train, test = own(tmp_path, pieces).texts["mine"]
    again, valid = own(tmp_path, pieces, to_choose(texts.script(NAME))).texts["mine"]
    assert train.split() == again.split() == [s for k, s in enumerate(pieces) if k % 10 < 8]
    assert valid.split() == pieces[8::10]
    assert test.split() == pieces[9::10]


def test_no_scene_and_no_poet_is_in_two_parts_and_no_poem_shares_a_line():
    for name in recipe_texts.HASHES:
        pieces = (recipes.TEXTS / f"{name}.txt").read_text("utf-8").strip().split("\n\n\n")
        assert len(pieces) == len(set(pieces))
    lines = Counter(line for line in re.split(r"[，。\s]+", "\n".join(pieces)) if line)
    assert {*lines.values()} == {1}
    assert {*map(len, lines)} == {5}


def test_hardly_a_passage_of_the_test_part_stands_in_the_others(parts):
    train, valid, test = parts
    longest = 30 if len({*train}) < 100 else 8
    known = {part[i : i + longest] for part in (train, valid) for i in range(len(part) - longest)}
    assert not [i for i in range(len(test) - longest) if test[i : i + longest] in known]


def test_a_sign_that_train_has_not_twice_is_the_unknown_one_in_every_part(tmp_path):
    pieces = ["aab", "b", "aa", "aa", "ax", "a", "a", "a", "xb", "yb"]
    train, test = own(tmp_path, pieces).texts["mine"]
    _, valid = own(tmp_path, pieces, to_choose(texts.script(NAME))).texts["mine"]
    assert "x" not in train + valid + test and "y" not in test
    assert valid.strip() == "□b" and test.strip() == "□b"


@pytest.mark.parametrize("text", [texts.script(NAME), NGRAMS.read_text("utf-8")])
def test_a_text_with_too_few_pieces_and_a_line_in_two_parts_are_refused(tmp_path, text):
    with pytest.raises(AssertionError, match="fewer than ten pieces"):
        own(tmp_path, "abcdefghi", text)
    twice = "a line that is of 24 signs or more"
    with pytest.raises(AssertionError, match=f"in two parts: {twice}"):
        own(tmp_path, [twice, *"abcdefgh", twice], text)


def test_nothing_that_is_fitted_depends_on_the_test_part(tmp_path):
    pieces = copies(30)
    kept = []
    for last in (pieces[-1], "hgfedcbaab"):
        changed = own(tmp_path, [*pieces[:-1], last], RATES=(0.01,), HIDDEN=4)
        kept.append(changed.gru(changed.texts["mine"][0], 0).state_dict())
    assert all(kept[0][key].equal(kept[1][key]) for key in kept[0])


# Streams


@pytest.fixture
def calls(script, monkeypatch):
    """What the net is given while it learns, call by call, and the state it returns."""
    found = []
    forward = script.CharModel.forward

    def spy(net, x, h):
        z, y, out = forward(net, x, h)
        found.append((x, h, out))
        return z, y, out

    monkeypatch.setattr(script.CharModel, "forward", spy)
    return found


def test_each_stream_goes_on_where_it_stopped(script, calls):
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 32 * 70 + 5)))
    script.gru(text, 0)
    streams = [*zip(*(x for x, _, _ in calls), strict=True)]
    assert len(streams) == script.STREAMS
    assert "".join(part[:-1] for stream in streams for part in stream) == text[: 32 * 70]
    for stream in streams:
        assert [len(part) for part in stream] == [33, 33, 7]
        assert all(b[0] == a[-1] for a, b in zip(stream, stream[1:], strict=False))


def test_the_next_sign_is_the_target_and_is_not_read(script):
    net = script.CharModel("abcd").eval()
    z, y, _ = net(["abc"], None)
    other, last, _ = net(["abd"], None)
    assert [net.signs[k] for k in (*y, *last)] == ["b", "c", "b", "d"]
    assert torch.equal(z, other)


def test_a_state_is_carried_through_an_epoch_and_carries_no_gradient(script, calls, monkeypatch):
    monkeypatch.setattr(script, "RATES", (0.01, 0.01))
    script.gru("abcd" * 700, 0)
    assert len(calls) > 4
    assert [k for k, (_, h, _) in enumerate(calls) if h is None] == [0, len(calls) // 2]
    for (_, _, before), (_, given, after) in zip(calls, calls[1:], strict=False):
        if given is not None:
            assert torch.equal(before, given)
            assert not given.requires_grad and after.requires_grad


def test_the_net_reads_a_text_in_chunks_as_it_does_at_once(script):
    net = script.CharModel("abc").eval()
    at_once, *_ = net(["abcabcab"], None)
    first, _, h = net(["abca"], None)
    torch.testing.assert_close(torch.cat([first, net(["abcab"], h)[0]]), at_once)


# Scores


def test_n_grams_give_each_history_a_distribution(counting):
    train, signs = "abracadabra\nabrac\n" * 3, "abrcd\n□"
    base = counting.ngrams(train, "abra")
    of = [2 ** -(5 * counting.ngrams(train, f"abra{s}") - 4 * base) for s in signs]
    assert sum(of) == pytest.approx(1)


def test_n_grams_learn_a_rule_of_five_signs_and_no_longer_one(counting):
    assert counting.ngrams("abcde\n" * 200, "abcde\n" * 20) < 0.1
    pieces = copies(150)
    train, test = ("\n".join(part) + "\n" for part in (pieces[2:], pieces[:2]))
    assert counting.ngrams(train, test) > 0.97 * 10 * 3 / 11, "three bits for each of ten letters"


def test_n_grams_know_a_place_that_tells_the_sign_and_do_without_lines(counting, monkeypatch):
    monkeypatch.setattr(counting, "ORDER", 2)
    draw = random.Random(0)
    rows = ["".join(draw.choices("abcd", k=6)) + "," for _ in range(400)]
    told, alone = (counting.ngrams(end.join(rows), end.join(rows[:99])) for end in ("\n", ""))
    assert told == pytest.approx(6 * 2 / 8, abs=0.1), "two bits for each of four letters"
    assert alone > 7 * told / 8 + 0.3
    words = "to be or not to be " * 200
    found = counting.ngrams(f"{words}\n\n\n", words[:200])
    assert found < 1.5, "no place is told where lines are pieces"


def test_n_grams_count_a_sign_in_a_shorter_history_once_for_each_longer_one(counting):
    """q is frequent, but after x alone, so in a new place a is likelier (Kneser and Ney)."""
    draw = random.Random(0)
    train = "".join(draw.choices(["a", "b", "c", "d", "e", "xq"], [1] * 5 + [4], k=600)) + "\n\n\n"
    assert train.count("q") > 2 * train.count("a")
    q, a = (counting.ngrams(train, f"□{s}") for s in "qa")
    assert q > a + 0.3


def test_n_grams_go_on_counting_in_what_they_score(counting):
    train, new = "abcd\n" * 50, "dcba\n"
    once, often = (counting.ngrams(train, new * n) for n in (1, 9))
    assert often < once / 2


def test_bigrams_need_the_one_bit_of_two_signs_that_may_follow(tmp_path):
    draw = random.Random(0)
    text = "a"
    while len(text) < 20000:
        text += draw.choice({"a": "bc", "b": "cd", "c": "da", "d": "ab"}[text[-1]])
    pieces = [text[k : k + 1000] for k in range(0, 20000, 1000)]
    found = own(tmp_path, pieces, RATES=(0.01,), HIDDEN=4).run(0)
    assert 0.99 < found["bigrams"]["mine"] < 1.1


def test_the_net_wins_where_a_sign_far_back_counts(tmp_path):
    script = own(
        tmp_path, copies(150), RATES=(0.015,) * 8 + (0.004,) * 4, HIDDEN=32, DROP=0.0, STREAMS=16
    )
    train, test = script.texts["mine"]
    net = script.gru(train, 0)
    z, y, _ = net([test], None)
    end = y == net.signs.index("\n")
    last = (end[1:] & ~end[:-1]).nonzero()[:, 0]
    bits = script.cross_entropy(z[last], y[last]).item() / script.log(2)
    assert bits < 1.5 < 3, "of eight letters, whose guess is 3 bits"


def test_nobody_wins_where_signs_are_drawn_at_random(tmp_path, counting):
    draw = random.Random(0)
    pieces = ["".join(draw.choices("abcdefgh", k=900)) for _ in range(10)]
    script = own(tmp_path, pieces, RATES=(0.01,), HIDDEN=8)
    found = script.run(0)
    assert all(row["mine"] > 2.9 for row in found.values())
    assert counting.ngrams(*script.texts["mine"]) > 2.9


# Samples


def drawn(script, net, train: str, seed: int) -> tuple[str, str]:
    torch.manual_seed(seed)
    text, _, part = script.sample(net, train).partition("\n-- copied: ")
    return text, ast.literal_eval(part)


def test_a_sample_is_the_same_for_a_seed_and_greedier_with_less_heat(script, monkeypatch):
    train = "abab ba\n" * 300
    net = script.gru(train, 0)
    assert drawn(script, net, train, 1) == drawn(script, net, train, 1)
    assert drawn(script, net, train, 1) != drawn(script, net, train, 2)
    monkeypatch.setattr(script, "HEAT", 0.001)
    assert drawn(script, net, train, 1) == drawn(script, net, train, 2)


def test_with_hardly_any_heat_a_sample_runs_in_a_circle(script, monkeypatch):
    monkeypatch.setattr(script, "HIDDEN", 32)
    train = script.texts["plays"][0][:60_000]
    net = script.gru(train, 0)

    def different(heat: float) -> float:
        monkeypatch.setattr(script, "HEAT", heat)
        text, _ = drawn(script, net, train, 1)
        runs = [text[k : k + 6] for k in range(len(text) - 5)]
        return len({*runs}) / len(runs)

    assert different(0.01) < 0.5 < 0.9 < different(0.7)


def test_below_a_sample_stands_the_longest_run_of_it_that_was_trained_on(script):
    train = "abab ba\nhear me speak" * 100
    text, copied = drawn(script, script.gru(train, 0), train, 1)
    cuts = ((i, j) for j in range(len(text) + 1) for i in range(j))
    longest = max(j - i for i, j in cuts if text[i:j] in train)
    assert copied in train and copied.strip() in text
    assert len(copied) >= longest > 1


# Changes


CHANGES = texts.rows(NAME, "en")


def test_the_changes_are_the_same_in_every_language():
    assert len({tuple(texts.rows(NAME, language)) for language in LANGUAGES}) == 1
    assert len(CHANGES) == 9


@pytest.mark.parametrize("rows", [[0], [0, 5, 6], [0, 7], [0, 8]])
def test_every_change_names_one_place_and_runs(tmp_path, capsys, rows):
    text = texts.applied(texts.script(NAME), *(CHANGES[row] for row in rows))
    found = own(tmp_path, copies(20), text, RATES=(0.01,), HIDDEN=4).run(0, True)
    assert found["GRU"].keys() == {"mine"}
    assert capsys.readouterr().out.count("-- copied: ") == 1


SHORT, GAP, ONE_PIECE, ANEW = CHANGES[1:5]


def test_changes_of_the_texts_are_the_same_places_in_the_second_script():
    for old, _ in (CHANGES[0], GAP, ONE_PIECE, ANEW):
        assert NGRAMS.read_text("utf-8").count(old) == 1


def cooking() -> list[str]:
    """Sixty made-up recipes; some lines of them come again."""
    draw = random.Random(0)
    food = re.findall(r"\w+", "flour rice carrot onion lemon basil honey cream lentils yoghurt")

    def line():
        a, b = draw.choices(food, k=2)
        verb = draw.choice(["Fold", "Whisk", "Roast", "Slice"])
        fold = f"{verb} {draw.randrange(10, 400)} g of {a} with the {b}."
        bake = f"Then bake for {draw.randrange(5, 60)} minutes, and add {a}."
        return draw.choice([fold, bake])

    heads = (f"{draw.choice(food).upper()} NO {k}" for k in range(60))
    return ["\n".join([head, *(line() for _ in range(6)), "Serve it at once."]) for head in heads]


@pytest.mark.parametrize("text", [texts.script(NAME), NGRAMS.read_text("utf-8")])
def test_lines_that_come_again_can_be_left_out_of_what_is_scored(tmp_path, text):
    with pytest.raises(AssertionError, match=r"in two parts: Then bake for \d+ minutes"):
        own(tmp_path, cooking(), text)
    train, test = own(tmp_path, cooking(), texts.applied(text, ANEW)).texts["mine"]
    every = [line for piece in cooking()[9::10] for line in (*piece.split("\n"), "", "")]
    lines = test.splitlines()
    assert lines == [line for line in every if len(line) < 24 or line not in train]
    assert 20 < len(lines) < len(every)


@pytest.mark.parametrize("text", [texts.script(NAME), NGRAMS.read_text("utf-8")])
def test_pieces_may_have_one_blank_line_between_them_or_none(tmp_path, text):
    pieces = [f"{k:05b}" for k in range(23)]
    (train, test), *_ = own(
        tmp_path, ["\n\n".join(pieces)], texts.applied(text, GAP)
    ).texts.values()
    assert train.split() == [s for k, s in enumerate(pieces) if k % 10 < 8]
    assert test.split() == pieces[9::10]
    lines = [f"{k:09b}" for k in range(460)]
    (train, test), *_ = own(
        tmp_path, ["\n".join(lines)], texts.applied(text, ONE_PIECE)
    ).texts.values()
    assert train.split() == [s for k, s in enumerate(lines) if k // 20 % 10 < 8]
    assert test.split() == lines[180:200] + lines[380:400]


@pytest.mark.proof
def test_on_a_short_text_the_net_loses_with_four_epochs_and_wins_with_more(tmp_path):
    once, often, counting = (
        own(tmp_path, cooking(), texts.applied(text, ANEW, *rows))
        for text, *rows in (
            (texts.script(NAME),),
            (texts.script(NAME), SHORT),
            (NGRAMS.read_text("utf-8"),),
        )
    )
    train, _ = once.texts["mine"]
    chunks = -(-((len(train) - 1) // once.STREAMS) // once.CHUNK)
    steps = [len(script.RATES) * chunks for script in (once, often)]
    four, more = (script.run(0)["GRU"]["mine"] for script in (once, often))
    bits = counting.ngrams(*counting.texts["mine"])
    assert four > bits + 0.1 and more < bits - 0.05
    for language in LANGUAGES:
        for number in (len(train), *steps, f"{four:.2f}", f"{bits:.2f}", f"{more:.2f}"):
            assert re.search(rf"\b{number}\b", page(language)), number


# In another file


def other_file(lines: str, hidden: int) -> str:
    """The snippet with other lines between its marks, for a net of this width."""
    text = texts.snippet(NAME, "use")
    text = text.replace(texts.marked(text), f"{lines}\n")
    return texts.applied(text, ("HIDDEN, DROP, SIZE, HEAT = 128,", f"HIDDEN, *_ = {hidden},"))


def test_the_other_file_has_the_net_of_the_script():
    assert texts.net(texts.snippet(NAME, "use")) == texts.net(texts.script(NAME))
    assert "HIDDEN, DROP, SIZE, HEAT = 128, 0.2, 150, 0.7\n" in texts.snippet(NAME, "use")
    assert "RATES, HIDDEN, DROP = (0.01, 0.01, 0.008, 0.001), 128, 0.2\n" in texts.script(NAME)


def test_the_other_file_goes_on_with_a_text_as_the_net_does(tmp_path, monkeypatch, capsys):
    train, kept = "net = gru(a, seed)", 'saved = torch.load("mine.pt", device)'
    keep = f'{train}; torch.save([net.signs, net.state_dict()], f"{{name}}.pt")'
    for language in LANGUAGES:
        assert all(f"`{code}`" in page(language) for code in (train, keep, kept))
    monkeypatch.chdir(tmp_path)
    text = texts.applied(texts.script(NAME), (train, keep))
    script = own(tmp_path, copies(20), text, RATES=(0.01, 0.01), HIDDEN=8)
    script.run(0)
    lines = f"{kept}\nstarts, DROP, SIZE, HEAT = ['ab', 'aé'], 0.2, 9, 1e-6"
    exec(other_file(lines, 8), {})
    signs, weights = torch.load("mine.pt")
    net = script.CharModel(signs).eval()
    net.load_state_dict(weights)
    for start, said in zip(["ab", "aé"], capsys.readouterr().out.splitlines(), strict=True):
        whole = start.replace("é", "□")
        for _ in range(9):  # all that stands so far is read anew each time
            whole += net.signs[net([f"{whole}□"], None)[0][-1].argmax()]
        assert ast.literal_eval(said) == start + whole[2:]


def test_the_net_itself_stops_at_a_sign_that_training_did_not_have(script):
    with pytest.raises(ValueError, match="substring not found"):
        script.CharModel("abc")(["é□"], None)


# Texts


def test_the_texts_are_the_ones_whose_making_is_described():
    for name, known in recipe_texts.HASHES.items():
        data = (recipe_texts.FOLDER / f"{name}.txt").read_bytes()
        assert hashlib.sha256(data).hexdigest() == known
        assert len(data) < 300_000
    assert site_texts.names(ROOT) == [f"{name}.txt" for name in recipe_texts.HASHES]


def test_a_built_site_gives_the_texts_with_their_licence(tmp_path):
    site_texts.write(ROOT, tmp_path)
    given = {file.name: file.read_bytes() for file in (tmp_path / "texts").iterdir()}
    for name in site_texts.names(ROOT):
        assert given.pop(name) == (recipe_texts.FOLDER / name).read_bytes()
    assert b"The MIT License" in given.pop("poems.LICENSE.txt") and not given


@by_language
def test_the_page_says_where_the_texts_are_from(language):
    assert "public domain by Moby Lexical Tools, 1992" in page(language)
    assert "MIT" in page(language) and "2.0.1" in page(language)


def test_a_poem_like_an_earlier_one_is_found():
    places, kept = {}, []
    assert recipe_texts.not_like("春眠不覺曉處處聞啼鳥夜來風雨聲花落知多少", places, kept)
    assert not recipe_texts.not_like("春眠不覺曉處處聞啼鳥夜來風月明山高水自流", places, kept)
    assert recipe_texts.not_like("白日依山盡黃河入海流欲窮千里目更上一層樓", places, kept)


def test_a_snippet_that_reads_texts_has_them_beside_it(tmp_path):
    snippet = tmp_path / "reads.py"
    snippet.write_text('print(len(open("plays.txt", encoding="utf-8").read()))\n', "utf-8")
    assert running.run(snippet).stdout == "295506\n"


# What the page says


@by_language
def test_the_page_says_what_ten_seeds_gave(record, language):
    for model in ("lzma", "bigrams", "GRU"):
        row = []
        for column in ("plays", "poems"):
            middle, side = recipes.summary(recipes.by_model(record, column)[model])
            row.append(f"{middle:.3f}" + (f" ± {side:.3f}" if side else ""))
        assert f"| {model} | {' | '.join(row)} |" in page(language)
    means = [recipes.summary(recipes.by_model(record, c)["GRU"])[0] for c in ("plays", "poems")]
    assert f"| {2 ** means[0]:.2f} | {2 ** means[1]:.0f} |" in page(language)


@by_language
def test_the_page_says_what_the_second_script_printed(language):
    found = recipes.printed(NAME, "ngrams")
    assert f"| n-grams | {found['plays']:.3f} | {found['poems']:.3f} |" in page(language)


@pytest.fixture(scope="module")
def no_counting_on():
    """What n-grams need that count in the training part alone."""
    on = "for n in found[::-1]:"
    code = NGRAMS.read_text("utf-8")
    assert code.count(on) == 1
    names = {"__name__": "ngrams"}
    with chdir(recipes.TEXTS):
        exec(code.replace(on, "for n in [] if cuts else found[::-1]:"), names)
    return {name: names["ngrams"](*parts) for name, parts in names["texts"].items()}


def test_without_counting_on_n_grams_need_fewer_bits_on_plays_and_more_on_poems(
    record, no_counting_on
):
    bits = {name: recipes.by_model(record, name)["GRU"] for name in no_counting_on}
    assert no_counting_on["plays"] < min(bits["plays"])
    behind = no_counting_on["poems"] - recipes.summary(bits["poems"])[0]
    assert f"{behind:.2f}" == "0.04"
    for language in LANGUAGES:
        for number in no_counting_on.values():
            assert f"{number:.3f}" in page(language)


def ahead(record, column: str) -> list[float]:
    """How many bits fewer the net needs than the n-grams, seed by seed."""
    bits = recipes.printed(NAME, "ngrams")[column]
    return [bits - g for g in recipes.by_model(record, column)["GRU"]]


def test_on_plays_n_grams_are_ahead_with_every_seed(record):
    assert max(ahead(record, "plays")) < 0


@by_language
def test_on_poems_the_net_is_ahead_by_little_with_nine_of_ten_seeds(record, language):
    found = ahead(record, "poems")
    middle, side = recipes.summary(found)
    assert middle > side and middle < 0.02
    assert sum(x > 0 for x in found) == 9, "what the drawing's title and its description say"
    assert re.search(r"9 (of ten|个)", page(language))
    for bits in (min, max):
        assert f"{bits(recipes.by_model(record, 'poems')['GRU']):.3f}" in page(language)


@by_language
def test_the_page_says_how_large_things_are(language):
    full = load()
    for name, (train, test) in full.texts.items():
        net = full.CharModel(train)
        for number in (sum(p.numel() for p in net.parameters()), len(net.signs)):
            assert re.search(rf"(?<!\d){number}(?!\d)", page(language))
        unknown = f"{100 * test.count('□') / len(test):.1f} %"
        assert unknown in page(language) or (name == "plays" and test.count("□") == 0)
    poems = (recipes.TEXTS / "poems.txt").read_text("utf-8").count("。") // 2
    assert f" {poems} " in page(language)


def output() -> tuple[str, str]:
    """The samples that the script prints, and its numbers."""
    samples, _, numbers = (recipes.FOLDER / f"{NAME}.out").read_text("utf-8").rpartition("\n\n")
    return f"{samples}\n", numbers


def test_the_script_prints_what_its_record_holds(record):
    samples, numbers = output()
    found = record["rows"][0]["found"]
    assert len(numbers.splitlines()) == len(found)
    for line in numbers.splitlines():
        model, *columns = line.split()
        expected = [part for k, v in found[model].items() for part in (k, f"{v:.3f}")]
        assert columns == expected
    assert samples.count("-- copied: ") == 2


def test_no_line_of_a_sample_is_copied_and_the_verses_of_poems_have_five_signs(script):
    plays, poems, _ = re.split(r"\n-- copied: .*\n*", output()[0])
    for sample, name in ((plays, "plays"), (poems, "poems")):
        lines = {*script.texts[name][0].splitlines()}
        said = [s for s in sample.splitlines() if s and not s.endswith(":")]
        assert len(said) >= 2 and lines.isdisjoint(said)
    verses = Counter(len(verse) for verse in re.split(r"[，。\n]+", poems) if verse)
    assert verses[5] > 15 and {*verses} == {5, 1}


# Going on another day


GO_ON = texts.rows(NAME, "en", "go-on")


def test_the_rows_for_going_on_are_the_same_in_every_language():
    assert len({tuple(texts.rows(NAME, language, "go-on")) for language in LANGUAGES}) == 1


def test_going_on_another_day_ends_where_one_run_would_have(tmp_path):
    keep, net, adam, rates, _ = GO_ON
    assert texts.script(NAME).count(rates[0]) == 1
    settings = {"HIDDEN": 4, "DROP": 0.0, "STREAMS": 4}
    pieces = copies(20)

    def trained(*changes, rates):
        text = texts.applied(texts.script(NAME), *changes)
        script = own(tmp_path, pieces, text, RATES=rates, **settings)
        with chdir(tmp_path):
            return script.gru(script.texts["mine"][0], 0).state_dict()

    whole = trained(rates=(0.01, 0.02, 0.003))
    trained(keep, rates=(0.01,))
    parted = trained(net, adam, rates=(0.02, 0.003))
    alone = trained(net, rates=(0.02, 0.003))
    assert all(whole[key].equal(parted[key]) for key in whole)
    assert not all(whole[key].equal(alone[key]) for key in whole), "Adam's state matters"
    signs, weights = torch.load(tmp_path / "go.pt")[:2]
    text = texts.applied(
        texts.snippet(NAME, "use"), ("HIDDEN, DROP, SIZE", "_, DROP, SIZE"),
        ("device =", "HIDDEN = 4\ndevice ="),
        ('saved = "0123456", CharModel("0123456").state_dict()',
         'saved = torch.load("go.pt", device)[:2]'),
    )  # fmt: skip
    with chdir(tmp_path):
        assert texts.load(tmp_path, text).net.signs == signs


def test_a_longer_text_may_have_new_signs(tmp_path):
    keep, net, adam, _, longer = GO_ON
    settings = {"HIDDEN": 4, "STREAMS": 4, "RATES": (0.01,)}
    first = own(tmp_path, copies(20), texts.applied(texts.script(NAME), keep), **settings)
    with chdir(tmp_path):
        signs = first.gru(first.texts["mine"][0], 0).signs
    more = [piece.replace("a", "z") for piece in copies(20)]
    text = texts.applied(texts.script(NAME), net, adam, longer)
    second = own(tmp_path, more, text, **settings)
    with chdir(tmp_path):
        assert second.gru(second.texts["mine"][0], 0).signs == signs
    assert "z" not in "".join(second.texts["mine"])
