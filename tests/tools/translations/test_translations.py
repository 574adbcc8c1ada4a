"""The command that keeps the languages in step, as a contributor runs it."""

import json
import subprocess
import sys
from datetime import date

import pytest

from tests.project import FIRST_DAY
from tests.sources import PAGES_OF_TESTS
from tools.sources import pages
from tools.sources.findings import Level
from tools.translations.comparison import check as between_languages
from tools.translations.differences import word_diff

PAGE = "gates/gru.md"
EN, ZH = f"docs/en/{PAGE}", f"docs/zh/{PAGE}"
LOCK = "docs/translations.lock"


@pytest.fixture
def synced(project):
    """A project whose languages were declared to say the same, and committed."""
    project.sync()
    project.commit()
    return project


@pytest.fixture
def moved(synced):
    """The same, with one sentence changed in English and that committed too."""
    synced.edit(EN, "The reset gate $r_t$.", "The reset gate is $r_t$.")
    synced.commit(day="2026-11-05")
    return synced


def run(project, *arguments: str, fails: bool = False) -> str:
    """What a command prints; it has to end as expected."""
    ran = project.translations(*arguments)
    assert ran.returncode == (1 if fails else 0), ran.stdout + ran.stderr
    return ran.stderr if fails else ran.stdout


# status


def test_status_of_a_site_in_step(synced):
    lines = run(synced, "status").splitlines()
    assert lines[0].split() == ["en", "zh"]
    assert lines[-1].split() == ["total", "4", "in", "sync", "4", "in", "sync"]
    assert not any("#" in line for line in lines)


def test_status_names_what_is_behind_whom_and_since_when(moved):
    (line,) = (line for line in run(moved, "status").splitlines() if "#" in line)
    assert line.split(maxsplit=2) == ["#reset-gate", "ahead", "behind (en since 2026-11-05)"]


def test_status_for_machines(moved):
    data = json.loads(run(moved, "status", "--json"))
    assert data["total"]["zh"] == {"in sync": 3, "behind": 1}
    assert data["sections"][f"{PAGE}#reset-gate"]["zh"] == {
        "state": "behind",
        "behind": {"en": "2026-11-05"},
        "last in sync": FIRST_DAY,
    }


def test_a_change_that_is_not_committed_has_no_date_yet(synced):
    synced.edit(EN, "The reset gate $r_t$.", "The reset gate is $r_t$.")
    assert "behind (en)" in run(synced, "status")


def test_status_names_what_the_ledger_holds_on_a_deleted_section(synced):
    for page in (EN, ZH):
        text = synced.read(page)
        synced.write(page, text[: text.index("## ")])
    assert f"{PAGE}#reset-gate stands on no page any more" in run(synced, "status")
    assert "forgotten" in run(synced, "sync", PAGE)
    assert f"{PAGE}#reset-gate" not in synced.read(LOCK)


# diff


def test_diff_shows_what_changed_word_by_word_and_what_to_change(moved):
    output = run(moved, "diff", f"{PAGE}#reset-gate")
    assert "The reset gate{+ is+} $r_t$." in output
    assert "重置门 $r_t$" in output
    assert f"{PAGE}#reset-gate in en, changed since" in output


def test_diff_of_a_page_shows_only_what_moved(moved):
    assert run(moved, "diff", PAGE) == run(moved, "diff", f"{PAGE}#reset-gate")
    assert run(moved, "diff", "index.md") == "index.md: the languages are in step\n"


def test_diff_finds_the_text_after_later_commits_that_changed_it_again(moved):
    moved.edit(EN, "The reset gate is", "This reset gate is")
    moved.commit(day="2026-11-06")
    assert "[-The-]{+This+} reset gate{+ is+} $r_t$." in run(moved, "diff", PAGE)


def test_diff_finds_the_text_on_the_page_from_which_a_section_came(moved):
    section = moved.read(EN)[moved.read(EN).index("## ") :]
    moved.edit(EN, section, "")
    moved.write("docs/en/index.md", moved.read("docs/en/index.md") + "\n" + section)
    chinese = moved.read(ZH)[moved.read(ZH).index("## ") :]
    moved.edit(ZH, chinese, "")
    moved.write("docs/zh/index.md", moved.read("docs/zh/index.md") + "\n" + chinese)
    moved.commit(day="2026-11-07")
    assert "The reset gate{+ is+} $r_t$." in run(moved, "diff", "index.md#reset-gate")


def test_diff_finds_a_text_that_only_a_merge_made(synced):
    synced.edit(EN, "The reset gate $r_t$.", "First.\n\nThe reset gate $r_t$.\n\nMiddle.\n\nLast.")
    synced.commit()
    for name, old in (("x", "First"), ("y", "Last")):
        synced.git("checkout", "-q", "-b", name)
        synced.edit(EN, old, f"{old} {name}")
        synced.commit(day="2026-11-02")
        synced.git("checkout", "-q", "main")
    synced.git("merge", "-q", "x")
    synced.git("merge", "-q", "-m", "merge", "y", day="2026-11-03")
    synced.sync(reason="the same")
    synced.edit(EN, "Middle", "The middle")
    synced.commit(day="2026-11-04")
    output = run(synced, "diff", PAGE)
    assert "First x." in output and "Last y." in output and "[-Middle-]{+The middle+}" in output


def test_diff_when_both_moved_shows_both(moved):
    moved.edit(ZH, "The 重置门 $r_t$.", "重置门是 $r_t$。")
    output = run(moved, "diff", PAGE)
    assert "in en, changed since" in output and "in zh, changed since" in output
    assert "[-The -]重置门{+是+} $r_t$[-.-]{+。+}" in output


def test_diff_in_a_shallow_clone_says_so_and_shows_the_texts(moved, tmp_path):
    moved.git("clone", "-q", "--depth", "1", f"file://{moved.folder}", str(tmp_path / "shallow"))
    for folder in ("tools", "overrides"):
        (tmp_path / "shallow" / folder).symlink_to(moved.folder / folder)
    moved.folder = tmp_path / "shallow"
    output = run(moved, "diff", PAGE)
    assert "This clone holds a part of the history only; git fetch --unshallow" in output
    assert "The reset gate is $r_t$." in output and "重置门 $r_t$" in output


def test_diff_without_git_says_so_and_shows_the_texts(project):
    project.sync()
    project.edit(EN, "The reset gate $r_t$.", "The reset gate is $r_t$.")
    output = run(project, "diff", PAGE)
    assert "The text of that day is not in git's history." in output
    assert "The reset gate is $r_t$." in output


def test_diff_of_what_was_never_compared_and_of_what_is_missing(project):
    project.write(EN, project.read(EN) + "\n## More { #more }\n\nText.\n")
    output = run(project, "diff", PAGE)
    assert (
        f"{PAGE}#gru in zh as it is now:\n# GRU zh" in output.replace("---\nsection: ", "")
        or "GRU zh" in output
    )
    assert f"{PAGE}#more is not written in zh: new {PAGE}#more --lang zh lays it out" in output


def test_words_and_chinese_signs_are_compared_one_by_one():
    assert word_diff("the old gate", "the new gate") == "the [-old-]{+new+} gate"
    assert word_diff("留下旧值", "留下新值") == "留下[-旧-]{+新+}值"
    assert word_diff("same", "same") == "same"


# sync


def test_sync_refuses_where_the_older_language_did_not_change(moved):
    before = moved.read(LOCK)
    errors = run(moved, "sync", PAGE, fails=True)
    assert f"{PAGE}#reset-gate: en changed and zh did not" in errors
    assert '--unchanged "the reason"' in errors
    assert errors.endswith("nothing was written\n")
    assert moved.read(LOCK) == before


def test_sync_when_the_older_language_followed(moved):
    moved.edit(ZH, "The 重置门 $r_t$.", "重置门是 $r_t$。")
    assert run(moved, "sync", PAGE) == f"{PAGE}#reset-gate: in sync\n"
    assert run(moved, "sync", PAGE) == "nothing to declare: in sync already\n"
    assert "#" not in run(moved, "status").split("total")[0].replace("never", "#")


def test_sync_notes_the_day(moved):
    before = date.today()
    run(moved, "sync", PAGE, "--unchanged", "the same")
    agreed = moved.overview().by_key[f"{PAGE}#reset-gate"].entry.agreements[0].day
    assert before <= agreed <= date.today()  # it may be midnight in between


def test_sync_keeps_the_reason_why_nothing_had_to_change(moved):
    run(moved, "sync", f"{PAGE}#reset-gate", "--unchanged", 'only a "verb"')
    (line,) = (line for line in moved.read(LOCK).splitlines() if f"{PAGE}#reset-gate " in line)
    assert r'"only a \"verb\""' in line
    assert (
        moved.overview().by_key[f"{PAGE}#reset-gate"].entry.agreements[0].reason == 'only a "verb"'
    )
    assert sum('"' in line for line in moved.read(LOCK).splitlines()) == 1


def test_sync_refuses_while_the_structure_differs_and_names_the_line(moved):
    moved.edit(ZH, "The 重置门 $r_t$.", "重置门是 $r_u$。")
    errors = run(moved, "sync", PAGE, fails=True)
    en, zh = (pages.line_of(moved.folder / page, "$r_") for page in (EN, ZH))
    assert (
        f"{EN}:{en}: the formula r_t stands here where {ZH}:{zh} has the formula r_u; "
        "make them the same" in errors
    )


def test_sync_refuses_while_a_section_stands_elsewhere(project):
    for page, order in ((EN, "abc"), (ZH, "bca")):
        project.write(page, "# T { #t }\n" + "".join(f"\n## {i} {{ #{i} }}\n" for i in order))
    errors = run(project, "sync", PAGE, fails=True)
    assert (
        f"{ZH}:" in errors and "the section 'a' stands elsewhere than on the English page" in errors
    )


def test_all_sections_or_none(moved):
    moved.edit(ZH, "# GRU zh", "# GRU 中文")
    moved.edit(EN, "# GRU en", "# GRU English")
    before = moved.read(LOCK)
    run(moved, "sync", PAGE, fails=True)
    assert moved.read(LOCK) == before
    assert run(moved, "sync", f"{PAGE}#gru") == f"{PAGE}#gru: in sync\n"


def test_a_section_of_one_language_has_nothing_to_declare(project):
    project.write("docs/en/more.md", "# More { #more }\n")
    project.navigation("index.md", PAGE, "more.md")
    assert "written in one of these languages only" in run(project, "sync", "more.md")


def test_a_page_that_both_languages_deleted_is_forgotten(synced):
    for page in (EN, ZH):
        synced.remove(page)
    assert f"sync {PAGE} forgets it" in run(synced, "status")
    assert f"{PAGE}#gru: forgotten" in run(synced, "sync", PAGE)
    assert PAGE not in synced.read(LOCK)


def test_a_blank_reason_is_none(moved):
    assert "changed and zh did not" in run(moved, "sync", PAGE, "--unchanged", "  ", fails=True)


def test_a_reason_is_kept_only_where_one_was_needed(moved):
    moved.edit(ZH, "The 重置门", "重置门")
    run(moved, "sync", PAGE, "--unchanged", "a misspelling")
    assert "misspelling" not in moved.read(LOCK)


@pytest.mark.parametrize(
    "page", [PAGE, "gates/gru", EN, ZH, f"./{EN}", f"{PAGE}#reset-gate", f"{ZH}#reset-gate"]
)
def test_a_page_may_be_spelled_in_several_ways(moved, page):
    moved.edit(ZH, "The 重置门", "重置门")
    assert f"{PAGE}#reset-gate: in sync" in run(moved, "sync", page)


@pytest.mark.parametrize(
    "arguments, message",
    [
        (
            ["sync", "gates/gruu.md"],
            "page gates/gruu.md. Did you mean gates/gru.md?",
        ),
        (["diff", f"{PAGE}#none"], f"{PAGE} has no section 'none'; it has: gru, reset-gate"),
        (
            ["sync", PAGE, "--lang", "ja"],
            "the site is not in 'ja'; it is in en, zh. Begin it",
        ),
        (["new", PAGE, "--lang", "ja"], "the site is not in 'ja'"),
        (["new", PAGE, "--lang", "zh"], f"{ZH} lacks no section; write there"),
        (["new", f"{PAGE}#gru", "--lang", "zh"], f"{ZH} has the section 'gru'; write there"),
        (["add-language", "zh"], "docs/zh.yml is there already"),
        (
            ["add-language", "klingon"],
            "'klingon' is no language code; write one such as",
        ),
        (["add-language", "gsw"], "the theme has no words in 'gsw'"),
    ],
)
def test_what_cannot_be_done_is_refused_in_plain_words(synced, arguments, message):
    assert message in run(synced, *arguments, fails=True)
    assert synced.git("status", "--porcelain", "docs") == ""


def test_in_another_folder(tmp_path, project):
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "tools").symlink_to(project.folder / "tools")
    project.folder = tmp_path / "empty"
    ran = project.run("tools.translations", "status")
    assert "run this in the project's folder" in ran.stderr and ran.returncode == 1


def test_the_help_is_a_guide_that_needs_no_project(tmp_path, project):
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "tools").symlink_to(project.folder / "tools")
    project.folder = tmp_path / "empty"
    output = project.run("tools.translations", "--help").stdout
    for command in ("status", "diff", "sync", "new", "add-language", "check"):
        assert f"\n  {command} " in output
    assert '--unchanged "only a misspelling in English"' in output
    ran = project.run("tools.translations", "new", "--help")
    assert "--lang TEXT  the language that lacks it  [required]" in ran.stdout


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["stats"], "No such command 'stats'. Did you mean 'status'?"),
        (["sync"], "Missing argument 'PAGE[#ID]...'."),
        (["new", PAGE], "Missing option '--lang'."),
        (["diff", PAGE, "--words"], "No such option '--words'"),
    ],
)
def test_a_wrong_call_says_how_to_call_and_does_nothing(project, arguments, message):
    ran = project.run("tools.translations", *arguments)
    assert ran.returncode == 2 and message in ran.stderr
    assert "Try 'python -m tools.translations" in ran.stderr and "--help' for help." in ran.stderr


# new


def test_new_lays_out_a_page_with_everything_in_place(synced):
    added = synced.read(EN).replace("# GRU en { #gru }", "# More { #more }")
    added = added.replace("gates/gru/one.", "more/one.")
    for suffix in (".py", ".out"):
        snippet = synced.read(f"snippets/gates/gru/one{suffix}")
        synced.write(f"snippets/more/one{suffix}", snippet)
    synced.write(
        "docs/en/more.md",
        added + "\n![A GRU cell, one line on top](figure:gru-cell)\n\n[h](index.md)\n",
    )
    synced.navigation("index.md", PAGE, "more.md")
    assert "docs/zh/more.md: write over the text" in run(synced, "new", "more.md", "--lang", "zh")
    laid_out = synced.read("docs/zh/more.md")
    assert laid_out.replace("\n<!-- untranslated: en -->\n", "") == synced.read("docs/en/more.md")
    assert laid_out.count("<!-- untranslated: en -->") == 2
    states = synced.overview().by_key["more.md#more"].standings
    assert states["zh"].state == "missing"
    assert between_languages(synced.overview()) == []
    assert synced.build().returncode == 0


def test_new_lays_out_a_page_from_chinese(synced):
    synced.write("docs/zh/more.md", "# 更多 { #more }\n\n文字。\n")
    synced.navigation("index.md", PAGE, "more.md")
    run(synced, "new", "more.md", "--lang", "en")
    assert "<!-- untranslated: zh -->\n\n文字。" in synced.read("docs/en/more.md")


def test_new_lays_out_a_section_after_the_one_that_it_follows(synced):
    synced.edit(EN, "## reset gate", "## Middle { #middle }\n\n$x$\n\n## reset gate")
    run(synced, "new", f"{PAGE}#middle", "--lang", "zh")
    assert "## Middle { #middle }\n\n<!-- untranslated: en -->\n\n$x$\n\n## 重置门" in synced.read(
        ZH
    )
    assert between_languages(synced.overview()) == []


def test_new_lays_out_all_sections_that_a_page_lacks(synced):
    synced.write(EN, synced.read(EN) + "\n## A { #a }\n\n## B { #b }\n")
    run(synced, "new", PAGE, "--lang", "zh")
    assert [row.id for row in synced.overview().by_page[PAGE] if "zh" in row.sections] == [
        "gru", "reset-gate", "a", "b",
    ]  # fmt: skip


def notebook(code: str) -> str:
    """The source of a notebook of two sections, in a language."""
    return (PAGES_OF_TESTS / f"notebook/{code}.py").read_text("utf-8")


def test_new_lays_out_a_notebook_and_a_section_of_it(synced):
    path = "evidence/run.py"
    text = notebook("en")
    synced.write(f"docs/en/{path}", text)
    run(synced, "new", path, "--lang", "zh")
    laid_out = synced.read(f"docs/zh/{path}")
    assert laid_out.count("# <!-- untranslated: en -->") == 2
    assert 'print("docs/zh/evidence/run.py")' in laid_out
    section = "# ## Middle { #middle }\n#\n# Text.\n\n# %%\nprint(2)\n\n# %% [markdown]\n"
    synced.write(f"docs/en/{path}", text.replace("# ## End", section + "# ## End"))
    run(synced, "new", f"{path}#middle", "--lang", "zh")
    assert [f for f in between_languages(synced.overview()) if path in f.file] == []
    page = synced.overview().sources.pages["zh"][path]
    assert page.ids == ["run", "middle", "end"]
    assert [fence.body for fence in page.fences if fence.cell][1] == "print(2)\n"


def test_new_rewrites_only_what_it_lays_out_and_only_the_projects_own_paths(synced):
    synced.edit(ZH, "The 重置门", "见 `docs/en/a`，The 重置门")
    text = "\n## More { #more }\n\n`docs/en/b`, https://example.org/docs/en/c\n"
    synced.write(EN, synced.read(EN) + text)
    run(synced, "new", PAGE, "--lang", "zh")
    laid_out = synced.read(ZH)
    assert "`docs/en/a`" in laid_out
    assert "`docs/zh/b`, https://example.org/docs/en/c" in laid_out


def test_new_of_a_first_section_leaves_the_front_matter_where_it_is(synced):
    synced.edit(ZH, "{ #gru }", "{ #other }")
    run(synced, "new", f"{PAGE}#gru", "--lang", "zh")
    assert synced.read(ZH).count("section: Gates") == 1


def test_new_where_nothing_is_written(synced):
    synced.write(EN, synced.read(EN) + "\n## More { #more }\n\n<!-- untranslated: zh -->\n")
    assert "no language has written" in run(
        synced, "new", f"{PAGE}#more", "--lang", "zh", fails=True
    )
    assert "lacks no section" in run(synced, "new", PAGE, "--lang", "zh", fails=True)


@pytest.mark.parametrize("mark", ["en", "fr", "zh"])
def test_a_mark_that_speaks_of_no_written_section(synced, mark):
    text = f"\n## More {{ #more }}\n\n<!-- untranslated: {mark} -->\n"
    synced.write(ZH, synced.read(ZH) + text)
    errors = run(synced, "check", fails=True)
    assert f"the section 'more' is marked as not translated from '{mark}', which lacks it" in errors
    assert synced.build().returncode == 0


# check


STRUCTURE = {
    "a missing formula": ("$r_t$", "x", "the formula r_t stands here and not"),
    "another formula": ("$r_t$", "$r_u$", "the formula r_u stands here where"),
    "a missing snippet": ('```python\n--8<-- "gates/gru/one.py"\n```\n', "", "the block ```python"),
    "another level": ("## reset", "### reset", "the heading level ### stands here where"),
    "a displayed formula": ("$r_t$", "\n\n$$\nx\n$$\n\n$r_t$", "the displayed formula x"),
    "a drawing": ("$r_t$.", "$r_t$.\n\n![x](figure:gru-cell)", "the picture figure:gru-cell"),
    "a link": ("$r_t$", "$r_t$ [a](../index.md)", "the link ../index.md stands here and not"),
    "a table's shape": ("$r_t$.", "$r_t$.\n\n| a |\n| - |\n| 1 |", "the table of 2 rows × 1"),
    "a box": ("$r_t$.", "$r_t$.\n\n!!! note\n\n    x", "the box note stands here and not"),
    "an output instead of a block": ("```text", "```console", "the block ```console"),
    "blocks in another order": (
        '```python\n--8<-- "gates/gru/one.py"\n```\n\n```text\n--8<-- "gates/gru/one.out"\n```\n',
        '```text\n--8<-- "gates/gru/one.out"\n```\n\n```python\n--8<-- "gates/gru/one.py"\n```\n',
        "put them in the same order",
    ),
    "a section more": ("The reset", "## More { #more }\n\nThe reset", "page has no section 'more'"),
}  # fmt: skip


@pytest.mark.parametrize("name", STRUCTURE)
def test_what_must_be_equal_and_is_not(synced, name):
    old, new, message = STRUCTURE[name]
    synced.edit(EN, old, new)
    errors = run(synced, "check", fails=True)
    (line, *_) = (line for line in errors.splitlines() if message in line)
    file, number, _ = line.split(":", 2)
    assert file in (EN, ZH) and 0 < int(number) <= len(synced.read(file).splitlines())


def test_a_drawing_whose_parts_one_language_alone_explains(synced):
    synced.edit(EN, "$r_t$.", "$r_t$.\n\n![A cell of a GRU](figure:gru-cell){ cell=gru }")
    synced.edit(ZH, "$r_t$", "$r_t$\n\n![GRU 单元](figure:gru-cell)\n\n")
    message = "the picture figure:gru-cell cell=gru stands here where"
    assert message in run(synced, "check", fails=True)


def test_a_code_cell_that_differs(synced):
    for code in ("en", "zh"):
        synced.write(f"docs/{code}/evidence/run.py", notebook(code))
    assert not [f for f in between_languages(synced.overview()) if f.file.endswith("run.py")]
    synced.edit("docs/zh/evidence/run.py", "print(", "print(1, ")
    assert "the code cell ```python print(1, " in run(synced, "check", fails=True)


def test_a_site_in_order(synced):
    assert run(synced, "check") == ""


def test_links_and_formulas_in_a_sentence_may_change_places(project):
    project.edit(EN, "$r_t$", "$a$ and $b$ in [a](../index.md), [b](#gru)")
    project.edit(ZH, "$r_t$", "[b](#gru)、[a](../index.md) 里的 $b$ 和 $a$")
    assert between_languages(project.overview()) == []


def test_who_writes_one_language_alone_sees_nothing_fail(synced):
    synced.edit(EN, "The reset gate $r_t$.", "A gate, $r_t = 1$. [Home](../index.md)")
    synced.write(
        EN, synced.read(EN) + '\n## More { #more }\n\n```python\n--8<-- "gates/gru/one.py"\n```\n'
    )
    synced.write("docs/zh/only.md", "# 只有中文 { #only }\n\n文字 $x$。\n")
    text = "# Another { #another }\n\n[A link](gates/gru.md#more)\n"
    synced.write("docs/en/another.md", text)
    synced.navigation("index.md", PAGE, "only.md", "another.md")
    assert all(f.level is Level.BLOCKS_SYNC for f in between_languages(synced.overview()))
    ran = synced.build()
    assert ran.returncode == 0, ran.stdout
    assert synced.run("tools.checks").returncode == 0


def test_a_file_that_is_not_utf8_is_named(synced):
    (synced.folder / EN).write_bytes(b"# A { #a }\n\n\xff\xfe\n")
    assert f"{EN}:3: this file is not in UTF-8" in run(synced, "status", fails=True)


def test_a_byte_order_mark_changes_nothing(synced):
    for path in (EN, LOCK):
        file = synced.folder / path
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert "#" not in run(synced, "status")


def test_an_id_of_other_signs_is_an_error(synced):
    synced.edit(EN, "#reset-gate }", "#reset.gate }")
    ran = synced.run("tools.checks")
    assert "the id 'reset.gate' is more than letters, digits, - and _" in ran.stderr


def test_reading_a_part_of_the_output_is_enough(synced):
    command = f"{sys.executable} -m tools.translations --help | head -1; "
    command += f"{sys.executable} -m tools.translations status | true"
    ran = subprocess.run(command, shell=True, cwd=synced.folder, capture_output=True, text=True)
    assert "Traceback" not in ran.stderr


# three languages


def test_one_language_may_follow_before_another(synced):
    run(synced, "add-language", "ja")
    run(synced, "new", PAGE, "--lang", "ja")
    page = synced.read(f"docs/ja/{PAGE}").replace("\n<!-- untranslated: en -->\n", "")
    synced.write(f"docs/ja/{PAGE}", page.replace("The reset gate", "リセットゲート"))
    run(synced, "sync", PAGE)
    for code, word in (("en", "The reset gate"), ("zh", "The 重置门")):
        synced.edit(f"docs/{code}/{PAGE}", f"{word} $r_t$.", f"{word}: $r_t$.")
    assert "en and zh changed and ja did not" in run(synced, "sync", PAGE, fails=True)
    run(synced, "sync", PAGE, "--lang", "en", "--lang", "zh")
    standings = synced.overview().by_key[f"{PAGE}#reset-gate"].standings
    assert {code: str(s.state) for code, s in standings.items()} == {
        "en": "in sync", "ja": "behind", "zh": "in sync",
    }  # fmt: skip
    assert list(standings["ja"].behind) == ["en", "zh"]
