"""Puts functions of the snippets into one file to import, each with a docstring."""

import ast
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, takewhile
from pathlib import Path
from textwrap import fill, indent
from typing import Any
from urllib.parse import urljoin

from tools.project import files, yaml_file
from tools.project.errors import UserError

FILE = Path("docs") / "module.yml"
NAME = "gatebygate.py"
_SNIPPETS = Path("snippets")
_FIELDS = {"snippet", "place", "line", "more"}
_WIDTH = 84
# What the file imports at once; any other package is imported by the functions that need it, so
# that nobody needs Keras for what has nothing to do with it.
_AT_ONCE = {*sys.stdlib_module_names, "torch"}
_HEAD = '''"""Functions and modules for nets with a GRU or an LSTM, in PyTorch.

给用 GRU、LSTM 的 PyTorch 网络准备的函数和模块。

Made of the snippets of {home}
0BSD: copy it, change it, no conditions.
"""

from __future__ import annotations

{standard}

{torch}
{for_types}
__all__ = [
{public}
]
'''


@dataclass(frozen=True)
class Function:
    """A function or a class of a snippet that is worth importing, and what is said of it."""

    name: str
    snippet: str
    place: str
    line: dict[str, str]
    more: str

    def docstring(self, home: str) -> str:
        page, _, section = self.place.partition("#")
        more = "\n".join(fill(line, _WIDTH) for line in self.more.strip().splitlines())
        url = urljoin(home, f"{page}/#{section}")
        return '"""' + "\n\n".join([*self.line.values(), more, url]) + '\n"""'


def load(root: Path) -> list[Function]:
    """Read the list, in its order; raises UserError."""
    return [_function(name, entry) for name, entry in yaml_file.load(root / FILE).items()]


def _function(name: str, entry: Any) -> Function:
    if not isinstance(entry, dict) or set(entry) != _FIELDS:
        raise UserError(f"'{name}' needs {', '.join(sorted(_FIELDS))}, and nothing else", FILE)
    return Function(name, **entry)


def write(root: Path, site: Path, home: str) -> None:
    """Write the file into the built site, if the project has a list; raises UserError."""
    if (root / FILE).is_file():
        files.replace(site / NAME, text(root, home))


def text(root: Path, home: str) -> str:
    """Give the file's text; raises UserError where a snippet lacks what the list names."""
    functions, written = load(root), dict[str, str]()
    at_once, of_types = set[_Import](), set[_Import]()
    for function in functions:
        snippet, name = _Snippet(root, function.snippet), function.name
        new = snippet.private(name, written)
        for each in sorted(snippet.needed(name), key=snippet.line):
            docstring = function.docstring(home) if each == name else ""
            written[new.get(each, each)] = snippet.text(each, new, docstring)
            body, types = snippet.imports(each)
            at_once |= {used for used in body | types if used.at_once}
            of_types |= {used for used in types if not used.at_once}
    for_types = ""
    if of_types:
        at_once.add(_Import("typing", "TYPE_CHECKING"))
        for_types = f"\nif TYPE_CHECKING:\n{indent(_text(of_types), '    ')}\n"
    head = _HEAD.format(
        home=home,
        standard=_text(each for each in at_once if each.top != "torch"),
        torch=_text(each for each in at_once if each.top == "torch"),
        for_types=for_types,
        public="\n".join(f'    "{function.name}",' for function in functions),
    )
    return "\n\n".join([head, *(f"{text}\n" for text in written.values())])


@dataclass(frozen=True, order=True)
class _Import:
    """A name that is imported, such as `nn` from `torch`; of no package where a package is."""

    package: str
    what: str

    @property
    def top(self) -> str:
        return (self.package or self.what).split(".")[0]

    @property
    def at_once(self) -> bool:
        return self.top in _AT_ONCE


def _text(imports: Iterable[_Import]) -> str:
    return "\n".join(_lines(imports))


def _lines(imports: Iterable[_Import]) -> Iterator[str]:
    for package, names in groupby(sorted(imports), lambda each: each.package):
        if package:
            yield f"from {package} import {', '.join(each.what for each in names)}"
        else:
            yield from (f"import {each.what}" for each in names)


class _Snippet:
    """The definitions of a snippet: functions, classes, and constants in capitals."""

    def __init__(self, root: Path, name: str):
        self.path = _SNIPPETS / name
        source = files.read(root / self.path)
        self.lines = source.encode().split(b"\n")  # the parser counts columns in bytes
        self.tree = ast.parse(source)

    @cached_property
    def defined(self) -> dict[str, ast.stmt]:
        found: dict[str, ast.stmt] = {}
        for node in self.tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                found[node.name] = node
            elif isinstance(node, ast.Assign):
                names = (each.id for each in node.targets if isinstance(each, ast.Name))
                found |= {name: node for name in names if name.isupper()}
        return found

    @cached_property
    def imported(self) -> dict[str, _Import]:
        """What each imported name stands for."""
        found = {}
        for node in self.tree.body:
            if isinstance(node, ast.Import | ast.ImportFrom):
                package = node.module or "" if isinstance(node, ast.ImportFrom) else ""
                for each in node.names:
                    found[each.asname or each.name] = _Import(package, ast.unparse(each))
        return found

    def line(self, name: str) -> int:
        return self.defined[name].lineno

    def needed(self, name: str) -> set[str]:
        """Find what a definition needs of the same snippet, itself included."""
        if name not in self.defined:
            raise UserError(f"{FILE.as_posix()} wants '{name}', which is not here", self.path)
        found, new = set(), {name}
        while new:
            each = new.pop()
            found.add(each)
            new |= {used.id for used in self._uses(each)} - found
        return found

    def _uses(self, name: str) -> Iterator[ast.Name]:
        """Find where a definition reads another; raises UserError where it has such a variable."""
        for node in ast.walk(self.defined[name]):
            own = node.arg if isinstance(node, ast.arg) else ""
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                own = node.id if node.id != name else ""
            elif isinstance(node, ast.Name) and node.id in self.defined:
                yield node
            if own in self.defined:
                message = f"'{own}' is a variable of '{name}' and a definition; rename one"
                raise UserError(message, self.path, self.line(name))

    def private(self, name: str, written: dict[str, str]) -> dict[str, str]:
        """Name what a definition needs: with the definition's name where another has the name."""
        new = {each: f"_{each}" for each in self.needed(name) - {name}}
        for each, given in new.items():
            if written.get(given, text := self.text(each, new)) != text:
                new[each] = f"_{name}{given}"
        return new

    def imports(self, name: str) -> tuple[set[_Import], set[_Import]]:
        """Find what a definition imports, for what it does and for its types alone."""
        types = {
            id(inner)
            for node in ast.walk(self.defined[name])
            for part in (getattr(node, "annotation", None), getattr(node, "returns", None))
            if part
            for inner in ast.walk(part)
        }
        found: tuple[set[_Import], set[_Import]] = set(), set()
        for node in ast.walk(self.defined[name]):
            if isinstance(node, ast.Name) and node.id in self.imported:
                found[id(node) in types].add(self.imported[node.id])
        return found

    def text(self, name: str, new: dict[str, str], docstring: str = "") -> str:
        """Give a definition's text under the new names, and with the comment above it."""
        node, lines = self.defined[name], list(self.lines)
        places = {(used.lineno, used.col_offset): used.id for used in self._uses(name)}
        for (number, column), old in sorted(places.items(), reverse=True):
            line = lines[number - 1]
            rest = line[column + len(old) :]
            lines[number - 1] = line[:column] + new.get(old, old).encode() + rest
        head = node.lineno - 1
        lines[head] = lines[head].replace(name.encode(), new.get(name, name).encode(), 1)
        first = min([head, *(each.lineno - 1 for each in getattr(node, "decorator_list", []))])
        above = takewhile(lambda line: line.startswith(b"#"), reversed(lines[:first]))
        text = [line.decode() for line in lines]
        body = node.body[0].lineno - 1 if isinstance(node, ast.FunctionDef | ast.ClassDef) else head
        later = list(_lines(each for each in self.imports(name)[0] if not each.at_once))
        inside = indent("\n".join([docstring] * bool(docstring) + later), "    ").splitlines()
        if later or (docstring and isinstance(node, ast.ClassDef)):
            inside.append("")
        start = first - len(list(above))
        return "\n".join([*text[start:body], *inside, *text[body : node.end_lineno]])
