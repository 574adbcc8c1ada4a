"""Draws the picture that a shared link shows: a page's title, its description, what it shows.

That is the first drawing or plot of the finished page, and on a claim's page the verdict. Typst
sets it, 1200 by 630, as docs/poster/card.typ lays it out, and a picture is kept for the next build.
"""

import hashlib
import io
import json
import re
from pathlib import Path
from typing import Any

import typst
from markupsafe import Markup
from PIL import Image

from tools.project import addresses, cache, files
from tools.project.errors import UserError
from tools.rendering import figures, poster, standalone
from tools.sources import claims, languages
from tools.sources.languages import Language
from tools.translations.overview import Overview

TEMPLATE = poster.FOLDER / "card.typ"
FOLDER = "cards"
_LOGO = Path("overrides") / "assets" / "logo.svg"
_SHADES = 128  # as many as a drawing needs; it makes a third of the bytes

_TITLE = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
_ANCHOR = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
_DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')
_FIGURE = re.compile(r'<figure class="(?:figure|plot)[^>]*>(<svg.*?</svg>)', re.DOTALL)


def address(url: str) -> str:
    """Give the address of a page's picture, below its language's root."""
    return f"{FOLDER}/{url.strip('/') or 'index'}.png"


def draw(overview: Overview, language: Language, site: Path, name: str, home: str) -> None:
    """Put a picture of each page of a language into its built site; raises UserError.

    name: of the site; home: the address at which the language begins.
    """
    every = {
        languages.address(path): told(overview, language, path, site, {"site": name, "home": home})
        for path in overview.sources.paths()
    }
    for url, picture in _pictures(overview.sources.root, language.code, every).items():
        file = site / address(url)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(picture)


def told(
    overview: Overview, language: Language, path: str, site: Path, where: dict[str, str]
) -> dict[str, Any]:
    """Say what stands in a page's picture."""
    root, url = overview.sources.root, languages.address(path)
    html = (site / url / "index.html").read_text("utf-8")
    title, description = _TITLE.search(html), _DESCRIPTION.search(html)
    shown = _ANCHOR.sub("", title[1]) if title else where["site"]
    colours = dict(figures.palette(root))
    return {
        "site": where["site"],
        "address": addresses.bare(where["home"] + url),
        "language": language.code,
        "title": _settable(root, Markup(shown).striptags()) or where["site"],
        "description": _settable(root, Markup(description[1] if description else "").unescape()),
        "picture": _picture(root, language, html, colours),
        "verdict": _verdict(root, language, path, colours),
        "colours": colours,
        "logo": files.read(root / _LOGO),
    }


def _settable(root: Path, text: str) -> str:
    """Give a text that the fonts can set, or nothing: a language may just have been begun."""
    return "" if any(poster.lacking(root, text)) else text


def _picture(root: Path, language: Language, html: str, colours: dict[str, str]) -> str | None:
    """Give the first drawing or plot of a page as one that stands by itself."""
    figure = _FIGURE.search(html)
    return standalone.figure(root, figure[1], language.code, colours) if figure else None


def _verdict(
    root: Path, language: Language, path: str, colours: dict[str, str]
) -> dict[str, str] | None:
    """Give the verdict of a claim's page: its word, the colour and the mark that the site has."""
    claim = claims.of_page(root, path)
    if not claim:
        return None
    mark, colour = standalone.mark(root, claim.verdict, colours)
    return {"word": language.text[claim.verdict], "colour": colour, "mark": mark}


def _pictures(root: Path, code: str, told: dict[str, Any]) -> dict[str, bytes]:
    """Draw what is not kept from an earlier build, and keep that and no more."""
    folder = cache.folder(root) / FOLDER / code
    folder.mkdir(parents=True, exist_ok=True)
    layout = files.read(root / TEMPLATE)
    kept = {
        url: folder / f"{hashlib.sha256(json.dumps([layout, each]).encode()).hexdigest()}.png"
        for url, each in told.items()
    }
    missing = [url for url, file in kept.items() if not file.exists()]
    for url, drawn in zip(missing, _draw(root, [told[url] for url in missing]), strict=True):
        files.replace(kept[url], drawn)
    for file in {*folder.glob("*.png")} - {*kept.values()}:
        file.unlink(missing_ok=True)
    return {url: file.read_bytes() for url, file in kept.items()}


def _draw(root: Path, told: list[Any]) -> list[bytes]:
    if not told:
        return []
    try:
        drawn: Any = typst.compile(
            str(root / TEMPLATE),
            format="png",
            ppi=72.0,
            font_paths=[str(root / poster.FOLDER)],
            ignore_system_fonts=True,
            sys_inputs={"cards": json.dumps(told)},
        )
    except typst.TypstError as error:
        raise UserError(f"Typst cannot set this: {error.message}", TEMPLATE) from None
    every = drawn if isinstance(drawn, list) else [drawn]
    if len(every) != len(told):
        raise UserError(f"{len(told)} pictures have {len(every)} pages; make each fit", TEMPLATE)
    return [_small(each) for each in every]


def _small(png: bytes) -> bytes:
    """Write a picture with fewer shades; nobody sees a difference, and it loads sooner."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    few = picture.quantize(_SHADES, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(small := io.BytesIO(), "png")
    return small.getvalue()
