"""Numbers in the chapters: each sum done by hand is right, each number computed or cited."""

import re

import pytest
from torch import nn

import gradient_sizes
import harness
from tests import recorded
from tests.content.test_changes import MARK
from tests.numbers import NUMBER, PLACE, numeric_sides, wrong_sums
from tests.sources import OVERVIEW, ROOT, SOURCES
from tools.checks import exercises as computed
from tools.project import files
from tools.running import versions
from tools.sources import exercises, numerals
from tools.sources.pages import Page

CHAPTERS = [
    (code, path)
    for code in SOURCES.pages
    for path in SOURCES.pages[code]
    if path.startswith(("conventions/", "gates/", "pytorch/"))
]
RECORDED = recorded.of_gradients() | recorded.of_learning_rates()
# What stands in a table of a paper that references.md lists.
CITED = {".892", ".902", ".425", ".444", ".0891", ".0895", ".867", "81.4", "91.7", "5.1"}
CITED |= {"1.0", "0.04", "0.13", "0.03"}  # in Beck et al., figure 4
CITED |= {"8.87", "67.25"}  # in a thread on mps that references.md lists
CITED |= {"14.25", "13.70", "13.48", "505.9", "5.059", "26.01", "2417.86"}  # in tables 1 and 2

VERSIONS = {
    ".".join(version.split(".")[:2])
    for name in (versions.PINNED, versions.OLDEST)
    for version in versions.pins(ROOT / name).values()
}


@pytest.mark.parametrize(
    "latex, wrong",
    [
        (r"r_1 &= \sigma(1 \cdot 1 + 2 \cdot 0.5) = \sigma(2) = 0.881", []),
        (r"3 \, (20 \cdot 20 + 2 \cdot 20) = 1319", ["1320 is not 1319"]),
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


def run_for(page: Page, path: str) -> str:
    """A page's code and what it printed, with that of its exercises, which show it to nobody."""
    blocks = [fence.expanded(ROOT / "snippets") for fence in page.fences]
    snippet = ROOT / computed.snippet(path)
    shown = [file for file in (snippet, snippet.with_suffix(".out")) if file.is_file()]
    return "\n".join([*blocks, *map(files.read, shown)])


@pytest.mark.parametrize("code, path", CHAPTERS)
def test_each_decimal_was_computed_on_the_page_or_recorded_or_is_cited(code, path):
    page = SOURCES.pages[code][path]
    known = CITED | VERSIONS | RECORDED | set(re.findall(NUMBER, run_for(page, path)))
    for exercise in exercises.read(page):
        known |= {f"{option.number[1]}" for option in exercise.options if option.number}
    for formula in page.formulas:
        known |= {n for sides in numeric_sides(formula.latex) for side, _ in sides[1:]
                  for n in re.findall(NUMBER, side)}  # fmt: skip
    texts = [(words.line, PLACE.sub("", words.text)) for words in page.words]
    # What code gives when a reader changes it, in a paragraph of its own, test_changes.py runs.
    tried = {line for line, text in enumerate(page.lines) if text.strip() == MARK}
    texts += [(code.line, code.text) for code in page.code if code.line not in tried]
    texts += [(formula.line, formula.latex) for formula in page.formulas]
    unknown = [
        f"{page.path}:{line}: {number}"
        for line, text in texts
        for number in re.findall(NUMBER, text)
        if number not in known
    ]
    assert unknown == []


# Whole numbers of two digits and more that a page has neither from its code nor from its output:
# the settings of a record or a paper, the pages of a book, the parts of a word.
TOLD = {
    "conventions/books.md": {10, 27, 224},
    "conventions/equations.md": {224},
    "gates/compare.md": {12, 34, 2048, 4096},
    "gates/family.md": {10, 16, 128, 175, 256, 309, 512, 1024, 4160, 4161},
    "gates/gru.md": {32, 224},
    "gates/lstm.md": {40, 10_000},
    "gates/questions.md": {28, 2048, 4000, 400_000},
    "gates/why.md": {100_000},
    "pytorch/deploy.md": {5000},
    "pytorch/errors.md": {99, 512},
    "pytorch/layer-or-cell.md": {256},
    "pytorch/sequences.md": {99},
    "pytorch/silent.md": {100},
    "pytorch/speed.md": {12, 23, 28, 34, 49, 256, 512, 1000, 1024, 2048, 4096},
    "pytorch/symptoms.md": {64, 600},
    "pytorch/training.md": {35, 54, 64, 600, 1958},
}
YEARS = range(1990, 2031)


@pytest.mark.parametrize("code, path", CHAPTERS)
def test_each_whole_number_stands_in_code_or_output_or_is_told(code, path):
    page = SOURCES.pages[code][path]
    known = [run_for(page, path), *(formula.latex for formula in page.formulas)]
    known += [code.text for code in page.code]
    run = {
        int(n) for n in re.findall(r"\d+", re.sub(r"(?<=\d)[_,](?=\d{3})", "", "\n".join(known)))
    }
    unknown = [
        f"{page.path}:{words.line}: {number}"
        for words in page.words
        for number in numerals.in_digits(PLACE.sub("", words.text))
        if number % 1 == 0 and number > 9 and number not in YEARS
        if number not in run | TOLD.get(path, set())
    ]
    assert unknown == []


@pytest.mark.parametrize("code", SOURCES.pages)
def test_the_home_pages_own_numbers_are_recorded_and_counted(code):
    nets = gradient_sizes.along_training(harness.load(gradient_sizes.__file__))["LSTM H=32"]
    fresh, trained = ([net["per_step"][at] for net in nets] for at in (0, -1))
    layer = nn.GRU(3, 4)
    learned = sum(weights.numel() for weights in layer.parameters())
    numbers = [f"{number:.3f}" for number in (min(fresh), max(fresh), min(trained))]
    section = OVERVIEW.by_key["index.md#only-here"].sections[code]
    written = " ".join(words.text for words in section.within(section.page.words))
    assert re.findall(r"\d+\.\d+|\d{2,}", written) == [
        "32", *numbers, str(learned), str(learned - layer.bias_hh_l0.numel())
    ]  # fmt: skip
