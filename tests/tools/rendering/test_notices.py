"""What readers see of the ledger: a line on a section that is not in step, and the state of all."""

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown
from mkdocs.utils import meta

from tests.project import FIRST_DAY
from tests.sources import LANGUAGES
from tools.project import edit_links
from tools.rendering import repository
from tools.rendering.origin import Origin, write
from tools.theme import search
from tools.translations.overview import overview_of

PAGE = "gates/gru.md"
EN, ZH = f"docs/en/{PAGE}", f"docs/zh/{PAGE}"


@pytest.fixture
def synced(project):
    """A project whose languages were declared to say the same, and committed."""
    for code in ("en", "zh"):
        page = f"docs/{code}/{PAGE}"
        project.write(page, project.read(page) + f"\n## End {code} {{ #end }}\n\nEnd {code}.\n")
    project.sync()
    project.commit()
    return project


def built(project, **environment: str):
    """Build the project; gives a function from an address to the page there."""
    ran = project.build(**environment)
    assert ran.returncode == 0, ran.stdout

    def page(address: str) -> BeautifulSoup:
        file = project.folder / "site" / address / "index.html"
        return BeautifulSoup(file.read_text("utf-8"), "html.parser")

    return page


def rendered(project):
    """The same without MkDocs: what the extension alone makes of a page's text."""
    overview_of.cache_clear()
    sources = overview_of(project.folder).sources

    def page(address: str) -> BeautifulSoup:
        first, _, rest = address.partition("/")
        reader = first if first in sources.pages else sources.languages[0].code
        path = f"{(rest if reader == first else address) or 'index'}.md"
        source = sources.get_page(path, reader)
        text = source.path.relative_to(project.folder / "docs").parts[0]
        markdown, _ = meta.get_data("\n".join(source.lines))
        md = Markdown(extensions=["attr_list", "md_in_html", "tools.rendering.notices"])
        html = md.convert(write(markdown, Origin(str(project.folder), path, text, reader)))
        return BeautifulSoup(f"<article>{html}</article>", "html.parser")

    return page


def notices(page: BeautifulSoup) -> list[tuple[str, str, str]]:
    """For each notice: the section that it stands in, its words, and where its link leads."""
    return [
        (
            (notice.find_previous(["h1", "h2"]) or {"id": ""})["id"],
            notice.get_text(),
            notice.a["href"] if notice.a else "",
        )
        for notice in page.select("article .gg-notice")
    ]


def test_pages_in_step_say_nothing(synced):
    page = rendered(synced)
    for address in ("", "gates/gru", "zh", "zh/gates/gru"):
        assert notices(page(address)) == []


def test_a_section_that_is_older_says_so_in_the_readers_language(synced):
    synced.edit(EN, "The reset gate $r_t$.", "The reset gate is $r_t$.")
    synced.commit(day="2026-11-05")
    page = rendered(synced)
    assert notices(page("gates/gru")) == []
    assert notices(page("zh/gates/gru")) == [
        (
            "reset-gate",
            "这一节的英文版在 2026-11-05 更新过，这里还是旧的。 去看那一版",
            "../../../gates/gru/#reset-gate",
        )
    ]
    (notice,) = page("zh/gates/gru").select(".gg-notice")
    assert notice.find_previous_sibling().name == "h2"


def test_the_same_the_other_way_round(synced):
    synced.edit(ZH, "The 重置门 $r_t$.", "重置门是 $r_t$。")
    synced.commit(day="2026-11-05")
    page = rendered(synced)
    assert notices(page("zh/gates/gru")) == []
    assert notices(page("gates/gru")) == [
        (
            "reset-gate",
            "This section is older than its Chinese version, which changed on 2026-11-05. "
            "Read it there",
            "../../zh/gates/gru/#reset-gate",
        )
    ]


def test_a_change_that_git_does_not_know_says_after_which_day(synced):
    synced.edit(EN, "The reset gate $r_t$.", "The reset gate is $r_t$.")
    ((_, words, _),) = notices(rendered(synced)("zh/gates/gru"))
    assert words == f"这一节的英文版在 {FIRST_DAY} 之后更新过，这里还是旧的。 去看那一版"


def test_where_both_moved_both_say_so(synced):
    synced.edit(EN, "The reset gate $r_t$.", "The reset gate is $r_t$.")
    synced.edit(ZH, "The 重置门 $r_t$.", "重置门是 $r_t$。")
    page = rendered(synced)
    ((_, english, _),) = notices(page("gates/gru"))
    ((_, chinese, _),) = notices(page("zh/gates/gru"))
    assert english == (
        f"Since {FIRST_DAY} this section and its Chinese version have both changed; "
        "they may differ. Read it there"
    )
    assert chinese.startswith(f"{FIRST_DAY} 之后，这一节和它的英文版都改过")


def test_a_misspelling_mended_in_the_older_text_does_not_silence_the_notice(synced):
    synced.edit(EN, "The reset gate $r_t$.", "The reset gate is $r_t$.")
    synced.commit(day="2026-11-05")
    synced.edit(ZH, "The 重置门", "重置门")
    synced.commit(day="2026-11-06")
    assert notices(rendered(synced)("zh/gates/gru"))


def test_a_section_that_only_the_other_language_has(synced):
    synced.edit(EN, "## End", "## New part { #new }\n\nText.\n\n## End")
    page = rendered(synced)
    assert notices(page("gates/gru")) == []
    assert notices(page("zh/gates/gru")) == [
        ("reset-gate", "这里还有一节，目前只有英文版： New part", "../../../gates/gru/#new")
    ]


def test_a_section_that_only_chinese_has_stands_in_its_place_too(synced):
    synced.edit(ZH, "## End", "## 新的一节 { #new }\n\n文字。\n\n## End")
    assert notices(rendered(synced)("gates/gru")) == [
        (
            "reset-gate",
            "There is one more section here, in Chinese only: 新的一节",
            "../../zh/gates/gru/#new",
        )
    ]


def test_a_heading_with_attributes_beside_its_id_has_its_notices_too(synced):
    for page in (EN, ZH):
        synced.edit(page, "{ #reset-gate }", "{ .gg-new #reset-gate }")
        synced.edit(page, "{ #end }", "{ #end .gg-new .keep }")
    synced.sync()
    synced.edit(EN, "The reset gate $r_t$.", "The reset gate is $r_t$.\n\n## New { #new }\n\nText.")
    synced.edit(EN, "End en.", "The end.")
    found = notices(rendered(synced)("zh/gates/gru"))
    assert [(section_id, address) for section_id, _, address in found] == [
        ("reset-gate", "../../../gates/gru/#reset-gate"),
        ("reset-gate", "../../../gates/gru/#new"),
        ("end", "../../../gates/gru/#end"),
    ]


def test_a_first_section_that_only_the_other_language_has_is_told_too(synced):
    synced.edit(ZH, "{ #gru }", "{ #other }")
    page = rendered(synced)
    assert [words for _, words, _ in notices(page("gates/gru"))] == [
        "There is one more section here, in Chinese only: GRU zh"
    ]
    assert [words for _, words, _ in notices(page("zh/gates/gru"))] == [
        "这里还有一节，目前只有英文版： GRU en"
    ]


def test_a_heading_within_another_element_ends_the_section_before_it(synced):
    synced.edit(EN, "## End", "## New part { #new }\n\nText.\n\n## End")
    synced.translations("new", PAGE, "--lang", "zh")
    synced.edit(ZH, "## End zh { #end }", "<div markdown>\n\n## End zh { #end }\n")
    synced.edit(ZH, "End zh.", "End zh.\n\n</div>")
    page = rendered(synced)("zh/gates/gru")
    (section,) = page.select("article div[lang]")
    assert section.h2["id"] == "new" and "End zh" not in section.get_text()


def test_a_section_that_is_laid_out_is_marked_with_its_language(synced):
    synced.edit(EN, "## End", "## New part { #new }\n\nText.\n\n## End")
    synced.translations("new", PAGE, "--lang", "zh")
    page = rendered(synced)("zh/gates/gru")
    assert notices(page) == [("new", "这一节还没有中文版，先看英文版。", "")]
    (section,) = page.select("article div[lang]")
    assert section["lang"] == "en" and section.h2["id"] == "new"
    assert section.select_one(".gg-notice")["lang"] == "zh"
    assert "End zh" not in section.get_text()


def test_a_page_shown_in_another_language_tells_how_that_text_stands(synced):
    synced.translations("add-language", "ja")
    synced.edit(EN, "The reset gate $r_t$.", "The reset gate is $r_t$.")
    (synced.folder / ZH).unlink()
    synced.edit("docs/ja.yml", "This section is older than", "JA")
    assert notices(rendered(synced)("ja/gates/gru")) == []


def test_a_notebook_has_its_notices_too(synced):
    text = "# %% [markdown]\n# # Run { #run }\n#\n# Text.\n"
    for code in ("en", "zh"):
        synced.write(f"docs/{code}/evidence/run.py", f"# ---\n# section: E\n# ---\n\n{text}")
    synced.navigation("index.md", PAGE, "evidence/run.py")
    synced.sync("evidence/run.py#run")
    synced.edit("docs/zh/evidence/run.py", "Text", "文字")
    ((section, words, link),) = notices(built(synced)("evidence/run"))
    assert (section, link) == ("run", "../../zh/evidence/run/#run")


def test_notices_are_not_found_by_the_search(synced):
    synced.edit(EN, "The reset gate $r_t$.", "The reset gate is $r_t$.")
    built(synced)
    for language in ("", "zh/"):
        parts = search.parts(synced.folder / "site" / language)
        assert not any("更新过" in part.read_text("utf-8") for part in parts)


# The state of all, and where to edit


STATUS = "# State { #state }\n\n<!-- generated: translations -->\n"


@pytest.fixture
def public(synced):
    """The same with a page on the state of every section."""
    for code in ("en", "zh"):
        synced.write(f"docs/{code}/state.md", STATUS)
    synced.navigation("index.md", PAGE, "state.md")
    return synced


def table(page: BeautifulSoup, section_id: str) -> list[list[str]]:
    rows = page.select_one(f"h2#{section_id}").find_next("table").select("tr")
    return [[cell.get_text() for cell in row.select("th, td")] for row in rows]


def test_the_state_of_every_section_that_is_not_in_step_is_public(public):
    public.edit(EN, "The reset gate $r_t$.", "The reset gate is $r_t$.")
    public.write(ZH, public.read(ZH) + "\n## 多 { #more }\n")
    public.commit(day="2026-11-05")
    page = built(public, REPO_URL="https://gitlab.example.org/o/n")
    assert table(page("state"), "page-gates-gru") == [
        ["section", "English · edit", "Chinese · edit"],
        ["reset gate", "newer", "older · English 2026-11-05"],
        ["多", "missing", "in step"],
    ]
    assert table(page("zh/state"), "page-gates-gru")[1] == [
        "重置门",
        "较新",
        "较旧 · 英文 2026-11-05",
    ]
    summary = [li.get_text() for li in page("state").select("article li")]
    assert summary == [
        "English · in step 4 · newer 1 · not yet compared 1 · missing 1",
        "Chinese · in step 5 · older 1 · not yet compared 1",
    ]
    heads = page("zh/state").select_one("h2#page-gates-gru").find_next("table").select("th a")
    assert [a["href"] for a in heads] == [
        f"https://gitlab.example.org/o/n/-/edit/main/docs/en/{PAGE}",
        f"https://gitlab.example.org/o/n/-/edit/main/docs/zh/{PAGE}",
    ]
    sections = page("state").select_one("h2#page-gates-gru").find_next("table").select("td a")
    assert [a["href"].partition("#")[2] for a in sections] == ["reset-gate"]
    assert sections[0]["href"] == "../gates/gru/#reset-gate"


def test_where_all_sections_are_in_step_a_line_says_so(public):
    public.sync()
    public.commit()
    page = built(public)
    assert not page("state").select("article h2, article table, article li")
    assert "All 6 sections say the same in every language." in page("state").article.text
    assert "全部 6 节，各种语言说的都一致。" in page("zh/state").article.text


def test_a_page_that_a_language_lacks_is_missing_and_has_no_link(public):
    public.remove(ZH)
    found = table(
        built(public, REPO_URL="https://gitlab.example.org/o/n")("state"), "page-gates-gru"
    )
    assert found[0] == ["section", "English · edit", "Chinese"]
    assert found[1] == ["opening", "in step", "missing"]


def test_every_page_has_a_button_that_opens_its_source(synced):
    synced.write("docs/en/only.md", "# Only { #only }\n")
    synced.navigation("index.md", PAGE, "only.md")
    page = built(synced, REPO_URL="https://gitlab.example.org/o/n/")
    sources = {"gates/gru": EN, "zh/gates/gru": ZH, "zh/only": "docs/en/only.md"}
    for address, source in sources.items():
        link = page(address).select_one("a[rel=edit]")
        assert (
            link["href"] == f"https://gitlab.example.org/o/n/-/edit/main/{source}" and link["title"]
        )


@pytest.mark.parametrize(
    "origin",
    [
        "https://github.com/owner/name.git",
        "https://token@github.com/owner/name",
        "git@github.com:owner/name.git",
        "ssh://git@github.com/owner/name",
    ],
)
def test_a_clone_from_github_knows_where_it_can_be_edited(synced, origin, monkeypatch):
    monkeypatch.delenv("REPO_URL", raising=False)
    synced.git("remote", "add", "origin", origin)
    found = edit_links.address(synced.folder, ZH)
    assert found == f"https://github.com/owner/name/edit/main/{ZH}"


def test_another_clone_does_not(synced, monkeypatch):
    monkeypatch.delenv("REPO_URL", raising=False)
    synced.git("remote", "add", "origin", "https://example.org/owner/name.git")
    assert edit_links.address(synced.folder, ZH) is None


def test_where_no_place_for_editing_is_known_there_is_no_button(synced):
    synced.git("remote", "add", "origin", "/a/folder")
    assert built(synced, REPO_URL="")("gates/gru").select_one("a[rel=edit]") is None


@pytest.mark.parametrize(
    "url, edited",
    [
        ("https://github.com/owner/name/", "https://github.com/owner/name/edit/main"),
        ("https://gitee.com/owner/name", "https://gitee.com/owner/name/edit/main"),
        ("https://gitlab.com/group/name", "https://gitlab.com/group/name/-/edit/main"),
        ("https://codeberg.org/owner/name", "https://codeberg.org/owner/name/_edit/main"),
        ("https://example.org/name", None),
    ],
)
def test_the_repository_is_named_and_tells_where_files_are_edited(synced, monkeypatch, url, edited):
    monkeypatch.setenv("REPO_URL", url)
    assert edit_links.address(synced.folder, ZH) == (f"{edited}/{ZH}" if edited else None)
    overview = overview_of.__wrapped__(synced.folder)
    said = repository.WRITERS["repository"]("contribute/index.md", LANGUAGES["en"], overview)
    assert f"({url.rstrip('/')})" in said


def test_where_the_repository_is_unknown_the_page_says_so(synced, monkeypatch):
    monkeypatch.delenv("REPO_URL", raising=False)
    overview = overview_of.__wrapped__(synced.folder)
    said = repository.WRITERS["repository"]("contribute/index.md", LANGUAGES["en"], overview)
    assert "built without the address" in said and "](../take-along.md#code)" in said
