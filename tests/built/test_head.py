"""What a page says of itself to search engines and to those who share it."""

import json
import re
from collections import Counter
from itertools import product
from xml.etree import ElementTree

import pytest

from tests.sources import LANGUAGES, PAGES, ROOT, SITE_URL, SOURCES, codes_with, html, url
from tools.project import git
from tools.rendering import tooltips

every_page = pytest.mark.parametrize("code, path", list(product(LANGUAGES, PAGES)), scope="module")
NAMES = {"en": "Gate by Gate", "zh": "逐门"}

# What people type, in each language, and the page whose title says it.
ASKED = {
    ("en", "index.md"): ["GRU", "LSTM", "difference", "formulas", "PyTorch"],
    ("en", "gates/why.md"): ["Vanishing", "exploding", "RNN", "LSTM"],
    ("en", "gates/gru.md"): ["GRU", "reset gate", "update gate", "formulas"],
    ("en", "gates/lstm.md"): ["LSTM", "forget", "cell state", "formulas"],
    ("en", "gates/compare.md"): ["Difference", "GRU", "LSTM", "parameters"],
    ("en", "gates/family.md"): ["minGRU", "xLSTM", "Mamba", "LSTM"],
    ("en", "pytorch/gru-model.md"): ["How to use", "nn.GRU", "parameters"],
    ("en", "pytorch/shapes.md"): ["shapes", "nn.LSTM", "h_n"],
    ("en", "pytorch/sequences.md"): ["Variable-length", "pack_padded_sequence"],
    ("en", "pytorch/errors.md"): ["nn.GRU", "error", "fix"],
    ("en", "conventions/equations.md"): ["GRU", "formulas", "Keras"],
    ("en", "conventions/books.md"): ["notation", "d2l", "Olah", "PyTorch"],
    ("zh", "index.md"): ["GRU", "LSTM", "区别", "公式", "用法", "图解"],
    ("zh", "gates/why.md"): ["梯度消失", "梯度爆炸", "RNN"],
    ("zh", "gates/gru.md"): ["门控循环单元", "重置门", "更新门", "公式"],
    ("zh", "gates/lstm.md"): ["长短期记忆", "三个门", "遗忘门", "公式"],
    ("zh", "gates/compare.md"): ["区别", "怎么选"],
    ("zh", "gates/family.md"): ["minGRU", "xLSTM", "Mamba", "LSTM"],
    ("zh", "pytorch/gru-model.md"): ["用法", "nn.GRU", "参数"],
    ("zh", "pytorch/shapes.md"): ["输入输出形状", "nn.LSTM"],
    ("zh", "pytorch/sequences.md"): ["变长序列", "pack_padded_sequence", "用法"],
    ("zh", "pytorch/from-scratch.md"): ["从零实现"],
    ("zh", "pytorch/errors.md"): ["nn.LSTM", "报错"],
    ("zh", "conventions/equations.md"): ["公式", "差别"],
    ("zh", "conventions/books.md"): ["教材", "符号", "邱锡鹏", "PyTorch"],
}


def content(page, name: str) -> str | None:
    found = page.select_one(f'meta[property="{name}"], meta[name="{name}"]')
    return found and found["content"]


def structured(page) -> dict[str, dict]:
    (script,) = page.select('script[type="application/ld+json"]')
    data = json.loads(script.string)
    assert data["@context"] == "https://schema.org"
    return {each["@type"]: each for each in data["@graph"]}


@pytest.mark.parametrize("code, path", ASKED)
def test_a_title_says_what_people_type(site, code, path):
    title = html(site, code, path).title.string
    assert [word for word in ASKED[code, path] if word not in title] == []


@every_page
def test_a_title_and_a_description_are_given_to_search_engines_and_to_shared_links(
    site, code, path
):
    page = html(site, code, path)
    name, described = content(page, "og:title"), content(page, "description")
    assert page.title.string == f"{name} · {NAMES[code]}"
    assert content(page, "og:site_name") == NAMES[code]
    assert len(name) <= 100 and 10 <= len(described) <= 260
    assert content(page, "og:description") == described
    assert content(page, "og:url") == url(code, path)
    assert content(page, "og:type") == ("website" if path == "index.md" else "article")


@pytest.mark.parametrize("name", ["og:title", "og:description"])
@pytest.mark.parametrize("code", LANGUAGES)
def test_no_two_pages_say_the_same_of_themselves(site, code, name):
    said = Counter(content(html(site, code, path), name) for path in PAGES)
    assert [each for each, count in said.items() if count > 1] == []


@pytest.mark.parametrize(
    "code, title", [("en", "A GRU has fewer parameters: holds"), ("zh", "GRU 参数少？成立")]
)
def test_the_title_of_a_claim_ends_in_its_verdict(site, code, title):
    assert content(html(site, code, "claims/parameters.md"), "og:title") == title


@every_page
def test_the_navigation_keeps_the_short_title(site, code, path):
    page = html(site, code, path)
    shown = {link.get_text(strip=True) for link in page.select(".md-nav--primary .md-nav__link")}
    assert not any(content(page, "og:title") in text for text in shown) or (
        content(page, "og:title") == page.h1.find(string=True)
    )


@every_page
def test_structured_data_has_what_its_kind_requires_and_addresses_of_this_site(site, code, path):
    page = html(site, code, path)
    data = structured(page)
    home = SITE_URL + LANGUAGES[code].prefix
    assert data["WebSite"] | {"name": NAMES[code], "url": home} == data["WebSite"]
    if path == "index.md":
        assert set(data) == {"WebSite"} and data["WebSite"]["inLanguage"] == code
        return
    article = data["TechArticle"]
    assert article["headline"] == content(page, "og:title")
    assert article["description"] == content(page, "description")
    assert article["inLanguage"] == code and article["url"] == url(code, path)
    assert article["author"]["name"] == NAMES[code]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", article["dateModified"])
    crumbs = data["BreadcrumbList"]["itemListElement"]
    assert [crumb["position"] for crumb in crumbs] == list(range(1, len(crumbs) + 1))
    assert crumbs[0]["item"] == home and crumbs[-1]["item"] == url(code, path)
    assert all(crumb["@type"] == "ListItem" and crumb["name"] for crumb in crumbs)
    for crumb in crumbs:
        assert (site / crumb["item"].removeprefix(SITE_URL) / "index.html").is_file()


def test_the_way_to_a_claim_leads_over_all_claims(site):
    crumbs = structured(html(site, "zh", "claims/counting.md"))["BreadcrumbList"]
    assert [crumb["item"] for crumb in crumbs["itemListElement"]] == [
        url("zh", path) for path in ("index.md", "evidence/index.md", "claims/counting.md")
    ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_sitemap_says_when_a_page_was_changed(site, code):
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    tree = ElementTree.parse(site / LANGUAGES[code].prefix / "sitemap.xml")
    days = {
        each.findtext(f"{space}loc"): each.findtext(f"{space}lastmod")
        for each in tree.iter(f"{space}url")
    }
    for path in PAGES:
        own = code if code in codes_with(path) else codes_with(path)[0]
        files = [SOURCES.file(path, own)]
        if path == tooltips.PAGE:
            files.append("docs/glossary.yml")
        day = git.output(ROOT, "log", "-1", "--format=%cs", "--", *files).strip()
        assert days[url(code, path)] == (day or None), path
