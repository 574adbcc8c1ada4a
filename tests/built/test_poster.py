"""The poster on the built site: each language's own, and the picture that leads to it."""

from posixpath import join, normpath

import pytest
from PIL import Image

from tests import pdf
from tests.sources import LANGUAGES, SITE_URL, html
from tools.rendering import poster


@pytest.mark.parametrize("code, word", [("en", "reset gate"), ("zh", "重置门")])
def test_the_home_page_shows_a_light_picture_that_leads_to_the_poster(site, code, word):
    folder = site / LANGUAGES[code].prefix
    preview = html(site, code, "index.md").select_one(".gg-poster")
    shown = pdf.text((folder / preview.select_one("a:has(img)")["href"]).read_bytes())
    address = SITE_URL + LANGUAGES[code].prefix
    assert word in shown and address.removeprefix("https://").rstrip("/") in shown
    picture = preview.img
    assert picture["loading"] == "lazy" and len(picture["alt"]) > 20
    file = folder / picture["src"]
    assert file.stat().st_size < 45_000
    with Image.open(file) as opened:
        assert opened.size == poster.PREVIEW == (int(picture["width"]), int(picture["height"]))
    for link in preview.select("a"):
        assert (site / normpath(join(LANGUAGES[code].prefix, link["href"]))).is_file()
