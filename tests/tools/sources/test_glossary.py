"""The glossary: its file, the page, the tooltips, and whether pages keep to it."""

import re
import shutil

import pytest
from bs4 import BeautifulSoup

from tests.sources import ROOT
from tools.checks.suite import check
from tools.project.errors import UserError
from tools.sources import glossary
from tools.sources.findings import Level
from tools.theme import search
from tools.translations import definitions
from tools.translations.ledger import State
from tools.translations.overview import Overview

EN, ZH = "docs/en/gates/gru.md", "docs/zh/gates/gru.md"

SMALL = """
gate:
  en: gate
  zh: 门
  definition: {en: Opens., zh: 会开。}
  avoid:
    en: {door: the term is gate}
    zh: {大门: 写“门”}
reset-gate:
  symbol: r
  en: reset gate
  zh: 重置门
  also: {en: [resetter]}
  elsewhere: {zh: [复位门, 重设门]}
  definition: {en: Lets the past in., zh: 放过去进来。}
gru: {en: GRU, zh: GRU, definition: {en: A cell., zh: 一种单元。}}
bias:
  en: bias
  zh: 偏置
  also: {en: [biases]}
  definition: {en: Is added., zh: 加上的数。}
year: {en: year, zh: 年份}
"""


@pytest.fixture
def small(project):
    """A project with a small glossary, and without the drawings, which ask for more."""
    project.write("docs/glossary.yml", SMALL)
    shutil.rmtree(project.folder / "docs/figures")
    return project


def used(project, text: str, code: str) -> list[tuple[str, str]]:
    found = glossary.load(project.folder).uses(text, code)
    return [(text[begin:end], term.key) for begin, end, term in found]


@pytest.mark.parametrize(
    "code, text, expected",
    [
        ("en", "A gate.", [("gate", "gate")]),
        ("en", "Reset gates and gates", [("Reset gates", "reset-gate"), ("gates", "gate")]),
        ("en", "The GRU, two GRUs, no gru", [("GRU", "gru"), ("GRUs", "gru")]),
        ("en", "delegate gated gate-like aggregate", []),
        ("en", "GRUModel, my_gate", []),
        ("en", "a year of biases", []),
        ("zh", "重置门和GRU", [("重置门", "reset-gate"), ("GRU", "gru")]),
        ("zh", "专门、部门的门", []),
        ("zh", "年份", []),
    ],
)
def test_where_a_text_names_a_term(small, code, text, expected):
    assert used(small, text, code) == expected


def errors(project) -> list[str]:
    return [str(finding) for finding in check(project.folder) if finding.level is Level.ERROR]


def notes(project) -> list[str]:
    return [str(finding) for finding in check(project.folder) if finding.level is Level.NOTE]


@pytest.mark.parametrize(
    "page, old, new, message",
    [
        (ZH, "The 重置门", "重置大门", "'大门' is a form to avoid: 写“门”. The term is '门'"),
        (EN, "The reset", "A Door. The reset", "'Door' is a form to avoid: the term is gate"),
        (EN, "The reset", "Two doors. The reset", "'doors' is a form to avoid"),
        (EN, "$r_t$.", "$r_t$.\n\n![A door](../index.md)", "'door' is a form to avoid"),
        (EN, "$r_t$.", "$r_t$.\n\n| door |\n| - |\n| a |", "'door' is a form to avoid"),
        (EN, "$r_t$.", '$r_t$.\n\n??? note "The door"\n\n    x', "'door' is a form to avoid"),
        (EN, "reset gate {", "reset door {", "'door' is a form to avoid"),
    ],
)
def test_a_form_to_avoid_fails_with_its_line(small, page, old, new, message):
    small.edit(page, old, new)
    (found,) = errors(small)
    file, line, reason = found.split(":", 2)
    assert file == page and reason.strip().startswith(message)
    assert message.split("'")[1] in small.read(page).splitlines()[int(line) - 1]
    assert small.build().returncode != 0


@pytest.mark.parametrize(
    "text",
    ["`door`", "$door$", "outdoors", "[x](https://door.org)", 'one "door"', "a “front\ndoor”"],
)
def test_code_formulas_longer_words_and_quotations_may_hold_a_form_to_avoid(small, text):
    small.edit(EN, "The reset", f"{text} The reset")
    assert errors(small) == []


def test_a_term_that_the_twin_never_uses_is_a_note_with_its_line(small):
    small.edit(EN, "$r_t$.", "$r_t$.\n\nA second line on the\nbias.")
    (note,) = notes(small)
    line = small.read(EN).splitlines().index("bias.") + 1
    assert note.startswith(f"{EN}:{line}: note: this section says 'bias' and never '偏置' in {ZH}:")


@pytest.mark.parametrize(
    "page, old, new",
    [
        (EN, "The reset gate", "The resetter"),  # another form of the same term
        (ZH, "The 重置门", "The\n重置门"),
        (EN, "The reset gate", "The reset\ngate"),
    ],
)
def test_another_form_and_a_line_break_satisfy_the_twin(small, page, old, new):
    small.edit(page, old, new)
    assert notes(small) == []


BROKEN = {
    "a formula in a list": ("year: {en: year, formula: [x]}", "it holds a formula"),
    "a group without a language": ("year: {en: year, group: Time}", "a title for each language"),
    "no term at all": ("year: {symbol: y}", "the term 'year' has no form in any language; add en"),
    "a list for a term": ("year: {en: [a, b]}", "the term 'year' has en: ['a', 'b']; write a word"),
    "an empty term": ('year: {en: ""}', "the term 'year' has en: ''; write a word there"),
    "a word for an entry": ("year: year", "the term 'year' is 'year'; write {en: ..., zh: ...}"),
    "a key that is no id": ("my year: {en: year}", "the key 'my year' is more than letters"),
    "a number for a key": ("5: {en: year}", "the key 5 is more than letters"),
    "a form without a reason": (
        "year: {en: year, avoid: {en: [era]}}", "it holds for each language, forms with their",
    ),
    "an empty form": (
        'year: {en: year, avoid: {en: {"": why}}}', "it holds for each language, forms with their",
    ),
    "forms without a language": (
        "year: {en: year, also: [era]}", "it holds a list of forms for each language",
    ),
    "a number for a form": (
        "year: {en: year, also: {en: [5]}}", "it holds a list of forms for each language",
    ),
    "a key that stands twice": ("bias: {en: bias, zh: 偏置}", "'bias' stands twice; take one out"),
    "a language that stands twice": ("year: {en: a, en: b}", "'en' stands twice; take one out"),
    "no YAML": ("year: {en: year", "expected ',' or '}'"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_entry_is_named_with_its_line(small, name):
    entry, message = BROKEN[name]
    text = SMALL.replace("year: {en: year, zh: 年份}\n", f"{entry}\n")
    small.write("docs/glossary.yml", text)
    with pytest.raises(UserError) as error:
        glossary.load(small.folder)
    line = text.splitlines().index(entry) + 1
    assert re.match(rf"docs/glossary\.yml:({line}|{line + 1}): ", str(error.value))
    assert message in str(error.value)
    assert errors(small) == [str(error.value)]


@pytest.mark.parametrize("text", ["", "# nothing\n", "gate\n", "- gate\n", "a: \x07\n", None])
def test_a_file_that_holds_no_glossary(small, text):
    if text is None:
        small.remove("docs/glossary.yml")
    else:
        small.write("docs/glossary.yml", text)
    ran = small.build()
    assert ran.returncode != 0 and "docs/glossary.yml:1: " in ran.stdout
    assert "Traceback" not in ran.stdout


def test_a_language_a_symbol_and_a_formula_that_are_unknown(small):
    small.write(
        "docs/glossary.yml",
        SMALL
        + "a: {en: a, note: b}\nb: {en: b, symbol: '\\nope'}\nc: {en: c, formula: '\\nope'}\n",
    )
    one, other, third = errors(small)
    assert "the term 'a' speaks of 'note', which is no language of this site" in one
    assert "the symbol of 'b' cannot be set: Unknown command" in other
    assert "the formula of 'c' cannot be set: Unknown command" in third


def test_a_term_may_be_written_in_one_language_alone(small):
    text = SMALL + "more: {zh: 更多, definition: {zh: 多一些。}}\n"
    small.write("docs/glossary.yml", text.replace("zh: 放过去进来。", ""))
    assert errors(small) == []
    page = built(small, "glossary/index.html").select_one("article").get_text()
    assert "更多" in page and "多一些。" in page


def test_a_term_leads_only_to_a_section_that_every_language_has(small):
    small.edit(EN, "## reset gate { #reset-gate }", "## reset gate { #other }")
    small.edit(EN, "The reset gate", "## Gate { #gate }\n\nThe reset gate")
    page = built(small, "zh/glossary/index.html")
    assert not page.select('article a[href*="gates/gru/#reset-gate"]')
    assert not page.select('article a[href*="gates/gru/#gate"]')


def test_a_term_and_a_form_to_avoid_may_be_broken_over_two_lines(small):
    small.edit(ZH, "The 重置门", "重置大\n门")
    small.edit(EN, "The reset gate", "The reset\ngate")
    (error,) = errors(small)
    assert "'大 门' is a form to avoid" in error
    assert "The term is '门'" in error


def test_attributes_that_name_a_term_are_left_alone(small):
    small.edit(EN, "The reset gate $r_t$.", "The *cell*{ .gg-reset-gate } and a GRU.")
    page = built(small, "gates/gru/index.html").select_one("article")
    assert page.select_one("em.gg-reset-gate").get_text() == "cell"
    assert "{" not in page.select_one("p").get_text()


@pytest.fixture
def compared(small):
    """The small glossary, its definitions declared to say the same."""
    small.translations("sync", "glossary.yml")
    return small


def test_a_definition_that_one_language_alone_changed_is_named(compared):
    compared.edit("docs/glossary.yml", "Lets the past in.", "Keeps the past out.")
    line = compared.read("docs/glossary.yml").splitlines().index("reset-gate:") + 1
    (finding,) = check(compared.folder)
    assert finding.level is Level.BLOCKS_SYNC
    assert str(finding) == (
        f"docs/glossary.yml:{line}: the definition of 'reset-gate' has changed in English since "
        "the languages said the same; change the others too, then: "
        "python -m tools.translations sync glossary.yml#reset-gate"
    )
    ran = compared.translations("sync", "docs/glossary.yml#reset-gate")
    assert ran.returncode == 1 and "en changed and zh did not" in ran.stderr
    compared.edit("docs/glossary.yml", "放过去进来。", "把过去挡在外面。")
    ran = compared.translations("sync", "glossary.yml#reset-gate")
    assert ran.stdout == "glossary.yml#reset-gate: in sync\n"
    assert check(compared.folder) == []


def test_a_definition_that_moved_stands_in_the_status_and_in_the_diff(compared):
    compared.edit("docs/glossary.yml", "Opens.", "Opens or closes.")
    assert "glossary.yml#gate" in compared.translations("status").stdout
    output = compared.translations("diff", "glossary.yml#gate").stdout
    assert (
        "git log -p docs/glossary.yml" in output
        and "Opens or closes." in output
        and "会开。" in output
    )


def test_a_number_that_one_language_changed_in_a_definition_is_named(compared):
    compared.edit("docs/glossary.yml", "Opens., zh: 会开。", "Opens at 1., zh: 到 0 会开。")
    found = [str(finding) for finding in check(compared.folder)]
    assert any(
        "the number 1 stands here where docs/glossary.yml:2 has the number 0" in f for f in found
    )


def test_a_term_that_is_gone_is_forgotten(compared):
    text = compared.read("docs/glossary.yml")
    compared.write("docs/glossary.yml", text.replace("gru: {en: GRU", "lstm: {en: LSTM"))
    ran = compared.translations("sync", "glossary.yml")
    assert "glossary.yml#gru: forgotten" in ran.stdout
    assert "glossary.yml#gru " not in compared.read("docs/translations.lock")


def test_every_definition_of_the_site_says_the_same_in_its_languages():
    overview = Overview.read(ROOT)
    assert [row.key for row in definitions.rows(overview) if row.states() != {State.IN_SYNC}] == []
    assert list(definitions.check(overview)) == []


# What readers see


def built(project, path: str) -> BeautifulSoup:
    ran = project.build()
    assert ran.returncode == 0, ran.stdout
    return BeautifulSoup((project.folder / "site" / path).read_text("utf-8"), "html.parser")


def test_the_glossary_page_has_every_defined_term(small):
    page = built(small, "zh/glossary/index.html")
    entries = {h.get("id"): h for h in page.select("article h2")}
    assert list(entries) == ["gate", "reset-gate", "gru", "bias"]
    text = page.select_one("article").get_text()
    assert "英文：reset gate" in text and "放过去进来。" in text
    assert "别处也叫：复位门 / 重设门" in text and "大门" not in text  # that rule is for writers
    assert "Opens." not in text
    assert page.select_one('article a[href="../gates/gru/#reset-gate"]')
    assert [a["href"] for a in page.select(".md-sidebar--secondary a.md-nav__link")] == [
        f"#{section_id}" for section_id in entries
    ]


def test_a_link_to_a_term_is_checked(small):
    small.edit(EN, "$r_t$.", "$r_t$, a [gate](../glossary.md#gate) and [x](../glossary.md#none).")
    (error,) = errors(small)
    assert (
        "the link ../glossary.md#none leads to no section: glossary.md has glossary, gate" in error
    )


def test_a_page_that_asks_for_what_nothing_writes(small):
    small.edit(EN, "$r_t$.", "$r_t$.\n\n<!-- generated: glossery -->")
    (error,) = errors(small)
    line = small.read(EN).splitlines().index("<!-- generated: glossery -->") + 1
    assert error.startswith(f"{EN}:{line}: nothing writes 'glossery'; a page may ask for glossary")


TEXT = (
    '??? question "The reset gate"\n\n    x\n\n'
    "A [gate](../index.md) `gate` **a gate** and *another gate*, a\nreset gate. The GRU has "
    "biases, a bias, and $gate$.\n\n| gate |\n| - |\n| bias |\n\n- a bias in a list\n\n"
    "## The gate { #g }\n"
)


def test_the_first_use_of_a_term_shows_its_definition(small):
    small.edit(EN, "The reset gate $r_t$.", TEXT)
    small.write(ZH, small.read(ZH) + "\n## 门 { #g }\n")
    page = built(small, "gates/gru/index.html").select_one("article")
    terms = [(t.a.get_text(), t.a["href"]) for t in page.select(".gg-term")]
    assert terms == [
        ("gate", "../../glossary/#gate"),
        ("reset gate", "../../glossary/#reset-gate"),
        ("GRU", "../../glossary/#gru"),
        ("bias", "../../glossary/#bias"),
    ]
    assert page.select_one("strong .gg-term a").get_text() == "gate"
    for term in page.select(".gg-term"):
        tip = term.select_one("[role=tooltip]")
        assert term.a["aria-describedby"] == tip["id"]
        tip.decompose()
    (first, *_) = (p for p in page.select("p") if "another" in p.get_text())
    assert first.get_text().startswith(
        "A gate gate a gate and another gate, a\nreset gate. The GRU"
    )


@pytest.mark.parametrize(
    "has_chinese, reason", [(True, "放过去进来。"), (False, "Lets the past in.")]
)
def test_a_definition_is_in_the_language_of_the_text(small, has_chinese, reason):
    if not has_chinese:
        small.remove(ZH)  # Chinese readers are shown the English page
    page = built(small, "zh/gates/gru/index.html")
    assert page.select_one("#term-reset-gate").get_text() == reason


def test_a_definition_is_not_found_by_the_search_on_the_page_that_shows_it(small):
    small.edit(EN, "The reset gate", "The bias, the reset gate")
    built(small, "index.html")
    parts = search.parts(small.folder / "site")
    index = "".join(part.read_text("utf-8") for part in parts)
    assert index.count("Is added.") == 1  # on the glossary's own page


def test_every_term_of_the_site_leads_to_the_section_that_explains_it():
    keys = {term.key for term in glossary.load(ROOT).defined}
    explained = {"reset-gate", "update-gate", "forget-gate", "input-gate", "output-gate",
                 "new-memory", "hidden-state", "cell-state", "gru", "lstm"}  # fmt: skip
    assert explained <= keys
