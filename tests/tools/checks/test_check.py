"""Each thing that can be wrong with a page is reported with file, line and what to do."""

import pytest

from tools.checks.suite import check
from tools.sources import pages
from tools.sources.findings import Level

GRU = "docs/en/gates/gru.md"
SHOWN = "The GRU cell, one line on top"

CASES = {
    "an include of a file that does not exist": (
        'Text.\n\n```python\n--8<-- "gates/gru/none.py"\n```\n',
        4, "the included file snippets/gates/gru/none.py does not exist; write it",
    ),
    "an unknown LaTeX command": (
        "Text\n$\\foo x$.\n",
        2, 'this formula cannot be set: Unknown command "\\foo"',
    ),
    "a heading without an id": (
        "## Update gate\n",
        1, "the heading 'Update gate' has no id; add one",
    ),
    "an id that stands twice": (
        "## Again { #reset-gate }\n",
        1, "the id 'reset-gate' stands twice on this page; rename one",
    ),
    "a Python fence that holds code": (
        "```python\nprint(1)\n```\n",
        1, "this block holds code; put it into a file in snippets/",
    ),
    "a Python fence with code beside its include": (
        '``` py\n--8<-- "gates/gru/one.py"\nprint(1)\n```\n',
        1, "this block holds code",
    ),
    "an output that was typed": (
        "```text\n2\n```\n",
        1, "this output was typed; include what the snippet printed",
    ),
    "a block that does not say its language": (
        "```\nprint(1)\n```\n",
        1, "this block does not say its language",
    ),
    "an indented block": (
        "    print(1)\n",
        1, "this block does not say its language",
    ),
    "a link to nowhere": (
        "[x](none.md)\n",
        1, "the link none.md leads nowhere: no language has gates/none.md",
    ),
    "an anchor to nowhere": (
        "Text\n[x](../index.md#none)\n",
        2, "the link ../index.md#none leads to no section: index.md has home",
    ),
    "an address that anybody on the way can read and change": (
        "[x](http://a.example/)\n",
        1, "http://a.example/: write https:// for http://",
    ),
    "an address that tracks its reader": (
        "[x](https://a.example/?page=1&utm_source=gate&spm=a.b)\n",
        1, "https://a.example/?page=1&utm_source=gate&spm=a.b: take out what only tracks a reader: "
        "utm_source, spm",
    ),
    "an address in two spellings": (
        "[x](https://a.example/b)\n[x](https://a.example/b)\n[x](https://www.a.example/b/)\n",
        3, "https://www.a.example/b/ is https://a.example/b in docs/en/gates/gru.md:",
    ),
    "an unknown drawing": (
        "![x](figure:none)\n",
        1, "there is no drawing docs/figures/none.svg; there are: data-parallel",
    ),
    "an unknown part of a drawing": (
        "![x](figure:gru-cell){ lit=none }\n",
        1, "docs/figures/gru-cell.svg has no part 'none'; it has: hidden-state",
    ),
    "a cell that nobody explains": (
        "Text\n\n![The GRU cell](figure:gru-cell){ cell=gr }\n",
        3, "there is no cell 'gr' to explain; write gru or lstm",
    ),
    "a net that is turned below another drawing": (
        "![The GRU cell, whole](figure:gru-cell){ cell=lstm turned=one }\n",
        1, "a net is turned below the drawing of a GRU; write cell=gru beside it",
    ),
    "a net to turn that no snippet has": (
        "![The GRU cell, whole](figure:gru-cell){ cell=gru turned=none }\n",
        1, "there is no snippets/gates/gru/none.py; write it, or mend the name",
    ),
    "an unknown plot": (
        "![x](plot:none)\n",
        1, "there is no plot experiments/none.svg",
    ),
    "a drawing that says nothing to those who cannot see it": (
        "![](figure:gru-cell)\n",
        1, "the text in [ ] of figure:gru-cell has 0 characters; say in a sentence what it shows",
    ),
    "a plot that says next to nothing": (
        "![Loss by step](plot:fade)\n",
        1, "the text in [ ] of plot:fade has 12 characters; say in a sentence what it shows",
    ),
    "a drawing of another cell than its text says": (
        "![The GRU over three steps, one line on top](figure:lstm-unrolled)\n",
        1, "figure:lstm-unrolled shows 'lstm', which the text in [ ] does not name; is it the",
    ),
    "a drawing whose text does not name the part that is lit": (
        "![The GRU cell with the update gate lit](figure:gru-cell){ lit=reset-gate }\n",
        1, "figure:gru-cell shows 'reset-gate', which the text in [ ] does not name",
    ),
    "an exercise without a right answer": (
        "/// exercise | Why? { #why }\n\n- [ ] One\n    > No.\n- [ ] Two\n    > No.\n///\n",
        1, "this exercise has no right answer; write - [x] before it",
    ),
    "an exercise whose numbers nobody computed": (
        "/// exercise | How many? { #how-many }\n\n- [x] 1\n    > Y.\n- [ ] 2\n    > N.\n- [ ] 3\n"
        "    > N.\n- [ ] *\n    > N.\n///\n",
        1, "no run gives the numbers of this exercise; print them in snippets/gates/gru/",
    ),
    "a drawing that belongs to another page": (
        "![An LSTM over three steps, two lines on top](figure:lstm-unrolled)\n",
        1, "figure:lstm-unrolled belongs to the page on the LSTM; show a gru-... here",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_fault_on_a_page_is_reported_with_its_line(project, name):
    added, line, message = CASES[name]
    page = project.read(GRU)
    project.write(GRU, page + "\n" + added)
    found = [str(finding) for finding in check(project.folder)]
    where = len(page.splitlines()) + 1 + line
    assert any(f.startswith(f"{GRU}:{where}: {message}") for f in found), found


def test_a_project_in_order_has_no_findings(project):
    assert check(project.folder) == []


def test_a_page_in_no_navigation(project):
    project.write("docs/zh/lost.md", "# Lost { #lost }\n")
    (finding,) = check(project.folder)
    assert str(finding).startswith("docs/zh/lost.md:1: no reader can find this page; add lost.md")


def test_a_page_that_navigation_names_and_no_language_has(project):
    project.navigation("index.md", "gates/gru.md", "gates/none.md")
    (finding,) = check(project.folder)
    line = project.read("mkdocs.yml").splitlines().index("      - gates/none.md") + 1
    assert str(finding).startswith(f"mkdocs.yml:{line}: nav names gates/none.md, which no language")


def test_a_drawing_with_a_word_that_the_glossary_lacks_stops_the_build(project):
    drawing = "docs/figures/gru-cell.svg"
    project.edit(drawing, "{{reset-gate}}", "{{reset-gait}}")
    line = pages.line_of(project.folder / drawing, "reset-gait")
    message = f"{drawing}:{line}: the word 'reset-gait' is not in docs/glossary.yml; add it there"
    (finding,) = check(project.folder)
    assert str(finding).startswith(message)  # although no page shows it
    project.write(GRU, project.read(GRU) + f"\n![{SHOWN}](figure:gru-cell)\n")
    (finding,) = [finding for finding in check(project.folder) if finding.level is Level.ERROR]
    assert str(finding).startswith(message)
    ran = project.build()
    assert ran.returncode != 0 and message in ran.stdout


def test_words_of_a_drawing_that_changed_places(project):
    drawing = "docs/figures/gru-cell.svg"
    project.edit(drawing, "{{reset-gate}}", "{{other}}")
    project.edit(drawing, "{{update-gate}}", "{{reset-gate}}")
    project.edit(drawing, "{{other}}", "{{update-gate}}")
    assert {str(finding) for finding in check(project.folder)} == {
        f"{drawing}:{pages.line_of(project.folder / drawing, key)}: the word '{key[2:-2]}' stands "
        f"in the part '{other}'; put it into the part '{key[2:-2]}'"
        for key, other in (("{{update-gate}}", "reset-gate"), ("{{reset-gate}}", "update-gate"))
    }


def test_a_drawing_that_is_no_xml(project):
    project.edit("docs/figures/gru-cell.svg", "</svg>", "")
    (finding,) = check(project.folder)
    assert str(finding).startswith("docs/figures/gru-cell.svg:")
    assert "this drawing is no XML: no element found" in str(finding)


def test_a_drawing_whose_size_is_unknown(project):
    project.edit("docs/figures/gru-cell.svg", ' viewBox="0 0 480 420"', "")
    project.write(GRU, project.read(GRU) + f"\n![{SHOWN}](figure:gru-cell)\n")
    line = len(project.read(GRU).splitlines())
    (finding,) = [finding for finding in check(project.folder) if finding.level is Level.ERROR]
    assert str(finding).startswith(f'{GRU}:{line}: this figure needs viewBox="0 0 WIDTH HEIGHT"')


def test_a_recorded_plot_in_the_pages_words(project):
    svg = '<svg viewBox="0 0 9 9"><path d="M1.2345 6.75"/><text>year</text></svg>'
    project.write("experiments/fade.svg", svg)
    project.write(GRU, project.read(GRU) + "\n![A line that falls, slower and slower](plot:fade)\n")
    zh = GRU.replace("/en/", "/zh/")
    project.write(
        zh, project.read(zh) + "\n![一条线，从左上往右下，越降越慢，最后几乎不动](plot:fade)\n"
    )
    assert check(project.folder) == []
    ran = project.build()
    assert ran.returncode == 0, ran.stdout
    english, chinese = (project.read(f"site/{at}gates/gru/index.html") for at in ("", "zh/"))
    assert (
        'aria-label="A line that falls, slower and slower"' in english and ">year</text>" in english
    )
    assert 'd="M1.2 6.7"' in english  # no finer than a screen shows
    assert 'aria-label="一条线，' in chinese and ">年份</text>" in chinese
    project.write("experiments/fade.svg", '<svg viewBox="0 0 9 9"><text>eon</text></svg>')
    line = len(project.read(zh).splitlines())
    (finding,) = check(project.folder)
    assert str(finding) == (
        f"{zh}:{line}: docs/glossary.yml has no term 'eon', which a plot shows; add it"
    )


def test_a_notebook_is_checked_like_a_page(project):
    project.navigation("index.md", "gates/gru.md", "evidence/run.py")
    for language in ("en", "zh"):
        project.write(
            f"docs/{language}/evidence/run.py",
            "# %% [markdown]\n# # Run { #run }\n#\n# ## No id\n#\n# $\\foo$\n\n# %%\nprint(1)\n",
        )
    lines = [(f.file, f.line) for f in check(project.folder)]
    assert ("docs/en/evidence/run.py", 4) in lines
    assert ("docs/en/evidence/run.py", 6) in lines


def test_a_notebooks_plot_that_says_next_to_nothing(project):
    project.navigation("index.md", "gates/gru.md", "evidence/run.py")
    for language in ("en", "zh"):
        project.write(
            f"docs/{language}/evidence/run.py",
            '# %% [markdown]\n# # Run { #run }\n\n# %% alt="A plot"\nprint(1)\n',
        )
    assert [str(finding) for finding in check(project.folder)] == [
        f"docs/{language}/evidence/run.py:4: "
        'alt="A plot" is short; say in a sentence what the plot shows'
        for language in ("en", "zh")
    ]


ASKED = """
/// exercise | How many? { #gru-count }

- [x] 108
    > All.
- [ ] 96
    > Too few.
- [ ] 84
    > Fewer.
- [ ] *
    > Count again.
///
"""
PRINTED = "snippets/gates/gru/exercises.out"


@pytest.fixture
def asking(project):
    """An exercise that asks for a number, in both languages, and what its snippet prints."""
    for code in ("en", "zh"):
        page = f"docs/{code}/gates/gru.md"
        project.write(page, project.read(page) + ASKED)
    project.write(PRINTED, "gru_count right 108\ngru_count one_bias 96\ngru_count no_bias 84\n")
    assert check(project.folder) == []
    return project


@pytest.mark.parametrize(
    "old, new, at, message",
    [
        ("right 108", "right 107", "108", "108 is right here, and snippets/gates/gru/exercises.py "
         "prints right 107, one_bias 96, no_bias 84; make them the same"),
        ("one_bias 96", "right 96", "96", "96 is a mistake here, and"),
        ("84\n", "84\ngru_count lstm 144\n", "#gru-count",
         "snippets/gates/gru/exercises.py prints lstm 144, which has no answer here; add it"),
    ],
)  # fmt: skip
def test_the_numbers_of_an_exercise_are_those_that_its_snippet_prints(
    asking, old, new, at, message
):
    asking.edit(PRINTED, old, new)
    line = pages.line_of(asking.folder / GRU, at)
    found = [str(finding) for finding in check(asking.folder)]
    assert any(each.startswith(f"{GRU}:{line}: {message}") for each in found), found
    assert any(each.startswith(GRU.replace("/en/", "/zh/")) for each in found)


def test_numbers_that_no_exercise_asks_for_are_named(asking):
    asking.edit(PRINTED, "gru_count", "gru_size")
    found = [str(finding) for finding in check(asking.folder)]
    message = "gates/gru.md asks for no number in an exercise 'gru-size'; take this out"
    assert any(each.startswith(f"{PRINTED}:1: {message}") for each in found), found


def test_an_exercise_has_an_id_that_no_other_page_has(asking):
    home = asking.read("docs/en/index.md")
    asking.write("docs/en/index.md", home + ASKED)
    found = [str(finding) for finding in check(asking.folder)]
    assert any("the id 'gru-count' is that of an exercise on" in each for each in found), found
