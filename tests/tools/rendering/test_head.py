"""The head of a page: what is known is said, and what is not known is left out."""

import json
from datetime import date

from tests.sources import LANGUAGES, SITE_URL
from tools.rendering import head

HOME = ("Gate by Gate", SITE_URL)
GRU = ("GRU", f"{SITE_URL}gates/gru/")


def built(project, path: str) -> str:
    return project.read(f"site/{path}")


def test_a_site_that_does_not_know_its_address_names_none_to_search_engines(project):
    title = "long_title: The GRU, its gates & formulas"
    project.edit("docs/en/gates/gru.md", "section:", f"{title}\nsection:")
    assert project.build(SITE_URL="http://127.0.0.1:8000/").returncode == 0
    page = built(project, "gates/gru/index.html")
    said = "The GRU, its gates &amp; formulas"
    assert f'<meta property="og:title" content="{said}">' in page
    assert f"<title>{said} · Gate by Gate</title>" in page
    assert "og:url" not in page and "ld+json" not in page
    assert "The GRU, its" not in built(project, "index.html")  # not in the navigation


def test_the_sitemap_has_the_day_of_a_commit_and_none_where_nothing_is_committed(project):
    assert project.build().returncode == 0
    assert "<lastmod>" not in built(project, "sitemap.xml")
    project.commit(day="2026-10-03")
    project.write("docs/glossary.yml", project.read("docs/glossary.yml") + "# edited\n")
    project.commit(day="2026-10-05")
    assert project.build().returncode == 0
    days = dict(
        part.partition("</loc>")[::2] for part in built(project, "sitemap.xml").split("<loc>")[1:]
    )
    assert "2026-10-03" in days[f"{SITE_URL}gates/gru/"]
    assert "2026-10-05" in days[f"{SITE_URL}glossary/"]
    assert '"dateModified":"2026-10-03"' in built(project, "gates/gru/index.html")


def test_no_title_ends_the_script_that_it_stands_in():
    written = head.structured("</script>", "", [HOME, GRU], LANGUAGES["en"], None)
    assert "<" not in written
    article = json.loads(written)["@graph"][1]
    assert article["headline"] == "</script>" and "dateModified" not in article


def test_a_home_page_is_the_site_and_no_article():
    written = head.structured("GRU", "All of it", [HOME], LANGUAGES["zh"], date(2026, 11, 1))
    (site,) = json.loads(written)["@graph"]
    assert (site["@type"], site["inLanguage"], site["url"]) == ("WebSite", "zh", SITE_URL)
