"""Writes which lesson a page is, what comes next, and the outline of all lessons."""

from collections.abc import Callable

from tools.sources import lessons
from tools.sources.languages import Language
from tools.translations.overview import Overview


def _box(page: str, language: Language, overview: Overview) -> str:
    every = lessons.load(overview.sources)
    (this,) = (lesson for lesson in every if lesson.path == page)
    words = language.text["lesson"].format(
        number=this.number, count=len(every), minutes=this.minutes
    )
    return f"{words}\n{{ .gg-lesson }}"


def _next(page: str, language: Language, overview: Overview) -> str:
    text, every = language.text, lessons.load(overview.sources)
    (this,) = (lesson for lesson in every if lesson.path == page)
    if following := every[this.number : this.number + 1]:
        words = text["lesson_next"].format(
            number=this.number + 1,
            count=len(every),
            title=overview.sources.link(following[0].path, page, language),
            minutes=following[0].minutes,
        )
    else:
        words = text["lesson_last"].format(count=len(every))
    # Without scripts there is nothing that could remember, so no button shows.
    button = (
        f'<button type="button" class="gg-done" data-lesson="{this.id}" aria-pressed="false" '
        f"hidden>{text['lesson_done']}</button>"
    )
    return _division("gg-next", words, button)


def _outline(page: str, language: Language, overview: Overview) -> str:
    text, every = language.text, lessons.load(overview.sources)
    entries = [
        text["lesson_entry"].format(
            title=overview.sources.link(lesson.path, page, language), minutes=lesson.minutes
        )
        for lesson in every
    ]
    together = text["lessons_together"].format(
        count=len(every), minutes=sum(lesson.minutes for lesson in every)
    )
    progress = (
        f'<p class="gg-progress" data-words="{text["lessons_done"]}"'
        f' data-go-on="{text["lessons_go_on"]}" hidden>'
        f'<span></span> <button type="button">{text["lessons_forget"]}</button></p>'
    )
    return _division(
        "gg-lessons", "\n".join(f"1. {entry}" for entry in entries), together, progress
    )


def _division(name: str, *blocks: str) -> str:
    return "\n\n".join([f'<div class="{name}" markdown data-search-exclude>', *blocks, "</div>"])


WRITERS: dict[str, Callable[..., str]] = {
    lessons.BOX: _box,
    lessons.NEXT: _next,
    lessons.OUTLINE: _outline,
}
