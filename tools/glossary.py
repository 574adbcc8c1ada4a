"""docs/glossary.yml: every term once, where pages use it, and whether they keep to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

import yaml

from tools.overview import Overview, Row
from tools.sections import Section
from tools.site import Finding, Level, Site

FILE = Path("docs") / "glossary.yml"

_SHAPES = {
    "symbol": ("a symbol", lambda value: isinstance(value, str)),
    "definition": ("a sentence for each language", lambda value: _each(value, str)),
    "also": ("a list of forms for each language", lambda value: _each(value, list)),
    "avoid": (
        "for each language, forms with their reasons",
        lambda value: _each(value, dict) and all(_each(forms, str) for forms in value.values()),
    ),
}
_LETTER = r"[0-9A-Za-z\u00c0-\u024f_-]"  # Chinese may follow a Latin word without a space
_SHORTEST = 2  # a single Chinese sign such as 门 is a part of too many other words


@dataclass(frozen=True)
class Term:
    """A term in each language, its symbol, its definition, and forms to use or avoid."""

    key: str
    line: int
    names: dict[str, str]
    symbol: str | None = None
    definition: dict[str, str] = field(default_factory=dict)
    also: dict[str, list[str]] = field(default_factory=dict)
    avoid: dict[str, dict[str, str]] = field(default_factory=dict)

    def name(self, code: str) -> str:
        """The term in a language; one that is only begun shows the English word."""
        return self.names.get(code, self.names["en"])

    def defined(self, code: str) -> str:
        return self.definition.get(code, self.definition["en"])


class GlossaryError(ValueError):
    """An entry that cannot be read, and its line."""

    def __init__(self, line: int, message: str):
        super().__init__(f"{FILE.as_posix()}:{line}: {message}")
        self.finding = Finding(FILE.as_posix(), line, message)


class Glossary:
    """All terms by their keys."""

    def __init__(self, terms: dict[str, Term]):
        self.terms = terms
        self._patterns: dict[str, re.Pattern] = {}

    @cached_property
    def defined(self) -> list[Term]:
        """The terms that a reader may look up; the others only label drawings and plots."""
        return [term for term in self.terms.values() if term.definition]

    def uses(self, text: str, code: str) -> Iterator[tuple[int, int, Term]]:
        """Where a text names a defined term in a language: start, end, term."""
        forms = self._forms(code)
        for found in self._pattern(code).finditer(text):
            yield found.start(), found.end(), forms[_folded(found[0], forms)]

    def mentions(self, term: Term, text: str, code: str) -> bool:
        """Whether a text has any form of a term, as a part of a longer word too."""
        forms = [term.name(code), *term.also.get(code, [])]
        return any(form.lower() in text.lower() for form in forms)

    def _forms(self, code: str) -> dict[str, Term]:
        return {
            term.names[code]: term
            for term in self.defined
            if code in term.names
            and (term.names[code].isascii() or len(term.names[code]) >= _SHORTEST)
        }

    def _pattern(self, code: str) -> re.Pattern:
        if code not in self._patterns:
            forms = sorted(self._forms(code), key=len, reverse=True)
            self._patterns[code] = re.compile("|".join(map(_form, forms)) or r"(?!)")
        return self._patterns[code]


def _form(form: str) -> str:
    """A pattern for a form: alone and in the plural where words are written apart."""
    if not form.isascii():
        return re.escape(form)
    case = "" if form != form.lower() else "i"
    return rf"(?{case}:(?<!{_LETTER}){re.escape(form)}s?(?!{_LETTER}))"


def _folded(found: str, forms: dict[str, Term]) -> str:
    """The form that was found, its capital and its plural taken off."""
    for form in (found, found.lower(), found.removesuffix("s"), found.lower().removesuffix("s")):
        if form in forms:
            return form
    raise KeyError(found)


def load(root: Path) -> Glossary:
    """Read the glossary; raises GlossaryError, which names the line."""
    file = root / FILE
    return _read(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _read(file: Path, _modified: int) -> Glossary:
    text = file.read_text("utf-8")
    try:
        nodes = yaml.compose(text)
        entries = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        raise GlossaryError(error.problem_mark.line + 1, f"{error.problem}; mend it") from None
    terms: dict[str, Term] = {}
    for key_node, _ in nodes.value:
        key, line = key_node.value, key_node.start_mark.line + 1
        if key in terms:
            raise GlossaryError(line, f"the term '{key}' stands twice; take one out")
        terms[key] = _term(key, line, entries[key])
    return Glossary(terms)


def _each(value, kind: type) -> bool:
    return isinstance(value, dict) and all(isinstance(each, kind) for each in value.values())


def _term(key: str, line: int, entry: dict) -> Term:
    if not isinstance(entry, dict) or "en" not in entry:
        raise GlossaryError(line, f"the term '{key}' has no English form; add en: ...")
    known = {name: entry.pop(name) for name in _SHAPES if name in entry}
    for name, value in known.items():
        wanted, fits = _SHAPES[name]
        if not fits(value):
            raise GlossaryError(line, f"the term '{key}' has {name}: {value!r}; it holds {wanted}")
    for name, value in entry.items():
        if not isinstance(value, str):
            raise GlossaryError(line, f"the term '{key}' has {name}: {value!r}; write a word there")
    definition = known.get("definition", {})
    for code in entry if definition else []:
        if code not in definition:
            raise GlossaryError(line, f"'{key}' is not defined in '{code}'; add a sentence")
    return Term(key, line, entry, **known)


def check(overview: Overview) -> list[Finding]:
    """Forms to avoid, and terms that a section's one language uses and its twin never does."""
    glossary = load(overview.site.root)
    avoided = list(_avoided(overview.site, glossary))
    return avoided + [f for row in overview.rows for f in _one_sided(overview, row, glossary)]


def _avoided(site: Site, glossary: Glossary) -> Iterator[Finding]:
    for language in site.languages:
        forms = {
            form: (term, reason)
            for term in glossary.terms.values()
            for form, reason in term.avoid.get(language.code, {}).items()
        }
        if not forms:
            continue
        pattern = re.compile("|".join(map(_form, sorted(forms, key=len, reverse=True))))
        for path, page in site.pages[language.code].items():
            for words in page.words:
                for found in pattern.finditer(words.text):
                    term, reason = forms[_folded(found[0], forms)]
                    yield Finding(
                        site.source(path, language.code),
                        words.line,
                        f"'{found[0]}' is a form to avoid: {reason}. "
                        f"The term is '{term.name(language.code)}'",
                    )


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


def _unmatched(overview, row, glossary, term, code, other) -> Finding:
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
    return " ".join(words.text for words in section.here(section.page.words))
