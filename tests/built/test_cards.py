"""The pictures of shared links on the built site: one for each page, in its own language."""

import colorsys

import pytest
from PIL import Image

from tests.sources import LANGUAGES, PAGES, ROOT, SITE_URL, html
from tools.rendering import figures

COLOURS = dict(figures.palette(ROOT))


def card(site, code, path):
    """Where a page says that its picture is, as a file."""
    address = html(site, code, path).select_one('meta[property="og:image"]')["content"]
    assert address.startswith(SITE_URL + LANGUAGES[code].prefix)
    return site / address.removeprefix(SITE_URL)


def has(picture, colour):
    """Whether a hue of the site stands in a picture; a plot's marks let the paper through."""
    hue, _, _ = hsv(*(int(colour[i : i + 2], 16) for i in (1, 3, 5)))
    shades = [hsv(*shade) for _, shade in Image.open(picture).convert("RGB").getcolors(300)]
    return any(abs(hue - h) < 0.02 and s > 0.3 for h, s, _ in shades)


def hsv(*shade):
    return colorsys.rgb_to_hsv(*(value / 255 for value in shade))


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_page_has_its_own(site, code):
    files = [card(site, code, path) for path in PAGES]
    seen = [file.read_bytes() for file in files]
    assert len({*seen}) == len(PAGES)
    assert max(map(len, seen)) < 100_000
    assert {Image.open(file).size for file in files} == {(1200, 630)}


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(
    "path, colour",
    [("gates/gru.md", "keep"), ("evidence/adding.py", "lstm"), ("claims/equal.md", "not")],
)
def test_it_shows_the_drawing_the_plot_or_the_verdict(site, code, path, colour):
    assert has(card(site, code, path), COLOURS[colour])
    assert not has(card(site, code, "glossary.md"), COLOURS[colour])


def test_that_of_a_language_is_in_that_language(site):
    assert (
        card(site, "zh", "glossary.md").read_bytes() != card(site, "en", "glossary.md").read_bytes()
    )
