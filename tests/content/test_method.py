"""The page on the method says what experiments/rule.yml says, in every language."""

import re

import pytest

import decide
import digits_mixed
import harness
from tests.sources import ROOT, SOURCES, codes_with

PAGE = "evidence/method.md"
CODES = pytest.mark.parametrize("code", codes_with(PAGE))


def section(code: str, section_id: str) -> str:
    text = "\n".join(SOURCES.get_page(PAGE, code).lines)
    return text.partition(f"{{ #{section_id} }}")[2].partition("\n## ")[0]


@CODES
def test_the_margins_are_those_of_the_rule(code):
    rows = [line.split("|") for line in section(code, "margins").splitlines() if "| " in line][2:]
    margins = list(decide.rule()["margins"].values())
    assert len(rows) == len(margins)
    for (_, _, written, *_), margin in zip(rows, margins, strict=True):
        number = float(re.findall(r"[\d.]+", written)[-1])
        if "relative" in margin:
            assert "%" in written and number == 100 * margin["relative"]
        elif written.strip().endswith(("10", "10 倍")):  # a gradient's is a power of ten
            assert margin["absolute"] == 1
        else:
            assert "%" not in written and margin["absolute"] in map(
                float, re.findall(r"\d+", written)
            )


@CODES
def test_a_record_that_no_page_shows_is_named(code):
    """A page shows a record by its module, through experiments/gpu_rows.py, or as its recipe's."""
    pages = (ROOT / "docs/en/evidence").glob("*.py")
    texts = [path.read_text("utf-8") for path in [*pages, ROOT / "experiments/gpu_rows.py"]]
    shown = {word for text in texts for word in re.findall(r"\w+", text)}
    shown |= {f"recipes_{path.stem}" for path in (ROOT / "docs/en/recipes").glob("*.md")}
    records = {path.stem for path in (ROOT / "experiments/records").glob("*.json")}
    verdicts = section(code, "verdicts")
    assert {name for name in records if f"`{name}`" in verdicts} == records - shown


@CODES
def test_a_part_is_decided_at_the_level_of_the_rule(code):
    assert f"p < {decide.rule()['level']}" in section(code, "verdicts")
    assert f"{decide.rule()['confidence']:.0%}".rstrip("%") in "\n".join(
        SOURCES.get_page(PAGE, code).lines[:6]
    )


@CODES
def test_the_share_of_the_test_text_that_was_read_is_the_one_of_its_page(code):
    [share] = re.findall(r"(\d+\.\d) ?%", section(code, "parts"))
    assert re.search(rf"{share} ?%", "\n".join(SOURCES.get_page("claims/equal.md", code).lines))


@CODES
def test_the_errors_of_one_model_on_each_split_are_those_of_the_runs(code):
    written = section(code, "parts").rpartition("digits.py#writers")[2]
    in_order = digits_mixed.linear(digits_mixed.SETTINGS, None)
    record = harness.load(digits_mixed.__file__)
    mixed = digits_mixed.by_model(record)["logistic regression"]
    wanted = [in_order["validation_wrong"], in_order["test_wrong"], min(mixed), max(mixed)]
    assert re.findall(r"\d\.\d\d", written) == [f"{share:.2f}" for share in wanted]
