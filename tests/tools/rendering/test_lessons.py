"""Lessons: which one a page is, what comes next, all of them with their minutes, and what lacks."""

import pytest

from tools.checks.suite import check
from tools.rendering.placeholders import filled

PAGE = """\
---
{head}
---

# {title} {{ #{name} }}

<!-- generated: lesson -->

Text.

<!-- generated: next -->
"""
HEAD = "section: Gates\nminutes: {minutes}"
LESSONS = {"gates/one.md": ("One", "一", 10), "gates/two.md": ("Two", "二", 5)}


@pytest.fixture
def course(project):
    """A project with two lessons, in two languages."""
    for path, (english, chinese, minutes) in LESSONS.items():
        for code, title in (("en", english), ("zh", chinese)):
            head, name = HEAD.format(minutes=minutes), path[6:9]
            page = PAGE.format(head=head, title=title, name=name)
            project.write(f"docs/{code}/{path}", page)
    project.navigation("index.md", "gates/gru.md", *LESSONS)
    return project


def written(course, code: str, path: str, name: str) -> str:
    overview = course.overview()
    request = f"<!-- generated: {name} -->"
    return filled(request, path, overview.sources.language(code), overview)


def test_a_lesson_says_which_it_is_and_what_comes_next(course):
    assert check(course.folder) == []
    box = written(course, "en", "gates/two.md", "lesson")
    assert box == "**Lesson 2 of 2** · 5 minutes\n{ .gg-lesson }"
    following = written(course, "en", "gates/one.md", "next")
    assert "Next, lesson 2 of 2: [Two](two.md) · 5 minutes" in following
    assert 'data-lesson="gates/one"' in following
    last = written(course, "zh", "gates/two.md", "next")
    assert "2 课到此全部学完。" in last and "下一课" not in last


def test_the_outline_has_each_lesson_in_the_order_of_the_navigation_and_the_sum(course):
    outline = written(course, "zh", "index.md", "lessons")
    minutes = "1. [一](gates/one.md) · 10\xa0分钟\n1. [二](gates/two.md) · 5\xa0分钟\n"
    assert minutes in outline
    assert "一共 2 课，读完要 15 分钟。" in outline
    course.navigation("index.md", "gates/gru.md", *reversed(LESSONS))
    outline = written(course, "en", "index.md", "lessons")
    minutes = "1. [Two](gates/two.md) · 5\xa0min\n1. [One](gates/one.md) · 10\xa0min\n"
    assert minutes in outline


def test_a_lesson_that_one_language_lacks_is_in_the_other_ones_words(course):
    course.remove("docs/zh/gates/two.md")
    outline = written(course, "zh", "index.md", "lessons")
    assert '1. [<span lang="en">Two</span>](gates/two.md) · 5\xa0分钟' in outline


@pytest.mark.parametrize(
    "old, new, line, message",
    [
        ("minutes: 10\n", "", 1, "a lesson says how long its reading takes; add 'minutes: 10'"),
        ("minutes: 10\n", "minutes: 0\n", 1, "a lesson says how long its reading takes"),
        ("minutes: 10\n", "minutes: ten\n", 3, "'minutes' has 'ten' here; write a whole number"),
        ("minutes: 10\n", "minutes: 9\n", 3, "9 minutes here are 10 in the other language"),
        ("<!-- generated: next -->\n", "", 1, "a lesson says what comes next; add the line <!--"),
        ("<!-- generated: lesson -->\n", "", 1, "a lesson says which lesson it is; add the line"),
    ],
)
def test_a_lesson_that_lacks_something_stops_the_build(course, old, new, line, message):
    course.edit("docs/zh/gates/one.md", old, new)
    finding = next(found for found in check(course.folder) if message in found.message)
    assert (finding.file, finding.line) == ("docs/zh/gates/one.md", line)
