"""What the search reads of a built site: sections with their words, text, code and folds."""

import re

import pytest

from tests.sources import ROOT
from tools.rendering import mathml
from tools.sources import languages
from tools.theme import search

PAGE = """<nav>Menu</nav><article>
<h1 id="gru">GRU<a class="headerlink" href="#gru">#</a></h1>
<p>Two <b>gates</b>.<span role="tooltip" data-search-exclude>What opens.</span></p>
<h2 id="reset-gate" data-search="r forget">Reset gate<a class="headerlink">#</a></h2>
<p>It reads <math><msub><mi>h</mi><mrow><mi>t</mi><mo>−</mo><mn>1</mn></mrow></msub></math>.</p>
<div class="math" data-search-exclude><math><msub><mi>r</mi><mi>t</mi></msub></math></div>
<table><tr><td>a</td><td>b</td></tr></table>
<pre><code>gru = nn.GRU(3, 4)\nprint(gru)</code></pre>
<details><summary>Why?</summary><p>So.</p></details>
<svg><text>drawn</text></svg>
</article>"""


@pytest.fixture
def built(tmp_path):
    """Build an index of one page, such as the one above."""

    def built(page: str = PAGE) -> dict:
        (tmp_path / "docs/en").mkdir(parents=True, exist_ok=True)
        (tmp_path / "assets").mkdir(exist_ok=True)
        (tmp_path / "gates/gru").mkdir(parents=True, exist_ok=True)
        (tmp_path / "gates/gru/index.html").write_text(page, "utf-8")
        (tmp_path / "mkdocs.yml").write_text("nav: [gates/gru.md]\n", "utf-8")
        (tmp_path / "docs/glossary.yml").write_text(TERMS, "utf-8")
        search.write(tmp_path, languages.load(ROOT)[0], tmp_path)
        return search.read(tmp_path)

    return built


TERMS = """
reset-gate:
  symbol: r
  en: reset gate
  zh: 重置门
  definition: {en: It resets., zh: 重置。}
  elsewhere: {en: [forgetting switch, gate (of a GRU)]}
bptt:
  en: backpropagation through time
  zh: 反向
  also: {en: [BPTT]}
  definition: {en: Back., zh: 往回。}
"""


def test_a_section_is_cut_into_what_is_found_by_weight(built):
    assert built()["sections"] == [
        [0, "", "GRU", "", "Two gates.", "", ""],
        [0, "reset-gate", "Reset gate", "r forget", "It reads h_t−1. r_t a · b",
         "r_t gru nn.GRU print", "Why? So."],
    ]  # fmt: skip


def test_the_index_comes_in_parts_each_read_while_the_next_come(built, tmp_path):
    sections = "".join(f'<h2 id="n{n}">Section {n}</h2><p>{n} gates.</p>' for n in range(100))
    index = built(f'<article><h1 id="a">A</h1>{sections}</article>')
    assert index["count"] == len(index["sections"]) == 101
    assert [section[1] for section in index["sections"][1:]] == [f"n{n}" for n in range(100)]
    sizes = [file.stat().st_size for file in search.parts(tmp_path)]
    assert sizes[1] < sizes[2] < sum(sizes) * 0.55


def test_an_index_of_which_a_part_is_cut_off_is_not_whole(built, tmp_path):
    built()
    assert search.is_whole(tmp_path)
    last = search.parts(tmp_path)[-1]
    last.write_text(re.sub(r"\[\[.*\]\]", "[]", last.read_text("utf-8")), "utf-8")
    assert not search.is_whole(tmp_path)
    last.unlink()
    assert not search.is_whole(tmp_path)


def test_without_its_traditional_signs_an_index_is_not_whole(built, tmp_path):
    built()
    (tmp_path / search.TRADITIONAL).unlink()
    assert not search.is_whole(tmp_path)


def pairs(folder) -> dict[str, str]:
    """The traditional signs that an index has, each with the simplified one."""
    (signs,) = re.findall(r'"(.*)"', (folder / search.TRADITIONAL).read_text("utf-8"))
    return dict(zip(signs[::2], signs[1::2], strict=True))


def test_readers_who_write_traditional_signs_are_understood(built, tmp_path):
    built(PAGE.replace("Two", "干净的头发，出发以后，这里的后台，闸与门，为什么"))
    found = pairs(tmp_path)
    for traditional, simplified in zip("乾幹髮發後裡裏臺閘門為爲麼", "干干发发后里里台闸门为为么",
                                       strict=True):  # fmt: skip
        assert found[traditional] == simplified


def test_an_index_has_the_traditional_signs_of_its_own_alone(built, tmp_path):
    built(PAGE.replace("Two", "龙"))
    assert pairs(tmp_path)["龍"] == "龙"
    built()
    assert "龍" not in pairs(tmp_path)


def test_no_sign_that_the_pages_write_is_taken_for_a_traditional_one(site):
    written = "".join(file.read_text("utf-8") for file in (ROOT / "docs/zh").rglob("*.md"))
    assert len(pairs(site / "zh")) > 500
    assert set(written).isdisjoint(pairs(site / "zh"))


def test_what_stands_apart_is_not_glued(built):
    table = "<table><thead><tr><th>claim<br>tested</th></tr></thead><tbody><tr><td>a</td></tr><tr>"
    lists = f"{table}<td>b</td></tr></tbody></table>c<dl><dt>d</dt><dd>e</dd></dl>f"
    text = built(f'<article><h1 id="a">A</h1>{lists}</article>')["sections"][0][4]
    assert text == "claim · tested | a | b c d e f"


@pytest.mark.parametrize(
    "latex, typed",
    [
        (r"b_{hn}", "b_hn"),
        (r"W_{hn} h_{t-1} + b_{hn}", "W_hn h_t−1+b_hn"),
        (r"\begin{pmatrix} 0 & -1 \\ 2 & 0 \end{pmatrix}", "(0, −1; 2, 0)"),
        (" + ".join(["h_t"] * 30), "…"),
    ],
)
def test_a_formula_is_read_as_one_would_type_it(built, latex, typed):
    formula = mathml.convert(latex, display=True)
    sections = built(f'<article><h1 id="x">X</h1><div class="math">{formula}</div></article>')
    assert sections["sections"][0][4] == typed


def test_an_entry_of_the_glossary_is_shown_by_its_sentence(built):
    page = """<article><h1 id="terms">Terms</h1><h2 id="gate" class="gg-entry">gate</h2>
        <p class="gg-quiet">Also called: door</p><p>It opens.</p></article>"""
    assert built(page)["sections"][1][4] == "It opens."


def test_a_page_without_words_at_its_top_shows_its_description(built):
    described = '<meta name="description" content="About it."><article><h1 id="a">A</h1></article>'
    assert built(described)["pages"] == [["gates/gru/", "A", 1.0, False, "About it."]]
    assert built(described.replace("</h1>", "</h1><p>So.</p>"))["pages"][0][-1] == ""


def test_a_page_that_begins_with_its_aim_shows_its_description(built):
    page = """<meta name="description" content="About it."><article><h1 id="a">A</h1>
        <p>After this page you know it.</p></article>"""
    assert built(page)["pages"][0][-1] == "About it."


def test_readers_do_not_load_what_a_page_tells_the_search(built, tmp_path):
    built()
    page = (tmp_path / "gates/gru/index.html").read_text("utf-8")
    assert "r forget" not in page and '<h2 id="reset-gate">' in page


def test_a_page_says_how_much_it_counts_and_from_where_it_is_shown(built):
    assert built()["pages"] == [["gates/gru/", "GRU", 1.0, False, ""]]
    top = 'id="gru" data-search-weight="0.5" data-search-opening="true"'
    assert built(PAGE.replace('id="gru"', top))["pages"] == [["gates/gru/", "GRU", 0.5, True, ""]]


def test_a_page_that_is_left_out_is_not_found(built):
    page = PAGE.replace('id="gru"', 'id="gru" data-search-exclude="true"')
    assert built(page)["sections"] == []


def test_a_term_is_found_by_its_other_names(built):
    assert built()["terms"] == [
        ["reset-gate", "reset gate", "r", "forgetting switch", "gate", "重置门"],
        ["bptt", "backpropagation through time", "反向", "BPTT"],
    ]


def test_nothing_is_left_of_the_themes_search(site):
    assert [*site.rglob("*lunr*"), *site.rglob("search_index.json"), *site.rglob("workers")] == []
    for sheet in site.rglob("*.css"):
        assert "md-search" not in sheet.read_text("utf-8"), sheet
