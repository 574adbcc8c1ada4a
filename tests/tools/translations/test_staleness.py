"""A benchmark of edits that fool other projects: how each leaves the languages, both ways round.

Each case changes a site whose languages say the same and tells which sections are no longer in
sync afterwards, and how: first the language that the case calls `one`, then the `other`. Every case
is run with English as `one` and with Chinese.
"""

import shutil
from dataclasses import dataclass

import pytest

from tests.project import Project
from tests.sources import PAGES_OF_TESTS
from tools.translations.ledger import LOCK

# What the page of the benchmark, tests/pages/staleness, says in each language.
WORDS = {
    "en": {
        "head": "Gates",
        "first": "A gate decides.",
        "second": "It keeps\nor drops.",
        "new": "New.",
    },
    "zh": {"head": "门", "first": "门做决定。", "second": "留下\n或丢掉。", "new": "新的。"},
}


IN_SYNC = ("in sync", "in sync")
AHEAD = ("ahead", "behind")
BEHIND = ("behind", "ahead")
BOTH = ("both moved", "both moved")
GONE = ("missing", "in sync")
ONLY = ("in sync", "missing")
NEW = ("never compared", "never compared")


@dataclass
class Bench:
    """The site, and the two languages in the roles that a case gives them."""

    project: Project
    one: str
    other: str

    def page(self, code: str, path: str = "gates/gru.md") -> str:
        return f"docs/{code}/{path}"

    def edit(self, code: str, old: str, new: str, path: str = "gates/gru.md") -> None:
        """Replace text; {words} stand for the language's own."""
        words = WORDS[code]
        self.project.edit(self.page(code, path), old.format(**words), new.format(**words))

    def section(self, code: str, section_id: str) -> str:
        """A section's source."""
        text = self.project.read(self.page(code))
        start = text.index(f"## {WORDS[code]['head']} {section_id.upper()} {{")
        end = text.find("\n## ", start)
        return text[start : end + 1 if end > 0 else None]

    def drop(self, code: str, section_id: str) -> str:
        section = self.section(code, section_id)
        self.project.edit(self.page(code), section, "")
        return section

    def append(self, code: str, text: str, path: str = "gates/gru.md") -> None:
        page = self.page(code, path)
        self.project.write(page, self.project.read(page).rstrip() + "\n\n" + text)

    def move(self, code: str, source: str, target: str) -> None:
        folder = self.project.folder
        shutil.move(folder / self.page(code, source), folder / self.page(code, target))

    @property
    def both(self) -> tuple[str, str]:
        return self.one, self.other

    def branch(self, name: str) -> None:
        self.project.git("checkout", "-q", "-b", name)

    def main(self) -> None:
        self.project.git("checkout", "-q", "main")


CASES = {}


def case(git: bool = False, **expected: tuple[str, str]):
    """Register a case under its function's name; sections are named by page and id: gru_a.

    With `git`, the site is committed before the case begins.
    """

    def register(function):
        CASES[function.__name__] = (function, git, expected)
        return function

    return register


# Nothing that anybody reads has changed


@case()
def nothing(b):
    pass


@case()
def spaces_at_the_ends_of_lines(b):
    b.edit(b.one, "{first}\n", "{first}  \n")


@case()
def a_paragraph_reflowed(b):
    b.edit(b.one, "{first} {second}", "{first}\n" + WORDS[b.one]["second"].replace("\n", " "))


@case()
def line_endings_of_windows(b):
    file = b.project.folder / b.page(b.one)
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))


@case()
def a_table_padded(b):
    b.edit(b.one, "| --- | --- |\n| 1 | 2 |", "| ---- | ------ |\n| 1    | 2      |")


@case()
def blank_lines_added(b):
    b.edit(b.one, "\n\n## {head} B", "\n\n\n\n## {head} B")


@case()
def the_last_line_feed_taken_out(b):
    file = b.project.folder / b.page(b.one)
    file.write_bytes(file.read_bytes().rstrip(b"\n"))


@case(git=True)
def changed_and_changed_back(b):
    b.edit(b.one, "{first} See", "{new} See")
    b.project.commit()
    b.edit(b.one, "{new} See", "{first} See")


@case()
def a_section_moved_down_in_both(b):
    for code in b.both:
        b.append(code, b.drop(code, "a"))


# One language moved


@case(gru_a=AHEAD)
def a_sentence_changed(b):
    b.edit(b.one, "{first} {second}", "{new} {second}")


@case(gru_c=AHEAD)
def a_full_stop_changed(b):
    b.edit(b.one, "{second}\n\n```python", "{second}!\n\n```python")


@case(gru_a=AHEAD)
def a_heading_renamed(b):
    b.edit(b.one, "## {head} A", "## {new} A")


@case(gru_a=AHEAD)
def a_heading_lowered(b):
    b.edit(b.one, "## {head} A", "### {head} A")


@case(gru_gru=AHEAD)
def the_description_changed(b):
    b.edit(b.one, "description: {head}", "description: {new}")


@case(gru_a=AHEAD)
def a_displayed_formula_changed(b):
    b.edit(b.one, "x + y", "x - y")


@case(gru_b=AHEAD)
def a_formula_in_a_sentence_changed(b):
    b.edit(b.one, "$z$", "$r$")


@case(gru_b=AHEAD)
def a_link_led_elsewhere(b):
    b.edit(b.one, "../index.md", "#c")


@case(gru_c=AHEAD)
def a_snippet_exchanged(b):
    b.project.write("snippets/gates/gru/two.py", "print(2)\n")
    b.edit(b.one, '--8<-- "gates/gru/one.py"', '--8<-- "gates/gru/two.py"')


@case(gru_c=AHEAD)
def a_block_edited(b):
    b.edit(b.one, "echo 1", "echo 2")


@case(gru_c=AHEAD)
def a_block_indented_otherwise(b):
    b.edit(b.one, "    then", "then")


@case(gru_b=AHEAD)
def another_part_of_a_drawing_lit(b):
    b.edit(b.one, "lit=reset-gate", "lit=update-gate")


@case(gru_b=AHEAD)
def a_row_added_to_a_table(b):
    b.edit(b.one, "| 1 | 2 |", "| 1 | 2 |\n| 3 | 4 |")


@case(gru_c=AHEAD)
def a_box_of_another_kind(b):
    b.edit(b.one, "??? question", "??? note")


@case(git=True, gru_a=AHEAD)
def a_cosmetic_edit_in_the_language_that_is_behind(b):
    b.edit(b.one, "{first} {second}", "{new} {second}")
    b.project.commit(day="2026-11-02")
    b.edit(b.other, "{first} {second}", "{first}\n{second}")
    b.project.commit(day="2026-11-03")


@case(gru_a=AHEAD, gru_b=BEHIND)
def each_language_moved_in_another_section(b):
    b.edit(b.one, "{first} {second}", "{new} {second}")
    b.edit(b.other, "{first} See", "{new} See")


# Both moved


@case(gru_a=BOTH)
def both_moved_at_once(b):
    for code in b.both:
        b.edit(code, "{first} {second}", "{new} {second}")


@case(git=True, gru_a=BOTH)
def a_misspelling_mended_in_the_translation_after_the_source_moved(b):
    b.edit(b.one, "{first} {second}", "{new} {second}")
    b.project.commit(day="2026-11-02")
    b.edit(b.other, "{first} {second}", "{first}. {second}")
    b.project.commit(day="2026-11-03")


@case(git=True, gru_a=BOTH)
def a_later_date_in_the_older_translation(b):
    b.edit(b.other, "{first} {second}", "{new} {second}")
    b.project.commit(day="2026-11-02")
    b.edit(b.one, "{first} {second}", "{first}! {second}")
    b.project.commit(day="2026-11-09")


# Declared


@case()
def the_other_followed_and_it_was_declared(b):
    both_moved_at_once(b)
    b.project.sync("gates/gru.md#a")


@case()
def the_other_need_not_follow(b):
    a_sentence_changed(b)
    b.project.sync("gates/gru.md#a", reason="a misspelling")


@case(gru_a=BEHIND)
def declared_and_then_the_other_moved(b):
    the_other_need_not_follow(b)
    b.edit(b.other, "{first} {second}", "{new} {second}")


@case(gru_a=NEW)
def a_line_of_the_ledger_lost(b):
    lines = b.project.read(LOCK.as_posix()).splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("gates/gru.md#a ")]
    b.project.write(LOCK.as_posix(), "".join(kept))


# Sections that come, go and move


@case(gru_d=ONLY)
def a_section_added(b):
    b.append(b.one, "## D { #d }\n\nText.\n")


@case(gru_d=NEW)
def a_section_added_in_both(b):
    for code in b.both:
        b.append(code, "## D { #d }\n\nText.\n")


@case(gru_b=GONE)
def a_section_deleted(b):
    b.drop(b.one, "b")


@case()
def a_section_deleted_in_both(b):
    for code in b.both:
        b.drop(code, "b")


@case(gru_b=GONE, gru_d=ONLY)
def an_id_changed(b):
    b.edit(b.one, "#b }}", "#d }}")


@case(gru_d=NEW)
def an_id_changed_in_both(b):
    for code in b.both:
        b.edit(code, "#b }}", "#d }}")


@case(gru_a=AHEAD, gru_d=ONLY)
def a_section_split(b):
    b.edit(b.one, "{first} {second}", "{first}\n\n## D {{ #d }}\n\n{second}")


@case(gru_a=BOTH, gru_d=NEW)
def a_section_split_in_both(b):
    for code in b.both:
        b.edit(code, "{first} {second}", "{first}\n\n## D {{ #d }}\n\n{second}")


@case(gru_a=AHEAD, gru_b=GONE)
def two_sections_merged(b):
    b.edit(b.one, "## {head} B {{ #b }}\n\n", "")


@case(gru_a=BOTH)
def two_sections_merged_in_both(b):
    for code in b.both:
        b.edit(code, "## {head} B {{ #b }}\n\n", "")


@case()
def a_section_moved_to_another_page(b):
    for code in b.both:
        b.append(code, b.drop(code, "b"), "index.md")


@case(index_b=AHEAD)
def a_section_moved_to_another_page_and_edited_in_one_language(b):
    a_section_moved_to_another_page(b)
    b.edit(b.one, "{first} See", "{new} See", "index.md")


@case(gru_b=GONE, index_b=ONLY)
def a_section_moved_to_another_page_in_one_language(b):
    b.append(b.one, b.drop(b.one, "b"), "index.md")


@case()
def a_page_renamed(b):
    for code in b.both:
        b.move(code, "gates/gru.md", "gates/new.md")


@case(new_gru=AHEAD)
def a_page_renamed_and_edited_in_one_language(b):
    a_page_renamed(b)
    b.edit(b.one, "description: {head}", "description: {new}", "gates/new.md")


@case(**{f"gru_{section_id}": GONE for section_id in ("gru", "a", "b", "c")})
def a_page_deleted(b):
    b.project.remove(b.page(b.one))


@case(more_more=ONLY, more_d=ONLY)
def a_page_added(b):
    b.project.write(b.page(b.one, "more.md"), "# More { #more }\n\n## D { #d }\n")


@case(index_home=GONE)
def a_page_laid_out_and_not_yet_written(b):
    b.edit(b.one, "#home }}\n", f"#home }}}}\n\n<!-- untranslated: {b.other} -->\n", "index.md")


# Branches and clones


@case(git=True)
def a_squash_of_a_branch_that_declared(b):
    b.branch("work")
    a_sentence_changed(b)
    b.project.commit(day="2026-11-02")
    b.edit(b.other, "{first} {second}", "{new} {second}")
    b.project.sync("gates/gru.md#a")
    b.project.commit(day="2026-11-03")
    b.main()
    b.project.git("merge", "-q", "--squash", "work")
    b.project.commit(day="2026-11-04")


@case(git=True, gru_a=AHEAD)
def a_squash_of_a_branch_that_moved_on_after_declaring(b):
    b.branch("work")
    both_moved_at_once(b)
    b.project.sync("gates/gru.md#a")
    b.project.commit(day="2026-11-02")
    b.edit(b.one, "{new} {second}", "{new}! {second}")
    b.project.commit(day="2026-11-03")
    b.main()
    b.project.git("merge", "-q", "--squash", "work")
    b.project.commit(day="2026-11-04")


@case(git=True)
def a_merge_of_two_branches_that_declared_neighbouring_sections(b):
    edits = {"x": ("{first} {second}", "{new} {second}"), "y": ("{first} See", "{new} See")}
    for name, (old, new) in edits.items():
        b.branch(name)
        for code in b.both:
            b.edit(code, old, new)
        b.project.sync()
        b.project.commit(day="2026-11-02")
        b.main()
    b.project.git("merge", "-q", "x")
    b.project.git("merge", "-q", "-m", "merge", "y", day="2026-11-03")


@case(git=True)
def a_merge_of_two_branches_that_each_added_and_declared_a_section(b):
    for name in ("x", "y"):
        b.branch(name)
        for code in b.both:
            place = "## {head} B" if name == "x" else "## {head} C"
            b.edit(code, place, f"## {name} {{{{ #ab-{name} }}}}\n\n{{new}}\n\n{place}")
        b.project.sync()
        b.project.commit(day="2026-11-02")
        b.main()
    b.project.git("merge", "-q", "x")
    b.project.git("merge", "-q", "-m", "merge", "y", day="2026-11-03")


@case(git=True, gru_a=BOTH)
def a_merge_of_two_branches_that_moved_a_language_each(b):
    for code in b.both:
        b.branch(code)
        b.edit(code, "{first} {second}", "{new} {second}")
        b.project.commit(day="2026-11-02")
        b.main()
    b.project.git("merge", "-q", b.one)
    b.project.git("merge", "-q", "-m", "merge", b.other, day="2026-11-03")


@case(git=True, gru_b=AHEAD)
def a_merge_of_a_declared_section_and_a_moved_one(b):
    b.branch("x")
    both_moved_at_once(b)
    b.project.sync("gates/gru.md#a")
    b.project.commit(day="2026-11-02")
    b.main()
    b.edit(b.one, "{first} See", "{new} See")
    b.project.commit(day="2026-11-02")
    b.project.git("merge", "-q", "-m", "merge", "x", day="2026-11-03")


@case(git=True, gru_a=AHEAD)
def a_declared_section_that_a_merged_branch_had_moved(b):
    b.branch("x")
    b.edit(b.one, "x + y", "x - y")
    b.project.commit(day="2026-11-02")
    b.main()
    for code in b.both:
        b.edit(code, "## {head} A", "## {new} A")
    b.project.sync("gates/gru.md#a")
    b.project.commit(day="2026-11-02")
    b.project.git("merge", "-q", "-m", "merge", "x", day="2026-11-03")


@case(git=True, gru_a=AHEAD)
def a_shallow_clone(b):
    a_sentence_changed(b)
    b.project.commit(day="2026-11-02")
    shallow = b.project.folder.parent / "shallow"
    b.project.git("clone", "-q", "--depth", "1", f"file://{b.project.folder}", str(shallow))
    b.project.folder = shallow


@pytest.mark.parametrize("one, other", [("en", "zh"), ("zh", "en")])
@pytest.mark.parametrize("name", CASES)
def test_how_an_edit_leaves_the_languages(project, name, one, other):
    change, git, expected = CASES[name]
    for code in WORDS:
        page = PAGES_OF_TESTS / f"staleness/{code}.md"
        project.write(f"docs/{code}/gates/gru.md", page.read_text("utf-8"))
    project.sync()
    if git:
        project.commit()
    change(Bench(project, one, other))
    found = {
        f"{row.page.rpartition('/')[2].removesuffix('.md')}_{row.id}": (
            row.standings[one].state,
            row.standings[other].state,
        )
        for row in project.overview().rows
    }
    assert {key: state for key, state in found.items() if state != IN_SYNC} == expected


def test_the_benchmark_is_large_enough():
    assert len(CASES) >= 40
