"""Draws the poster: both cells with their equations, weights and shapes, on one page to print.

Drawings, colours, equations and terms are the site's own, so a change of one changes the poster.
docs/poster/poster.typ lays the page out, and Typst sets it.
"""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst
from fontTools.ttLib import TTFont

from tools.project import files
from tools.project.errors import UserError
from tools.rendering import figures, parts, standalone
from tools.sources import glossary, pages
from tools.sources.languages import Language, relative_link
from tools.translations.overview import Overview

FOLDER = Path("docs") / "poster"
TEMPLATE = FOLDER / "poster.typ"
KINDS: tuple[Literal["pdf", "svg"], ...] = ("pdf", "svg")
FONTS = ("noto-sans-cjk-sc-subset-regular.otf", "noto-sans-cjk-sc-subset-bold.otf")
# Of one direction, time first; a test asks PyTorch.
SHAPES = {
    "input": "(T, B, D)",
    "out": "(T, B, H)",
    "h_0, h_n": "(L, B, H)",
    "c_0, c_n": "(L, B, H)",
}
_TEXTS = (
    "poster_title",
    "poster_step",
    "poster_weights",
    "poster_shapes",
    "poster_letters",
    "poster_licence",
)

_TAGS = re.compile(r"<style>.*?</style>|<[^>]*>", re.DOTALL)
_COMMANDS = {
    r"\sigma": "sigma",
    r"\tanh": "tanh",
    r"\odot": "dot.o",
    # What breaks a line for a phone
    r"\begin{aligned}": "",
    r"\end{aligned}": "",
    r"\\": "",
    "&": "",
}
_TOKEN = re.compile(
    r"(?P<letter>[A-Za-z])_(?:\{(?P<below>[^{}]*)\}|(?P<one>\w))"
    r"|(?P<command>\\(?:begin|end)\{aligned\}|\\\\|\\[a-z]+|&)"
    r"|[-+=()\d\s]"
)


def draw(root: Path, language: Language, site: str, address: str) -> dict[str, bytes]:
    """Give the poster of a site in a language, by file name; raises UserError."""
    told = {
        "site": site,
        "address": address,
        "language": language.code,
        "text": {name: language.text[name] for name in _TEXTS},
        "colours": dict(figures.palette(root)),
        "cells": [_cell(cell, root, language) for cell in parts.CELLS],
        "shapes": list(SHAPES.items()),
    }
    _check_signs(root, language, told)
    return _set(json.dumps(told), files.read(root / TEMPLATE), root)


@lru_cache(maxsize=8)  # a server builds again and again
def _set(told: str, _template: str, root: Path) -> dict[str, bytes]:
    compiler = typst.Compiler(
        str(root / TEMPLATE),
        font_paths=[str(root / FOLDER)],
        ignore_system_fonts=True,
        sys_inputs={"poster": told},
    )
    try:
        return {f"poster.{kind}": _only(compiler.compile(format=kind)) for kind in KINDS}
    except typst.TypstError as error:
        raise UserError(f"Typst cannot set this: {error.message}", TEMPLATE) from None


def _only(pages: Any) -> bytes:
    if isinstance(pages, list):
        raise UserError(f"the poster has {len(pages)} pages; make it fit one", TEMPLATE)
    return bytes(pages)


def _cell(cell: str, root: Path, language: Language) -> dict[str, Any]:
    equations, terms = parts.CELLS[cell], glossary.load(root).terms
    weights = standalone.drawing(root, f"{cell}-weights", language.code)
    colours = {parts.symbol(equations[key]): _colour(key, cell) for key in equations}
    return {
        "sentence": terms[cell].defined(language.code),
        "order": ", ".join(parts.symbol(equations[key]) for key in figures.PART.findall(weights)),
        "drawing": standalone.drawing(root, f"{cell}-cell", language.code),
        "weights": weights,
        "parts": [
            {
                "symbol": parts.symbol(equation),
                "name": terms[key].name(language.code),
                "sentence": terms[key].defined(language.code),
                "colour": _colour(key, cell),
                "equation": "".join(_typst(equation, colours)),
            }
            for key, equation in equations.items()
        ],
    }


def _colour(key: str, cell: str) -> str:
    colour = parts.colour(key, cell)
    return {"decide": "gate", "": "ink"}.get(colour, colour)


def _typst(equation: str, colours: dict[str, str]) -> Iterator[str]:
    """Write an equation as Typst does, each sign in its colour and with its shape."""
    at = 0
    while at < len(equation):
        token = _TOKEN.match(equation, at)
        if not token or token["command"] not in {None, *_COMMANDS}:
            raise UserError(
                f"the poster cannot set '{equation[at:]}', of an equation; write it otherwise, or "
                "teach tools/rendering/poster.py",
                "tools/rendering/parts.py",
            )
        if token["letter"]:
            below = token["below"] or token["one"]
            signs = f"{token['letter']}_({' '.join(below)})"
            shape = _shape(token["letter"] + below)
            yield f"{colours.get(token['letter'], 'ink')}(shaped({signs}, {shape}))"
        else:
            yield _COMMANDS[token["command"]] if token["command"] else token[0]
        at = token.end()


def _shape(sign: str) -> str:
    if sign.startswith("W"):
        return "H times D" if sign[1] == "i" else "H times H"
    return "D" if sign.startswith("x") else "H"


def _check_signs(root: Path, language: Language, told: dict[str, Any]) -> None:
    """Raise UserError for a sign that the poster shows and one of its fonts lacks."""
    for font, sign in lacking(root, _TAGS.sub("", json.dumps(told, ensure_ascii=False))):
        sources = (root / glossary.FILE, language.config_file)
        source = next((file for file in sources if sign in files.read(file)), sources[0])
        raise UserError(
            f"the poster shows {sign}, which its font {font} lacks; write it otherwise, or cut "
            "the fonts anew, .venv/bin/python -m tools.rendering.poster_fonts",
            source, pages.line_of(source, sign),
        )  # fmt: skip


def lacking(root: Path, text: str) -> Iterator[tuple[str, str]]:
    """Find signs of a text that a font lacks, each with the font."""
    shown = {sign for sign in text if sign > " "}
    for font in FONTS:
        yield from ((font, sign) for sign in sorted(shown - _signs_of(root / FOLDER / font)))


@lru_cache(maxsize=4)
def _signs_of(font: Path) -> frozenset[str]:
    return frozenset(map(chr, TTFont(font, lazy=True).getBestCmap()))


def _links(page: str, language: Language, overview: Overview) -> str:
    """Say where the poster is; a picture of it would weigh more than the page may."""
    files_of = {kind: relative_link(f"poster.{kind}", page) for kind in KINDS}
    links = {kind: f"[{kind.upper()}]({file})" for kind, file in files_of.items()}
    return language.text["poster_link"].format(**links)


WRITERS = {"poster": _links}
