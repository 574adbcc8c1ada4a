"""What gates/questions.md has a reader say aloud is what PyTorch does and what the runs decided."""

import inspect
import posixpath
import re
from functools import partial
from statistics import median

import pytest
import torch
from torch import nn

import binary_counter
import data_size
import speed
from tests import recorded
from tests.numbers import numeric_sides
from tests.sources import LANGUAGES, OVERVIEW, ROOT, SOURCES
from tools.project import files
from tools.sources import claims
from tools.sources.sections import Section

PAGE = "gates/questions.md"
ASKED = [row.id for row in OVERVIEW.by_page[PAGE]][1:-1]  # between the head and the exercises
SHOWN = {"en": "**Shown:** ", "zh": "**证据：**"}
HERE = {"en": "here", "zh": "见下面"}
NEXT = {"en": '??? question "And then: ', "zh": '??? question "追问：'}
SAID = {"en": 85, "zh": 150}  # words or signs in half a minute
# The verdicts that an answer leads to: where one changes, read the answer anew.
JUDGED = {
    "difference": {"short-data": "open", "large-data": "open", "structure": "holds"},
    "states": {"long-short": "holds_in_part"},
    "reset-gate": {"near-far": "holds_in_part"},
    "transformers": {"obsolete": "holds_in_part"},
    "update-gate": {"tied-gates": "does_not_hold", "counting": "holds_in_part"},
    "gradients": {"vanishing": "holds_in_part", "exploding": "does_not_hold"},
    "forget-bias": {"forget-bias": "holds_in_part"},
    "faster": {"cheaper": "holds_in_part", "convergence": "holds_in_part"},
}
BLOCKS = {nn.LSTM: "ifgo", nn.GRU: "rzn"}
OLD, NEW = 0.4, 0.8  # before a step, and what it writes
EFFECTS = {  # what a step leaves of them, by what the table of the gates says
    "en": {
        "old memory gone": 0, "old memory kept": OLD,
        "nothing written": 0, "draft added whole": NEW,
        "memory hidden": 0, "memory shown": torch.tensor(OLD).tanh().item(),
        "draft from the input alone": 0, "draft sees the past": OLD,
        "draft replaces the old": NEW, "old state kept": OLD,
    },
    "zh": {
        "旧记忆清空": 0, "旧记忆留下": OLD,
        "什么也不写": 0, "草稿全部加上": NEW,
        "记忆藏起来": 0, "记忆露出来": torch.tensor(OLD).tanh().item(),
        "草稿只看输入": 0, "草稿看得到过去": OLD,
        "草稿换掉旧值": NEW, "旧状态留下": OLD,
    },
}  # fmt: skip

questions = pytest.mark.parametrize("asked", ASKED)
in_each_language = pytest.mark.parametrize("code", LANGUAGES)


def section(code: str, section_id: str) -> Section:
    return OVERVIEW.by_key[f"{PAGE}#{section_id}"].sections[code]


def paragraph(code: str, asked: str, begin: str) -> list[str]:
    return [line for line in section(code, asked).lines if line.startswith(begin)]


def text(code: str, asked: str) -> str:
    return "\n".join(section(code, asked).lines)


def printed(name: str) -> list[list[str]]:
    lines = files.read(ROOT / f"snippets/gates/questions/{name}.out").splitlines()
    return [line.replace(",", "").split() for line in lines]


def test_there_are_fifteen():
    assert len(ASKED) == 15


@in_each_language
@questions
def test_each_is_a_question_with_one_line_that_says_where_it_was_shown(code, asked):
    assert section(code, asked).heading.text.endswith(("?", "？"))
    assert len(paragraph(code, asked, SHOWN[code])) == 1


def runs(section: Section, path: str) -> bool:
    """Whether a section shows what was run, or is a page of evidence."""
    if path.startswith(("evidence/", "claims/")):
        return True
    return any("--8<--" in fence.body for fence in section.within(section.page.fences))


@in_each_language
@questions
def test_what_an_answer_leads_to_as_shown_was_run_there(code, asked):
    (line,) = paragraph(code, asked, SHOWN[code])
    targets = re.findall(r"\]\(([^)]+)\)", line)
    assert targets
    for target in targets:
        relative, _, section_id = target.partition("#")
        path = posixpath.normpath(f"gates/{relative}")
        shown = OVERVIEW.by_key[f"{path}#{section_id}"] if section_id else OVERVIEW.by_page[path][0]
        assert runs(shown.sections[code], path), target
    if HERE[code] in line:
        assert runs(section(code, asked), PAGE)


@in_each_language
@questions
def test_an_answer_is_said_in_half_a_minute(code, asked):
    lines = section(code, asked).lines
    said = next(line for line in lines[1:] if line)
    if code == "zh":
        length = len(re.findall(r"[\u3400-\u9fff]|[A-Za-z0-9_.]+", said))
    else:
        length = len(re.sub(r"\$[^$]*\$|`[^`]*`", "it", said).split())
    assert length <= SAID[code]


@in_each_language
def test_what_they_ask_next_folds_out(code):
    page = SOURCES.pages[code][PAGE]
    folded = [line for line in page.lines if line.startswith("??? question")]
    assert len(folded) >= 12 and all(line.startswith(NEXT[code]) for line in folded)


@in_each_language
@questions
def test_an_answer_goes_no_further_than_the_verdicts_that_it_leads_to(code, asked):
    verdicts = {claim.id: claim.verdict for claim in claims.load(ROOT)}
    linked = re.findall(r"\.\./claims/([\w-]+)\.md", text(code, asked))
    assert {claim: verdicts[claim] for claim in linked} == JUDGED.get(asked, {})


@in_each_language
def test_a_student_finds_it_from_the_home_page_and_from_the_comparison(code):
    for path, target in (("index.md", PAGE), ("gates/compare.md", "questions.md#difference")):
        assert target in [link.target for link in SOURCES.pages[code][path].links]


def unit(cell: type[nn.Module], **biases: float) -> nn.Module:
    """A unit whose weights are 0, with a bias for each block by its letter."""
    net = cell(1, 1).requires_grad_(False)
    for weight in net.parameters():
        weight.zero_()
    for block, bias in biases.items():
        net.bias_ih_l0[BLOCKS[cell].index(block)] = bias
    return net


def after(gate: str, value: int) -> float:
    """What one step leaves, where the other gates let this one be seen."""
    bias, draft = 99.0 * (2 * value - 1), torch.tensor(NEW).atanh().item()
    x, old = torch.zeros(1, 1), torch.full((1, 1), OLD)
    if gate in "ifo":
        others = {"f": {"i": -99.0}, "i": {"f": -99.0, "g": draft}, "o": {"f": 99.0, "i": -99.0}}
        h, (_, c) = unit(nn.LSTM, **others[gate], **{gate: bias})(x, (0 * old, old))
        return (h if gate == "o" else c).item()
    others = {"r": {"z": -99.0}, "z": {"n": draft}}
    gru = unit(nn.GRU, **others[gate], **{gate: bias})
    if gate == "r":
        gru.weight_hh_l0[2] = 1
        return gru(x, old)[1].atanh().item()
    return gru(x, old)[1].item()


@in_each_language
def test_the_table_says_of_each_gate_at_0_and_at_1_what_pytorch_does(code):
    lines = [line for line in section(code, "gates").lines if line.startswith("|")][2:]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    gates = [re.search(r"\$(\w)\$", row[0])[1] for row in rows]
    assert gates == list("fiorz")
    for gate, (_, _, *effects) in zip(gates, rows, strict=True):
        for value, effect in enumerate(effects):
            assert after(gate, value) == pytest.approx(EFFECTS[code][effect], abs=1e-6), effect


def size(net: nn.Module) -> int:
    return sum(weight.numel() for weight in net.parameters())


@in_each_language
def test_the_parameters_are_those_of_pytorchs_layers(code):
    formulas = section(code, "parameters").within(SOURCES.pages[code][PAGE].formulas)
    sums = [sides[-1][1] for f in formulas for sides in numeric_sides(f.latex) if len(sides) > 1]
    lstm = nn.LSTM(10, 20)
    assert sums == [size(lstm), size(nn.GRU(10, 20)), size(lstm) - lstm.bias_hh_l0.numel()]
    assert "nn.LSTM(10, 20)" in text(code, "parameters")


def test_pytorch_says_itself_why_it_keeps_a_second_bias():
    assert "CuDNN compatibility" in inspect.getsource(nn.RNNBase)
    for code in LANGUAGES:
        assert "“CuDNN compatibility”" in text(code, "parameters")


@in_each_language
def test_the_slopes_are_the_steepest(code):
    slopes = {row[0]: row[3] for row in printed("activation")[:3]}
    assert slopes["sigmoid"] == "0.25" and "0.25" in text(code, "activation")
    assert slopes["tanh"] == slopes["relu"] == "1.00"


def test_a_relu_shuts_half_of_the_gates_and_lets_the_memory_grow():
    usual, gates, content = ("sigmoid", "tanh"), ("relu", "tanh"), ("sigmoid", "relu")
    rows = {(row[0], row[2], row[3]): [*map(float, row[4:])] for row in printed("activation")[3:]}
    shut = [rows["1", *functions][1] for functions in (usual, gates, content)]
    assert shut == [0, pytest.approx(0.5, abs=0.02), 0]
    assert all(rows["1", *functions][0] < 1 for functions in (usual, gates, content))
    assert rows["4", *usual][0] < 3 < 100 < rows["4", *content][0] < rows["4", *gates][0]


@in_each_language
def test_a_fresh_lstm_keeps_as_much_of_its_gradient_as_was_recorded(code):
    assert recorded.short_factors()["LSTM"] in text(code, "gradients")


def test_a_relu_at_exactly_1_keeps_its_start_and_a_little_beside_does_not():
    left = {(function, w): float(h) for function, w, h, _ in printed("plain_rnn")}
    assert left["relu", "1.0"] == 1
    assert left["relu", "0.9"] < 1e-4 and left["relu", "1.1"] > 1e4
    assert all(row[2] == row[3] for row in printed("plain_rnn") if row[0] == "relu")


@in_each_language
def test_what_100_steps_leave_at_090_is_what_an_lstm_keeps(code):
    assert "$0.9^{100} = 0.00003$" in text(code, "states")
    lstm, c = unit(nn.LSTM, f=torch.tensor(0.9).logit().item(), i=-99.0), torch.ones(1, 1)
    _, (_, end) = lstm(torch.zeros(100, 1), (0 * c, c))
    assert end.item() == pytest.approx(0.00003, abs=5e-6)


@in_each_language
def test_a_gru_takes_longer_than_an_lstm_and_up_to_nine_times_as_long(code):
    times = partial(speed.times, recorded.record("speed"))
    names = [speed.cells_name(units, batch) for units in speed.SIZES for batch in speed.BATCHES]
    ratios = [median(times(name, "GRU")) / median(times(name, "LSTM")) for name in names]
    assert min(ratios) > 1 and round(max(ratios)) == 9
    assert {"en": "up to nine times", "zh": "最多要九倍"}[code] in text(code, "faster")


@in_each_language
def test_how_much_text_was_learned_from_and_how_far_a_gru_counts(code):
    least, _, most = data_size.SETTINGS["characters"]
    assert all(f"{number:,}" in text(code, "difference") for number in (least, most))
    units, furthest = 2 * binary_counter.SETTINGS["bits"], binary_counter.SETTINGS["lengths"][-1]
    assert all(f"{number:,}" in text(code, "update-gate") for number in (units, furthest))


@pytest.mark.parametrize("cell", [nn.GRU, nn.LSTM])
@pytest.mark.parametrize("batch_first", [False, True])
def test_output_and_h_n_meet_at_the_last_step_and_batch_first_leaves_h_n(cell, batch_first):
    net = cell(3, 4, num_layers=2, batch_first=batch_first).requires_grad_(False)
    x = torch.randn(*((5, 7) if batch_first else (7, 5)), 3)
    output, state = net(x)
    assert isinstance(state, tuple) == (cell is nn.LSTM)
    h_n = state[0] if cell is nn.LSTM else state
    assert h_n.shape == (2, 5, 4)
    assert output.shape[:2] == x.shape[:2]
    assert torch.equal(output.select(int(batch_first), -1), h_n[-1])


def test_the_right_answer_on_both_directions_has_read_it_all_and_no_other_has():
    net = nn.GRU(3, 4, bidirectional=True, batch_first=True)
    x = torch.randn(5, 7, 3, requires_grad=True)
    output, h_n = net(x)
    (right,) = re.findall(r"- \[x\] `(torch\.cat.*)`", text("en", "exercises"))
    assert right in text("zh", "exercises")
    chosen = eval(right, {"torch": torch, "h_n": h_n})

    def reads(state: torch.Tensor) -> tuple[bool, bool]:
        """Whether its backward half knows the first step, and its forward half the last."""
        forward, backward = state.chunk(2, dim=-1)
        (first,) = torch.autograd.grad(backward.sum(), x, retain_graph=True)
        (last,) = torch.autograd.grad(forward.sum(), x, retain_graph=True)
        return bool(first[:, 0].any()), bool(last[:, -1].any())

    assert reads(chosen) == (True, True)
    assert reads(output[:, -1]) == (False, True)


def test_the_next_step_costs_a_recurrent_net_the_same_and_attention_more_and_more():
    rows = [(int(t), name, int(n), int(carried)) for t, name, n, carried in printed("next_step")]
    for cell in ("GRU", "LSTM"):
        assert len({row[2:] for row in rows if row[1] == cell}) == 1
    attention = [row for row in rows if row[1] == "attention"]
    assert [t for t, *_ in attention] == [10, 1000, 10_000]
    assert attention == sorted(attention, key=lambda row: row[2:])
    assert attention[0][2] < rows[0][2] < attention[1][2]
