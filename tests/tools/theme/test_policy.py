"""A policy lists what a page runs, and a page in which it has no place is named."""

import pytest

from tests import hosted
from tests.sources import LANGUAGES, ROOT
from tools.project.errors import UserError
from tools.theme import policy

CHARSET = '<meta charset="utf-8">'
EMPTY = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"  # as `openssl dgst -sha256` has it


@pytest.mark.parametrize(
    "html, scripts",
    [
        ("<script></script>", f"'self' {EMPTY};"),
        ("<script type=module></script>", f"'self' {EMPTY};"),
        ('<script id="a"></script><p><script></script>', f"'self' {EMPTY} {EMPTY};"),
        ('<script src="a.js"></script>', "'self';"),
        ('<script defer src="a.js"></script>', "'self';"),
        ('<script id="a" type="application/json">{}</script>', "'self';"),
        ('<script type="application/ld+json">{}</script>', "'self';"),
    ],
)
def test_what_a_page_runs_of_its_own_is_in_its_policy(html, scripts):
    assert f"script-src {scripts}" in policy.of_page(html)


def test_a_script_is_hashed_to_the_last_sign():
    one, other = (policy.of_page(f"<script>{code}</script>") for code in ("a()", "a()\n"))
    assert one != other


def test_a_page_without_a_place_for_its_policy_is_named(tmp_path):
    (tmp_path / "index.html").write_text("<!doctype html><title>…</title>", "utf-8")
    with pytest.raises(UserError, match=f"index.html lacks {CHARSET}.*mend _FIRST"):
        policy.write(tmp_path)


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_a_readme_tells_nginx_what_the_file_for_hosts_tells_them(tmp_path, name):
    policy.write_headers(tmp_path, [language.prefix for language in LANGUAGES.values()])
    told = list(hosted.rules(tmp_path / policy.HEADERS))
    assert {pattern for pattern, _, _ in told} == {"/*", "/lab/*", "/zh/lab/*"}
    for _, header, value in told:
        assert f'add_header {header} "{value}" always;' in (ROOT / name).read_text("utf-8")
