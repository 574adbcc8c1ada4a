"""The derivation: each line that the page shows is autograd's, and no term of a proof is idle."""

import re

import pytest
import torch

from tests.content.test_equations import bare
from tests.sources import ROOT, SOURCES
from tools.sources.sections import sections

H, D = 4, 3
_TOKEN = re.compile(
    r"\\operatornamediag|\\tanh\^2|\\tanh|\\odot|\^2|\^\\mathrmT|[-+()1]"
    r"|(?:\\delta)?[A-Za-z](?:\^[rznifgo])?_(?:t(?:[-+]1)?|[ih][rznifgoh]?)"
)
_PYTHON = {
    **{r"\operatornamediag": "diag", r"\tanh^2": "square_of_tanh", r"\tanh": "tanh"},
    **{r"\odot": "*", "^2": "**2", r"^\mathrmT": ".T", **{sign: sign for sign in "-+()1"}},
}
FUNCTIONS = {
    "diag": lambda column: torch.diag(column[:, 0]),
    "tanh": torch.tanh,
    "square_of_tanh": lambda column: torch.tanh(column) ** 2,
}


pytestmark = pytest.mark.usefixtures("double")  # as the snippets


def shown(code: str, section: str) -> list[list[str]]:
    """The equations in the displayed formulas of a section, each as its sides."""
    page, found = SOURCES.pages[code]["gates/derivation.md"], []
    for formula in sections(page)[section].within(page.formulas):
        if formula.display:
            latex = re.sub(r"\\underset\{[^{}]*\}", "", formula.latex)
            latex = re.sub(r"\\frac\{((?:[^{}]|\{[^{}]*\})*)\}\{", r"\1/{", latex)
            latex = re.sub(
                r"\\(begin|end)\{aligned\}|\\sum_t|\\big|\\quad|\\[;,]|&|\{\}", " ", latex
            )
            latex = re.sub(r"\\\\\s*\+", "+", latex)  # a sum that goes on in the next line
            found += [bare(line).split("=") for line in re.split(r"\\\\|, ", latex)]
    return found


def value(latex: str, values: dict[str, torch.Tensor]) -> torch.Tensor:
    """Compute one side of an equation of one step; where nothing stands between, it multiplies."""
    python, before = "", ""
    for token in _TOKEN.findall(latex):
        word = _PYTHON.get(token, f"values[{token!r}]")
        multiplies = word[0].isalpha() and before.endswith(("]", ")", ".T", "**2"))
        python += f" @ {word}" if multiplies else word
        before = word
    return eval(python, {"values": values, **FUNCTIONS})


def of_rnn(v: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    v["a_t"] = v["W_ih"] @ v["x_t"] + v["b_ih"] + v["W_hh"] @ v["h_t-1"] + v["b_hh"]
    v["h_t"] = torch.tanh(v["a_t"])
    return {"h_t": v["W_hh"].detach().T @ v[r"\deltaa_t+1"]}


def of_gru(v: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    for k in "rz":
        a = v[f"W_i{k}"] @ v["x_t"] + v[f"b_i{k}"] + v[f"W_h{k}"] @ v["h_t-1"] + v[f"b_h{k}"]
        v[f"a^{k}_t"], v[f"{k}_t"] = a, torch.sigmoid(a)
    v["m_t"] = v["W_hn"] @ v["h_t-1"] + v["b_hn"]
    v["a^n_t"] = v["W_in"] @ v["x_t"] + v["b_in"] + v["r_t"] * v["m_t"]
    v["n_t"] = torch.tanh(v["a^n_t"])
    v["h_t"] = (1 - v["z_t"]) * v["n_t"] + v["z_t"] * v["h_t-1"]
    return {}


def of_lstm(v: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    v["a_t"] = v["W_i"] @ v["x_t"] + v["b_i"] + v["W_h"] @ v["h_t-1"] + v["b_h"]
    for k, a, W in zip("ifgo", v["a_t"].chunk(4), v["W_h"].chunk(4), strict=True):
        v[f"a^{k}_t"], v[f"W_h{k}"] = a, W
        v[f"{k}_t"] = torch.tanh(a) if k == "g" else torch.sigmoid(a)
    v["c_t"] = v["f_t"] * v["c_t-1"] + v["i_t"] * v["g_t"]
    v["h_t"] = v["o_t"] * torch.tanh(v["c_t"])
    return {"c_t": v["f_t+1"] * v[r"\deltac_t+1"]}


STEPS = {"rnn": (of_rnn, "h"), "gru": (of_gru, "rzn"), "lstm": (of_lstm, "")}


def step(cell: str) -> dict[str, torch.Tensor]:
    """The values of one step in columns, and what autograd says of each as that with a delta."""
    torch.manual_seed(0)
    forward, blocks = STEPS[cell]
    v = {"x_t": torch.randn(D, 1), "start": torch.randn(H, 1, requires_grad=True)}
    v["o_t-1"] = torch.rand(H, 1)
    v["c_t-1"] = v["start"].clone()
    v["h_t-1"] = v["o_t-1"] * torch.tanh(v["start"])
    rows = H if blocks else 4 * H
    for block in blocks or [""]:
        v[f"W_i{block}"], v[f"W_h{block}"] = torch.randn(rows, D), torch.randn(rows, H)
        v[f"b_i{block}"], v[f"b_h{block}"] = torch.randn(2, rows, 1)
    for name in [name for name in v if name[0] in "Wb"]:
        v[name].requires_grad_()
    messages = ("v_t", "v_t-1", r"\deltaa_t+1", r"\deltac_t+1", "f_t+1")
    v |= {name: torch.randn(H, 1) for name in messages}
    later = forward(v)
    loss = (v["v_t"] * v["h_t"]).sum() + (v["v_t-1"] * v["h_t-1"]).sum()
    for name, message in later.items():
        loss = loss + (message.detach() * v[name]).sum()
    known = {name: part for name, part in v.items() if part.requires_grad}
    grads = torch.autograd.grad(loss, list(known.values()), retain_graph=True, allow_unused=True)
    return v | {rf"\delta{name}": grad for name, grad in zip(known, grads, strict=True)}


def derivative(of: torch.Tensor, by: torch.Tensor) -> torch.Tensor:
    rows = [torch.autograd.grad(one, by, retain_graph=True)[0][:, 0] for one in of[:, 0]]
    return torch.stack(rows)


def same(one: torch.Tensor, other: torch.Tensor) -> bool:
    return one.shape == other.shape and torch.allclose(one, other, rtol=0, atol=1e-12)


@pytest.mark.parametrize("code", SOURCES.pages)
@pytest.mark.parametrize("cell, count", [("rnn", 7), ("gru", 11), ("lstm", 12)])
def test_each_line_of_the_page_is_what_autograd_finds(code, cell, count):
    equations, values = shown(code, cell), step(cell)
    assert len(equations) == count
    for left, *sides in equations:
        for side in sides:
            assert same(value(side, values), values[left]), f"{left} = {side}"


@pytest.mark.parametrize("code", SOURCES.pages)
def test_the_lstms_derivatives_from_state_to_state_are_autograds(code):
    v = step("lstm")
    (_, slope), (_, full), *blocks = shown(code, "cell-state")
    v["S_t-1"] = value(slope, v)
    assert same(value(full, v), derivative(v["c_t"], v["start"]))
    v["S_t"] = value(slope.replace("t-1", "t"), v)
    v["A_t"] = value(full.partition("+")[2].replace("S_t-1", ""), v)
    assert len(blocks) == 3
    for left, side in blocks:
        of, by = re.findall(r"partial(\w_t(?:-1)?)", left)
        assert same(value(side, v), derivative(v[of], v[by])), f"{left} = {side}"


@pytest.mark.parametrize("code", SOURCES.pages)
def test_the_grus_derivative_from_state_to_state_is_autograds(code):
    v = step("gru")
    (_, full), (_, slope) = shown(code, "hidden-state")
    v["s_t"] = value(slope, v)
    assert same(value(full, v), derivative(v["h_t"], v["h_t-1"]))


CHANGED = [
    ("two_uses", "near + far, w.grad", "near, w.grad"),
    ("rnn", "d_h = v[t] + d_h", "d_h = v[t] + 0 * d_h"),
    ("rnn", "d_h * (1 - h**2)", "d_h"),
    ("rnn", "d_W_hh + torch", "torch"),
    ("rnn", "W_hh.T", "W_hh"),
    ("gru", "d_h = v[t] + d_h", "d_h = v[t] + 0 * d_h"),
    ("gru", "d_h * (1 - z)", "d_h"),
    ("gru", "(h_old - n)", "h_old"),
    ("gru", "d_n * (1 - n**2)", "d_n"),
    ("gru", "d_a_n * r", "d_a_n"),
    ("gru", "d_a_n * m", "d_a_n"),
    ("gru", "d_r * r * (1 - r)", "d_r"),
    ("gru", "d_z * z * (1 - z)", "d_z"),
    ("gru", "z * d_h + W_h", "W_h"),
    ("gru", "[d_a_r, d_a_z, d_m]", "[d_a_r, d_a_z, d_a_n]"),
    ("lstm", "d_c + d_h * o", "d_h * o"),
    ("lstm", " * (1 - torch.tanh(c) ** 2)", ""),
    ("lstm", "d_c * c_old", "d_c"),
    ("lstm", "d_i * i * (1 - i)", "d_i"),
    ("lstm", "d_f * f * (1 - f)", "d_f"),
    ("lstm", "d_o * o * (1 - o)", "d_o"),
    ("lstm", "d_g * (1 - g**2)", "d_g"),
    ("lstm", ", f * d_c", ", d_c"),
    *(("gru_parts", f'"{way}": ', f'"{way}": 0 * ') for way in "hznr"),
    *(("lstm_parts", f'"{way}": ', f'"{way}": 0 * ') for way in "cfig"),
    ("blocks", "c_h += diag(g", "c_h += 0 * diag(g"),
    ("blocks", " + diag(tanh(c)", " + 0 * diag(tanh(c)"),
    ("blocks", "slope @ diag(f)", "slope"),
    ("truncated", "whole = whole + term", "whole = term"),
    ("truncated", "s // piece == t // piece", "t - s < piece"),
    ("exercise_before", "d_s * r + ", ""),
    ("exercise_before", " + U.T @ d_a_r", ""),
]


@pytest.mark.parametrize("snippet, term, without", CHANGED)
def test_a_snippet_stops_when_a_term_is_dropped(snippet, term, without):
    code = (ROOT / f"snippets/gates/derivation/{snippet}.py").read_text("utf-8")
    exec(code, {})
    assert term in code
    with pytest.raises(AssertionError):
        exec(code.replace(term, without), {})
