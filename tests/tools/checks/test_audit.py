"""What is known of the pinned packages is named, and silence is not taken for good news."""

import json

import pytest

from tools.checks import audit
from tools.project.errors import UserError

KNOWN = {
    "name": "jinja2",
    "version": "2.11.2",
    "vulns": [{"id": "PYSEC-2021-66", "aliases": ["CVE-2020-28493"], "fix_versions": ["2.11.3"]}],
}
CLEAN = {"name": "torch", "version": "2.13.0", "vulns": []}
NOT_FOUND = {"name": "torch", "skip_reason": "Dependency not found on PyPI: torch (2.13.0)"}


@pytest.fixture
def pins(tmp_path, monkeypatch):
    """A project of two pins, and a pip-audit that answers as a test tells it to."""
    (tmp_path / "mkdocs.yml").write_text("")
    (tmp_path / "requirements.txt").write_text("# Pins\njinja2==2.11.2\ntorch==2.13.0\n")
    monkeypatch.chdir(tmp_path)

    def answer(*packages, stderr: str = "") -> None:
        program = tmp_path / audit.PROGRAM
        program.parent.mkdir(parents=True, exist_ok=True)
        written = json.dumps({"dependencies": packages}) if packages else ""
        program.write_text(f"#!/bin/sh\ncat <<'END'\n{written}\nEND\necho '{stderr}' >&2\n")
        program.chmod(0o755)

    return answer


def test_a_vulnerability_is_named_with_its_line_and_the_version_without_it(pins, capsys):
    pins(KNOWN, CLEAN)
    assert audit.main.main([], standalone_mode=False) == 1
    assert capsys.readouterr().err == (
        "requirements.txt:2: jinja2 2.11.2 has PYSEC-2021-66, CVE-2020-28493; mended in 2.11.3: "
        "make upgrade NAME=jinja2\n"
    )


def test_where_nothing_is_known_it_says_so(pins, capsys):
    pins({**KNOWN, "vulns": []}, CLEAN)
    assert audit.main.main([], standalone_mode=False) == 0
    assert capsys.readouterr().out == "No vulnerability is known in 1 files.\n"


def test_a_package_that_was_not_looked_at_is_named(pins, capsys):
    pins({**KNOWN, "vulns": []}, NOT_FOUND)
    assert audit.main.main([], standalone_mode=False) == 1
    assert "requirements.txt:3: not looked at: Dependency not found" in capsys.readouterr().err


@pytest.mark.parametrize(
    "packages, stderr",
    [
        ([NOT_FOUND, {**NOT_FOUND, "name": "jinja2"}], ""),
        ([], "Traceback\nConnectionError: Failed to resolve pypi.org"),
    ],
    ids=["a mirror without the answers", "no network"],
)
def test_silence_fails_and_says_why(pins, packages, stderr):
    pins(*packages, stderr=stderr)
    with pytest.raises(UserError) as raised:
        audit.main.main([], standalone_mode=False)
    assert "NOTHING IS KNOWN OF THESE PINS, SINCE pypi.org DID NOT ANSWER" in str(raised.value)
    assert stderr.split("\n")[-1] in str(raised.value)
