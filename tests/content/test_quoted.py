"""What pages take over from papers: numbers in every language, quotations, where the papers are."""

import re

import pytest
import yaml

from tests.numbers import PLACE
from tests.sources import OVERVIEW, ROOT
from tools.sources import numerals
from tools.sources.pages import Words
from tools.sources.sections import Section
from tools.translations.overview import Row

QUOTED = yaml.safe_load((ROOT / "tests/content/quoted.yml").read_text("utf-8"))
ABOUT_PAPERS = ("claims/", "evidence/papers.md")
REFERENCES, QUOTATIONS, DECIMALS = "references.md", "quotations", "decimals"
TABLES = [key for key in QUOTED if key not in (REFERENCES, QUOTATIONS, DECIMALS)]
_LABEL = re.compile(r"\[arXiv:([\d.]+)\]\(https://arxiv\.org/abs/([\d.]+)")
_QUOTATION = re.compile(r'"([^"]+)"')
_WORK = re.compile(r"(?:arxiv\.org/(?:abs|pdf)|doi\.org)/(.+)")


@pytest.mark.parametrize("code", OVERVIEW.sources.pages)
@pytest.mark.parametrize("key", TABLES)
def test_a_table_of_a_paper_has_the_papers_numbers(key, code):
    lines = [line for line in OVERVIEW.by_key[key].sections[code].lines if line.startswith("|")]
    rows = [" ".join(f"{n.normalize():f}" for n in numerals.in_digits(line)) for line in lines]
    assert [row for row in rows if row] == [str(row) for row in QUOTED[key]], key


@pytest.mark.parametrize("code", OVERVIEW.sources.pages)
def test_a_paper_has_the_number_under_which_it_was_found(code):
    found = {}
    for row in OVERVIEW.by_page[REFERENCES]:
        section = row.sections[code]
        works = [
            m[1] for link in section.within(section.page.links) if (m := _WORK.search(link.target))
        ]
        for label, number in _LABEL.findall("\n".join(section.lines)):
            assert label == number, f"{row.key}: [arXiv:{label}] leads to {number}"
        if works:
            found[row.id] = " ".join(works)
    assert found == QUOTED[REFERENCES]


def test_a_quotation_has_the_words_that_were_read():
    """In English, as the papers are: turned round there and in its translation, it is noticed."""
    found = {row.key: fault for row in OVERVIEW.rows if (fault := quotations(row))}
    assert found == QUOTED[QUOTATIONS]


@pytest.mark.parametrize("code", OVERVIEW.sources.pages)
def test_a_decimal_of_a_paper_is_the_one_that_was_read(code):
    """The same in every language, in whatever order its sentence needs."""
    found = {row.key: fault for row in OVERVIEW.rows if (fault := decimals(row, code))}
    assert found == QUOTED[DECIMALS]


def quotations(row: Row) -> list[str]:
    """What stands in quotation marks in a paragraph that cites, and on the pages about papers."""
    section = row.sections["en"]
    about_papers = row.page == REFERENCES or row.page.startswith(ABOUT_PAPERS)
    lines = section.within(section.page.words) if about_papers else citing(section)
    found = (words for line in lines for words in _QUOTATION.findall(line.text))
    return [words for words in found if words.count(" ") > 1]  # a word or two may be anybody's


def decimals(row: Row, code: str) -> list[float]:
    """The decimals of the paragraphs that cite."""
    texts = (PLACE.sub("", line.text) for line in citing(row.sections[code]))
    numbers = {number for text in texts for number in numerals.in_digits(text)}
    return sorted(float(number) for number in numbers if number % 1)


def citing(section: Section) -> list[Words]:
    """The paragraphs that cite a work."""
    cites = {link.line for link in section.within(section.page.links) if REFERENCES in link.target}
    return [line for line in section.within(section.page.words) if line.line in cites]
