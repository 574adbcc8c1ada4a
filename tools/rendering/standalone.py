"""Writes a drawing or plot that stands by itself, with its style and in the light scheme."""

import re
from functools import lru_cache
from pathlib import Path

import tinycss2

from tools.project import files
from tools.project.errors import UserError
from tools.rendering import figures

FONT = "Noto Sans CJK SC"
MATH_FONT = "New Computer Modern"
CODE_FONT = "DejaVu Sans Mono"

_ASSETS = Path("overrides") / "assets"
_FIGURES = _ASSETS / "figures.css"
_ON_PAPER = {
    "md-default-bg-color": "#ffffff",
    "gg-math-font": f'"{MATH_FONT}", serif',
    "md-code-font": f'"{CODE_FONT}", monospace',
}
_OF_SITE = re.compile(r"var\(--gg-([\w-]+)\)")
_FAMILY = re.compile(r"font-family: [^;\"]*")
_MARK = re.compile(r"<svg.*</svg>")
_VARIABLE = re.compile(r"var\(\s*--([\w-]+)\s*(?:,([^()]*))?\)")
_SHOWN = re.compile(r'(?:id="|href="#)drawing-([\w-]+)"')
_NOTHING_ADDED = re.compile(r"calc\(([^()+]+)\+[^()+]+\* 0\)")


def figure(root: Path, svg: str, language: str, colours: dict[str, str]) -> str:
    """Give the drawing or the plot of a built page; raises UserError."""
    shown = _SHOWN.search(svg)
    return drawing(root, shown[1], language) if shown else plot(svg, colours)


def drawing(root: Path, name: str, language: str) -> str:
    """Give a drawing of docs/figures in a language; raises UserError."""
    svg = files.read(root / figures.DRAWINGS / f"{name}.svg")
    ink = dict(figures.palette(root))["ink"]
    head, rest = figures.worded(svg, root, name, language).split(">", 1)
    return (
        f'{head} class="drawing" font-family="{FONT}, sans-serif" color="{ink}">'
        f"<style>{_style(files.read(root / _ASSETS / 'site.css'), files.read(root / _FIGURES))}"
        f"</style>{rest}"
    )


def plot(svg: str, colours: dict[str, str]) -> str:
    """Give a plot of a built page with its colours written out, in the drawings' font."""
    svg = _OF_SITE.sub(lambda used: colours[used[1]], svg).replace("xlink:href", "href")
    return _FAMILY.sub(f"font-family: '{FONT}', sans-serif", svg)


def mark(root: Path, verdict: str, colours: dict[str, str]) -> tuple[str, str]:
    """Give the mark that a verdict has on the site, and its colour; raises UserError."""
    site = _ASSETS / "site.css"
    rules = dict(_rules(files.read(root / site)))
    declared = dict(rules.get(f'[data-verdict="{verdict}"]', []))
    shown = _MARK.search(declared.get("--mark", ""))
    if not shown:
        raise UserError(f"the verdict '{verdict}' has no --mark there; draw one", site)
    colour = _OF_SITE.sub(lambda used: colours[used[1]], declared["color"])
    return shown[0].replace('\\"', '"').replace("<path", f'<path fill="{colour}"'), colour


@lru_cache(maxsize=1)
def _style(site: str, of_figures: str) -> str:
    """Give what the style sheets say of drawings, each value written out."""
    declared = [declarations for _, declarations in _rules(site)]
    variables = {name[2:]: value for each in declared for name, value in each if name[:2] == "--"}
    variables |= _ON_PAPER
    rules = []
    for selector, declarations in _rules(of_figures):
        if selector.startswith(".drawing"):
            written = [f"{name}: {_written(value, variables)}" for name, value in declarations]
            rules.append(f"{selector} {{ {'; '.join(written)} }}")
    return "\n".join(rules)


@lru_cache(maxsize=2)  # a sheet is read for each mark and drawing
def _rules(css: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Read the rules of a style sheet that hold on every medium, each with its declarations."""
    found = []
    for rule in tinycss2.parse_rule_list(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            declared = tinycss2.parse_declaration_list(rule.content, True, True)
            declarations = [
                (each.name, tinycss2.serialize(each.value).strip())
                for each in declared
                if each.type == "declaration"
            ]
            found.append((tinycss2.serialize(rule.prelude).strip(), declarations))
    return found


def _written(value: str, variables: dict[str, str]) -> str:
    """Write a value without variables and sums; no part of the drawing is lit."""
    while _VARIABLE.search(value):
        value = _VARIABLE.sub(lambda used: variables.get(used[1], (used[2] or "").strip()), value)
    value = _NOTHING_ADDED.sub(r"\1", value)
    if "calc(" in value or not value:
        raise UserError(
            f"a drawing on paper cannot have the value '{value}'; write it with variables that "
            "overrides/assets/site.css gives, or teach tools/rendering/standalone.py",
            _FIGURES,
        )
    return value
