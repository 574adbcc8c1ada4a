"""Writes what the search of a built language reads: its sections, from the finished pages."""

import json
import re
import shutil
from bisect import bisect
from collections.abc import Iterator
from dataclasses import asdict, astuple, dataclass
from functools import partial
from itertools import accumulate, pairwise
from keyword import iskeyword
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

from tools.project import cache, files
from tools.sources import glossary, languages
from tools.sources.glossary import Glossary, Term
from tools.sources.languages import Language

INDEX = "assets/search-index.js"
TRADITIONAL = "assets/search-index-traditional.js"

# Where in the sections the index is cut. A browser reads each part while the next ones come, so the
# first is short, as what it waits for, and the last not long, as what it reads when all is there.
_CUTS = (0.2, 0.5)
# Classic scripts, since a page that was opened from a disk may neither fetch nor import.
_ASSIGNED = "globalThis.gateSearchIndex = "
_BEGUN = "globalThis.gateSearch = globalThis.gateSearchWords(globalThis.gateSearchIndex)"
_ADDED = "gateSearchIndex.sections.push(..."
_MORE = "gateSearchIndex.more?.()"
_SIMPLER = "// Signs: OpenCC, Apache-2.0\nglobalThis.gateSimplified = globalThis.gateSimplifier("
_THEIRS = ("assets/javascripts/workers", "assets/javascripts/lunr")
_TOLD = re.compile(r' data-search(?:-weight|-opening)?="[^"]*"')
_DRAWN = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_HEADING = re.compile(r"h[1-3]")
_OUTSIDE = (
    ":not(h1, .math)[data-search-exclude], .headerlink, .filename, .gg-lesson, .gg-lesson + dl, "
    ".gg-next, .gg-entry + .gg-quiet"
)
_BLOCKS = {"p", "li", "dt", "dd", "tr", "div", "summary", "details", "figcaption"}
_NAME = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_SPACE = re.compile(r"[\s\u200b]+")
_BETWEEN = {"msub": "_", "msup": "^", "mfrac": "/", "mtable": "; ", "mtr": ", "}
_SHORT = 60  # characters of a displayed formula that a text may hold
_TEXT = "search_"  # what the names of the search's own words begin with
# Where one may go on who has found nothing, and how it is called.
_WAYS = {
    "glossary/": "open_glossary",
    "gates/start/": "open_start",
    "pytorch/errors/": "open_errors",
    "evidence/": "open_claims",
}
_LETTERS = {r"\sigma": "σ"}
_LONG = 3  # Chinese signs; fewer are parts of other words
_SIGNS = Path(__file__).with_name("traditional.tsv")
_ENGINE = Path(__file__).parents[2] / "overrides/assets/search-words.js"


@dataclass
class Section:
    """What is found, as the search's own script reads it: in this order, behind its page."""

    id: str  # "" for the top of the page
    heading: str
    words: str = ""  # that stand on no page
    text: str = ""
    code: str = ""  # each name once, and the words that are printed
    folded: str = ""  # answers to exercises and what else a click unfolds


@dataclass(frozen=True)
class _Page:
    title: str
    weight: float
    begins: bool  # its sections with what to do, which results show
    description: str
    sections: list[Section]

    def shown(self, goal: str) -> str:
        """Give what a result shows of the top, where its own text will not do."""
        text = self.sections[0].text
        return "" if text and not text.startswith(goal) else self.description


def write(root: Path, language: Language, folder: Path) -> None:
    """Write the index of one language, whose site was built into a folder.

    What the pages tell the search is taken off them: readers need not load it.
    """
    found: dict[str, _Page] = {}
    for address in map(languages.address, languages.navigation(root)):
        file = folder / address / "index.html"
        if not file.is_file():
            continue  # what looks at the finished site says so
        html = file.read_text("utf-8")
        if _TOLD.search(html):
            file.write_text(_TOLD.sub("", html), "utf-8")
        # The way to other pages is half of a page, and nothing is looked for there.
        above, tag, rest = html.partition("<article")
        own = above.partition("</head>")[0], tag + rest.rpartition("</article>")[0]
        name = f"search/{language.code}/{address}index"
        if made := cache.kept(root, name, own, partial(_read, *own)):
            sections = [Section(**section) for section in made.pop("sections")]
            found[address] = _Page(**made, sections=sections)
    goal = language.text["goal"]
    first, *more = _parts(
        [
            (number, *astuple(section))
            for number, page in enumerate(found.values())
            for section in page.sections
        ]
    )
    index = {
        "pages": [
            (place, page.title, page.weight, page.begins, page.shown(goal))
            for place, page in found.items()
        ],
        "count": sum(map(len, [first, *more])),
        "sections": first,
        "terms": list(_terms(glossary.load(root), language.code)),
        "ways": [
            (address, language.text[name]) for address, name in _WAYS.items() if address in found
        ],
        "text": {
            name.removeprefix(_TEXT): text
            for name, text in language.text.items()
            if name.startswith(_TEXT)
        },
    }
    (folder / INDEX).write_text(f"{_ASSIGNED}{_written(index)};\n{_BEGUN};\n", "utf-8")
    for place, part in zip(parts(folder)[1:], more, strict=True):
        place.write_text(f"{_ADDED}{_written(part)});\n{_MORE};\n", "utf-8")
    signs = _traditional(_written([index, *more]) + files.read(_ENGINE))
    (folder / TRADITIONAL).write_text(f"{_SIMPLER}{_written(signs)});\n", "utf-8")


def _traditional(text: str) -> str:
    """Give the traditional signs of those that a text has, each before its simplified one."""
    lines = (line for line in files.read(_SIGNS).splitlines() if not line.startswith("#"))
    pairs, known = (line.split("\t") for line in lines), set(text)
    return "".join(other + simple for other, simple in pairs if simple in known)


def parts(folder: Path) -> list[Path]:
    """Name the files of the index of a built language."""
    first = folder / INDEX
    more = (first.with_stem(f"{first.stem}-{number}") for number in range(2, len(_CUTS) + 2))
    return [first, *more]


def read(folder: Path) -> dict[str, Any]:
    """Read the index of a built language again."""
    first, *more = (file.read_text("utf-8").split("\n")[0] for file in parts(folder))
    index: dict[str, Any] = json.loads(first.removeprefix(_ASSIGNED).removesuffix(";"))
    for part in more:
        index["sections"] += json.loads(part.removeprefix(_ADDED).removesuffix(");"))
    return index


def _parts(sections: list[tuple[Any, ...]]) -> list[list[tuple[Any, ...]]]:
    """Cut the sections into parts by what is in them."""
    ends = list(accumulate(len(_written(section)) for section in sections))
    cuts = [bisect(ends, share * ends[-1]) if ends else 0 for share in _CUTS]
    return [sections[begin:end] for begin, end in pairwise([0, *cuts, len(sections)])]


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def is_whole(folder: Path) -> bool:
    """Tell whether the search of a built language has all its sections, and any."""
    if not all(part.is_file() for part in (*parts(folder), folder / TRADITIONAL)):
        return False
    index = read(folder)
    return 0 < len(index["sections"]) == int(index["count"])


def drop_theirs(site: Path) -> None:
    """Take the scripts of the theme's search, which nothing asks for, out of a built site."""
    for folder in _THEIRS:
        shutil.rmtree(site / folder, ignore_errors=True)


def _read(head: str, article: str) -> dict[str, Any]:
    """Read a page's own text, without what is none; nothing where the search leaves it out."""
    page = BeautifulSoup(_DRAWN.sub("", article), "html.parser").article
    if page is None or page.h1 is None or page.h1.has_attr("data-search-exclude"):
        return {}
    for element in page.select(_OUTSIDE):
        element.decompose()
    for formula in page.find_all("math"):
        formula.replace_with(_formula(formula))
    for displayed in page.select("div.math"):
        typed = _line(displayed)
        displayed.insert_before(f" {typed if len(typed) <= _SHORT else '…'} ")
        displayed.name = "pre"
    for line in page.find_all("br"):
        line.replace_with(" · ")
    for verdict in page.select(".gg-whole"):
        verdict.insert_after(" · ")
    for row in page.select("tr ~ tr, thead + tbody > tr:first-child"):
        row.insert_before(" | ")
    for block in page.find_all(_BLOCKS):
        block.insert_after(" ")
    top = page.h1
    weight = float(str(top.get("data-search-weight") or 1))
    begins = top.has_attr("data-search-opening")
    sections = list(_sections(page))
    described = BeautifulSoup(head, "html.parser").find("meta", {"name": "description"})
    description = str(described["content"]) if described else ""
    return asdict(_Page(_line(top), weight, begins, description, sections))


def _sections(page: Tag) -> Iterator[Section]:
    texts: dict[str, list[str]] = {}
    section = None
    for element in page.descendants:
        if isinstance(element, Tag) and _HEADING.fullmatch(element.name) and element.get("id"):
            if section:
                yield _filled(section, texts)
            at = "" if element.name == "h1" else str(element["id"])
            section = Section(at, _line(element), str(element.get("data-search", "")))
            texts = {"text": [], "code": [], "folded": []}
        elif not section:
            continue
        elif isinstance(element, Tag):
            kind = _kind(element)
            if element.name == "pre":
                texts["code"].append(" ")
            elif element.name in _BLOCKS and kind:
                texts[kind].append(" ")
            elif element.name in ("td", "th") and element.find_previous_sibling(("td", "th")):
                texts[kind or "text"].append(" · ")
        elif isinstance(element, NavigableString) and (kind := _kind(element)):
            texts[kind].append(str(element))
    if section:
        yield _filled(section, texts)


def _kind(element: Tag | NavigableString) -> str | None:
    """Say where a piece of a page belongs: text, code or folded; None for a heading's own."""
    parents = [parent.name for parent in element.parents]
    if any(_HEADING.fullmatch(name) for name in parents):
        return None
    if "pre" in parents:
        return "code"
    return "folded" if "details" in parents else "text"


def _filled(section: Section, texts: dict[str, list[str]]) -> Section:
    section.text, section.folded = (
        _SPACE.sub(" ", "".join(texts[kind])).strip() for kind in ("text", "folded")
    )
    names = dict.fromkeys(_NAME.findall("".join(texts["code"])))
    section.code = " ".join(name for name in names if not iskeyword(name) and len(name) > 1)
    return section


def _line(element: Tag) -> str:
    return _SPACE.sub(" ", element.get_text()).strip()


def _formula(element: PageElement, apart: str = " ") -> str:
    """Write a formula as one would type it: h_t, 1 − z, W h, but b_hn."""
    if not isinstance(element, Tag):
        return str(element).strip()
    if element.name == "munder":  # the shape below a symbol
        return _formula(next(element.children), apart)
    inside = "" if element.name in ("msub", "msup") else apart
    parts = [part for child in element.children if (part := _formula(child, inside))]
    if element.name in _BETWEEN:
        return _BETWEEN[element.name].join(parts)
    return "".join(
        f"{apart}{part}" if n and part[0].isalnum() and parts[n - 1][-1].isalnum() else part
        for n, part in enumerate(parts)
    )


def _terms(terms: Glossary, code: str) -> Iterator[list[str]]:
    """Give each term's key and its name in a language, its symbols, what it is called elsewhere."""
    for term in terms.defined:
        signs = [_LETTERS.get(sign, sign) for sign in term.signs]
        yield [term.key, *dict.fromkeys([term.name(code), *signs, *_forms(term, code)])]


def _forms(term: Term, code: str) -> Iterator[str]:
    """Other names of a term; a short one that only counts as the term may stand for much else."""
    own = [*term.avoid.get(code, []), *term.elsewhere.get(code, [])]
    theirs = [name for other, name in term.names.items() if other != code]
    for form in own + theirs:
        yield re.sub(r"[（(].*", "", form).strip()
    for form in term.also.get(code, []):
        is_long = " " in form or form.isupper() if form.isascii() else len(form) >= _LONG
        if is_long:
            yield form
