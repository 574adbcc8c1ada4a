"""Serving a project and publishing it: a port that is taken, an address that nobody set."""

import socket

import pytest
from mkdocs.exceptions import Abort

from tools.project import serving

LOCAL = "http://127.0.0.1:8000/"


@pytest.fixture
def taken():
    """A port at which something else answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_is_told_in_a_line_before_anything_is_built(project, taken):
    ran = project.run("mkdocs", "serve", "--dev-addr", f"127.0.0.1:{taken}")
    said = ran.stdout + ran.stderr
    assert ran.returncode == 1
    assert f"127.0.0.1:{taken} cannot be used (Address already in use)" in said
    assert f"make serve PORT={taken + 1}" in said
    assert "Traceback" not in said
    assert "Cleaning" not in said


@pytest.mark.parametrize("port", [0, 99999])
def test_a_number_that_is_no_port_is_told_in_a_line(project, port):
    ran = project.run("mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}")
    said = ran.stdout + ran.stderr
    assert ran.returncode == 1
    assert f"{port} is no port; name one up to 65535: make serve PORT=8001" in said
    assert "Traceback" not in said


def test_after_the_last_port_none_is_offered():
    with socket.create_server(("127.0.0.1", 65535)), pytest.raises(Abort, match="PORT=65534"):
        serving.refuse_taken("127.0.0.1", 65535)


def test_a_build_says_that_its_pages_name_this_machine(project):
    told = f"The pages name {LOCAL} as their address"
    assert told in project.build(SITE_URL=LOCAL).stdout
    assert told not in project.build().stdout


def test_what_nobody_asks_for_is_not_published(project):
    assert project.build().returncode == 0
    site = project.folder / "site"
    scripts = [*site.rglob("*.js"), *site.rglob("*.css")]
    assert scripts and list(site.rglob("*.map")) == []
    assert not any("sourceMappingURL" in file.read_text("utf-8") for file in scripts)
    assert 'name="generator"' not in project.read("site/index.html")
    assert 'rel="icon"' in project.read("site/index.html")
