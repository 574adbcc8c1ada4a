"""Whether pages keep to the glossary: forms to avoid, and terms that one language alone uses."""

import re
from collections.abc import Iterator

from tools.sources.findings import Finding, Level
from tools.sources.glossary import FILE, Glossary, Term, any_of, folded, load
from tools.sources.pages import Words
from tools.sources.sections import Section
from tools.sources.sources import Sources
from tools.translations.overview import Overview, Row

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")  # what others say is named, not used


def check(overview: Overview) -> list[Finding]:
    """Find forms to avoid, and terms that one language uses in a section and another never."""
    glossary = load(overview.sources.root)
    found = [*_unknown(overview.sources, glossary), *_avoided(overview.sources, glossary)]
    return found + [f for row in overview.rows for f in _one_sided(overview, row, glossary)]


def _unknown(sources: Sources, glossary: Glossary) -> Iterator[Finding]:
    """Find languages that the site has not."""
    for term in glossary.terms.values():
        known = {*term.names, *term.definition, *term.also, *term.elsewhere, *term.avoid}
        for code in known - sources.pages.keys():
            message = f"the term '{term.key}' speaks of '{code}', which is no language of this site"
            yield Finding(FILE.as_posix(), term.line, f"{message}; begin it, or mend the name")


def _avoided(sources: Sources, glossary: Glossary) -> Iterator[Finding]:
    for language in sources.languages:
        forms = {
            form: (term, reason)
            for term in glossary.terms.values()
            for form, reason in term.avoid.get(language.code, {}).items()
        }
        pattern = any_of(forms)
        for path, page in sources.pages[language.code].items():
            for first, text in _paragraphs(page.words):
                for found in pattern.finditer(_QUOTED.sub(_blank, text)):
                    term, reason = forms[folded(found[0], forms)]
                    form_used = " ".join(found[0].split())
                    yield Finding(
                        sources.file(path, language.code),
                        first + text[: found.start()].count("\n"),
                        f"'{form_used}' is a form to avoid: {reason}. "
                        f"The term is '{term.name(language.code)}'",
                    )


def _blank(found: re.Match[str]) -> str:
    """Write as many blanks, so that what follows keeps its place and its line."""
    return re.sub(r"[^\n]", " ", found[0])


def _paragraphs(words: list[Words]) -> Iterator[tuple[int, str]]:
    """Join lines that follow each other into one text, with the number of the first."""
    first, text, last = 0, "", -1
    for word in words:
        if word.line == last + 1:
            text += "\n" + word.text
        else:
            if text:
                yield first, text
            first, text = word.line, word.text
        last = word.line
    if text:
        yield first, text


def _one_sided(overview: Overview, row: Row, glossary: Glossary) -> Iterator[Finding]:
    texts = {code: _text(section) for code, section in row.translated().items()}
    for code, text in texts.items():
        used = {term.key: term for _, _, term in glossary.uses(text, code)}
        for other in texts:
            for term in used.values():
                if other == code or other not in term.names:
                    continue
                if not glossary.mentions(term, texts[other], other):
                    yield _unmatched(overview, row, glossary, term, code, other)


def _unmatched(
    overview: Overview, row: Row, glossary: Glossary, term: Term, code: str, other: str
) -> Finding:
    section = row.sections[code]
    lines = (
        words.line
        for words in section.within(section.page.words)
        if any(used == term for _, _, used in glossary.uses(words.text, code))
    )
    return Finding(
        overview.sources.file(row.page, code),
        next(lines, section.heading.line),
        f"this section says '{term.names[code]}' and never '{term.names[other]}' in "
        f"{overview.sources.file(row.page, other)}:{row.sections[other].heading.line}; "
        "use the term in both, or in neither",
        Level.NOTE,
    )


def _text(section: Section) -> str:
    return "\n".join(words.text for words in section.within(section.page.words))
