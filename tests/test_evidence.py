"""The evidence pages: they run as scripts, and say only what the runs recorded on them show."""

import json
import re
from collections import Counter
from importlib import import_module

import adding
import digits
import harness
import learning_rate
import pytest
import sunspots
import torch
from bs4 import BeautifulSoup

from tools import claims, languages, pages
from tools.figures import EXPERIMENTS
from tools.sections import sections

from .conftest import ROOT
from .numbers import section

CODES = {language.code: language for language in languages.load(ROOT)}
FOLDER = ROOT / "docs/en/evidence"
NOTEBOOKS = sorted(file.stem for file in FOLDER.glob("*.py"))
RECORDED = sorted(file.stem for file in (ROOT / EXPERIMENTS).glob("*.json"))
CITED = r"\[[^\]]*\]\([^)]*references\.md[^)]*\)"
NUMBER = r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w.]*\d)"
WORDS = {
    "en": ["", "a minute", "two minutes", "three minutes", "four minutes", "five minutes"],
    "zh": ["", "一分钟", "两分钟", "三分钟", "四分钟", "五分钟"],
}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_a_script_that_python_can_read(code, name):
    file = ROOT / f"docs/{code}/evidence/{name}.py"
    compile(file.read_text("utf-8"), file.name, "exec")


@pytest.mark.parametrize("name", RECORDED)
def test_a_record_is_complete_and_has_the_settings_of_its_script(name):
    script = import_module(name)
    record = harness.load(script.__file__)
    assert record["settings"] == json.loads(json.dumps(script.SETTINGS))
    recorded = [(row["model"], row["seed"]) for row in record["rows"]]
    assert recorded == [run[:2] for run in script.make_runs(script.SETTINGS)]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_each_notebook_has_the_parts_that_a_reader_looks_for(name):
    ids = pages.read(FOLDER / f"{name}.py").ids
    parts = ["question", "method", "reading", "limits", "run", "exercises"]
    assert [id for id in ids if id in parts] == parts


def outputs(html: str) -> set[str]:
    """The numbers in the code and the outputs of a built page."""
    article = BeautifulSoup(html, "html.parser").article
    return numbers("\n".join(block.text for block in article.select("pre")))


def numbers(text: str) -> set[str]:
    """The numbers of a text, those with a decimal point as they are written."""
    return {number.replace(",", "") for number in re.findall(NUMBER, text)}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_number_of_the_text_stands_in_an_output_of_the_page(site, code, name):
    html = (site / CODES[code].prefix / f"evidence/{name}/index.html").read_text("utf-8")
    ids = ["question", "method", "limits"] + ["reading"] * (name not in COMPUTED)
    text = "\n".join(section(code, name, id) for id in ids)
    text = re.sub(r"\n# %%.*?\n# %% \[markdown\]", "", text, flags=re.DOTALL)
    text = re.sub(r"\]\([^)]*\)|`[^`]*`", "", re.sub(CITED, "", text))
    assert numbers(text) - outputs(html) <= ALLOWED.get(name, set())


COMPUTED = {"adding", "counting", "sunspots"}  # tests of their own recompute what they say
ALLOWED = {
    "adding": {"0.167"},  # the error of a constant answer, which test_adding computes
    "convergence": {
        *("1797", "1998", "8"),  # images, their year, their rows
        *("0.25", "2.1"),  # one image of 400 in percent; a round number for four nets
    },
    "gradients": {"0.64", "40"},  # the sum of exercise 1
    "sunspots": {"1921", "19", "33"},  # the year after 1920; errors of the output, rounded
    "variants": {"1997", "0.03", "0.10"},  # a paper; differences, which test_claims computes
}


@pytest.mark.parametrize("code", CODES)
def test_every_number_of_ours_in_the_ledger_stands_in_an_output_of_a_notebook(site, code):
    folder = site / CODES[code].prefix / "evidence"
    shown = set()
    for name in NOTEBOOKS:
        html = (folder / name / "index.html").read_text("utf-8")
        shown |= outputs(html)
    ledger = sections(pages.read(CODES[code].folder / "evidence/index.md"))
    for claim in claims.load(ROOT):
        lines = ledger[claim.id].lines
        answer = lines[lines.index(f"<!-- generated: verdict {claim.id} -->") + 2]
        (ours,) = (line for line in lines if line.startswith(("**Ours.**", "**我们的。**")))
        said = {number for number in numbers(answer + ours) if "." in number}
        assert said <= shown, claim.id


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_page_says_how_long_its_runs_take(code, name):
    minutes, text = claims.seconds(ROOT, f"evidence/{name}.py") / 60, section(code, name, "run")
    if round(minutes) < len(WORDS[code]):
        assert WORDS[code][round(minutes)] in text
    else:
        assert f"{5 * round(minutes / 5)} {dict(en='minutes', zh='分钟')[code]}" in text


def test_the_tables_of_the_ledger_hold_the_same_numbers_in_every_language():
    found = [
        Counter(
            number
            for line in pages.read(language.folder / claims.PAGE).lines
            if line.startswith("|")
            for number in re.findall(r"\d*\.\d+(?:e-\d)?", line)
        )
        for language in CODES.values()
    ]
    assert found[0] and all(counts == found[0] for counts in found)


SOON = {"check_every": 1}
TRAININGS = {
    "adding": lambda: adding.train("GRU H=32", 0.01, 0, adding.SETTINGS | SOON),
    "text": lambda: learning_rate.train("GRU H=64", 0.01, 0, learning_rate.SETTINGS | SOON),
    "digits": lambda: digits.train("GRU H=32", 0.01, 0, digits.SETTINGS),
    "sunspots": lambda: sunspots.train(torch.nn.GRU, 20, seed=0, progress=False),
}


@pytest.mark.parametrize("name", TRAININGS)
def test_a_training_keeps_all_its_tensors_on_the_device_of_the_harness(monkeypatch, name):
    """On the device meta no tensor has a value, and one from elsewhere cannot be mixed in."""
    monkeypatch.setattr(harness, "DEVICE", torch.device("meta"))
    with pytest.raises(RuntimeError, match="cannot be called on meta tensors"):
        TRAININGS[name]()


def test_on_a_gpu_the_record_names_it(monkeypatch):
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda device: "a GPU")
    assert harness.processor(torch.device("cuda")) == "a GPU"
