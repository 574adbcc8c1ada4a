"""Lighthouse: each kind of page is held to its scores, and what is too low is named with why."""

import warnings

import pytest
from click.testing import CliRunner

from tests.sources import ROOT
from tools.checks import lighthouse
from tools.theme import browser

WHOLE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Gate</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="description" content="What a gate does"><link rel="icon" href="data:,"></head>
<body><main><h1>Gate</h1>{}</main></body></html>"""
BROKEN = """<img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=" width=1 height=1>
<a>nowhere</a><script>console.error("broken")</script>"""


@pytest.fixture(scope="module")
def program():
    """Lighthouse; where it cannot be had, the summary says what is missing."""
    try:
        return lighthouse.program(ROOT)
    except lighthouse.programs.Missing as missing:
        warnings.warn(str(missing), stacklevel=1)
        pytest.skip(str(missing))


def reported(**scored: float) -> dict:
    """A report of one audit in each category."""
    return {
        "audits": {
            name: {"title": f"The {name}", "score": score} for name, score in scored.items()
        },
        "categories": {
            name: {"score": score, "auditRefs": [{"id": name, "weight": 1}]}
            for name, score in scored.items()
        },
    }


def test_performance_is_the_median_and_the_others_are_what_was_worst():
    three = [
        reported(performance=speed, seo=seo) for speed, seo in ((1, 1), (0.9, 0.92), (0.97, 1))
    ]
    assert lighthouse.scores(three) == {"performance": 97, "seo": 92}


def test_a_phone_may_be_a_little_slower_and_nothing_else_may_miss_anything():
    slow, none = [reported(performance=0.95, seo=1)], [reported(performance=0.94, seo=0)]
    assert lighthouse.faults("lab/", "mobile", slow) == []
    assert lighthouse.faults("lab/", "desktop", slow) == [
        "/lab/ (desktop): performance 95, not 100: The performance"
    ]
    assert lighthouse.faults("", "mobile", none) == [
        "/ (mobile): performance 94, not 95: The performance",
        "/ (mobile): seo 0, not 100: The seo",
    ]


def run(*arguments):
    return CliRunner().invoke(
        lighthouse.main, arguments, standalone_mode=False, catch_exceptions=False
    )


def test_without_npm_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for page in lighthouse.PAGES.values():
        (tmp_path / page).mkdir(parents=True, exist_ok=True)
        (tmp_path / page / "index.html").touch()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(lighthouse.programs.Missing, match="npm is not on this machine; .*Node"):
        run(".")


def test_without_a_page_it_says_which_and_what_to_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "index.html").touch()
    with pytest.raises(lighthouse.UserError, match="gates/gru:1: .* run make build first"):
        run(".")


@pytest.mark.proof
def test_a_broken_page_is_named_with_what_is_wrong_and_a_whole_one_is_not(tmp_path, program):
    page = tmp_path / "index.html"
    with browser.served(tmp_path, lighthouse.Zipped) as address:

        def found(text: str) -> list[str]:
            page.write_text(WHOLE.format(text), "utf-8")
            report = lighthouse.report(program, address, "mobile", lighthouse.ALWAYS)
            return lighthouse.faults("", "mobile", [report])

        assert found("<p>It opens.</p>") == []
        for fault, name in zip(found(BROKEN), lighthouse.ALWAYS, strict=True):
            assert fault.startswith(f"/ (mobile): {name} ")
        with pytest.raises(lighthouse.UserError, match="(?s)could not look at .*code: 404"):
            lighthouse.report(program, f"{address}none/", "mobile", lighthouse.ALWAYS)


@pytest.mark.proof
@pytest.mark.parametrize("page", lighthouse.PAGES.values(), ids=lighthouse.PAGES)
def test_a_page_is_open_to_everyone_and_to_search_engines(program, address, page):
    report = lighthouse.report(program, address + page, "mobile", lighthouse.ALWAYS)
    assert lighthouse.faults(page, "mobile", [report]) == []  # on a desk too, by make audit
