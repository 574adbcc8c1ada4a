"""The Markdown extensions: formulas become MathML, drawings speak and have one part lit."""

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown

from tests.sources import ROOT
from tools.rendering import figures, mathml


def rendered(text: str, language: str = "en") -> BeautifulSoup:
    md = Markdown(
        extensions=[
            "attr_list",
            "pymdownx.arithmatex",
            mathml.MathML(label="Formula"),
            figures.Figures(ROOT, ROOT / "none", language),
        ],
        extension_configs={"pymdownx.arithmatex": {"generic": True}},
    )
    return BeautifulSoup(md.convert(text), "html.parser")


def test_a_formula_in_a_line_and_one_on_its_own():
    page = rendered("Let $a < b$ hold.\n\n$$\na_t = b\n$$")
    inline, display = page.select("math")
    assert "display" not in inline.attrs and inline.get_text() == "a<b"
    assert display["display"] == "block"
    group = display.parent
    assert (group["role"], group["aria-label"], group["tabindex"]) == ("group", "Formula", "0")


def test_rows_of_aligned_equations():
    page = rendered("$$\n\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}\n$$")
    assert len(page.select("mtr")) == 2


@pytest.mark.parametrize(
    "text, held",
    [
        ("with $z$. Then", "z."),
        ("(at $z$), then", "z),"),
        ("门是 $z$；然后", "z；"),
        ("从 $z$ 起", "z"),
        ("alone ($z$)", "(z)"),
        ("1（$z$ 为 2）", "（z"),
    ],
)
def test_a_formula_holds_the_signs_that_would_begin_or_end_a_line_without_it(text, held):
    page = rendered(text)
    assert page.select_one("span.math").get_text() == held
    assert page.get_text().replace(mathml.ZERO_WIDTH_SPACE, "") == text.replace("$", "")


def test_a_line_may_end_between_two_formulas():
    text = rendered("值是 $a$，$b$，$c$ 和 $d$, $e$").get_text()
    assert text == "值是 a，\u200bb，\u200bc 和 d, e"


@pytest.mark.parametrize("latex", [r"\foo", r"\frac{a}{b", r"a & b"])
def test_what_cannot_be_set_is_refused_with_the_formula(latex):
    with pytest.raises(ValueError) as error:
        mathml.convert(latex, display=True)
    assert latex in str(error.value)


def test_a_dollar_in_code_is_no_formula():
    assert not rendered("`$x$` costs 5 $ or 6 $.").select("math")


@pytest.mark.parametrize("language, word", [("en", "reset gate"), ("zh", "重置门")])
def test_a_drawing_has_its_words_its_alternative_and_one_part_lit(language, word):
    page = rendered("![What it shows](figure:gru-cell){ lit=reset-gate }", language)
    drawing = page.select_one("figure.figure > svg")
    assert drawing["aria-label"] == "What it shows" and drawing["role"] == "img"
    assert drawing["data-lit"] == "reset-gate"
    assert [part["data-part"] for part in drawing.select(".lit")] == ["reset-gate"]
    assert word in drawing.select_one(".lit").get_text()
    assert not page.select("p figure")


def test_a_language_that_is_only_begun_shows_the_english_word():
    assert "reset gate" in rendered("![x](figure:gru-cell)", "ja").get_text()


def test_a_drawing_within_a_sentence_is_refused():
    with pytest.raises(ValueError, match="must stand in a paragraph of its own"):
        rendered("Look: ![x](figure:gru-cell)")


@pytest.mark.parametrize("name", sorted(p.stem for p in (ROOT / "docs/figures").glob("*.svg")))
def test_every_drawing_can_be_shown_in_every_language_with_each_part_lit(name):
    svg = (ROOT / f"docs/figures/{name}.svg").read_text("utf-8")
    groups = BeautifulSoup(svg, "html.parser").select("g[data-part]")
    parts = {group["data-part"] for group in groups}
    assert parts
    for lit in parts:
        shown = figures.drawing(ROOT, name, "zh", "x", lit)
        assert "{{" not in shown and "#" not in shown


def test_the_elementwise_product_is_not_set_as_large_as_a_sum():
    (sign,) = rendered("$$\na \\odot b\n$$").select("mo")
    assert sign["largeop"] == "false"


def test_a_plot_keeps_the_digits_of_its_labels():
    page = rendered("![What it shows](plot:learning-rate)")
    assert "0.0025" in [text.get_text().strip() for text in page.select("text")]
