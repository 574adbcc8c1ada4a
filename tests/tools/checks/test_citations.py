"""Citations: a page cites an entry of references.md, and the entry names the section."""

import pytest

from tools.checks import citations
from tools.sources import pages

PAGE = "docs/en/gates/gru.md"
REFERENCES = "docs/en/references.md"


@pytest.fixture
def cited(project):
    """A project where one section cites one paper."""
    project.edit(PAGE, "$r_t$.", "$r_t$, [A 2014](../references.md#a-2014).")
    project.write(
        REFERENCES,
        "# References { #references }\n\n## A 2014 { #a-2014 }\n\n[paper](https://example.org/a)\n\n"
        "Cited for its equation: [reset gate](gates/gru.md#reset-gate).\n",
    )
    return project


def findings(project) -> list[str]:
    return [str(finding) for finding in citations.check(project.overview())]


def test_a_citation_that_its_entry_names_is_in_order(cited):
    assert findings(cited) == []


def test_a_language_without_references_is_left_alone(cited):
    assert list(citations.check(cited.overview())) == []


def test_a_paper_that_is_linked_past_its_entry(cited):
    cited.edit(PAGE, "$r_t$,", "$r_t$, [A](https://example.org/a),")
    (found,) = findings(cited)
    line = pages.line_of(cited.folder / PAGE, "example.org")
    assert found == f"{PAGE}:{line}: cite this by its entry, references.md#a-2014"


def test_a_section_that_its_entry_does_not_name(cited):
    cited.edit(PAGE, "# GRU en { #gru }\n", "# GRU en { #gru }\n\n[A](../references.md#a-2014)\n")
    (found,) = findings(cited)
    line = pages.line_of(cited.folder / PAGE, "[A](")
    assert found == (
        f"{PAGE}:{line}: the entry references.md#a-2014 does not name this section; "
        "add a link there: gates/gru.md#gru"
    )


def test_an_entry_that_names_a_section_that_does_not_cite_it(cited):
    cited.edit(REFERENCES, "equation:", "equation: [top](gates/gru.md#gru),")
    (found,) = findings(cited)
    line = pages.line_of(cited.folder / REFERENCES, "[top]")
    assert found == (
        f"{REFERENCES}:{line}: gates/gru.md#gru does not cite this entry; "
        "cite it there, or take this out"
    )


def test_an_entry_that_nobody_cites(cited):
    text = cited.read(REFERENCES)
    cited.write(REFERENCES, text + "\n## B 2015 { #b-2015 }\n\nA book.\n")
    (found,) = findings(cited)
    line = pages.line_of(cited.folder / REFERENCES, "B 2015")
    assert found.startswith(f"{REFERENCES}:{line}: this entry names no section that cites it")


def test_a_broken_citation_stops_the_build(cited):
    cited.navigation("index.md", "gates/gru.md", "references.md")
    cited.edit(PAGE, "$r_t$,", "$r_t$, [A](https://example.org/a),")
    ran = cited.build()
    assert ran.returncode != 0 and "cite this by its entry" in ran.stdout


def test_a_paper_that_has_no_entry(cited):
    cited.edit(PAGE, "$r_t$,", "$r_t$, [A](https://arxiv.org/abs/1412.3555),")
    (found,) = findings(cited)
    line = pages.line_of(cited.folder / PAGE, "arxiv.org")
    assert found == f"{PAGE}:{line}: give this paper an entry in references.md, and cite that here"
