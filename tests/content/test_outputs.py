"""What a block prints is read in every language: symbols and numbers; the words are on the page."""

import ast
import re
import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sources import ROOT

SNIPPETS = ROOT / "snippets"
OUTPUTS, OLDEST = sorted(SNIPPETS.rglob("*.out")), sorted(SNIPPETS.rglob("*.oldest.out"))

KNOWN = {
    *("True", "False", "None", "inf", "nan"),
    *("tensor", "torch", "Size", "dtype", "float64", "float32", "bfloat16", "int64"),
    *("size", "meta", "in_features", "out_features", "weight", "bias", "linear", "addmm"),
    *("DynamicQuantizedGRU", "DynamicQuantizedLSTM"),
    *("tanh", "sigmoid", "ln", "FLOPs", "kB", "KB", "MB", "GB"),
    *("RNN", "GRU", "LSTM", "PyTorch", "Keras", "Flax", "ONNX", "oneDNN", "cuDNN"),
    *("Cho", "Chung", "Deep", "Speech"),
    *("grams", "TH", "UW", "AA"),  # of n-grams; sounds, as dictionaries of English write them
}
WRITTEN = SNIPPETS / "recipes/charmodel.out"  # by a model of texts, but for the lines with scores
_WORD = re.compile(r"[^\W\d]\w*")
# x, blocks in their order such as zrn; h_t, bias_hh_l0, linear_before_reset; the name of an error
_SYMBOL = re.compile(r"[A-Za-z]|[rzn]{3}|[ifgo]{4}|[^\W_]+(_[^\W_]+)+|[^\W_]+Error")
_RAISED = re.compile(r"\b\w*(Error|Warning|Exception|Unsupported)\b(?=: )")


def unexplained(code: str, output: str) -> list[str]:
    """The words of an output that a reader of another language cannot look up in the code."""
    known = KNOWN | set(_identifiers(code)) | set(_data(code))
    return [
        word
        for word in _WORD.findall(_without_errors(output))
        if word not in known and not _SYMBOL.fullmatch(word)
    ]


def _identifiers(code: str) -> Iterator[str]:
    """The names that stand in a snippet outside its texts and comments, keys among them."""
    for node in ast.walk(ast.parse(code)):
        keys = getattr(node, "keys", []) if isinstance(node, ast.Dict) else []
        keys += [node.slice] if isinstance(node, ast.Subscript) else []
        yield from _WORD.findall(" ".join(key.value for key in keys if is_text(key)))
        for kind in ("id", "attr", "arg", "name", "asname", "module"):
            yield from (getattr(node, kind, None) or "").split(".")


def is_text(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _data(code: str) -> list[str]:
    """The words and signs of the texts between the marks, where a reader puts his own data."""
    marked = textwrap.dedent(code.partition("# >>>")[2].partition("\n")[2].partition("# <<<")[0])
    constants = (node for node in ast.walk(ast.parse(marked)) if isinstance(node, ast.Constant))
    texts = " ".join(str(constant.value) for constant in constants)
    return _WORD.findall(texts) + re.findall(r"[\u4e00-\u9fff]", texts)


def _without_errors(output: str) -> str:
    """An output without the errors that it shows: from the exception's name to the end of the line,
    and the lines that are indented below."""
    kept, within = [], False
    for line in output.splitlines():
        within = within and line.startswith(" ")
        if raised := _RAISED.search(line):
            within = True
            kept.append(line[: raised.start()])
        elif not within:
            kept.append(line)
    return "\n".join(kept)


@pytest.mark.parametrize(
    "code, output, words",
    [
        ("print(f'r_1 = {r:.3f}')", "r_1 = 0.881", []),
        ("print('by hand', r)", "by hand tensor([0.881])", ["by", "hand"]),
        ("steps = 3; print('steps', steps)", "steps 3", []),
        ("gru = nn.GRU(3, hidden_size=4)", "nn hidden_size GRU True", []),
        ("print('hidden')", "hidden_size hidden", ["hidden"]),
        ("# steps", "steps 3", ["steps"]),
        ("# >>>\nnew = 'guten tag'\n# <<<\nprint('is')", "guten tag is", ["is"]),
        ("gru.parameters()", "bias_hh_l0 zrn h_t dh_10/dh_0", []),
        ("found['counts'], {'all': 1}", "counts all", []),
        ("# >>>\nnew = '长江'\n# <<<\nprint('好')", "长 好", ["好"]),
        ("export(net)", "True False RuntimeError", []),
        ("net(x)", "IndexError: out of range\n  at all\nh is off", ["is", "off"]),
        ("net(x)", "given h IndexError: out of range", ["given"]),
    ],
)
def test_what_counts_as_a_word_that_needs_english(code, output, words):
    assert unexplained(code, output) == words


def name_of(file: Path) -> str:
    return file.relative_to(SNIPPETS).as_posix()


def snippet_of(output: Path) -> Path:
    return output.with_name(output.name.partition(".")[0] + ".py")


@pytest.mark.parametrize("output", OUTPUTS, ids=name_of)
def test_an_output_needs_no_english(output):
    code = snippet_of(output).read_text("utf-8")
    text = output.read_text("utf-8")
    if output == WRITTEN:
        text = "\n".join(re.findall(r"^.*\d$", text, re.MULTILINE))
        assert "GRU" in text
    words = unexplained(code, text)
    assert not words, f"say on the page, in its language, what {output.name} calls {words}"


@pytest.mark.parametrize("output", OUTPUTS, ids=name_of)
def test_an_output_ends_where_its_last_word_ends(output):
    """What stands behind it is lost on a page, and the comparison with what is printed fails."""
    text = output.read_text("utf-8")
    assert text in ("", text.rstrip() + "\n"), f"{output.name}: print no spaces at the end"


_RESULT = re.compile(r"\b(True|False|equal|same|identical|passed)\b|\d\.\d")


def typed_results(code: str) -> Iterator[int]:
    """The lines that print a result which nothing computed: True, equal or a decimal, typed.

    The head of a table is typed too, and is none.
    """
    tree = ast.parse(code)
    typed = _typed_names(tree)
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "print"
        ):
            inner = [part for argument in node.args for part in ast.walk(argument)]
            computed = (ast.Attribute, ast.Call, ast.Name)
            if any(isinstance(n, computed) and getattr(n, "id", "") not in typed for n in inner):
                continue
            constants = [part.value for part in inner if isinstance(part, ast.Constant)]
            names = any(isinstance(part, ast.Name) for part in inner)
            if names or any(_RESULT.search(str(value)) for value in constants):
                yield node.lineno


def _typed_names(tree: ast.AST) -> set[str]:
    """The names that are only ever set to True or False."""
    named = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    stored = Counter(node.id for node in named if isinstance(node.ctx, ast.Store))
    typed = Counter(
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(getattr(node.value, "value", None), bool)
        for target in node.targets
        if isinstance(target, ast.Name)
    )
    return {name for name in stored if stored[name] == typed[name]}


@pytest.mark.parametrize(
    "code, lines",
    [
        ("print('equal to nn.GRU: True')", [1]),
        ("print('equal to nn.GRU:', True)", [1]),
        ("print(f'equal to nn.GRU: {True}')", [1]),
        ("x = 1\nprint('|h - h_n| < 1e-6:', not False)", [2]),
        ("same = True\nprint('|h - h_n| < 1e-6:', same)", [2]),
        ("print('h = 0.881')", [1]),
        ("print(0.881)", [1]),
        ("print('same answers:', torch.equal(a, b))", []),
        ("same = a == b\nprint('same:', same)", []),
        ("print(f'{far:.3f}', far < 1e-6)", []),
        ("steps = 1\nprint('steps', steps)", []),
        ("print('   n  t = 10  |h - h_n|')", []),
        ("print()", []),
    ],
)
def test_what_counts_as_a_result_that_was_typed(code, lines):
    assert list(typed_results(code)) == lines


@pytest.mark.parametrize("snippet", sorted(SNIPPETS.rglob("*.py")), ids=name_of)
def test_each_result_is_computed(snippet):
    for line in typed_results(snippet.read_text("utf-8")):
        name = snippet.relative_to(ROOT).as_posix()
        pytest.fail(f"{name}:{line}: this result was typed; print what the code computes instead")


_ELSEWHERE = re.compile(r"(?:/|~/?|(?:\.\./)+)\w")


def files_elsewhere(code: str) -> list[str]:
    """The texts of some code that name a file outside its folder, however it is opened.

    torch.save opens files past Python, so that the sandbox does not hear of it.
    """
    tree = ast.parse(code)
    parts = {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)
             for part in node.values[1:]}  # fmt: skip
    texts = [node.value for node in ast.walk(tree)
             if isinstance(node, ast.Constant) and node not in parts]  # fmt: skip
    return [text for text in texts if isinstance(text, str) and _ELSEWHERE.match(text)]


@pytest.mark.parametrize(
    "code, found",
    [
        ("torch.save(net, '/tmp/net.pt')", ["/tmp/net.pt"]),
        ("torch.save(net, f'/tmp/{name}.pt')", ["/tmp/"]),
        ("torch.save(net, '../net.pt')", ["../net.pt"]),
        ("torch.jit.save(net, '~/net.pt')", ["~/net.pt"]),
        ("print('a / b', '/', '...', f'{folder}/store', 'net.pt')", []),
    ],
)
def test_what_counts_as_a_file_elsewhere(code, found):
    assert files_elsewhere(code) == found


@pytest.mark.parametrize("snippet", sorted(SNIPPETS.rglob("*.py")), ids=name_of)
def test_a_snippet_names_no_file_outside_its_folder(snippet):
    assert files_elsewhere(snippet.read_text("utf-8")) == []


@pytest.mark.parametrize("output", OLDEST, ids=name_of)
def test_what_the_oldest_pytorch_prints_otherwise_is_kept_and_nothing_else(output):
    """Whether it prints just that is tried on GitHub, by make oldest: it needs another PyTorch."""
    name, usual = name_of(output), snippet_of(output).with_suffix(".out")
    assert usual.is_file(), f"{name}: no snippet prints this any more; remove it"
    text, usual = output.read_text("utf-8"), usual.read_text("utf-8")
    assert text != usual, f"{name}: this is what every PyTorch prints; remove it"
    # PyTorch's messages and limits differ between its versions, a net's numbers do not.
    own = set(re.findall(r"\d+\.\d+", text)) - set(re.findall(r"\d+\.\d+", usual))
    assert not own, f"{name}: {sorted(own)} stand here alone; run make oldest"
