"""Serving a project and publishing it: a port that is taken, an address that nobody set."""

import socket

import pytest
from mkdocs.exceptions import Abort

from tests.sources import SITE_URL
from tools.project import serving

LOCAL = "http://127.0.0.1:8000/"


@pytest.fixture
def taken():
    """A port at which something else answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_is_told_in_a_line_before_anything_is_built(project, taken):
    ran = project.run("mkdocs", "serve", "--dev-addr", f"127.0.0.1:{taken}")
    output = ran.stdout + ran.stderr
    assert ran.returncode == 1
    assert f"127.0.0.1:{taken} cannot be used (Address already in use)" in output
    assert f"make serve PORT={taken + 1}" in output
    assert "Traceback" not in output
    assert "Cleaning" not in output


@pytest.mark.parametrize("port", [0, 99999])
def test_a_number_that_is_no_port_is_told_in_a_line(project, port):
    ran = project.run("mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}")
    output = ran.stdout + ran.stderr
    assert ran.returncode == 1
    assert f"{port} is no port; name one up to 65535: make serve PORT=8001" in output
    assert "Traceback" not in output


def test_after_the_last_port_none_is_offered():
    with socket.create_server(("127.0.0.1", 65535)), pytest.raises(Abort, match="PORT=65534"):
        serving.refuse_taken("127.0.0.1", 65535)


@pytest.mark.parametrize(
    "url, output",
    [
        (LOCAL, [f"The pages name {LOCAL} as their address, and shared links show no picture"]),
        (SITE_URL, []),
    ],
)
def test_a_build_says_once_that_its_pages_name_this_machine(caplog, url, output):
    caplog.set_level("INFO")
    serving.begin("build")
    for _ in ("the main language", "another one"):
        serving.look(("127.0.0.1", 8000), url)
    assert [message.partition(". ")[0] for message in caplog.messages] == output


def test_a_server_refuses_a_port_that_is_taken_when_it_begins_and_not_at_each_change(taken):
    serving.begin("serve")
    with pytest.raises(Abort, match="Address already in use"):
        serving.look(("127.0.0.1", taken), LOCAL)
    serving.look(("127.0.0.1", taken), LOCAL)


def test_what_nobody_asks_for_is_not_published(project):
    assert project.build().returncode == 0
    site = project.folder / "site"
    scripts = [*site.rglob("*.js"), *site.rglob("*.css")]
    assert scripts and list(site.rglob("*.map")) == []
    assert not any("sourceMappingURL" in file.read_text("utf-8") for file in scripts)
    assert 'name="generator"' not in project.read("site/index.html")
    assert 'rel="icon"' in project.read("site/index.html")


def test_what_is_saved_shows_at_once_in_a_page_that_is_served(project, chromium):
    page, faults = chromium.new_page(), []
    page.on("console", lambda m: faults.append(m.text) if m.type in ("error", "warning") else None)
    with project.serving() as served:
        page.goto(f"{served.addresses['English']}gates/gru/")
        project.edit("docs/en/gates/gru.md", "The reset gate", "Saved just now: the reset gate")
        page.get_by_text("Saved just now").wait_for()
        assert faults == []
    page.close()
