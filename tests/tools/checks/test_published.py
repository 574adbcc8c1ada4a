"""A build publishes pages and drawings, and no other file that lies among them."""

import os

import pytest

from tools.checks import published
from tools.checks.suite import check

STRAY = "only files of the kinds .md, .py belong here; take this one away"
LINK = "this is a link, and a build would publish what it leads to; put the file itself here"

FILES = {
    "docs/en/evil.html": STRAY,
    "docs/en/gates/notes.txt": STRAY,
    "docs/zh/gates/gru.md~": STRAY,
    "docs/figures/cell.html": "only files of the kinds .svg belong here; take this one away",
    "docs/evil.js": "only files of the kinds .lock, .yml belong here; take this one away",
}


@pytest.mark.parametrize("path", FILES)
def test_a_file_that_is_no_page_stops_the_build(project, path):
    project.write(path, "x\n")
    (finding,) = check(project.folder)
    assert str(finding) == f"{path}:1: {FILES[path]}"


def test_a_script_that_nobody_weighs_stops_the_build(project):
    (project.folder / "overrides").unlink()  # the site's own
    project.write("overrides/assets/late.js", "1\n")
    project.write("overrides/late/late.js", "1\n")
    (finding,) = check(project.folder)
    assert str(finding) == (
        "overrides/late/late.js:1: only files of the kinds .html belong here; take this one away"
    )


def test_a_link_is_not_followed_into_the_site(project, tmp_path):
    (tmp_path / "secret").write_text("secret", "utf-8")
    for path in ("docs/en/link.md", "docs/en/folder", "snippets/gates/gru/two.out"):
        os.symlink(tmp_path / ("secret" if "." in path else "."), project.folder / path)
        assert LINK in [f.message for f in check(project.folder) if f.file == path]
        ran = project.build()
        assert ran.returncode != 0 and f"{path}:1: {LINK}" in ran.stdout
        project.remove(path)


def test_a_large_file_stops_the_build(project):
    project.write("snippets/gates/gru/one.out", "1" * (published.LARGEST + 1))
    (finding,) = check(project.folder)
    assert str(finding) == (
        "snippets/gates/gru/one.out:1: this file has more than 1,000,000 bytes; make it smaller"
    )


def test_what_no_build_publishes_may_lie_there(project):
    project.write("docs/en/.draft.md", "x\n")
    project.write("experiments/__pycache__/x.pyc", "x\n")
    assert check(project.folder) == []


@pytest.mark.parametrize(
    "file, old, new, message",
    [
        ("docs/zh.yml", "site_name: 逐门", "site_name: <b>逐门", "words hold no HTML"),
        ("docs/glossary.yml", "0 to block it", "0 <script></script>", "words hold no HTML"),
        ("docs/glossary.yml", "0 to block it", "0 [a](javascript:b)", "words hold no scripts"),
    ],
)
def test_the_words_of_the_site_hold_no_html(project, file, old, new, message):
    project.edit(file, old, new)
    line = next(n for n, text in enumerate(project.read(file).splitlines(), 1) if new in text)
    (finding,) = check(project.folder)
    assert str(finding).startswith(f"{file}:{line}: {message}")
