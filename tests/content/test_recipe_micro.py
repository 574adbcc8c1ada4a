"""The recipe in eight bits: the C computes what the script computes, and what eight bits cost."""

import re
import shutil
import subprocess
import sys

import numpy as np
import pytest
import torch
from torch import Tensor

import recipes
from tests import recipes as texts
from tests.sources import LANGUAGES

pytestmark = pytest.mark.usefixtures("one_thread")
NAME = "micro"
FOLDER = recipes.FOLDER / NAME
by_language = pytest.mark.parametrize("language", LANGUAGES)
MODELS = ("majority", "logistic", "GRU", "GRU_int8")
# Sequences of ten steps of two numbers: which of two marks comes first is the class.
ORDER = """
rng = np.random.default_rng(0)
def one():
    first, second = sorted(rng.choice(np.arange(1, 9), 2, replace=False))
    c = LABEL
    s = 0.1 * rng.standard_normal((10, 2))
    s[first, c], s[second, 1 - c] = s[first, c] + 1, s[second, 1 - c] + 1
    return s, int(rng.integers(2)) if RANDOM else c
train, valid, test = ([one() for _ in range(n)] for n in (200, 50, 200))
scored = test
"""


def page(language: str) -> str:
    return texts.page(NAME, language)


def of(found):
    return {model: numbers["accuracy"] for model, numbers in found.items()}


def order(tmp_path, random: bool, **constants):
    lines = ORDER.replace("LABEL", "int(rng.integers(2))").replace("RANDOM", str(random))
    return texts.load(tmp_path, texts.with_data(NAME, lines), **constants)


# What is split


def test_each_speaker_has_24_sequences_to_train_and_6_to_choose_with(script):
    for part, size in ((script.train, 24), (script.valid, 6)):
        _, counts = np.unique([c for _, c in part], return_counts=True)
        assert counts.tolist() == 9 * [size]
    known = {s.tobytes() for s, _ in script.train}
    assert not known & {s.tobytes() for s, _ in script.valid + script.test}
    assert len(script.test) == 370


def own(tmp_path, change):
    """What the page's own.py leaves of a table whose lines are changed."""
    text = (FOLDER / "own.py").read_text("utf-8")
    read = "table = read_csv(file)\n"
    assert text.count(read) == 1
    return texts.load(tmp_path, text.replace(read, f"{read}{change}\n"))


def test_people_with_names_and_the_same_ids_are_kept_apart_and_whole(tmp_path):
    named = (
        'table["who"], table["id"] = "P" + table["who"].astype(str), '
        'table["id"] % 4 + table["id"] // 40 * 4'
    )
    plain, changed = own(tmp_path, ""), own(tmp_path, named)
    sizes = [[len(part) for part in each.parts] for each in (plain, changed)]
    assert sizes == [[64, 8, 8]] * 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ('table.loc[7, "x"] = None', "empty cells"),
        ('table = table[table["who"] < 5]', "too few people"),
    ],
)
def test_an_empty_cell_and_too_few_people_are_refused(tmp_path, change, said):
    with pytest.raises(AssertionError, match=said):
        own(tmp_path, change)


def test_nothing_that_is_fitted_depends_on_the_test_part(script, tmp_path, monkeypatch):
    script.run(0, tmp_path / "one.pt")
    monkeypatch.setattr(script, "scored", script.test[::2])
    script.run(0, tmp_path / "other.pt")
    one, other = (torch.load(tmp_path / f"{n}.pt") for n in ("one", "other"))
    assert all(a.equal(b) for a, b in zip(one, other, strict=True))


# What the integers compute


def layers(script, net, bits=5):
    w = [p.detach().numpy() for p in net.parameters()]
    order = (0, 2, bits), (1, 3, 7), (4, 5, 7)
    return [script.integer(w[k], w[m], bits) for k, m, bits in order]


@pytest.fixture
def net(script):
    torch.manual_seed(0)
    return script.Nets(len(script.MEAN), len(script.CLASSES))


def error(script, net, ints):
    """How far the integers' answers are from the net's, at most."""
    given = [script.read(s) for s, _ in script.test[:40]]
    exact = net(given, 0.0)[0].detach().numpy()
    return abs(np.stack([script.gru(ints, s) for s in given]) / 256 - exact).max()


def test_integers_answer_nearly_as_the_net_does(script, net):
    assert 0 < error(script, net, layers(script, net)) < 0.05


def test_weights_fit_a_byte_whatever_their_size(script):
    for size in (0.01, 0.3, 1, 3, 15):
        w = size * np.linspace(-1, 1, 12).reshape(3, 4)
        weights, _, shift = script.integer(w, np.zeros(3), 5)
        assert 64 <= abs(weights).max() <= 127 and shift >= 0
        assert np.allclose(weights / 2.0 ** (shift + 3), w, atol=size / 64)


def test_what_is_far_from_the_mean_is_cut_and_a_feature_that_never_changes_does_no_harm(
    script, monkeypatch
):
    far = script.MEAN + 1000 * script.STD
    assert (script.read(far[None]) == 127).all()
    monkeypatch.setattr(script, "STD", 0 * script.STD + 1e-9)
    assert (script.read(script.MEAN[None]) == 0).all()


@pytest.mark.parametrize("shape", [(20, 1), (20, 13), (12,), (20,)])
def test_steps_of_another_size_are_refused(script, shape):
    said = re.escape(f"(T, F)? {shape}")
    with pytest.raises(AssertionError, match=f"^{said}$"):
        script.read(np.zeros(shape))
    assert all("`(T, F)? (20, 1)`" in page(language) for language in LANGUAGES)


def test_a_rounded_matrix_has_few_steps_and_a_row_of_its_own_scale_less_error(tmp_path):
    text = (FOLDER / "bits.py").read_text("utf-8")
    bits = {}
    exec(text[text.index("def rounded") : text.index("torch.set_grad")], {"Tensor": Tensor}, bits)
    w = torch.tensor([[1.0, 0.3, -0.77], [0.1, 0.03, -0.01]])
    whole, rows = (bits["rounded"](w, 4, dim) for dim in ((0, 1), (1,)))
    assert torch.allclose(whole * 7, (whole * 7).round()), "fifteen steps: -7 to 7"
    assert (rows - w).norm() < (whole - w).norm()
    assert torch.allclose(bits["rounded"](w, 16, (0, 1)), w, atol=1e-4)


def printed(part):
    return [line.split() for line in (FOLDER / f"{part}.out").read_text("utf-8").splitlines()]


def test_fewer_bits_move_the_answers_more_and_a_scale_a_row_less():
    (*_, exact), *rows = printed("bits")
    moved = {(int(bits), scale): float(error) for bits, scale, error, _ in rows}
    for scale in ("matrix", "row"):
        assert 0 < moved[8, scale] < moved[6, scale] < moved[4, scale] < 0.2
    assert all(moved[bits, "row"] < moved[bits, "matrix"] for bits in (8, 6, 4))
    right = {int(bits): abs(float(each) - float(exact)) for bits, *_, each in rows}
    assert right[8] == 0 and max(right.values()) <= 0.0031


def test_longer_windows_in_training_have_less_error_and_a_carried_state_loses_nothing():
    *rows, (spread,) = printed("windows")
    spans, errors, same = zip(*rows, strict=True)
    assert spans == ("1", "10", "100") and set(same) == {"True"}
    one, ten, hundred = map(float, errors)
    assert float(spread) > one > 2 * ten > 3 * hundred


def driver(test: list[np.ndarray], width: int) -> str:
    """A main that feeds the sequences to the C of the page and prints states and classes."""
    lines = ["#include <stdio.h>", '#include "gru.c"', "int main(void) {"]
    for s in test:
        steps = ", ".join("{" + ", ".join(map(str, now)) + "}" for now in s)
        lines += [
            "{",
            f"int8_t x[{len(s)}][{width}] = {{{steps}}};",
            "gru_reset();",
            f"for (int t = 0; t < {len(s)}; t++) gru_step(x[t]);",
            'for (int k = 0; k < H; k++) printf("%d ", state[k]);',
            r'printf("%d\n", gru_class()); }',
        ]
    return "\n".join([*lines, "return 0; }"])


HEADER = (FOLDER / "header.py").read_text("utf-8")
WEIGHTS = "w = [*gru.parameters(), *fc.parameters()]"
READINGS = texts.rows(NAME, "en", "readings")


def header(folder, monkeypatch, replacement: str) -> None:
    monkeypatch.chdir(folder)
    exec(texts.applied(HEADER, (WEIGHTS, replacement)), {})


@pytest.mark.skipif(not shutil.which("cc"), reason="no C compiler: the C of the page is not run")
def test_the_c_computes_to_the_last_bit_what_the_script_computes(
    script, net, tmp_path, monkeypatch
):
    with torch.no_grad():
        for p in net.parameters():
            p *= 2  # so that gates saturate, and both ends of the table are read
    torch.save([*net.parameters()], tmp_path / "micro.pt")
    header(tmp_path, monkeypatch, 'w = torch.load("micro.pt")[:6]')
    given = [script.read(3 * s) for s, _ in script.test[:20]]
    (tmp_path / "main.c").write_text(driver(given, len(script.MEAN)), "utf-8")
    shutil.copy(FOLDER / "gru.c", tmp_path)
    flags = ["-std=c99", "-Wall", "-Wextra", "-Werror", "-fsanitize=undefined,bounds"]
    subprocess.run(["cc", *flags, "main.c", "-o", "main"], cwd=tmp_path, check=True)
    done = subprocess.run(tmp_path / "main", capture_output=True, text=True, check=True)
    assert not done.stderr
    text = texts.script(NAME)
    last = "return affine(*net[2], h >> 8)"
    assert text.count(last) == 1
    states = texts.load(tmp_path, text.replace(last, "return h"), **recipes.SHORT[NAME])
    ints = layers(script, net)
    for line, s in zip(done.stdout.splitlines(), given, strict=True):
        *state, best = map(int, line.split())
        assert state == states.gru(ints, s).tolist()
        assert best == script.gru(ints, s).argmax()


@pytest.mark.skipif(not shutil.which("gcc"), reason="no gcc: the main.c of the page is not run")
@pytest.mark.parametrize("size", [1, 3])
def test_main_prints_what_the_header_says_and_the_page_shows(tmp_path, monkeypatch, capsys, size):
    header(tmp_path, monkeypatch, WEIGHTS + (f"; w = [{size} * p for p in w]" if size > 1 else ""))
    _, _, *said, _, _ = everything = capsys.readouterr().out.splitlines()
    for file in ("gru.c", "main.c"):
        shutil.copy(FOLDER / file, tmp_path)
    strict = ["-std=c99", "-Wall", "-Wextra", "-Werror", "-fsanitize=undefined,bounds"]
    assert all("`gcc main.c -o main`" in page(language) for language in LANGUAGES)
    subprocess.run(["gcc", *strict, "main.c", "-o", "main"], cwd=tmp_path, check=True)
    done = subprocess.run(tmp_path / "main", capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == said and len(said) == 4 and not done.stderr
    if size == 1:
        assert (FOLDER / "header.out").read_text("utf-8").splitlines() == everything


@by_language
@pytest.mark.parametrize("file", ["gru.c", "main.c", "read.c"])
def test_the_page_shows_the_c_whole(language, file):
    assert page(language).count(f'--8<-- "recipes/micro/{file}"\n') == 1
    assert max(map(len, (FOLDER / file).read_text("utf-8").splitlines())) <= 60


def with_readings() -> str:
    """header.py with the rows of the table for readings of one's own."""
    return texts.applied(HEADER, ("# <<<", "\n".join([*(new for _, new in READINGS), "# <<<"])))


def csv(recordings) -> str:
    """Recordings of one's own as the page wants them: numbered, whole, with column names."""
    names = ",".join(["id", *(f"x{k}" for k in range(recordings[0].shape[1]))])
    rows = [[k, *now] for k, s in enumerate(recordings) for now in s.tolist()]
    return "\n".join([names, *(",".join(map(str, row)) for row in rows)]) + "\n"


def saved(tmp_path, lines: str):
    """The script with the page's row that saves, run; and the script."""
    row = next(pair for pair in changed("en").items() if "MEAN" in pair[1])
    script = texts.load(tmp_path, texts.applied(texts.with_data(NAME, lines), row), EPOCHS=10)
    script.run(0, "micro.pt")
    return script


def typed(command: str, **given) -> subprocess.CompletedProcess[str]:
    """What a command of the page prints, which says `python` for this one."""
    command = command.replace("python ", f"{sys.executable} ")
    return subprocess.run(
        ["sh", "-c", command], capture_output=True, text=True, check=False, **given
    )


def test_the_rows_for_readings_of_your_own_are_the_same_in_every_language():
    assert all(texts.rows(NAME, language, "readings") == READINGS for language in LANGUAGES)
    assert [old for old, _ in READINGS] == ["# <<<", "# <<<"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The C of the page beside the header.py for readings of one's own."""
    monkeypatch.chdir(tmp_path)
    for file in ("gru.c", "read.c"):
        shutil.copy(FOLDER / file, tmp_path)
    (tmp_path / "header.py").write_text(with_readings(), "utf-8")
    return tmp_path


needs_gcc = pytest.mark.skipif(not shutil.which("gcc"), reason="no gcc: read.c is not run")
STRICT = "gcc -std=c99 -Wall -Wextra -Werror -fsanitize=undefined,bounds read.c -o read -lm"


@needs_gcc
def test_new_readings_get_the_same_class_in_c_and_in_python(folder):
    script = saved(folder, texts.data(NAME))
    recordings = [s for s, _ in script.test]
    assert len(recordings) == 370 and all("370" in page(language) for language in LANGUAGES)
    (folder / "new.csv").write_text(csv(recordings), "utf-8")
    text = page("en").partition("{ #readings }")[2].partition("\n### ")[0]
    build, read, compare = re.findall("`((?:gcc|./read|python) [^`]*)`", text)
    assert all(f"`{each}`" in page("zh") for each in (build, read, compare))
    python = typed("python header.py")
    assert python.returncode == 0, python.stderr
    assert typed(STRICT).returncode == typed(build).returncode == typed(read).returncode == 0
    same = typed(compare)
    assert (same.returncode, same.stdout, same.stderr) == (0, "", "")
    w = [p.detach().numpy() for p in torch.load("micro.pt")[:6]]
    order = (0, 2, 5), (1, 3, 7), (4, 5, 7)
    ints = [script.integer(w[k], w[m], bits) for k, m, bits in order]
    best = [script.CLASSES[script.gru(ints, script.read(s)).argmax()] for s in recordings]
    answers = (folder / "c.txt").read_text("utf-8").splitlines()
    assert answers == [f"{k} {c}" for k, c in enumerate(best)]
    assert len({*best}) == 9
    (folder / "c.txt").write_text("\n".join(["0 nobody", *answers[1:], ""]), "utf-8")
    assert "> 0 nobody" in typed(compare).stdout


@needs_gcc
def test_a_csv_of_your_own_goes_from_training_to_c(folder):
    own = (FOLDER / "own.py").read_text("utf-8")
    label = 'one["label"].iloc[0]'
    saved(folder, texts.applied(own, (label, f"""['up "1"', "ab é"][{label}]""")))
    new = "id,x,y\r\nP3-a,0,4\r\nP3-a,1,3\r\nb,-9e9,1e9\r\nb,nan,0\r\n"
    (folder / "new.csv").write_text(new, "utf-8", newline="")
    python, c = typed("python header.py"), typed(f"{STRICT} && ./read < new.csv")
    assert "b: not 2 numbers" in python.stderr and c.stderr == "b: not 2 numbers\n"
    new = new.replace("nan", "1.5")
    (folder / "new.csv").write_text(new, "utf-8", newline="")
    (folder / "new.csv").write_text(f"{new}\r\n\r\n", "utf-8", newline="")
    *_, first, second = typed("python header.py").stdout.splitlines()
    assert typed("./read < new.csv").stdout.splitlines() == [first, second]
    assert first[:8] in ("P3-a up ", "P3-a ab ") and second.startswith("b ")
    (folder / "new.csv").write_text(f"{new},1,2\r\nc,1,2\r\n", "utf-8", newline="")
    cut = typed("./read < new.csv")
    assert (cut.returncode, cut.stderr) == (1, "after b: no id\n")


@needs_gcc
@pytest.mark.parametrize("row", ["a,1", "a,1,,2", "a,1,", "a,1,2,3", "a,one,2"])
def test_a_row_that_is_not_f_numbers_is_refused_by_both(folder, row):
    kept = [np.zeros((48, 2)), np.zeros((48, 16)), np.zeros(48), np.zeros(48), np.zeros((2, 16))]
    kept = [torch.tensor(p + 0.1) for p in (*kept, np.zeros(2), 0, 0)]
    torch.save([*kept, torch.zeros(2), torch.ones(2), ["0", "1"]], "micro.pt")
    (folder / "new.csv").write_text(f"id,x,y\na,1,2\n{row}\n", "utf-8")
    python, c = typed("python header.py"), typed(f"{STRICT} && ./read < new.csv")
    assert python.returncode and re.search("a: not 2 numbers|could not convert", python.stderr)
    assert (c.returncode, c.stdout, c.stderr) == (1, "", "a: not 2 numbers\n")


@pytest.mark.parametrize("change", ["mean = mean[1:]", "std = std[1:]", "names = names[1:]"])
def test_scaling_and_classes_of_another_net_are_refused(tmp_path, monkeypatch, change):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(AssertionError, match="not of this net"):
        exec(texts.applied(HEADER, ("# <<<", f"{change}\n# <<<")), {})


def test_the_header_and_the_script_round_alike():
    one, other = (
        file.read_text("utf-8").partition("def integer")[2].partition("\n\n")[0]
        for file in (recipes.FOLDER / f"{NAME}.py", FOLDER / "header.py")
    )
    assert one == other != ""


def test_a_weight_that_is_too_large_is_named(tmp_path, monkeypatch):
    wide = "w = [100 * p for p in gru.parameters()] + [*fc.parameters()]"
    with pytest.raises(AssertionError, match="a weight is above 15"):
        header(tmp_path, monkeypatch, wide)
    assert not (tmp_path / "gru.h").exists()


def test_a_bias_that_is_too_large_is_named(tmp_path, monkeypatch):
    wide = f"{WEIGHTS}; w[2] = w[2] * 1e9"
    with pytest.raises(AssertionError, match="x_b overflows"):
        header(tmp_path, monkeypatch, wide)


@pytest.mark.parametrize("kind", ["nn.LSTM(12, 16)", "nn.GRU(12, 16, 2)"])
def test_what_the_c_does_not_compute_is_refused(kind, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(AssertionError, match="one layer of nn.GRU"):
        exec(texts.applied(HEADER, ("nn.GRU(12, 16)", kind)), {})


# Where the net wins, and where nothing can


def test_where_order_is_the_class_the_net_is_ahead_in_eight_bits_too(tmp_path):
    found = of(order(tmp_path, random=False, EPOCHS=150, DROP=0.0).run(0))
    assert found["GRU_int8"] > 0.95 > 0.65 > found["logistic"]


def test_where_classes_are_drawn_at_random_nothing_finds_them(tmp_path):
    found = of(order(tmp_path, random=True, EPOCHS=20).run(0))
    assert all(0.35 < right < 0.65 for right in found.values())


# What the page says


def changed(language: str) -> dict[str, str]:
    return texts.changes(NAME, language)


def test_the_changes_are_the_same_in_every_language_and_each_runs(tmp_path):
    tables = [changed(language) for language in LANGUAGES]
    assert all(table == tables[0] for table in tables) and len(tables[0]) >= 3
    for old, new in tables[0].items():
        text = texts.script(NAME)
        assert text.count(old) == 1, old
        found = texts.load(tmp_path, text.replace(old, new), EPOCHS=1).run(0)
        assert {*found} == {*MODELS}


@pytest.mark.parametrize("lines", [texts.data(NAME), (FOLDER / "own.py").read_text("utf-8")])
def test_the_part_to_choose_with_is_scored_with_your_data_too(tmp_path, lines, capsys):
    change = next(pair for pair in changed("en").items() if pair[1] == "scored = valid")
    changed_script = texts.load(tmp_path, texts.applied(texts.with_data(NAME, lines), change))
    assert changed_script.scored is changed_script.valid
    assert not capsys.readouterr().out, "an import prints nothing"


def test_a_wider_input_needs_the_numbers_that_the_page_names(tmp_path):
    text = texts.script(NAME)
    assert [text.count(old) for old in ("/ 32", "* 32", ", 5)")] == [2, 1, 2]
    text = text.replace("/ 32", "/ 16").replace("* 32", "* 16").replace(", 5)", ", 4)")
    wide = texts.load(tmp_path, text, EPOCHS=1)
    assert wide.read((wide.MEAN + 6 * wide.STD)[None])[0, 0] == 96
    net = wide.Nets(len(wide.MEAN), len(wide.CLASSES))
    assert 0 < error(wide, net, layers(wide, net, bits=4)) < 0.05
    assert HEADER.count("integer(w[0], w[2], 5)") == HEADER.count("/ 32") == 1


@by_language
def test_the_page_says_what_ten_seeds_gave(record, language):
    text = page(language)
    for model, values in recipes.by_model(record, "accuracy").items():
        middle, side = recipes.summary([100 * value for value in values])
        number = f"{middle:.1f} ± {side:.1f} %" if side else f"{middle:.1f} %"
        assert re.search(rf"^\| {model.replace('_', ' ')} \| {re.escape(number)} \|", text, re.M)


def test_the_logistic_regression_is_ahead_with_every_seed(record):
    right = recipes.by_model(record, "accuracy")
    assert all(a > b for a, b in zip(right["logistic"], right["GRU"], strict=True))


@by_language
def test_eight_bits_change_no_seed_by_more_than_the_page_says(record, language):
    right = recipes.by_model(record, "accuracy")
    pairs = zip(right["GRU"], right["GRU_int8"], strict=True)
    assert max(100 * abs(a - b) for a, b in pairs) <= 0.3
    assert re.search(r"\b0\.3 (points|个百分点)", page(language))


@by_language
def test_the_page_says_how_many_bytes_each_takes(script, language):
    F, H, C = len(script.MEAN), 16, len(script.CLASSES)
    gru = 3 * H * (F + H) + C * H + 4 * (6 * H + C)
    said = {"logistic": C * 3 * F + 4 * C, "GRU": 4 * (gru - 3 * (6 * H + C)), "GRU int8": gru}
    said["GRU int8"] += 512
    for model, size in said.items():
        assert re.search(rf"^\| {model} \| .* \| {size} \|$", page(language), re.M), size
