"""The Markdown extensions, by name and without MkDocs: what each makes of a page's text."""

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown

from tests.sources import LANGUAGES, ROOT
from tools.project import yaml_file
from tools.project.errors import UserError
from tools.rendering import figures, mathml, origin
from tools.rendering.origin import Origin

OURS = ("mathml", "figures", "tooltips", "findable", "notices", "placeholders", "exercises")
OURS += ("downloads", "typesetting", "ran_with")
ALONE = (
    "downloads",
    "figures",
    "exercises",
    "typesetting",
)  # what asks for no page where there is none of it


def rendered(
    text: str, reader: str = "en", *, path: str = "references.md", text_in: str = "en"
) -> BeautifulSoup:
    """A text as a page of the site, by the extensions' names alone, as any builder has them."""
    md = Markdown(
        extensions=["attr_list", "tables", "pymdownx.arithmatex", "pymdownx.highlight"]
        + ["pymdownx.superfences"]
        + [f"tools.rendering.{name}" for name in OURS],
        extension_configs={
            "pymdownx.arithmatex": {"generic": True},
            "pymdownx.highlight": {"pygments_lang_class": True},
        },
    )
    return BeautifulSoup(
        md.convert(origin.write(text, Origin(str(ROOT), path, text_in, reader))), "html.parser"
    )


def test_the_site_has_exactly_these_extensions_of_ours():
    named = yaml_file.load_config(ROOT / "mkdocs.yml")["markdown_extensions"]
    ours = [name for name in named if str(name).startswith("tools.")]
    assert ours == [f"tools.rendering.{name}" for name in OURS]


def test_the_line_that_says_which_page_it_is_is_taken_off():
    assert str(rendered("Text.")).strip() == "<p>Text.</p>"


@pytest.mark.parametrize("name", [name for name in OURS if name not in ALONE])
def test_a_text_that_does_not_say_which_page_it_is_is_refused(name):
    md = Markdown(
        extensions=["pymdownx.arithmatex", f"tools.rendering.{name}"],
        extension_configs={"pymdownx.arithmatex": {"generic": True}},
    )
    with pytest.raises(UserError, match="came without its first line, <!-- page: ... -->"):
        md.convert("$$\na\n$$")


def test_an_option_that_an_extension_does_not_have_is_refused():
    with pytest.raises(KeyError, match="label"):
        Markdown(
            extensions=["tools.rendering.mathml"],
            extension_configs={"tools.rendering.mathml": {"label": "Formula"}},
        )


def test_what_a_page_says_to_its_readers_is_in_their_language():
    text = '```python\n--8<-- "gates/gru/reset_gate.py"\n```\n\n$$\na\n$$'
    page = rendered(text, "zh", path="gates/gru.md")
    assert page.select_one("[role=group]")["aria-label"] == "公式"
    assert page.select_one("p.gg-quiet").get_text().startswith("本页代码最近一次运行所用的版本")


def test_a_definition_is_in_the_language_of_the_text_and_stands_on_no_page_of_terms():
    text = "The reset gate."
    assert "gate" in rendered(text, "zh").select_one("[role=tooltip]").get_text()
    assert not rendered(text, path="glossary.md").select(".gg-term")


def test_what_a_page_asks_for_is_filled_in_and_what_a_block_shows_is_not():
    request = "<!-- generated: speed-recorded -->"
    page = rendered(f"| a | b | c |\n|---|---|---|\n{request}\n\n```text\n{request}\n```")
    assert request not in str(page) and page.pre.get_text().strip() == request


def test_a_block_takes_the_keyboard_and_knows_its_lines():
    (block,) = rendered("```text\na  b\nc  d\n```").select("pre")
    assert (block["tabindex"], block["style"]) == ("0", "--lines: 2")
    assert block["class"] == ["gg-columns"]


def test_columns_wider_than_a_column_of_a_sheet_take_both():
    line = f"a  {'&' * 57}"
    narrow, wide = rendered(
        f"```text\n{line}\n{line}\n```\n\n```text\n{line}&\n{line}\n```"
    ).select("pre")
    assert "gg-wide" not in narrow["class"] and "gg-wide" in wide["class"]


@pytest.mark.parametrize(
    "path, reader, root", [("gates/gru.md", "en", "../../"), ("index.md", "zh", "../")]
)
def test_the_name_above_a_block_downloads_its_file(path, reader, root):
    of_page = {"gates/gru.md": "gates/gru/reset_gate", "index.md": "pytorch/gru-model/gru_model"}
    name = f"{of_page[path]}.py"
    title = name.rpartition("/")[2]
    page = rendered(f'```python title="{title}"\nx\n```', reader, path=path)
    (link,) = page.select("div.highlight > a.filename")
    assert (link.get_text(), link["href"]) == (title, f"{root}code/{name}")
    assert link.has_attr("download")


def test_what_was_printed_has_no_button_to_copy():
    page = rendered('```text title="Output"\n1\n```\n\n```console\nmake\n```')
    printed, typed = page.select("div.highlight")
    assert "no-copy" in printed["class"] and "no-copy" not in typed["class"]


@pytest.mark.parametrize("reader", ["en", "zh"])
def test_a_notebooks_cell_says_where_it_runs_and_has_no_button_to_copy(reader):
    page = rendered("```python\nx\n```", reader, path="evidence/counting.py", text_in=reader)
    (cell,) = page.select("div.highlight.no-copy")
    assert cell.a["href"] == "#run"
    assert cell.a.get_text() == LANGUAGES[reader].text["cell_runs"]


def test_a_script_that_the_text_names_is_a_link_to_it():
    named = "`experiments/adding.py`, `experiments/none.py`, [`experiments/adding.py`](lab.md)"
    first, second, third = rendered(named, path="gates/why.md").select("p code")
    assert first.parent["href"] == "../../code/experiments/adding.py"
    assert second.parent.name == "p" and third.parent["href"] == "lab.md"


def test_code_has_an_element_where_its_colour_changes_and_nowhere_else():
    line = 'x = torch.nn.GRU(3)([f"{y} a"], not z)[0].sum()  # y'
    (block,) = rendered(f"```python\n{line}\n```").select("pre")
    assert block.get_text() == line + "\n"
    coloured = ["=", "3", '"{', '} a"', "not", "0", ".", "# y"]
    assert [span.get_text() for span in block.select("span")] == coloured


@pytest.mark.parametrize(
    "text, drawn",
    [("**头：** 文字", "头：文字"), ("**Head.** Text", "Head. Text"), ("**头** 文字", "头 文字")],
)
def test_what_follows_a_run_in_head(text, drawn):
    assert rendered(text).get_text().strip() == drawn


def test_chinese_is_stressed_otherwise_than_a_title():
    chinese, latin = rendered("*成立* 和 *Deep Learning*").select("em")
    assert chinese["class"] == ["gg-han"] and not latin.get("class")


def test_a_title_and_a_message_in_english_say_so_on_a_chinese_page():
    text = "*成立*，*Deep Learning*、*z*\n\n## `no such file`, `or folder`\n\n## torch.compile"
    page = rendered(text, "zh", text_in="zh")
    assert [part.name for part in page.select("[lang=en]")] == ["em", "h2"]
    assert not rendered(text).select("[lang]")


def test_a_table_of_code_that_is_wider_than_a_phone_says_in_each_cell_what_its_column_is():
    wide, narrow = (
        rendered(f"| you want | in `own.py` | write |\n| - | - | - |\n{2 * row}")
        for row in ("| less | `a = 1` | `{}` |\n".format("b" * n) for n in (44, 43))
    )
    columns = [cell.get("data-column") for cell in wide.select("td")]
    assert columns == 2 * ["you want", "in own.py", "write"]
    assert narrow.select("td") and not narrow.select("[data-column]")


def test_what_has_no_end_tag_ends_without_a_slash():
    md = Markdown(extensions=["tools.rendering.typesetting"])
    assert md.convert("one  \ntwo\n\n---") == "<p>one<br>\ntwo</p>\n<hr>"


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
    assert page.select_one("mtable").attrs == {"displaystyle": "true"}


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
    assert page.select_one("span.math, p > math").get_text() == held
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
    assert word in drawing.select_one("[data-part=reset-gate]").get_text()
    assert not page.select("p figure")


@pytest.mark.parametrize("language, word", [("en", "reset gate"), ("zh", "重置门")])
def test_a_drawing_stands_on_a_page_once_and_each_use_says_what_it_shows(language, word):
    asked = ["A cell](figure:gru-cell)", "The gate](figure:gru-cell){ lit=reset-gate }"]
    asked += ["Three steps](figure:gru-unrolled)", "The memory](figure:gru-cell){ lit=new-memory }"]
    page = rendered("\n\n".join(f"![{one}" for one in asked), language)
    cell, gate, steps, memory = page.select("figure > svg[role=img]")
    shown = [drawing["aria-label"] for drawing in (cell, gate, steps, memory)]
    assert shown == ["A cell", "The gate", "Three steps", "The memory"]
    assert [drawing["data-lit"] for drawing in (gate, memory)] == ["reset-gate", "new-memory"]
    assert [len(drawing.select("use")) for drawing in (cell, gate, steps, memory)] == [0, 1, 0, 1]
    assert gate.use["href"] == memory.use["href"] == f"#{cell.g['id']}" != f"#{steps.g['id']}"
    assert str(page).count(word) == cell.get_text().count(word) == 1
    assert gate["viewbox"] == cell["viewbox"] != steps["viewbox"]


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
    assert parts or "{{" not in svg  # what has signs alone has no parts to name
    for lit in parts or {None}:
        drawn = figures.drawing(ROOT, name, "zh", "x", lit)
        assert "{{" not in drawn and "#" not in drawn


def test_the_elementwise_product_is_not_set_as_large_as_a_sum():
    (sign,) = rendered("$$\na \\odot b\n$$").select("mo")
    assert sign["largeop"] == "false"


def test_a_plot_keeps_the_digits_of_its_labels():
    page = rendered("![What it shows](plot:learning-rate)")
    assert "0.0025" in [text.get_text().strip() for text in page.select("text")]


def test_the_parts_of_two_plots_have_ids_of_their_own():
    first, second = rendered("![A](plot:gradients-default)\n\n![B](plot:gradients-bias)").select(
        "svg"
    )
    ids, others = ([part["id"] for part in svg.select("[id]")] for svg in (first, second))
    assert ids[0] == "plot-1-0" and not set(ids) & set(others)
    used = {use["xlink:href"].removeprefix("#") for use in first.select("use")}
    assert used and used <= set(ids)


COUNT = """
/// exercise | How many does `nn.GRU` learn, $3 \\cdot 36$? { #a-count }
> One block first.

- [ ] -96 ± 0.5
    > You left out the *second* bias.
- [x] 108
    > Three blocks:

    > - one
    > - two
- [ ] 84
    > No bias.
- [ ] *
    > Count again.

See:

```text
a  b
```
///

After.
"""


@pytest.mark.parametrize(
    "language, right, wrong", [("en", "Right.", "Wrong."), ("zh", "对。", "不对。")]
)
def test_an_exercise_answers_by_itself_with_right_or_wrong_first(language, right, wrong):
    page = rendered(COUNT, language, text_in=language)
    (exercise,) = page.select("div.gg-exercise")
    assert exercise["id"] == "a-count" and page.select_one(f"#{exercise['aria-labelledby']} math")
    options = exercise.select("details.gg-option")
    assert {option["name"] for option in options} == {"a-count"}
    assert [option.summary.get_text() for option in options][:3] == ["−96", "108", "84"]
    reasons = [option.p.get_text() for option in options]
    assert [reason.startswith(right) for reason in reasons] == [False, True, False, False]
    assert [reason.startswith(wrong) for reason in reasons] == [True, False, True, True]
    assert options[0].p.em and len(options[1].select("li")) == 2
    assert [option.get("data-number") for option in options] == ["-96", "108", "84", None]
    assert options[0]["data-within"] == "0.5" and "data-right" in options[1].attrs


def test_what_an_exercise_holds_beside_its_answers():
    page = rendered(COUNT)
    hint, answers, solution = page.select("div.gg-exercise > details")
    assert hint.get_text().split() == ["Hint", "One", "block", "first."]
    assert len(answers.select(".gg-option")) == 4 and solution.pre.get_text() == "a  b\n"
    assert page.select_one(".gg-field label").get_text(strip=True) == "Your number"
    after = page.find_all("p", recursive=False)
    assert [paragraph.get_text() for paragraph in after] == ["After."]
    chosen = rendered(COUNT.replace("- [ ] *\n    > Count again.\n", ""))
    assert not chosen.select(".gg-field, .gg-answers")
    assert len(chosen.select("div.gg-exercise > .gg-option")) == 3


def test_headings_tell_the_search_what_readers_do_not_see():
    page = rendered("# References { #references }\n\nText.")
    assert page.h1["data-search-weight"] == "0.5"
    page = rendered("# GRU { #gru }\n\n## Reset gate { #reset-gate }", path="gates/gru.md")
    assert "meaning of r" in page.select_one("#reset-gate")["data-search"]
    assert "meaning of r" not in page.get_text()
