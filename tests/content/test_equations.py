"""Every equation of a GRU, an LSTM or an RNN, on any page, is the one that PyTorch computes."""

import re
from dataclasses import replace

import pytest
import torch
from torch import nn

from tests.sources import OVERVIEW, SOURCES, names
from tools.sources.pages import Formula
from tools.translations.overview import Overview


def gate(part: str, function: str) -> str:
    """How a gate is computed, with its own two matrices and biases."""
    return (
        rf"\{function}(W_{{i{part}}} x_t + b_{{i{part}}} + W_{{h{part}}} h_{{t-1}} + b_{{h{part}}})"
    )


CELLS = {
    "RNN": {"h_t": gate("h", "tanh")},
    "GRU": {
        "r_t": gate("r", "sigma"),
        "z_t": gate("z", "sigma"),
        "n_t": r"\tanh(W_{in} x_t + b_{in} + r_t \odot (W_{hn} h_{t-1} + b_{hn}))",
        "h_t": r"(1 - z_t) \odot n_t + z_t \odot h_{t-1}",
    },
    "LSTM": {
        "i_t": gate("i", "sigma"),
        "f_t": gate("f", "sigma"),
        "g_t": gate("g", "tanh"),
        "o_t": gate("o", "sigma"),
        "c_t": r"f_t \odot c_{t-1} + i_t \odot g_t",
        "h_t": r"o_t \odot \tanh(c_t)",
    },
}
# Other forms and special cases, each in the one section that says which it is.
ELSEWHERE = {
    "conventions/equations.md#update": [r"h_t = z_t \odot n_t + (1 - z_t) \odot h_{t-1}"],
    "conventions/books.md#d2l": ["h_t = W_{hx} x_t + W_{hh} h_{t-1}"],  # no bias, no tanh
    "conventions/books.md#qiu": [  # in the book's own letters
        *(rf"{part}_t = \sigma(W_{part} x_t + U_{part} h_{{t-1}} + b_{part})" for part in "rzifo"),
        r"h_t = z_t \odot h_{t-1} + (1 - z_t) \odot \tilde{h}_t",
        *(r"c_t = f_t \odot c_{t-1} + i_t \odot \tilde{c}_t", r"h_t = o_t \odot \tanh(c_t)"),
        "r_t = 0",  # the gate shut
    ],
    "conventions/books.md#olah": [
        *(rf"{part}_t = \sigma(W_{part} \cdot [h_{{t-1}},x_t])" for part in "zr"),
        *(rf"{part}_t = \sigma(W_{part} \cdot [h_{{t-1}},x_t] + b_{part})" for part in "fio"),
        *(r"h_t = (1 - z_t) \odot h_{t-1} + z_t \odot \tilde{h}_t", r"h_t = o_t \odot \tanh(C_t)"),
    ],
    "gates/gru.md#reset-gate": ["h_t = n_t", r"n_t = \tanh(r_t \odot 1) = \tanh(r_t)"],
    "gates/gru.md#exercises": [r"h_t = \tanh(W_{in} x_t + b_{in})"],  # r = 0, z = 0
    "gates/lstm.md#forget-gate": [r"c_t = f_t \odot 1 + i_t \odot 0 = f_t"],
    "gates/lstm.md#input-gate": [r"c_t = f_t \odot 0 + i_t \odot 1 = i_t"],
    "gates/lstm.md#exercises": [
        *("c_t = c_{t-1}", "h_t = 0"),  # f = 1, i = 0, o = 0
        r"c_t = c_{t-1} + i \odot g_t",  # f = 1
        r"c_t = f \odot c_{t-1} + (1 - f) \odot g_t",  # i = 1 - f
    ],
    "gates/derivation.md#rnn": [r"h_t = \tanh(a_t)"],  # a_t: the sum that goes in
    "gates/derivation.md#gru": [
        *(r"r_t = \sigma(a^r_t)", r"z_t = \sigma(a^z_t)", r"n_t = \tanh(a^n_t)"),
    ],
    "gates/derivation.md#exercises": [  # r before the product
        r"n_t = \tanh(u_t + W_{hn}(r_t \odot h_{t-1}))",
    ],
    "gates/family.md#old": [r"c_t = c_{t-1} + i_t \odot g_t"],  # f = 1
    "gates/family.md#min": [  # no gate reads h
        *(rf"{part}_t = \sigma(W_{part} x_t)" for part in "zfi"),
        *(rf"{part}_t = p(W_{part} x_t)" for part in "ng"),
        r"h_t = \frac{f_t}{f_t + i_t} \odot h_{t-1} + \frac{i_t}{f_t + i_t} \odot g_t",
    ],
    "gates/family.md#xlstm": [  # sLSTM and mLSTM
        *(r"i_t = \exp(a^i_t)", r"f_t = \sigma(a^f_t)", r"o_t = \sigma(a^o_t)"),
        *(r"g_t = \tanh(a^g_t)", r"h_t = o_t \odot \frac{c_t}{s_t}"),
        r"h_t = o_t \odot \frac{C_t q_t}{\max(|s_t^{\mathrm{T}} q_t|,1)}",
    ],
    "gates/family.md#matrix": [  # linear attention and S6
        r"h_t = \frac{C_t \varphi(q_t)}{s_t^{\mathrm{T}} \varphi(q_t)}",
        r"h_t = C_t q_t + D \odot x_t",
    ],
    "evidence/lstm-to-gru.py#cells": ["i_t = 1 - f_t", r"h_t = \tanh(c_t)", "h_t = c_t"],
    "pytorch/sequences.md#left": [r"n_t = \tanh(b_{in} + r_t \odot b_{hn})"],  # x = 0, h = 0
}
# The shape below a symbol: one example's, and in from-scratch that of a batch, weights turned.
SHAPES = {
    r"W_i[a-z]": r"H \times D",
    r"W_h[a-z](\^\\mathrmT)?": r"H \times H",
    r"x_t": r"(B \times )?D",
    r"W_i\^\\mathrmT": r"D \times 3H",
    r"b_i": "3H",
    r"b_[ih][a-z]|[^x]_t|[hcv]_t-1": "H",
    # What the loss says of a symbol has its shape; beside a row it is a column.
    r"\\deltaW_i[a-z]": r"H \times D",
    r"\\deltaW_h[a-z]": r"H \times H",
    r"\\delta([a-z]_t(-1|\+1)?|a\^[a-z]_t|b_[ih][a-z])": r"H( \times 1)?",
    r"h_t-1\^\\mathrmT": r"1 \times H",
    r"x_t\^\\mathrmT": r"1 \times D",
    # All blocks of an LSTM.
    r"\\deltaa_t": r"4H( \times 1)?",
    r"\\deltaW_i": r"4H \times D",
    r"\\deltaW_h": r"4H \times H",
    r"W_h\^\\mathrmT": r"H \times 4H",
    "S_t-1": r"H \times H",
}
_SHAPE = re.compile(r"\\underset\{([^{}]*)\}\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}")
PARTS = {part for cell in CELLS.values() for part in cell}
PYTORCH = {
    "RNN": (nn.RNN, ["h"]),
    "GRU": (nn.GRU, ["r", "z", "n"]),
    "LSTM": (nn.LSTM, ["i", "f", "g", "o"]),
}


def equations(formula: Formula) -> dict[str, str]:
    """The parts that a formula defines at step t, each with what it is."""
    latex = re.sub(r"\\underset\{[^{}]*\}", "", formula.latex)
    latex = re.sub(
        r"\\(big|Big|left|right|,|;|!|quad)(?![a-z])|&|\\(begin|end)\{aligned\}", " ", latex
    )
    sides = [line.split("=", 1) for line in re.split(r"\\\\|, ", latex) if "=" in line]
    return {part: side for left, side in sides if (part := bare(left)) in PARTS}


def bare(latex: str) -> str:
    """A formula without spaces and without braces."""
    return re.sub(r"[\s{}]", "", latex)


def normal(latex: str) -> str:
    """A sum in one spelling, whatever the order of what is added and multiplied."""
    terms = split(bare(latex), "+-")
    return "".join(sorted(f"{sign}{product(term)}" for sign, term in terms))


def product(term: str) -> str:
    factors = [factor for _, factor in split(term, "@")]
    return "@".join(sorted(map(factor_in_one_spelling, factors)))


def factor_in_one_spelling(factor: str) -> str:
    if inner := re.fullmatch(r"(\\sigma|\\tanh)?\((.*)\)", factor):
        return f"{inner[1] or ''}({normal(inner[2])})"
    return factor


def split(text: str, signs: str) -> list[tuple[str, str]]:
    """What stands between signs outside of brackets and subscripts, with the sign before it."""
    text = text.replace(r"\odot", "@")
    pieces, depth = [[signs[0], ""]], 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if letter in signs and depth == 0 and text[at - 1 : at + 2] != "t-1":
            pieces.append([letter, ""])
        else:
            pieces[-1][1] += letter
    return [(sign, piece) for sign, piece in pieces if piece]


def wrong_shapes(formula: Formula) -> list[str]:
    """The symbols of a formula that have another shape below them than PyTorch's have."""
    return [
        f"{bare(symbol)} has the shape {shape} below it"
        for shape, symbol in _SHAPE.findall(formula.latex)
        if not any(
            re.fullmatch(name, bare(symbol)) and re.fullmatch(has.replace("\\", r"\\"), shape)
            for name, has in SHAPES.items()
        )
    ]


def known(cells: dict[str, dict[str, str]]) -> set[str]:
    return {f"{part}={normal(side)}" for cell in cells.values() for part, side in cell.items()}


def wrong(overview: Overview) -> list[str]:
    """Each equation that is none of those above: page, line, and what to do."""
    found = []
    for row in overview.rows:
        allowed = known(CELLS) | {
            f"{bare(left)}={normal(side)}"
            for left, side in (e.split("=", 1) for e in ELSEWHERE.get(row.key, []))
        }
        for code, section in row.sections.items():
            for formula in section.within(section.page.formulas):
                place = f"{overview.sources.file(row.page, code)}:{formula.line}: "
                found += [f"{place}{fault}; mend it" for fault in wrong_shapes(formula)]
                for part, side in equations(formula).items():
                    if f"{part}={normal(side)}" not in allowed:
                        found.append(
                            f"{place}{part} = {' '.join(side.split())} is no equation of "
                            "tests/content/test_equations.py; mend its signs and indices, or, "
                            "where the page says that it is another form, enter it there for "
                            f"{row.key}"
                        )
    return found


def test_every_equation_of_the_site_is_the_one_that_pytorch_computes():
    assert wrong(OVERVIEW) == []


@pytest.mark.parametrize("cell", ["GRU", "LSTM"])
def test_the_page_of_a_cell_shows_each_of_its_equations(cell):
    for code in SOURCES.pages:
        page = SOURCES.pages[code][f"gates/{cell.lower()}.md"]
        symbols = {
            f"{part}={normal(side)}"
            for formula in page.formulas
            if formula.display
            for part, side in equations(formula).items()
        }
        assert known({cell: CELLS[cell]}) <= symbols


@pytest.mark.parametrize(
    "path, old, new",
    [
        ("gates/gru.md", "(1 - ", "(1 + "),
        ("gates/gru.md", "W_{ir}} \\;", "W_{iz}} \\;"),
        ("gates/gru.md", "\\underset{H}{r_t} \\odot", "\\underset{H}{z_t} \\odot"),
        ("gates/gru.md", "\\odot \\underset{H}{h_{t-1}}", "\\odot \\underset{H}{h_t}"),
        ("gates/gru.md", "{H \\times D}{W_{ir", "{H \\times H}{W_{ir"),
        ("gates/lstm.md", "{D}{x_t}", "{H}{x_t}"),
        ("pytorch/from-scratch.md", "{3H}{b_i}", "{H}{b_i}"),
        ("gates/lstm.md", "W_{if}} \\;", "W_{hf}} \\;"),
        ("gates/lstm.md", "= \\tanh\\big(", "= \\sigma\\big("),
        ("gates/lstm.md", "\\tanh(\\underset{H}{c_t})", "\\tanh(\\underset{H}{c_{t-1}})"),
        ("gates/compare.md", "i_t \\odot g_t", "f_t \\odot g_t"),
        ("gates/why.md", "+ \\underset{H}{b_{hh}}", "- \\underset{H}{b_{hh}}"),
        ("conventions/equations.md", "z_t \\odot n_t + (1", "z_t \\odot n_t - (1"),
    ],
)
def test_a_sign_or_an_index_that_was_changed_is_named_with_its_line(monkeypatch, path, old, new):
    for code in SOURCES.pages:
        page = SOURCES.pages[code][path]
        at = next(i for i, f in enumerate(page.formulas) if old in f.latex)
        formula = page.formulas[at]
        changed = replace(formula, latex=formula.latex.replace(old, new, 1))
        monkeypatch.setattr(
            page, "formulas", [*page.formulas[:at], changed, *page.formulas[at + 1 :]]
        )
    found = wrong(OVERVIEW)
    places = {f"docs/{code}/{path}" for code in SOURCES.pages}
    assert {fault.partition(":")[0] for fault in found} == places
    assert f":{formula.line}: " in found[-1]


@pytest.mark.parametrize("cell", CELLS)
def test_the_equations_above_compute_what_pytorch_does(cell):
    layer, blocks = PYTORCH[cell]
    torch.manual_seed(0)
    net = layer(3, 4).requires_grad_(False)
    x, h, c = torch.randn(3), torch.randn(4), torch.randn(4)
    values = {"x_t": x, "h_t-1": h, "c_t-1": c}
    for matrix in ("ih", "hh"):
        for kind, name in (("W", "weight"), ("b", "bias")):
            parts = getattr(net, f"{name}_{matrix}_l0").chunk(len(blocks))
            values |= {f"{kind}_{matrix[0]}{b}": p for b, p in zip(blocks, parts, strict=True)}
    for part, side in CELLS[cell].items():
        values[part] = computed(bare(side), values)
    start = (h[None], c[None]) if cell == "LSTM" else h[None]
    _, end = net(x[None], start)
    ends = dict(zip(("h_t", "c_t"), end if cell == "LSTM" else [end], strict=False))
    for part, value in ends.items():
        assert torch.allclose(values[part], value[0], atol=1e-6)


def computed(latex: str, values: dict[str, torch.Tensor]) -> torch.Tensor:
    """The value of a formula without braces."""
    total = 0
    for sign, term in split(latex, "+-"):
        value = 1
        for _, factor in split(term, "@"):
            value = value * computed_factor(factor, values)
        total = total + value if sign == "+" else total - value
    return total


def computed_factor(factor: str, values: dict[str, torch.Tensor]) -> torch.Tensor:
    if inner := re.fullmatch(r"(?:\\(sigma|tanh))?\((.*)\)", factor):
        functions = {"sigma": torch.sigmoid, "tanh": torch.tanh, None: lambda value: value}
        return functions[inner[1]](computed(inner[2], values))
    if by := re.fullmatch(r"(W_\w+?)(x_t|h_t-1)", factor):
        return values[by[1]] @ values[by[2]]
    return torch.tensor(float(factor)) if factor.isdigit() else values[factor]


def test_the_step_of_a_gru_by_hand_is_a_step_of_pytorchs():
    gru_step = names("gates/gru/gru_step")["gru_step"]
    torch.manual_seed(1)
    gru = nn.GRU(5, 6).requires_grad_(False)
    x, h = torch.randn(5), torch.randn(6)
    assert torch.allclose(gru_step(x, h, *gru.parameters()), gru(x[None], h[None])[1][0], atol=1e-6)


def test_the_step_of_an_lstm_by_hand_is_a_step_of_pytorchs():
    lstm_step = names("gates/lstm/lstm_step")["lstm_step"]
    torch.manual_seed(1)
    lstm = nn.LSTM(5, 6).requires_grad_(False)
    x, h, c = torch.randn(5), torch.randn(6), torch.randn(6)
    by_hand = lstm_step(x, h, c, *lstm.parameters())
    _, by_pytorch = lstm(x[None], (h[None], c[None]))
    for ours, theirs in zip(by_hand, by_pytorch, strict=True):
        assert torch.allclose(ours, theirs[0], atol=1e-6)
