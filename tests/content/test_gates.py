"""The chapters on the gates: their parts, exercises and recorded numbers."""

import re

import pytest
import torch

from tests.numbers import numeric_sides
from tests.recorded import after_fifty_steps, factors, left_by_lstms, record, times_as_long
from tests.sources import ROOT, SOURCES
from tools.sources import exercises, glossary
from tools.sources.sections import Section, sections

CHAPTERS = [
    (code, path)
    for code in SOURCES.pages
    for path in SOURCES.pages[code]
    if path.startswith("gates/")
]


def section(code: str, path: str, section_id: str) -> Section:
    return sections(SOURCES.pages[code][path])[section_id]


@pytest.mark.parametrize("code", SOURCES.pages)
def test_the_tables_of_fading_gradients_are_the_recorded_ones(code):
    lines = SOURCES.pages[code]["gates/why.md"].lines
    values = [re.findall(r"\d\.\d{3} ± \d\.\d{3}", line) for line in lines if line.startswith("|")]
    found = factors()
    assert [row for row in values if row] == [
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
def test_the_comparison_says_what_was_recorded(code):
    operations = "\n".join(section(code, "gates/compare.md", "operations").lines)
    assert times_as_long() in operations


@pytest.mark.parametrize("code, path", CHAPTERS)
def test_a_chapter_ends_with_three_exercises_or_more(code, path):
    page = SOURCES.pages[code][path]
    last = section(code, path, "exercises")
    folded = [box.kind for box in last.within(page.admonitions)]
    assert page.headings[-1].id == "exercises"
    assert len(folded) + len(last.within(exercises.read(page))) >= 3
    assert set(folded) <= {"question"}


PARTS = [
    *(("gru", part) for part in ("reset-gate", "new-memory", "update-gate", "hidden-state")),
    *(("lstm", part) for part in ("forget-gate", "input-gate", "new-memory", "cell-state")),
    *(("lstm", part) for part in ("output-gate", "hidden-state")),
]


@pytest.mark.parametrize("code", SOURCES.pages)
@pytest.mark.parametrize("cell, section_id", PARTS)
def test_each_part_has_its_question_drawing_shapes_sum_and_run(code, cell, section_id):
    part = section(code, f"gates/{cell}.md", section_id)
    assert re.fullmatch(r"\*\*.*[?？]\*\*", part.lines[2])
    assert [link.lit for link in part.within(part.page.links) if link.lit][0] == section_id
    equation, by_hand, *_ = (f.latex for f in part.within(part.page.formulas) if f.display)
    assert r"\underset{H}" in equation
    assert all(len(sides) > 1 for sides in numeric_sides(by_hand))
    run, output, *_ = (name for f in part.within(part.page.fences) for name, _ in f.includes)
    own = f"gates/{cell}/{section_id.replace('-', '_')}"
    assert (run, output) == (f"{own}.py", f"{own}.out")
    printed = (ROOT / "snippets" / output).read_text()
    for _, *_, (number, _) in numeric_sides(by_hand):
        assert number in printed  # nn.GRU or nn.LSTM says what the sum says


def test_where_a_term_is_said_to_be_explained_there_is_a_section():
    for term in filter(lambda term: term.explained, glossary.load(ROOT).terms.values()):
        page, _, section = term.explained.partition("#")
        for pages in SOURCES.pages.values():
            assert section in pages[page].ids


@pytest.mark.parametrize("proj_size, within", [(0, True), (2, False)])
def test_an_lstm_leaves_its_bound_only_with_a_projection(proj_size, within):
    torch.manual_seed(0)
    lstm = torch.nn.LSTM(3, 8, proj_size=proj_size)
    for weight in lstm.parameters():
        torch.nn.init.constant_(weight, 10.0)
    out, _ = lstm(torch.ones(50, 1, 3))
    assert (out.abs().max().item() <= 1) is within  # 1 itself by rounding
