"""The table of what a visitor feels only improves, and says what does not."""

import pytest

from tests.sources import ROOT
from tools.project.errors import UserError
from tools.theme import measures
from tools.theme.measures import Measure

PAGE = '<p>Text</p><div class="language-python"><pre><code>x = 1\nprint(x)\n</code></pre></div>'


def test_no_page_is_worse_than_the_table_says_or_beyond_what_any_may_be(site):
    measured = measures.of_site(site)
    assert list(measures.worse(measured, measures.read(ROOT / measures.FILE))) == []
    assert [page for page, measure in measured.items() if measure.kilobytes > 100] == []
    assert [page for page, measure in measured.items() if measure.elements > 4500] == []


def test_whatever_comes_later_or_in_the_dark_is_light_too(site):
    files = [file for file in (site / "assets").rglob("*") if file.is_file()]
    index = {file for file in files if file.name.startswith("search-index")}
    assert measures.weight("", set(files) - index) <= 125_000  # all that any page may load
    for folder in (site / "assets", site / "zh/assets"):  # the search, when it is first opened
        assert measures.weight("", folder.glob("search-index*.js")) <= 330_000


@pytest.fixture
def built(tmp_path):
    """A built site of one page that loads a script, and a table of it."""
    (tmp_path / "zh/gates").mkdir(parents=True)
    (tmp_path / "zh/gates/index.html").write_text(f"{PAGE}<script src=../a.js></script>", "utf-8")
    (tmp_path / "zh/a.js").write_text("a" * 5000, "utf-8")
    return tmp_path


def test_a_page_is_measured_with_what_it_loads(built):
    assert measures.of_site(built) == {"zh/gates/": Measure(1, 10, 8)}
    (built / "zh/a.js").write_bytes(bytes(range(256)) * 4000)
    assert measures.of_site(built)["zh/gates/"].kilobytes > 1


def test_who_writes_one_language_alone_makes_no_page_worse(built):
    file = built / "zh/gates/index.html"
    before = measures.of_site(built)
    notice = '<p class="gg-notice" data-search-exclude="">The English is newer.</p>'
    file.write_text(file.read_text("utf-8") + notice * 60, "utf-8")
    assert measures.of_site(built) == before


def test_what_is_worse_is_named_with_how_much():
    table = {"a/": Measure(90, 4000, 60), "b/": Measure(10, 50, 0)}
    measured = {"a/": Measure(92, 3900, 60), "c/": Measure(1, 1, 1)}
    assert list(measures.worse(measured, table)) == [
        "a/ has 92 kilobytes, 2 more than in tests/measures.tsv; take away what is not needed, or "
        "write the new number there",
        "tests/measures.tsv lacks c/; make build, then make measure",
        "tests/measures.tsv has b/, which is no page; make build, then make measure",
    ]


def test_a_sentence_more_makes_no_page_worse():
    table, measured = {"a/": Measure(90, 4000, 60)}, {"a/": Measure(91, 4050, 60)}
    assert list(measures.worse(measured, table)) == []
    assert list(measures.worse({"a/": Measure(90, 4000, 61)}, table))


@pytest.mark.parametrize("grown, what", [((11, 400), "kilobytes"), ((10, 440), "elements")])
def test_a_tenth_more_is_worse_on_a_small_page_too(grown, what):
    table, measured = {"a/": Measure(10, 400, 0)}, {"a/": Measure(*grown, 0)}
    (fault,) = measures.worse(measured, table)
    assert fault.startswith("a/ has ") and what in fault


def test_the_table_takes_what_is_better_and_keeps_the_rest(tmp_path):
    file = tmp_path / "table.tsv"
    measures.write({"a/": Measure(90, 4000, 60), "b/": Measure(10, 50, 0)}, file)
    measures.write({"a/": Measure(92, 3900, 60), "c/": Measure(1, 1, 1)}, file)
    assert measures.read(file) == {"a/": Measure(90, 3900, 60), "c/": Measure(1, 1, 1)}


@pytest.mark.parametrize("row", ["a/\t1\t2", "a/\tmany\t2\t3", "<<<<<<< ours"])
def test_a_line_that_is_no_row_is_named(tmp_path, row):
    file = tmp_path / "table.tsv"
    file.write_text(f"{measures.HEAD}\nb/\t1\t2\t3\n{row}\n", "utf-8")
    with pytest.raises(UserError, match=r"table\.tsv:3: "):
        measures.read(file)
