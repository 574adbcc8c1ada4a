"""What a block prints is read in every language: symbols and numbers; the words are on the page."""

import ast
import re
from collections.abc import Iterator

import pytest

from .conftest import ROOT

SNIPPETS = ROOT / "snippets"
OUTPUTS = sorted([*SNIPPETS.glob("*.out"), *SNIPPETS.glob("oldest/*.out")])

# These still print English sentences. A snippet that no longer does leaves the list.
IN_ENGLISH = """
deploy_streaming_onnx speed_measure training_script
"""

KNOWN = {
    *("True", "False", "None", "inf", "nan"),
    *("tensor", "torch", "Size", "dtype", "float64", "float32", "bfloat16", "int64"),
    *("size", "meta", "in_features", "out_features", "weight", "bias", "linear", "addmm"),
    *("DynamicQuantizedGRU", "DynamicQuantizedLSTM"),
    *("tanh", "sigmoid", "ln", "FLOPs", "kB", "KB", "MB", "GB"),
    *("RNN", "GRU", "LSTM", "PyTorch", "Keras", "Flax", "ONNX", "oneDNN", "cuDNN"),
    *("Cho", "Chung", "Deep", "Speech"),
}
_WORD = re.compile(r"[^\W\d]\w*")
# x, blocks in their order such as zrn; h_t, bias_hh_l0, linear_before_reset; the name of an error
_SYMBOL = re.compile(r"[A-Za-z]|[rzn]{3}|[ifgo]{4}|[^\W_]+(_[^\W_]+)+|[^\W_]+Error")
_RAISED = re.compile(r"\b\w*(Error|Warning|Exception|Unsupported)\b(?=: )")


def unexplained(code: str, output: str) -> list[str]:
    """The words of an output that a reader of another language cannot look up in the code."""
    known = KNOWN | set(_identifiers(code))
    return [
        word
        for word in _WORD.findall(_without_errors(output))
        if word not in known and not _SYMBOL.fullmatch(word)
    ]


def _identifiers(code: str) -> Iterator[str]:
    """The names that stand in a snippet outside its texts and comments."""
    for node in ast.walk(ast.parse(code)):
        for kind in ("id", "attr", "arg", "name", "asname", "module"):
            yield from (getattr(node, kind, None) or "").split(".")


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
        ("gru.parameters()", "bias_hh_l0 zrn h_t dh_10/dh_0", []),
        ("export(net)", "True False RuntimeError", []),
        ("net(x)", "IndexError: out of range\n  at all\nh is off", ["is", "off"]),
        ("net(x)", "given h IndexError: out of range", ["given"]),
    ],
)
def test_what_counts_as_a_word_that_needs_english(code, output, words):
    assert unexplained(code, output) == words


@pytest.mark.parametrize("output", OUTPUTS, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_an_output_needs_no_english(output):
    code = (SNIPPETS / f"{output.stem}.py").read_text("utf-8")
    words = unexplained(code, output.read_text("utf-8"))
    if output.stem in IN_ENGLISH.split() and output.parent == SNIPPETS:
        assert words, f"{output.stem} is read in every language: take it off the list"
    elif output.stem not in IN_ENGLISH.split():
        assert not words, f"say on the page, in its language, what {output.name} calls {words}"
