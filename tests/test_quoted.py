"""What pages take over from papers: numbers in every language, quotations, where the papers are."""

import re

import pytest
import yaml

from tools import claims, numerals
from tools.overview import Overview, Row

from .conftest import ROOT

REAL = Overview.read(ROOT)
QUOTED = yaml.safe_load((ROOT / "tests/quoted.yml").read_text("utf-8"))
REFERENCES, QUOTATIONS = "references.md", "quotations"
TABLES = [key for key in QUOTED if key not in (REFERENCES, QUOTATIONS)]
_LABEL = re.compile(r"\[arXiv:([\d.]+)\]\(https://arxiv\.org/abs/([\d.]+)")
_QUOTATION = re.compile(r'"([^"]+)"')
_WORK = re.compile(r"(?:arxiv\.org/(?:abs|pdf)|doi\.org)/(.+)")


@pytest.mark.parametrize("code", REAL.site.pages)
@pytest.mark.parametrize("key", TABLES)
def test_a_table_of_a_paper_has_the_papers_numbers(key, code):
    lines = [line for line in REAL.by_key[key].sections[code].lines if line.startswith("|")]
    rows = [" ".join(f"{n.normalize():f}" for n in numerals.said(line)) for line in lines]
    assert [row for row in rows if row] == [str(row) for row in QUOTED[key]], key


@pytest.mark.parametrize("code", REAL.site.pages)
def test_a_paper_has_the_number_under_which_it_was_found(code):
    found = {}
    for row in REAL.by_page[REFERENCES]:
        section = row.sections[code]
        works = [
            m[1] for link in section.here(section.page.links) if (m := _WORK.search(link.target))
        ]
        for label, number in _LABEL.findall("\n".join(section.lines)):
            assert label == number, f"{row.key}: [arXiv:{label}] leads to {number}"
        if works:
            found[row.id] = " ".join(works)
    assert found == QUOTED[REFERENCES]


def test_a_quotation_has_the_words_that_were_read():
    """In English, as the papers are: turned round there and in its translation, it is noticed."""
    found = {row.key: said for row in REAL.rows if (said := quotations(row))}
    assert found == QUOTED[QUOTATIONS]


def quotations(row: Row) -> list[str]:
    """What stands in quotation marks in a paragraph that cites, and on the pages about papers."""
    section = row.sections["en"]
    cites = {link.line for link in section.here(section.page.links) if REFERENCES in link.target}
    return [
        words
        for line in section.here(section.page.words)
        if row.page in (claims.PAGE, REFERENCES) or line.line in cites
        for words in _QUOTATION.findall(line.text)
        if words.count(" ") > 1  # a word or two may be anybody's
    ]
