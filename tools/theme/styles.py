"""Drops what no page of a built site can use: rules, comments, invalid attributes, empty lines."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby, pairwise
from pathlib import Path

import rjsmin
import tinycss2
from tinycss2.ast import Node

from tools.project.errors import UserError

SHEET = "assets/stylesheets/main.*.min.css"
PALETTE = "assets/stylesheets/palette.*.min.css"
OWN = ("assets", "assets/lab")  # folders
RIGHT_TO_LEFT = "[dir=rtl]"

# What the theme's script makes of a page only if a feature is asked for that is off here.
_OFF = re.compile("md-(annotation|search|source|status|tag|tooltip|version)|tabbed")
_CLASSES = re.compile(r"""\bclass=(?:"([^"]*)"|'([^']*)'|([^\s>]+))""")
_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
_RTL = re.compile(r"""\bdir=["']?rtl\b""")
_COLOUR = re.compile(r"""\b(data-md-color-[\w-]+)=["']?([\w-]+)""")
# By it the theme takes every transition away while a page changes its colours, and at each visit:
# each time a browser computes the style of every element twice.
_SWITCHING = "[data-md-color-switching]"
_CHOSEN = re.compile(r"\[(dir=rtl|data-md-color-[\w-]+=[\w-]+)\]")  # of what a page chooses
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_ROOM = re.compile(r"\s*([{};,])\s*|(?<=:)\s+")  # no string of our own style sheets has any
_ARTICLE = re.compile(r"(<article\b.*</article>)", re.DOTALL)
# What the theme writes beside the article: a number that is none, and what no box to tick may have.
_INVALID = re.compile(r' tabindex=""|(?<=id="__(?:drawer|search)") autocomplete="off"')
_LINES = re.compile(r"\s*\n\s*")
_INLINE = re.compile("(?<=<script>)[^<]+(?=</script>)")
_ICON, _SIZED = re.compile(r' (?=viewBox="0 0 24 24")'), ' width="24" height="24" '
_WORD = re.compile(r"[\w-]+")
_NAME = re.compile(r"(?<=\.)[\w-]+|--[\w-]+")  # a class or a variable, in a style sheet
_GROUPS = {"media", "supports", "layer", "container"}  # at-rules that hold rules
_LISTS = {"is", "where"}  # pseudo-classes that match what one of their selectors matches


def _own(site: Path, kind: str) -> Iterator[Path]:
    return (file for folder in OWN for file in (site / folder).glob(f"*.{kind}"))


def trim_site(site: Path) -> None:
    """Trim the pages, style sheets and scripts in the folder of a built site; raises UserError."""
    sheets = list(site.glob(SHEET))
    if len(sheets) != 1:
        raise UserError(
            f"{len(sheets)} files in {site} are named {SHEET}, and one was to be the theme's style "
            f"sheet; if the theme has changed, mend SHEET in tools/theme/styles.py."
        )
    for own in _own(site, "css"):
        own.write_text(_ROOM.sub(r"\1", _COMMENT.sub("", own.read_text("utf-8"))), "utf-8")
    for own in _own(site, "js"):
        own.write_text(rjsmin.jsmin(own.read_text("utf-8")), "utf-8")
    pages = []
    for path in site.rglob("*.html"):
        pages.append(_packed(path.read_text("utf-8")))
        path.write_text(pages[-1], "utf-8")
    scripts = [path.read_text("utf-8") for path in site.rglob("*.js")]
    others = [path.read_text("utf-8") for path in site.rglob("*.css") if not path.match(SHEET)]
    used = used_names(pages, scripts, others)
    begun = tuple(name for name in used if name[0].isalpha() and name.endswith("-"))
    attributes = {name for name in used if name[0] == "["}
    for sheet in [*sheets, *site.glob(PALETTE)]:
        css = sheet.read_text("utf-8")
        names = {name for name in _NAME.findall(css) if name in used or name.startswith(begun)}
        if sheet not in sheets:
            names.update(re.findall(r"--[\w-]+", css))  # which the theme's style sheet uses
        try:
            sheet.write_text(trim(css, frozenset(names | attributes)), "utf-8")
        except UserError as error:
            raise UserError(f"{sheet}: {error}") from None


def _mended(part: str) -> str:
    return _ICON.sub(_SIZED, _INVALID.sub("", _LINES.sub("\n", part)))


def _packed(page: str) -> str:
    """The page with no indented or empty lines and no invalid attributes around its article, where
    the theme leaves many.

    There its icons have a size, since without the style sheet they are as wide as the screen.
    """
    parts = _ARTICLE.split(page)
    if len(parts) == 3:
        parts[::2] = map(_mended, parts[::2])
        parts[0] = _INLINE.sub(lambda script: rjsmin.jsmin(script[0]), parts[0])
    return "".join(parts)


def used_names(
    pages: Iterable[str], scripts: Iterable[str], styles: Iterable[str]
) -> frozenset[str]:
    """What a rule may name: the pages' classes, the variables of other style sheets and of style
    attributes, and every word of a script, which may be either, or begin one if it ends in "-".
    """
    found: set[str] = set()
    for page in pages:
        for groups in _CLASSES.findall(page):
            found.update("".join(groups).split())
        for script in _SCRIPT.findall(page):
            found.update(_words(script))
        found.update(re.findall(r"--[\w-]+", page))
        found.update(f"[{name}={value}]" for name, value in _COLOUR.findall(page))
        if _RTL.search(page):
            found.add(RIGHT_TO_LEFT)
    for script in scripts:
        found.update(word for word in _words(script) if not _OFF.match(word))
    for style in styles:
        found.update(_variables(style))
    return frozenset(found)


@lru_cache  # a server builds again and again, and its scripts stay as they are
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))


def _variables(css: str) -> list[str]:
    return re.findall(r"var\(\s*(--[\w-]+)", css)


@lru_cache  # most often what is used is the same in the next language, and in the next build
def trim(css: str, names: frozenset[str]) -> str:
    """Take the rules, selectors and variables out of a style sheet that need another name.

    What is not understood is kept. Raises UserError for what is no style sheet.
    """
    matching = "".join(_matching(_parsed(css), names))
    return "".join(_needed(_parsed(matching), names.union(_variables(matching))))


def _parsed(css: str | list[Node]) -> list[Node]:
    rules: list[Node] = tinycss2.parse_rule_list(css, skip_comments=True, skip_whitespace=True)
    for rule in rules:
        if rule.type == "error":
            where = f"line {rule.source_line}, column {rule.source_column}"
            raise UserError(f"this is no style sheet: {where}: {rule.message}")
    return rules


def _matching(rules: list[Node], names: frozenset[str]) -> Iterator[str]:
    for rule in rules:
        if _is_group(rule):
            if inner := "".join(_matching(_parsed(rule.content), names)):
                yield f"{_head(rule)}{{{inner}}}"
        elif rule.type == "qualified-rule":
            if kept := [part for part in _split(rule.prelude) if _can_match(part, names)]:
                yield f"{','.join(map(tinycss2.serialize, kept))}{{{_body(rule)}}}"
        else:
            yield rule.serialize()


def _can_match(selector: list[Node], names: frozenset[str]) -> bool:
    for before, token in pairwise([None, *selector]):
        if token.type == "ident" and before == ".":
            matches = token.value in names or not _WORD.fullmatch(token.value)
        elif token.type == "[] block":
            chosen = token.serialize()
            matches = chosen in names or not (_CHOSEN.fullmatch(chosen) or chosen == _SWITCHING)
        elif token.type == "function" and token.lower_name in _LISTS:
            matches = any(_can_match(part, names) for part in _split(token.arguments))
        else:
            matches = True
        if not matches:
            return False
    return True


def _split(tokens: list[Node]) -> list[list[Node]]:
    parts = groupby(tokens, lambda token: token == ",")
    return [list(part) for is_comma, part in parts if not is_comma]


def _needed(rules: list[Node], names: frozenset[str]) -> Iterator[str]:
    for rule in rules:
        if _is_group(rule):
            yield f"{_head(rule)}{{{''.join(_needed(_parsed(rule.content), names))}}}"
        elif rule.type == "qualified-rule" and "--" in _body(rule):
            declared = tinycss2.parse_declaration_list(rule.content, True, True)
            if all(item.type == "declaration" for item in declared):
                kept = [d.serialize() for d in declared if d.name[:2] != "--" or d.name in names]
                if kept:
                    yield f"{tinycss2.serialize(rule.prelude)}{{{';'.join(kept)}}}"
            else:
                yield rule.serialize()
        else:
            yield rule.serialize()


def _is_group(rule: Node) -> bool:
    return rule.type == "at-rule" and rule.lower_at_keyword in _GROUPS and rule.content is not None


def _head(rule: Node) -> str:
    return f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}"


def _body(rule: Node) -> str:
    return str(tinycss2.serialize(rule.content))
