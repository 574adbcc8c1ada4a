"""Checks that each language file has every word of buttons, banners and tables in mkdocs.yml."""

import re
from collections.abc import Iterator
from typing import Any

from tools.project import yaml_file
from tools.sources import pages
from tools.sources.findings import Finding
from tools.sources.languages import Language
from tools.translations.overview import Overview

_PLACE = re.compile(r"\{(\w+)\}")


def check(overview: Overview) -> Iterator[Finding]:
    """Find words that a language file lacks, that are no text, or that ask for what no page has."""
    main, *others = overview.sources.languages
    wanted = _extra(main)["text"]
    for language in others:
        file = language.config_file
        for at, message in _faults(_extra(language), wanted, main):
            line = pages.line_of(file, at)
            yield Finding(file.relative_to(overview.sources.root).as_posix(), line, message)


def _extra(language: Language) -> dict[str, Any]:
    extra = (yaml_file.load(language.config_file) or {}).get("extra")
    return extra if isinstance(extra, dict) else {}


def _faults(
    extra: dict[str, Any], wanted: dict[str, str], main: Language
) -> Iterator[tuple[str, str]]:
    """Give a text on the line at fault, and what to do."""
    if "language" not in extra:
        yield "extra:", "extra.language is missing; write the language's own name there"
    words = extra.get("text") or {}
    lacking = [f"'{name}'" for name in wanted if name not in words]
    if lacking:
        has = f"extra.text lacks {', '.join(lacking)}, which mkdocs.yml has in {main.name}"
        yield "  text:", f"{has}; add {'it' if len(lacking) == 1 else 'them'} here"
    for name, text in words.items():
        if name not in wanted:
            yield f"{name}:", f"mkdocs.yml has no '{name}' under extra.text; mend the name"
        elif not isinstance(text, str):
            yield f"{name}:", f"'{name}' has {text!r} here; write a text there"
        else:
            yield from ((f"{name}:", message) for message in _places(name, text, wanted[name]))


def _places(name: str, text: str, model: str) -> Iterator[str]:
    known = [f"{{{place}}}" for place in dict.fromkeys(_PLACE.findall(model))]
    for place in _PLACE.findall(text):
        if f"{{{place}}}" not in known:
            may = f"it may ask for {', '.join(known)}" if known else "take it out"
            yield f"'{name}' asks for {{{place}}}; {may}"
    if "{" in (rest := _PLACE.sub("", text)) or "}" in rest:
        yield f"'{name}' has a brace without its other one; write {' and '.join(known) or 'none'}"
