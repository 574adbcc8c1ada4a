"""Reads the numbers and the sums of a page."""

import math
import re

from tests.sources import ROOT

NUMBER = r"(?<![\w.])\d*\.\d+(?![\w.]*\d)"
PLACE = re.compile(  # in a paper
    r"(sections?|equations?) [\d.]*\d( to [\d.]*\d)?|第 [\d.]*\d 节|式 [\d.]*\d( 到 [\d.]*\d)?"
)
_FUNCTIONS = {
    "sigma": lambda a: 1 / (1 + math.exp(-a)),
    "tanh": math.tanh,
    "ln": math.log,
}


def section(code: str, notebook: str, section_id: str) -> str:
    """The text of one section of a notebook of evidence/, without its heading's id."""
    page = (ROOT / f"docs/{code}/evidence/{notebook}.py").read_text("utf-8")
    return re.split(r"\n# ## ", page.partition(f"{{ #{section_id} }}")[2])[0]


def numeric_sides(latex: str) -> list[list[tuple[str, float]]]:
    """Each sum of a formula as its sides that hold only numbers: as written, and their values."""
    text = re.sub(r"\\(begin|end)\{aligned\}|&|\\,", "", latex)
    lines = re.split(r"\\\\(?!\s*=)", text)  # a line that begins with = goes on with the last
    return [list(filter(None, map(_value, re.split(r"(?:\\\\)?\s*=", line)))) for line in lines]


def _value(side: str) -> tuple[str, float] | None:
    code = re.sub(r"\\(cdot|times)", "*", side)
    code = re.sub(r"(\d)\s*\(", r"\1*(", code)
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
