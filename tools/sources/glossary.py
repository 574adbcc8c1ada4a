"""docs/glossary.yml: every term once, and where a text names one."""

import re
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from tools.project import files, yaml_file
from tools.project.errors import UserError

FILE = Path("docs") / "glossary.yml"

_FORMS: tuple[str, Callable[[Any], bool]] = (
    "a list of forms for each language",
    lambda value: _each(value, list) and all(isinstance(f, str) for v in value.values() for f in v),
)
_SHAPES: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "symbol": ("a symbol", lambda value: isinstance(value, str)),
    "formula": ("a formula", lambda value: isinstance(value, str)),
    "group": ("a title for each language", lambda value: _each(value, str)),
    "explained": ("a section, written PAGE#ID", lambda value: isinstance(value, str)),
    "definition": ("a sentence for each language", lambda value: _each(value, str)),
    "also": _FORMS,
    "elsewhere": _FORMS,
    "avoid": (
        "for each language, forms with their reasons",
        lambda value: _each(value, dict) and all(_each(forms, str) for forms in value.values()),
    ),
}
_KEY = re.compile(r"[a-z0-9-]+")
_LETTER = r"[0-9A-Za-z\u00c0-\u024f_-]"  # Chinese may follow a Latin word without a space
_SHORTEST = 2  # a single Chinese sign such as 门 is a part of too many other words


@dataclass(frozen=True)
class Term:
    """A term in each language, how formulas write it, its definition, and its other forms."""

    key: str
    line: int
    names: dict[str, str]
    symbol: str | None = None
    formula: str | None = None
    group: dict[str, str] = field(default_factory=dict)  # which begins with this term
    explained: str | None = None  # the section, where its id is not the key
    definition: dict[str, str] = field(default_factory=dict)
    also: dict[str, list[str]] = field(default_factory=dict)
    elsewhere: dict[str, list[str]] = field(default_factory=dict)
    avoid: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def signs(self) -> list[str]:
        """The symbols that formulas use for it."""
        return [sign.strip() for sign in (self.symbol or "").split(",") if sign.strip()]

    def name(self, code: str) -> str:
        """Give the term in a language, or in the first that has it where this one is only begun."""
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

    @property
    def groups(self) -> list[list[Term]]:
        """The same, cut where a term begins a group."""
        groups: list[list[Term]] = []
        for term in self.defined:
            if term.group or not groups:
                groups.append([])
            groups[-1].append(term)
        return groups

    def uses(self, text: str, code: str) -> Iterator[tuple[int, int, Term]]:
        """Find where a text names a defined term in a language: start, end, term."""
        forms, pattern = self._matcher(code)
        for found in pattern.finditer(text):
            yield found.start(), found.end(), forms[folded(found[0], forms)]

    def mentions(self, term: Term, text: str, code: str) -> bool:
        """Tell whether a text has any form of a term, as a part of a longer word too."""
        forms = [term.name(code), *term.also.get(code, [])]
        text = " ".join(text.lower().split())
        return any(form.lower() in text or form in text.replace(" ", "") for form in forms)

    def _matcher(self, code: str) -> tuple[dict[str, Term], re.Pattern[str]]:
        """Give a language's forms, and a pattern for any of them."""
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
    """Compile a pattern for any of some forms, the longest first."""
    return re.compile("|".join(map(_form, sorted(forms, key=len, reverse=True))) or r"(?!)")


def _form(form: str) -> str:
    """Write a pattern for a form: a whole word, also in the plural, where words have spaces."""
    if not form.isascii():
        return "\n?".join(map(re.escape, form))
    case = "" if form != form.lower() else "i"
    words = r"\s+".join(map(re.escape, form.split()))
    return rf"(?{case}:(?<!{_LETTER}){words}s?(?!{_LETTER}))"


def folded(found: str, forms: Container[str]) -> str:
    """Find the form that a text has with a capital, a plural or a line break of its own."""
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
    """Tell whether this is a mapping from words to filled values of a kind."""
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
