"""The pictures of shared links: what stands in one, what is kept, what stops a build."""

import shutil

import pytest
from PIL import Image

from tests.project import SITE_URL
from tests.sources import LANGUAGES, ROOT, SOURCES
from tools.project.errors import UserError
from tools.rendering import cards, poster
from tools.sources import pages
from tools.translations.overview import overview_of

PAGE = """<meta name="description" content="What &quot;r&quot; does">
<h1 id="g">Gate <code>r</code><a class="headerlink" href="#g">#</a></h1>
"""


@pytest.fixture
def drawn(project):
    """Draw the cards of a small project whose English pages are these, and give their folder."""
    shutil.copytree(ROOT / "docs/poster", project.folder / "docs/poster")

    def draw(html: str):
        overview = overview_of.__wrapped__(project.folder)
        site = project.folder / "site"
        for path in overview.sources.paths():
            page = site / cards.languages.address(path) / "index.html"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(html, "utf-8")
        cards.draw(overview, overview.sources.language("en"), site, "A site", SITE_URL)
        return site / cards.FOLDER

    return draw


def told(html: str, tmp_path, path="claims/equal.md"):
    page = tmp_path / cards.languages.address(path) / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(html, "utf-8")
    where = {"site": "Gate by Gate", "home": SITE_URL}
    return cards.told(overview_of(ROOT), LANGUAGES["en"], path, tmp_path, where)


def test_it_says_title_description_address_and_verdict(tmp_path):
    said = told(PAGE, tmp_path)
    assert (said["title"], said["description"]) == ("Gate r", 'What "r" does')
    assert said["address"] == "example.org/gate/claims/equal"
    assert said["verdict"]["word"] == LANGUAGES["en"].text["does_not_hold"]
    assert said["verdict"]["colour"] == said["colours"]["not"]
    assert said["verdict"]["colour"] in said["verdict"]["mark"]


def test_a_plot_stands_by_itself(tmp_path):
    svg = '<svg viewBox="0 0 9 9"><text style="font-family: Arial; fill: var(--gg-gru)">1</text>'
    said = told(f'{PAGE}<figure class="plot">{svg}</svg></figure>', tmp_path, "gates/gru.md")
    assert "var(" not in said["picture"] and said["colours"]["gru"] in said["picture"]
    assert "Noto Sans CJK SC" in said["picture"] and said["verdict"] is None


def test_each_page_has_one_of_the_size_that_is_asked_for(drawn):
    files = sorted(drawn(PAGE).rglob("*.png"))
    assert files
    for file in files:
        assert Image.open(file).size == (1200, 630)


def test_one_is_drawn_again_only_if_it_changes_and_none_is_kept_that_is_not_needed(
    drawn, project, monkeypatch
):
    def refuse(*_, **__):
        pytest.fail("drawn again")

    folder = drawn(PAGE)
    before = (folder / "index.png").read_bytes()
    kept = project.folder / ".cache" / cards.FOLDER / "en"
    count = len([*kept.iterdir()])
    with monkeypatch.context() as patch:
        patch.setattr(cards.typst, "compile", refuse)
        drawn(PAGE)
    drawn(PAGE.replace("Gate", "Door"))
    assert (folder / "index.png").read_bytes() != before
    assert len([*kept.iterdir()]) == count


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_fonts_have_every_sign_of_the_sites_own_titles_and_descriptions(code):
    for path, page in SOURCES.pages[code].items():
        head = pages.front_matter(page.path)
        said = [page.headings[0].text, head.get("description", "")]
        lacking = list(poster.lacking(ROOT, "".join(said)))
        assert not lacking, f"{path}: .venv/bin/python -m tools.rendering.poster_fonts"


def test_what_the_fonts_cannot_set_is_left_out(tmp_path):
    said = told(PAGE.replace("Gate", "龘"), tmp_path)
    assert (said["title"], said["description"]) == ("Gate by Gate", 'What "r" does')


def test_a_layout_that_typst_refuses_or_that_needs_more_pages_stops_the_build(drawn, project):
    project.edit("docs/poster/card.typ", "#let margin = 56pt", "#nothing()")
    with pytest.raises(UserError, match=r"card\.typ:1: Typst cannot set this: unknown variable"):
        drawn(PAGE)
    project.edit("docs/poster/card.typ", "#nothing()", "#let margin = 56pt\n#page[more]")
    with pytest.raises(UserError, match=r"card\.typ:1: \d pictures have \d pages; make each fit"):
        drawn(PAGE)
