"""The poster: one page in each language, of the site's own drawings, terms and equations."""

import re
import shutil
import unicodedata
from dataclasses import replace

import pytest
import torch
from torch import nn

from tests import pdf
from tests.sources import LANGUAGES, ROOT
from tools.project.errors import UserError
from tools.rendering import parts, poster, poster_fonts, standalone
from tools.sources import glossary

SITE, ADDRESS = "Gate by Gate", "https://example.org/gate/"
TERMS = glossary.load(ROOT).terms
languages = pytest.mark.parametrize("code", LANGUAGES)


def of(code: str, root=ROOT) -> bytes:
    language = replace(LANGUAGES[code], config_file=root / "docs/zh.yml")
    return poster.draw(root, language, SITE, ADDRESS)["poster.pdf"]


def read(shown: bytes) -> str:
    """What the poster says, without the ends of its lines, its italics as plain letters."""
    return plain(pdf.text(shown))


def plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def with_shapes(latex: str) -> str:
    """An equation as it is read off the poster, the shape after each sign."""

    def shaped(sign: re.Match[str]) -> str:
        letter, below = sign[1], sign[2].strip("{}").replace("-", "−")
        shape = {"W": "H×D" if below[0] == "i" else "H×H", "x": "D"}.get(letter, "H")
        return letter + below + shape

    latex = re.sub(r"\\(begin|end)\{aligned\}|&|\\\\", "", latex)
    latex = re.sub(r"([A-Za-z])_(\{[^}]*\}|\w)", shaped, latex)
    words = {r"\sigma": "σ", r"\tanh": "tanh", r"\odot": "⊙", "-": "−"}
    return plain(re.sub(r"\\\w+?(?=\b|[^a-z])|-", lambda word: words[word[0]], latex))


@pytest.fixture
def with_poster(project):
    """A small project that has what the poster is made of, to change it."""
    shutil.copytree(ROOT / "docs/poster", project.folder / "docs/poster")
    return project


@languages
def test_the_poster_is_one_page_that_brings_its_fonts(code):
    shown = of(code)
    assert pdf.pages(shown) == 1
    assert {"NotoSansCJKsc-Regular", "NewCMMath-Book"} < pdf.fonts(shown).keys()
    assert all(pdf.fonts(shown).values())


@languages
def test_every_term_sentence_and_equation_stands_in_it(code):
    shown = read(of(code))
    for cell, equations in parts.CELLS.items():
        assert plain(TERMS[cell].defined(code)) in shown
        for key, equation in equations.items():
            sign = parts.symbol(equation)
            term = plain(f"{sign} {TERMS[key].name(code)} {TERMS[key].defined(code)}")
            assert term in shown
            assert with_shapes(equation) in shown
    assert plain("r, z, n") in shown and plain("i, f, g, o") in shown
    assert "weight_ih_l0weight_hh_l0bias_ih_l0bias_hh_l0" in shown
    assert {"example.org/gate", SITE.replace(" ", ""), "CCBY4.0"} <= set(re.findall(
        "example.org/gate|GatebyGate|CCBY4.0", shown
    ))  # fmt: skip


def test_its_shapes_are_pytorchs():
    sizes = {"T": 5, "B": 3, "D": 4, "H": 6, "L": 2}
    shapes = {
        name: tuple(sizes[letter] for letter in re.findall("[A-Z]", shape))
        for names, shape in poster.SHAPES.items()
        for name in names.split(", ")
    }
    start = torch.zeros(shapes["h_0"]), torch.zeros(shapes["c_0"])
    for cell in (nn.GRU, nn.LSTM):
        net, is_lstm = cell(4, 6, num_layers=2), cell is nn.LSTM
        out, last = net(torch.zeros(shapes["input"]), start if is_lstm else start[0])
        h_n, c_n = last if is_lstm else (last, None)
        assert (tuple(out.shape), tuple(h_n.shape)) == (shapes["out"], shapes["h_n"])
        assert not is_lstm or tuple(c_n.shape) == shapes["c_n"]


def test_a_changed_term_drawing_or_text_changes_it(with_poster):
    with_poster.edit("docs/glossary.yml", "\n  zh: 重置门\n", "\n  zh: 重新门\n")
    changed = read(of("zh", with_poster.folder))
    assert "r重新门GRU的一个门" in changed and "重置门GRU" not in changed
    with_poster.edit("docs/figures/gru-cell.svg", ">GRU</text>", ">GRU 1</text>")
    assert "GRU1" in read(of("zh", with_poster.folder))


def test_a_sign_that_its_font_lacks_is_named_with_its_place_and_what_to_do(with_poster):
    with_poster.edit("docs/glossary.yml", "\n  zh: 重置门\n", "\n  zh: 龘置门\n")
    line = with_poster.read("docs/glossary.yml").splitlines().index("  zh: 龘置门") + 1
    with pytest.raises(UserError) as error:
        of("zh", with_poster.folder)
    assert str(error.value).startswith(f"docs/glossary.yml:{line}: the poster shows 龘, which")
    assert "-m tools.rendering.poster_fonts" in str(error.value)


def test_a_poster_that_needs_two_pages_or_that_typst_refuses_fails(with_poster):
    with_poster.edit("docs/poster/poster.typ", "#v(1fr)\n#grid", "#pagebreak()\n#grid")
    with pytest.raises(UserError, match=r"poster\.typ:1: the poster has 2 pages; make it fit one"):
        of("en", with_poster.folder)
    with_poster.edit("docs/poster/poster.typ", "#pagebreak()", "#nothing()")
    with pytest.raises(UserError, match=r"Typst cannot set this: unknown variable: nothing"):
        of("en", with_poster.folder)


def test_an_equation_that_it_cannot_set_is_named(monkeypatch):
    monkeypatch.setitem(parts.CELLS["gru"], "hidden-state", r"h_t = \frac{1}{2} n_t")
    with pytest.raises(
        UserError, match=r"parts\.py:1: the poster cannot set '\\frac\{1\}\{2\} n_t'"
    ):
        of("en")


def test_a_drawing_by_itself_has_the_light_schemes_colours_and_nothing_lit():
    svg = standalone.drawing(ROOT, "gru-cell", "zh")
    assert "重置门" in svg and "{{" not in svg
    site = (ROOT / "overrides/assets/site.css").read_text("utf-8")
    keep = re.search("--gg-keep: (#[0-9a-f]{6})", site)[1]
    assert f".drawing .keep {{ color: {keep} }}" in svg
    assert "stroke-width: 5px" in svg and "fill: #ffffff" in svg
    assert not re.search(r"var\(|calc\(", svg)


def test_a_style_that_a_drawing_by_itself_cannot_have_is_named(with_poster):
    assets = with_poster.folder / "overrides/assets"
    (with_poster.folder / "overrides").unlink()
    shutil.copytree(ROOT / "overrides", with_poster.folder / "overrides")
    css = assets / "figures.css"
    css.write_text(css.read_text("utf-8") + ".drawing .new { stroke-width: calc(100% - 2px); }\n")
    with pytest.raises(UserError, match=r"figures\.css:1: .* value 'calc\(100% - 2px\)'"):
        standalone.drawing(with_poster.folder, "gru-cell", "en")


def test_the_fonts_are_cut_for_all_that_a_term_may_be_written_with(tmp_path, monkeypatch):
    assert set("gate 重置门 σ − “”") - {" "} <= set(poster_fonts.signs(ROOT))
    monkeypatch.chdir(ROOT)
    with pytest.raises(UserError, match="install the package fonts-noto-cjk"):
        poster_fonts.main([str(tmp_path)], standalone_mode=False)


def test_the_fonts_have_every_chinese_sign_of_the_sources_and_of_a_page_to_come():
    chinese = "".join(re.findall("[\u4e00-\u9fff]", poster_fonts.signs(ROOT)))
    assert len(chinese) > 3755  # the most common ones, and those of the pages
    assert list(poster.lacking(ROOT, chinese)) == []
