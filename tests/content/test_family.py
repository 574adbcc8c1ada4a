"""The lesson on the family: its cells are what other people's code computes, its numbers recorded.

The formulas are computed as the page shows them, and the code is the page's, both with what
tests/other_hands.json holds: the weights, the input and the output of other people's code.
"""

import json
import re

import pytest
import torch
from torch import nn
from torch.nn.functional import elu, softplus

from tests import other_hands
from tests.sources import LANGUAGES, OVERVIEW, names

PAGE = "gates/family"
OTHERS = json.loads(other_hands.FILE.read_text("utf-8"))
_SYMBOL = r"[A-Za-z](?:\^[a-z])?_(?:\{[^{}]*\}|\w)|(?<![A-Za-z])[AD](?![A-Za-z])"
_TOKEN = re.compile(rf"{_SYMBOL}|[a-z]+|[-+*/(),'1]")
FUNCTIONS = {
    "sigma": torch.sigmoid,
    "exp": torch.exp,
    "tanh": torch.tanh,
    "max": lambda a, least: a.clamp(min=least),
    "diag": lambda column: torch.diag(column[:, 0]),
    "softplus": softplus,
    "varphi": lambda a: elu(a) + 1,
    "p": lambda a: torch.where(a >= 0, a + 0.5, torch.sigmoid(a)),
    "root": other_hands.SIZE**0.5,
}


pytestmark = pytest.mark.usefixtures("double")  # as the record


@pytest.fixture
def theirs():
    """What other people's code was given and what it gave, cell by cell."""
    return {
        cell: {name: torch.tensor(part) for name, part in parts.items()}
        for cell, parts in OTHERS.items()
    }


def same(ours: torch.Tensor, theirs: torch.Tensor) -> bool:
    return ours.shape == theirs.shape and torch.allclose(ours, theirs, rtol=0, atol=1e-9)


def test_the_minimal_cells_are_those_of_minGRU_pytorch_whose_gate_is_one_minus_ours(theirs):
    ours, gru, lstm = names(f"{PAGE}/scan"), theirs["min_gru"], theirs["min_lstm"]
    parts = ours["min_gru"](gru["x"], -gru["W_z"], gru["W_n"])
    assert same(ours["loop"](*parts), gru["out"])
    parts = ours["min_lstm"](lstm["x"], lstm["W_f"], lstm["W_i"], lstm["W_n"])
    assert same(ours["loop"](*parts), lstm["out"])


@pytest.mark.parametrize(
    "snippet, cell",
    [("xlstm", "s_lstm"), ("xlstm", "m_lstm"), ("matrix", "linear_attention"), ("matrix", "s6")],
)
def test_the_other_cells_are_those_of_xlstm_fast_transformers_and_mambapy(snippet, cell, theirs):
    out = theirs[cell].pop("out")
    assert same(names(f"{PAGE}/{snippet}")[cell](**theirs[cell]), out)


def group(latex: str, at: int) -> tuple[str, int]:
    """What stands in the braces that open here, and where they end."""
    depth, end = 0, at
    while not (latex[end] == "}" and depth == 1):
        depth += {"{": 1, "}": -1}.get(latex[end], 0)
        end += 1
    return latex[at + 1 : end], end + 1


def value(latex: str, v: dict[str, torch.Tensor]) -> torch.Tensor:
    """Compute one side of an equation; two things without a sign between them are multiplied."""
    for tex, sign in ((r"^{\mathrm{T}}", "'"), (r"\odot", "*"), (r"\cdot", "*"),
                      (r"\sqrt{d}", "root"), (r"\operatorname", "")):  # fmt: skip
        latex = latex.replace(tex, sign)
    latex = re.sub(r"\|([^|]*)\|", r"abs(\1)", latex)
    while (at := latex.find(r"\frac")) >= 0:
        above, end = group(latex, at + len(r"\frac"))
        below, end = group(latex, end)
        latex = f"{latex[:at]}(({above}) / ({below})){latex[end:]}"
    code, before = "", ""
    for token in _TOKEN.findall(latex):
        symbol = re.fullmatch(_SYMBOL, token)
        if (symbol or token[0].isalpha() or token == "(") and before.endswith(("]", "T", ")")):
            code += " @ "
        before = f"v[{token!r}]" if symbol else {"'": ".T"}.get(token, token)
        code += before
    return eval(code, {"v": v, **FUNCTIONS})


def lines(code: str, section_id: str, at: int) -> list[list[str]]:
    """The equations of a cell: the displayed formula of a section, each line as two sides."""
    section = OVERVIEW.by_key[f"{PAGE}.md#{section_id}"].sections[code]
    shown = [f.latex for f in section.within(section.page.formulas) if f.display]
    latex = re.sub(r"\\(begin|end)\{aligned\}|&", "", shown[at])
    return [[side.strip() for side in line.split("=")] for line in latex.split(r"\\")]


def run(equations, steps) -> torch.Tensor:
    """h after each step, from states of 0; steps: a function from h to the other values, each."""
    states, out = {name: torch.zeros(1, 1) for name in ("h_t", "c_t", "s_t", "C_t")}, []
    states["h_t"] = torch.zeros(other_hands.SIZE, 1)
    for given in steps:
        v = given(states["h_t"]) | {n.replace("_t", "_{t-1}"): s for n, s in states.items()}
        for left, right in equations:
            v[left] = value(right, v)
        states |= {name: v[name] for name in states if name in v}
        out.append(v["h_t"][:, 0])
    return torch.stack(out)


def columns(parts: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Vectors as columns."""
    return {name: p[:, None] if p.dim() == 1 else p for name, p in parts.items()}


def of_minimal(parts):
    weights = columns({name: part for name, part in parts.items() if name[0] == "W"})
    return [lambda h, x=x: weights | {"x_t": x[:, None]} for x in parts["x"]]


def of_min_gru(parts):
    return of_minimal(parts | {"W_z": -parts["W_z"]})


def of_min_lstm(parts):
    return of_minimal(parts | {"W_g": parts["W_n"]})


def of_s_lstm(parts):
    def sums(h, x):
        a = parts["W"] @ x[:, None] + parts["R"] @ h + parts["b"][:, None]
        return dict(zip(["a^i_t", "a^f_t", "a^g_t", "a^o_t"], a.chunk(4), strict=True))

    return [lambda h, x=x: sums(h, x) for x in parts["x"]]


def of_m_lstm(parts):
    W_q, W_k, W_v, W_o = parts["W"].chunk(4)

    def given(x):
        i, f = torch.exp(parts["w_i"] @ x), torch.sigmoid(parts["w_f"] @ x)
        made = {"q_t": W_q @ x, "v_t": W_v @ x, "o_t": torch.sigmoid(W_o @ x), "x_t": x}
        return columns(made | {"W_k": W_k, "i_t": i[None], "f_t": f[None]})

    return [lambda h, x=x: given(x) for x in parts["x"]]


def of_linear_attention(parts):
    rows = zip(parts["q"], parts["k"], parts["v"], strict=True)
    return [lambda h, r=r: columns(dict(zip(["q_t", "k_t", "v_t"], r, strict=True))) for r in rows]


def of_s6(parts):
    def given(x):
        made = {"x_t": x, "k_t": parts["W_k"] @ x, "q_t": parts["W_q"] @ x}
        weights = {"W_d": parts["W_d"], "b_d": parts["b_d"]}
        return columns(made | weights | {"A": parts["A"], "D": parts["D"]})

    return [lambda h, x=x: given(x) for x in parts["x"]]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(
    "section, at, cell, steps",
    [
        ("min", 0, "min_gru", of_min_gru),
        ("min", 1, "min_lstm", of_min_lstm),
        ("xlstm", 0, "s_lstm", of_s_lstm),
        ("xlstm", 1, "m_lstm", of_m_lstm),
        ("matrix", 0, "linear_attention", of_linear_attention),
        ("matrix", 1, "s6", of_s6),
    ],
)
def test_the_formulas_give_what_other_peoples_code_gives(code, section, at, cell, steps, theirs):
    ours = run(lines(code, section, at), steps(theirs[cell]))
    assert same(ours, theirs[cell]["out"])


WORDS = {  # of the table of abilities
    "en": {"yes": True, "no": False},
    "zh": {"是": True, "否": False, "能": True, "不能": False, "没有": False},
}
CELLS = ["LSTM", "GRU", "minGRU", "sLSTM", "mLSTM", "linear attention", "S6"]


def abilities(code: str) -> dict[str, list[str]]:
    """What the page says of each cell: trains at once, size of the state, parity, PyTorch's."""
    section = OVERVIEW.by_key[f"{PAGE}.md#table"].sections[code]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.lines
            if line.startswith("| ")][2:]  # fmt: skip
    return {cell: row[1:] for cell, row in zip(CELLS, rows, strict=True)}


def test_a_scan_from_another_state_needs_it_in_its_first_step():
    torch.manual_seed(0)
    cell = names(f"{PAGE}/scan")
    a, b, h = torch.rand(20, 4).double(), torch.randn(20, 4).double(), torch.randn(4).double()
    steps, state = [], h
    for a_t, b_t in zip(a, b, strict=True):
        steps.append(state := a_t * state + b_t)
    assert not torch.allclose(cell["scan"](a, b), torch.stack(steps))
    b[0] += a[0] * h
    torch.testing.assert_close(cell["scan"](a, b), torch.stack(steps))


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_sizes_of_the_states_are_those_of_64_units(code):
    H, columns = 64, 16
    scalar = {"LSTM": 2 * H, "GRU": H, "minGRU": H, "sLSTM": 4 * H}
    matrix = {"mLSTM": H * H + H + 1, "linear attention": H * H + H, "S6": H * columns}
    assert {cell: int(row[1]) for cell, row in abilities(code).items()} == scalar | matrix


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_trains_at_once_cannot_do_parity_and_pytorch_has_two_of_the_layers(code):
    for cell, (at_once, _, parity, layer) in abilities(code).items():
        assert WORDS[code][at_once] != WORDS[code][parity]
        has = any(name.lower() == cell.lower() for name in vars(nn))
        assert layer == f"`{cell}`" if has else not WORDS[code][layer]


def test_an_sLSTM_unit_does_parity_from_the_first_one_on():
    x = (torch.rand(10000, 1) < 0.5).double()  # (time, features)
    x[0] = 1
    W = torch.tensor([[200.0], [-200], [0], [0]])  # rows i, f, g, o: written at 1, kept at 0
    R = torch.tensor([[0.0], [0], [-100], [0]])  # g = 1 from 0 or -1, and -1 from 1
    b = torch.tensor([-100.0, 100, 50, 100])
    h = names(f"{PAGE}/xlstm")["s_lstm"](x, W, R, b)
    odd = x.cumsum(0) % 2 == 1
    assert torch.equal(h > 0.5, odd)


@pytest.mark.parametrize("H", [1, 2, 8])
def test_a_gate_that_reads_x_alone_lets_the_answer_turn_as_often_as_there_are_units(H):
    torch.manual_seed(H)
    nets, T = 2000, 60
    cell = names(f"{PAGE}/scan")
    z = torch.rand(nets, H).expand(T, nets, H)  # the same input at each step
    h = cell["loop"](z, (1 - z) * torch.randn(nets, H))
    assert ((h[1:] - h[:-1]).sign().diff(dim=0).abs() < 2).all()  # one way for ever
    says = (h * torch.randn(nets, H)).sum(2) > 0.1 * torch.randn(nets)
    turns = (says[1:] != says[:-1]).sum(0)
    assert 0 < turns.max() <= H


def test_an_mLSTM_linear_attention_and_s6_do_not_turn_for_ever_either():
    torch.manual_seed(0)
    T, d = 60, 4
    x, q, k, v = torch.randn(1, 3).expand(T, 3), *torch.randn(3, 1, d).expand(3, T, d)
    m_lstm = names(f"{PAGE}/xlstm")["m_lstm"](x, torch.randn(4 * d, 3), *torch.randn(2, 3))
    linear = names(f"{PAGE}/matrix")["linear_attention"](q, k, v)
    weights = torch.randn(3, 3), torch.randn(3), *torch.randn(2, 5, 3)
    s6 = names(f"{PAGE}/matrix")["s6"](x, *weights, -torch.rand(3, 5), torch.randn(3))
    for h, most in ((m_lstm, 0), (linear, 0), (s6, 5)):
        assert ((h[1:] > 0) != (h[:-1] > 0)).sum(0).max() <= most
