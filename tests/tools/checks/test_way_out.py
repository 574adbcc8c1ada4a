"""The second builder: the same site, or each file that differs; and what is said without it."""

import gzip
import subprocess
import sys
import warnings

import pytest
from click.testing import CliRunner

from tests.project import ENVIRONMENT
from tests.sources import ROOT
from tools.checks import way_out

FILES = {
    "index.html": '<meta name="generator" content="MkDocs">\n<p>one</p>\n',
    "search.json": f'{{"docs": "{"x" * 500}one"}}',
    "a/font.woff2": "one",
}


@pytest.fixture
def sites(tmp_path):
    """Two sites that are equal but for their generators."""
    for site, name in (("one", "MkDocs"), ("other", "ProperDocs")):
        for file, text in FILES.items():
            path = tmp_path / site / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace("MkDocs", name), "utf-8")
        (tmp_path / site / "map.gz").write_bytes(gzip.compress(b"one", mtime=len(name)))
    return tmp_path / "one", tmp_path / "other"


def test_the_generator_and_the_time_of_packing_are_no_difference(sites):
    assert list(way_out.differences(*sites)) == []


@pytest.mark.parametrize(
    "file, message",
    [
        ("index.html", "index.html:2: MkDocs has b'one</p>', ProperDocs b'two</p>'"),
        ("search.json", """search.json:1: MkDocs has b'one"}', ProperDocs b'two"}'"""),
        ("a/font.woff2", "a/font.woff2:1: MkDocs has b'one', ProperDocs b'two'"),
    ],
)
def test_a_file_that_differs_is_named_with_its_first_line_that_does(sites, file, message):
    _, other = sites
    text = (other / file).read_text("utf-8")
    (other / file).write_text(text.replace("one", "two"), "utf-8")
    assert list(way_out.differences(*sites)) == [message]


def test_a_packed_file_and_a_line_at_the_end_count_too(sites):
    one, other = sites
    (other / "map.gz").write_bytes(gzip.compress(b"one\ntwo"))
    assert list(way_out.differences(one, other)) == ["map.gz:2: MkDocs has b'', ProperDocs b'two'"]


def test_a_file_that_one_of_them_lacks_is_named(sites):
    one, other = sites
    (one / "a/font.woff2").unlink()
    (other / "index.html").unlink()
    assert list(way_out.differences(one, other)) == [
        "a/font.woff2: ProperDocs alone has it", "index.html: MkDocs alone has it",
    ]  # fmt: skip


def test_where_it_cannot_be_fetched_that_is_said_and_nothing_fails(tmp_path, monkeypatch):
    (tmp_path / way_out.PINNED).write_text("properdocs==0.0.0\n", "utf-8")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    monkeypatch.chdir(tmp_path)
    ran = CliRunner().invoke(way_out.main, [str(tmp_path)], standalone_mode=False)
    assert ran.return_value == 0
    assert ran.stderr == "PROPERDOCS COULD NOT BE FETCHED, SO THE WAY OUT WAS NOT TRIED.\n"


@pytest.mark.proof
def test_properdocs_builds_the_same_site(site):
    ran = subprocess.run(
        [sys.executable, "-m", "tools.checks.way_out", site], cwd=ROOT, env=ENVIRONMENT,
        text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout
    if way_out.NOT_FETCHED in ran.stdout:
        warnings.warn(way_out.NOT_FETCHED, stacklevel=1)  # which the summary shows
    else:
        assert ran.stdout.endswith("ProperDocs builds the same site.\n")
