"""The chapters on the gates: each sum done by hand is right, each number computed or cited."""

import math
import re

import harness
import pytest

from tools.sections import Section, sections
from tools.site import Site

from .conftest import ROOT

SOURCES = Site.read(ROOT)
CHAPTERS = [
    (code, path)
    for code in SOURCES.pages
    for path in SOURCES.pages[code]
    if path.startswith("gates/")
]
# What stands in a table of a paper that references.md lists.
CITED = {".892", ".902", ".425", ".444", ".0891", ".0895", ".867", "81.4", "91.7", "5.1"}

_NUMBER = r"(?<![\w.])\d*\.\d+(?![\w.]*\d)"
_PLACE = re.compile(r"sections? \d\.\d|第 \d\.\d 节")  # in a paper
_FUNCTIONS = {
    "sigma": lambda a: 1 / (1 + math.exp(-a)),
    "tanh": math.tanh,
    "ln": math.log,
}


def numeric_sides(latex: str) -> list[list[tuple[str, float]]]:
    """Each line of a formula as its sides that hold only numbers: as written, and their values."""
    lines = re.sub(r"\\(begin|end)\{aligned\}|&|\\,", "", latex).split(r"\\")
    return [list(filter(None, map(_value, line.split("=")))) for line in lines]


def _value(side: str) -> tuple[str, float] | None:
    code = re.sub(r"\\(cdot|times)", "*", side)
    code = re.sub(r"\^\{?(\d+)\}?", r"**\1", code)
    code = re.sub(r"\\ln ([\d.]+)", r"ln(\1)", code)
    code = re.sub(r"\\sqrt\{([\d./]+)\}", r"(\1)**.5", code)
    code = re.sub(r"\\(sigma|tanh|ln)", r"\1", code).strip()
    if not code or re.search(r"[^\d\s.+\-*/()]", re.sub("sigma|tanh|ln", "", code)):
        return None
    return side.strip(), eval(code, {"__builtins__": {}}, _FUNCTIONS)


def wrong_sums(latex: str) -> list[str]:
    """The sides of a formula that are not what stands before them, to the digits written."""
    wrong = []
    for sides in numeric_sides(latex):
        for (_, before), (written, value) in zip(sides, sides[1:], strict=False):
            digits = len(written.partition(".")[2]) if re.fullmatch(r"-?[\d.]+", written) else 3
            if abs(before - value) > 0.5001 * 10**-digits:
                wrong.append(f"{before} is not {written}")
    return wrong


@pytest.mark.parametrize(
    "latex, wrong",
    [
        (r"r_1 &= \sigma(1 \cdot 1 + 2 \cdot 0.5) = \sigma(2) = 0.881", []),
        (r"\ln 0.001 / \ln 0.64 = 15.5", []),
        (r"0.9^{10} = 0.35", []),
        (r"\sqrt{1/3} = 0.57", ["0.5773502691896257 is not 0.57"]),
        (r"2 \times (80 \times 30 + 160) = 5120", []),
        (r"z_1 &= \sigma(-1) = 0.268", ["0.2689414213699951 is not 0.268"]),
        (r"a = \sigma(1 \cdot 2) = \sigma(3)", ["0.8807970779778823 is not \\sigma(3)"]),
        (r"\begin{aligned} a &= 1 + 1 = 2 \\ b &= 1 + 1 = 3 \end{aligned}", ["2 is not 3"]),
        (r"h_t = z_t \odot h_{t-1}", []),
    ],
)
def test_what_counts_as_a_wrong_sum(latex, wrong):
    assert wrong_sums(latex) == wrong


@pytest.mark.parametrize("code, path", CHAPTERS)
def test_each_sum_done_by_hand_is_right(code, path):
    page = SOURCES.pages[code][path]
    wrong = {f.line: found for f in page.formulas if (found := wrong_sums(f.latex))}
    assert wrong == {}, page.path


@pytest.mark.parametrize("code, path", CHAPTERS)
def test_each_decimal_was_computed_on_the_page_or_recorded_or_is_cited(code, path):
    page = SOURCES.pages[code][path]
    shown = "\n".join(fence.expanded(ROOT / "snippets") for fence in page.fences)
    known = CITED | recorded() | set(re.findall(_NUMBER, shown))
    for formula in page.formulas:
        known |= {n for sides in numeric_sides(formula.latex) for side, _ in sides[1:]
                  for n in re.findall(_NUMBER, side)}  # fmt: skip
    texts = [(words.line, _PLACE.sub("", words.text)) for words in page.words]
    texts += [(formula.line, formula.latex) for formula in page.formulas]
    unknown = [
        f"{page.path}:{line}: {number}"
        for line, text in texts
        for number in re.findall(_NUMBER, text)
        if number not in known
    ]
    assert unknown == []


def recorded() -> set[str]:
    """Numbers of recorded runs, as pages write them."""
    numbers = {number for told in factors().values() for number in re.findall(_NUMBER, told)}
    return {*numbers, *short_factors().values(), *training_seconds(), *left_by_lstms()}


def factors() -> dict[str, str]:
    """What each net's gradient is multiplied by at each step, mean and spread."""
    spread = harness.spread(record("gradients"), "per_step")
    return {net: f"{mean:.3f} ± {sd:.3f}" for net, (_, mean, sd) in spread.items()}


def short_factors() -> dict[str, str]:
    """The same means as sentences write them."""
    spread = harness.spread(record("gradients"), "per_step")
    return {net: f"{mean:.2f}" for net, (_, mean, _) in spread.items()}


def after_fifty_steps(net: str) -> list[float]:
    """The logarithms of the gradients that are left, one for each seed."""
    return [row["log10"][50] for row in record("gradients")["rows"] if row["model"] == net]


def left_by_lstms() -> tuple[str, str]:
    """The least and the most that LSTMs with bias 3 keep of their gradient over 50 steps."""
    left = [10**power for power in after_fifty_steps("LSTM +3")]
    return f"{min(left):.2f}", f"{max(left):.1f}"


def training_seconds() -> list[str]:
    """How long the sunspot forecast trained a GRU and an LSTM of 20 units, for one seed."""
    spread = harness.spread(record("sunspots"), "seconds")
    return [f"{spread[net][1]:.1f}" for net in ("GRU H=20", "LSTM H=20")]


def record(experiment: str) -> dict:
    return harness.load(ROOT / f"snippets/experiments/{experiment}.py")


def section(code: str, path: str, id: str) -> Section:
    return sections(SOURCES.pages[code][path])[id]


@pytest.mark.parametrize("code", SOURCES.pages)
def test_the_tables_of_fading_gradients_are_the_recorded_ones(code):
    lines = SOURCES.pages[code]["gates/why.md"].lines
    shown = [re.findall(r"\d\.\d{3} ± \d\.\d{3}", line) for line in lines if line.startswith("|")]
    found = factors()
    assert [row for row in shown if row] == [
        [found["RNN"]],
        [found["GRU"]],
        [found["LSTM"]],
        [found["RNN orthogonal"]],
        [found["GRU"], found["GRU +1"], found["GRU +3"]],
        [found["LSTM"], found["LSTM +1"], found["LSTM +3"]],
    ]


def test_what_is_said_of_the_fading_gradients_holds():
    assert all(-14 < power < -11 for power in after_fifty_steps("RNN"))
    for net, power in {"GRU": -10, "LSTM": -10, "GRU +1": -5, "LSTM +1": -4, "GRU +3": -1}.items():
        assert all(round(each) == power for each in after_fifty_steps(net)), net
    rows = [row for row in record("gradients")["rows"] if row["model"] == "LSTM +3"]
    assert sum(row["per_step"] > 1 for row in rows) == 1
    assert sum(row["log10"][100] > 0 for row in rows) == 3


@pytest.mark.parametrize("code", SOURCES.pages)
def test_the_plot_of_the_bias_is_described_as_recorded(code):
    (plot,) = [link for link in SOURCES.pages[code]["gates/why.md"].links if "-bias" in link.target]
    assert all(number in plot.alt for number in left_by_lstms())


@pytest.mark.parametrize("code", SOURCES.pages)
def test_the_home_page_and_the_comparison_say_what_was_recorded(code):
    answers = "\n".join(section(code, "index.md", "answers").lines)
    assert all(short_factors()[net] in answers for net in ("RNN", "GRU", "LSTM"))
    operations = "\n".join(section(code, "gates/compare.md", "operations").lines)
    assert all(seconds in operations for seconds in training_seconds())


@pytest.mark.parametrize("code, path", CHAPTERS)
def test_a_chapter_ends_with_three_exercises_or_more(code, path):
    page = SOURCES.pages[code][path]
    folded = [box.kind for box in section(code, path, "exercises").here(page.admonitions)]
    assert page.headings[-1].id == "exercises"
    assert len(folded) >= 3 and set(folded) == {"question"}


PARTS = [
    *(("gru", id) for id in ("reset-gate", "new-memory", "update-gate", "hidden-state")),
    *(("lstm", id) for id in ("forget-gate", "input-gate", "new-memory", "cell-state")),
    *(("lstm", id) for id in ("output-gate", "hidden-state")),
]


@pytest.mark.parametrize("code", SOURCES.pages)
@pytest.mark.parametrize("cell, id", PARTS)
def test_each_part_has_its_question_drawing_shapes_sum_and_run(code, cell, id):
    part = section(code, f"gates/{cell}.md", id)
    assert re.fullmatch(r"\*\*.*[?？]\*\*", part.lines[2])
    assert [link.lit for link in part.here(part.page.links) if link.lit][0] == id
    equation, by_hand, *_ = (f.latex for f in part.here(part.page.formulas) if f.display)
    assert r"\underset{H}" in equation
    assert all(len(sides) > 1 for sides in numeric_sides(by_hand))
    run, output, *_ = (name for f in part.here(part.page.fences) for name, _ in f.includes)
    own = f"{cell}_{id.replace('-', '_')}"
    assert (run, output) == (f"{own}.py", f"{own}.out")
    printed = (ROOT / "snippets" / output).read_text()
    for _, *_, (number, _) in numeric_sides(by_hand):
        assert number in printed  # nn.GRU or nn.LSTM says what the sum says
