"""The poster on the built site: each language's own, which the home page leads to."""

import pytest

from tests import pdf
from tests.sources import LANGUAGES, SITE_URL, html


@pytest.mark.parametrize("code, word", [("en", "reset gate"), ("zh", "重置门")])
def test_the_home_page_leads_to_the_poster_in_its_own_language(site, code, word):
    folder, page = site / LANGUAGES[code].prefix, html(site, code, "index.md")
    shown = pdf.text((folder / page.select_one("a[href$='poster.pdf']")["href"]).read_bytes())
    address = SITE_URL + LANGUAGES[code].prefix
    assert word in shown and address.removeprefix("https://").rstrip("/") in shown
    svg = folder / page.select_one("a[href$='poster.svg']")["href"]
    assert svg.read_text("utf-8").startswith("<svg")
