"""Writes the field that filters the entries of the page on errors by a message."""

from tools.sources.languages import Language
from tools.translations.overview import Overview

SILENT = "pytorch/silent.md"  # where what has no message is looked up


def _filter(page: str, language: Language, overview: Overview) -> str:
    text = language.text
    on = text["filter_on"].format(
        everywhere=f'<a class="gg-everywhere">{text["filter_everywhere"]}</a>',
        silent=overview.sources.link(SILENT, page, language),
    )
    return "\n\n".join(
        [
            f'<div class="gg-filter" data-left="{text["filter_left"]}" '
            f'data-none="{text["filter_none"]}" markdown data-search-exclude>',
            f'<form><label for="gg-message">{text["filter_by"]}</label>\n'
            '<textarea id="gg-message" rows="2" autocomplete="off" autocapitalize="off" '
            'spellcheck="false"></textarea>\n'
            f'<button type="reset">{text["forget"]}</button></form>',
            '<p class="gg-left" role="status"></p>',
            f'<div class="gg-on" markdown hidden>\n\n{on}\n\n</div>',
            "</div>",
        ]
    )


WRITERS = {"filter": _filter}
