"""Writes the field that filters what stands below it: messages by a message, snippets by words."""

from tools.sources.languages import Language
from tools.translations.overview import Overview

SILENT = "pytorch/silent.md"  # where what has no message is looked up
_OFF = 'autocomplete="off" autocapitalize="off" spellcheck="false"'


def _messages(page: str, language: Language, overview: Overview) -> str:
    silent = overview.sources.link(SILENT, page, language)
    return _field(
        "filter", f'<textarea id="gg-sought" rows="2" {_OFF}></textarea>', language, silent
    )


def _snippets(page: str, language: Language, overview: Overview) -> str:
    return _field("code", f'<input id="gg-sought" type="text" {_OFF}>', language)


def _field(words: str, field: str, language: Language, silent: str = "") -> str:
    """Write a field, what is said of what is left, and where to go on; some words are its own."""
    text = language.text
    everywhere = f'<a class="gg-everywhere">{text["filter_everywhere"]}</a>'
    on = text[f"{words}_on"].format(everywhere=everywhere, silent=silent)
    return "\n\n".join(
        [
            f'<div class="gg-filter" data-left="{text[f"{words}_left"]}" '
            f'data-none="{text[f"{words}_none"]}" markdown data-search-exclude>',
            f'<form><label for="gg-sought">{text[f"{words}_by"]}</label>\n{field}\n'
            f'<button type="reset">{text["forget"]}</button></form>',
            '<p class="gg-left" role="status"></p>',
            f'<div class="gg-on" markdown hidden>\n\n{on}\n\n</div>',
            "</div>",
        ]
    )


WRITERS = {"filter": _messages, "filter-code": _snippets}
