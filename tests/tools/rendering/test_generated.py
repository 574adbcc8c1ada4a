"""What a page asks for is written into it; a page that shows how to ask is left as it is."""

from tools.checks.suite import check
from tools.rendering.placeholders import filled
from tools.sources import pages
from tools.sources.markers import requests

PAGE = "contribute/index.md"
SHOWN = (
    "# Help { #help }\n\nWrite\n\n```markdown\n<!-- generated: glossary -->\n\n"
    "## Part { #part }\n\n<!-- untranslated: zh -->\n\n<!-- generated: nothing -->\n```\n"
)


def test_a_page_gets_what_it_asks_for(project):
    overview = project.overview()
    markdown = filled(
        "# A\n\n<!-- generated: glossary -->\n\n!!! note\n\n    <!-- generated: glossary -->\n",
        PAGE, overview.sources.language("en"), overview,
    )  # fmt: skip
    assert "\n## reset gate { #reset-gate .gg-entry }\n\n" in markdown
    assert "\n    ## reset gate { #reset-gate .gg-entry }\n\n" in markdown
    assert "generated" not in markdown


def test_the_glossary_begins_with_its_groups_and_shows_a_terms_formula(project):
    overview = project.overview()
    for language, index in zip(
        overview.sources.languages,
        (
            "**The gates** [gate](#gate) · [reset gate](#reset-gate)",
            "**门** [门](#gate) · [重置门]",
        ),
        strict=True,
    ):
        shown = filled("<!-- generated: glossary -->", PAGE, language, overview)
        assert index in shown.partition("\n## ")[0]
        assert "\n\n$$\nr_t = \\sigma(W_{ir} x_t" in shown.partition("{ #reset-gate ")[2]


def test_a_term_leads_to_the_section_that_explains_it(project):
    project.edit(
        "docs/glossary.yml", "  zh: 重置门\n", "  zh: 重置门\n  explained: index.md#home\n"
    )
    overview, request = project.overview(), "<!-- generated: glossary -->"
    english = overview.sources.language("en")
    assert "(../index.md#home)" in filled(request, PAGE, english, overview)


def test_a_page_lists_the_forms_to_avoid_with_the_reasons(project):
    overview = project.overview()
    request, chinese = "<!-- generated: avoided -->", overview.sources.language("zh")
    lines = filled(request, PAGE, chinese, overview).splitlines()
    assert lines[0] == "| 不写 | 写 | 原因 |"
    assert "| 复位门 | 重置门 | 本站写“重置门” |" in lines


def test_a_page_may_show_its_own_syntax(project):
    for code in ("en", "zh"):
        project.write(f"docs/{code}/{PAGE}", f"---\nsection: Help\n---\n\n{SHOWN}")
    project.navigation("index.md", "gates/gru.md", PAGE)
    assert check(project.folder) == []
    overview = project.overview()
    row = overview.by_key[f"{PAGE}#help"]
    assert [row.sections[code].untranslated for code in ("en", "zh")] == [None, None]
    assert list(requests(row.sections["en"].page)) == []
    assert filled(SHOWN, PAGE, overview.sources.language("en"), overview) == SHOWN


def test_a_line_that_a_page_asks_by_is_found_with_its_number(tmp_path):
    page = pages.parse("# A { #a }\n\nText.\n<!-- generated: verdict x -->\n", tmp_path / "a.md")
    assert list(requests(page)) == [(4, "verdict", "x")]
