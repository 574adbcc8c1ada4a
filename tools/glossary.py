"""docs/glossary.yml: every term once, where pages use it, and whether they keep to it."""

import re
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from tools import files, mathml, yaml_file
from tools.errors import UserError
from tools.overview import Overview, Row
from tools.pages import Words
from tools.sections import Section
from tools.site import Finding, Level, Site

FILE = Path("docs") / "glossary.yml"

_FORMS: tuple[str, Callable[[Any], bool]] = (
    "a list of forms for each language",
    lambda value: _each(value, list) and all(isinstance(f, str) for v in value.values() for f in v),
)
_SHAPES: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "symbol": ("a symbol", lambda value: isinstance(value, str)),
    "definition": ("a sentence for each language", lambda value: _each(value, str)),
    "also": _FORMS,
    "elsewhere": _FORMS,
    "avoid": (
        "for each language, forms with their reasons",
        lambda value: _each(value, dict) and all(_each(forms, str) for forms in value.values()),
    ),
}
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")  # what others say is named, not used
_KEY = re.compile(r"[a-z0-9-]+")
_LETTER = r"[0-9A-Za-z\u00c0-\u024f_-]"  # Chinese may follow a Latin word without a space
_SHORTEST = 2  # a single Chinese sign such as 门 is a part of too many other words


@dataclass(frozen=True)
class Term:
    """A term in each language, its symbol, its definition, and its other forms."""

    key: str
    line: int
    names: dict[str, str]
    symbol: str | None = None
    definition: dict[str, str] = field(default_factory=dict)
    also: dict[str, list[str]] = field(default_factory=dict)
    elsewhere: dict[str, list[str]] = field(default_factory=dict)
    avoid: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def signs(self) -> list[str]:
        """The symbols that formulas use for it."""
        return [sign.strip() for sign in (self.symbol or "").split(",") if sign.strip()]

    def name(self, code: str) -> str:
        """The term in a language, or in the first that has it where this one is only begun."""
        return self.names.get(code) or next(iter(self.names.values()))

    def defined(self, code: str) -> str:
        return self.definition.get(code) or next(iter(self.definition.values()))


class Glossary:
    """All terms by their keys."""

    def __init__(self, terms: dict[str, Term]):
        self.terms = terms
        self._matchers: dict[str, tuple[dict[str, Term], re.Pattern[str]]] = {}

    @cached_property
    def defined(self) -> list[Term]:
        """The terms that a reader may look up; the others only label drawings and plots."""
        return [term for term in self.terms.values() if term.definition]

    def uses(self, text: str, code: str) -> Iterator[tuple[int, int, Term]]:
        """Where a text names a defined term in a language: start, end, term."""
        forms, pattern = self._matcher(code)
        for found in pattern.finditer(text):
            yield found.start(), found.end(), forms[_folded(found[0], forms)]

    def mentions(self, term: Term, text: str, code: str) -> bool:
        """Whether a text has any form of a term, as a part of a longer word too."""
        forms = [term.name(code), *term.also.get(code, [])]
        text = " ".join(text.lower().split())
        return any(form.lower() in text or form in text.replace(" ", "") for form in forms)

    def _matcher(self, code: str) -> tuple[dict[str, Term], re.Pattern[str]]:
        """A language's forms, and a pattern for any of them."""
        if code not in self._matchers:
            forms = self._forms(code)
            self._matchers[code] = forms, any_of(forms)
        return self._matchers[code]

    def _forms(self, code: str) -> dict[str, Term]:
        return {
            term.names[code]: term
            for term in self.defined
            if code in term.names
            and code in term.definition
            and (term.names[code].isascii() or len(term.names[code]) >= _SHORTEST)
        }


def any_of(forms: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of some forms, the longest first."""
    return re.compile("|".join(map(_form, sorted(forms, key=len, reverse=True))) or r"(?!)")


def _form(form: str) -> str:
    """A pattern for a form: alone and in the plural where words are written apart."""
    if not form.isascii():
        return "\n?".join(map(re.escape, form))
    case = "" if form != form.lower() else "i"
    words = r"\s+".join(map(re.escape, form.split()))
    return rf"(?{case}:(?<!{_LETTER}){words}s?(?!{_LETTER}))"


def _folded(found: str, forms: Container[str]) -> str:
    """The form that was found, its capital, its plural and its line break taken off."""
    found = " ".join(found.split()) if found.isascii() else "".join(found.split())
    for form in (found, found.lower(), found.removesuffix("s"), found.lower().removesuffix("s")):
        if form in forms:
            return form
    raise KeyError(found)


def load(root: Path) -> Glossary:
    """Read the glossary; raises UserError, which names the line."""
    file = root / FILE
    if not file.is_file():
        raise _error(1, "this file is not there; restore it with git")
    return _read(file, file.stat().st_mtime_ns)


def _error(line: int, message: str) -> UserError:
    return UserError(message, FILE, line)


@lru_cache(maxsize=1)
def _read(file: Path, _modified: int) -> Glossary:
    entries = yaml_file.load(file)
    if not isinstance(entries, dict):
        raise _error(1, "this holds no terms; write one as gate: {en: gate, zh: 门}")
    lines = yaml_file.lines(files.read(file))
    return Glossary({key: _term(key, lines.get(str(key), 1), entries[key]) for key in entries})


def _each(value: Any, kind: type) -> bool:
    """Whether this is a mapping from words to filled values of a kind."""
    return isinstance(value, dict) and all(
        isinstance(key, str) and key and isinstance(each, kind) and each
        for key, each in value.items()
    )


def _term(key: Any, line: int, entry: Any) -> Term:
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise _error(line, f"the key {key!r} is more than letters, digits and -")
    if not isinstance(entry, dict):
        raise _error(line, f"the term '{key}' is {entry!r}; write {{en: ..., zh: ...}}")
    known = {name: entry.pop(name) for name in _SHAPES if name in entry}
    for name, value in known.items():
        wanted, fits = _SHAPES[name]
        if not fits(value):
            raise _error(line, f"the term '{key}' has {name}: {value!r}; it holds {wanted}")
    if not entry:
        raise _error(line, f"the term '{key}' has no form in any language; add en: ...")
    for name, value in entry.items():
        if not isinstance(value, str) or not value.strip():
            raise _error(line, f"the term '{key}' has {name}: {value!r}; write a word there")
    return Term(key, line, entry, **known)


def check(overview: Overview) -> list[Finding]:
    """Forms to avoid, and terms that a section's one language uses and its twin never does."""
    glossary = load(overview.site.root)
    found = [*_unknown(overview.site, glossary), *_avoided(overview.site, glossary)]
    return found + [f for row in overview.rows for f in _one_sided(overview, row, glossary)]


def _unknown(site: Site, glossary: Glossary) -> Iterator[Finding]:
    """Languages that the site has not, and symbols that cannot be set."""
    for term in glossary.terms.values():
        known = {*term.names, *term.definition, *term.also, *term.elsewhere, *term.avoid}
        for code in known - site.pages.keys():
            message = f"the term '{term.key}' speaks of '{code}', which is no language of this site"
            yield Finding(FILE.as_posix(), term.line, f"{message}; begin it, or mend the name")
        try:
            for sign in term.signs:
                mathml.convert(sign, display=False)
        except ValueError as error:
            message = f"the symbol of '{term.key}' cannot be set: {error}; mend it"
            yield Finding(FILE.as_posix(), term.line, message)


def _avoided(site: Site, glossary: Glossary) -> Iterator[Finding]:
    for language in site.languages:
        forms = {
            form: (term, reason)
            for term in glossary.terms.values()
            for form, reason in term.avoid.get(language.code, {}).items()
        }
        pattern = any_of(forms)
        for path, page in site.pages[language.code].items():
            for first, text in _paragraphs(page.words):
                for found in pattern.finditer(_QUOTED.sub(_blank, text)):
                    term, reason = forms[_folded(found[0], forms)]
                    said = " ".join(found[0].split())
                    yield Finding(
                        site.source(path, language.code),
                        first + text[: found.start()].count("\n"),
                        f"'{said}' is a form to avoid: {reason}. "
                        f"The term is '{term.name(language.code)}'",
                    )


def _blank(found: re.Match[str]) -> str:
    """As many blanks, so that what follows keeps its place and its line."""
    return re.sub(r"[^\n]", " ", found[0])


def _paragraphs(words: list[Words]) -> Iterator[tuple[int, str]]:
    """Lines that follow each other as one text, with the number of the first."""
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
        for words in section.here(section.page.words)
        if any(used == term for _, _, used in glossary.uses(words.text, code))
    )
    return Finding(
        overview.site.source(row.page, code),
        next(lines, section.heading.line),
        f"this section says '{term.names[code]}' and never '{term.names[other]}' in "
        f"{overview.site.source(row.page, other)}:{row.sections[other].heading.line}; "
        "use the term in both, or in neither",
        Level.NOTE,
    )


def _text(section: Section) -> str:
    return "\n".join(words.text for words in section.here(section.page.words))
