"""The W3C's checker: every page is held to it, and each message names file and line."""

import warnings

import pytest
from click.testing import CliRunner

from tests.sources import ROOT
from tools.checks import valid

PAGE = '<!DOCTYPE html>\n<html lang="en">\n<title>Gate</title>\n<p id="a">One.</p>\n{}</html>\n'


@pytest.fixture(scope="module")
def jar():
    """The checker; where it cannot be had, the summary says what is missing."""
    try:
        return valid.checker(ROOT)
    except valid.Missing as missing:
        warnings.warn(str(missing), stacklevel=1)
        pytest.skip(str(missing))


def test_a_message_has_its_file_its_line_and_what_is_wrong():
    at = {"url": "file:/a%20b/gru/index.html", "type": "error"}
    messages = [
        {**at, "lastLine": 12, "message": "Duplicate ID “a”."},
        {**at, "lastLine": 7, "message": "Stray end tag “p”."},
    ]
    assert valid.said({"messages": messages}) == [
        "/a b/gru/index.html:7: Stray end tag “p”.",
        "/a b/gru/index.html:12: Duplicate ID “a”.",
    ]


@pytest.mark.parametrize("program, named", [("java", "Java 17"), ("npm", "Node")])
def test_what_is_missing_is_named_with_where_it_comes_from(tmp_path, monkeypatch, program, named):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text(PAGE.format(""), "utf-8")
    if program == "java":
        (tmp_path / ".cache").mkdir()
        (tmp_path / f".cache/vnu-{valid.VERSION}.jar").touch()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(valid.Missing, match=f"{program} is not on this machine; .*{named}"):
        CliRunner().invoke(valid.main, [], standalone_mode=False, catch_exceptions=False)


def test_a_folder_without_pages_is_not_valid(tmp_path):
    with pytest.raises(valid.UserError, match="no page is there; run make build first"):
        valid.faults(tmp_path, tmp_path / "vnu.jar")


@pytest.mark.proof
def test_a_broken_page_fails_and_a_whole_one_does_not(tmp_path, jar):
    page = tmp_path / "index.html"
    page.write_text(PAGE.format(""), "utf-8")
    assert valid.faults(tmp_path, jar) == []
    page.write_text(PAGE.format('<p id="a"><label tabindex="">Two.</label></p>\n'), "utf-8")
    tabindex, first, twice = sorted(valid.faults(tmp_path, jar), key=lambda line: "ID" in line)
    assert tabindex.startswith(f"{page}:5: ") and "tabindex" in tabindex
    assert first == f"{page}:4: The first occurrence of ID “a” was here."
    assert twice == f"{page}:5: Duplicate ID “a”."
    page.write_text(PAGE.format("<math><msub><mi>h</mi></msub></math>\n"), "utf-8")
    (half,) = valid.faults(tmp_path, jar)
    assert half.startswith(f"{page}:5: Element “msub” is missing a required ")


@pytest.mark.proof
def test_every_page_is_valid_html(site, jar):
    assert valid.faults(site, jar) == []
