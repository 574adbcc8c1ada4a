"""Links to other sites are listed, and those that lead to nothing are found by asking."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import urlsplit

import pytest

from tests.sources import SOURCES
from tools.checks import links
from tools.checks.links import Outside
from tools.project.errors import UserError

STATUS = {"/moved": 301, "/moved-to-nothing": 301, "/gone": 404, "/refuses": 403}
MOVED = {"/moved": "/page", "/moved-to-nothing": "/gone"}


class OtherSite(ThreadingHTTPServer):
    """Answers as other sites do, by the path that is asked for, and notes what was asked."""

    def __init__(self):
        self.asked: list[tuple[str, str]] = []
        self.over = Event()
        super().__init__(("127.0.0.1", 0), _Answers)
        self.host = f"127.0.0.1:{self.server_port}"

    def link(self, path: str) -> Outside:
        return Outside("docs/en/a.md", 7, f"http://{self.host}{path}")


class _Answers(BaseHTTPRequestHandler):
    server: OtherSite

    def do_GET(self) -> None:
        is_first = (self.command, self.path) not in self.server.asked
        self.server.asked.append((self.command, self.path))
        status = STATUS.get(self.path, 200)
        if self.path == "/slow":
            self.server.over.wait()
        elif self.path == "/no-head" and self.command == "HEAD":
            status = 405
        elif self.path == "/busy" and is_first:
            status = 429
        self.send_response(status)
        self.send_header("Location" if status == 301 else "X", MOVED.get(self.path, ""))
        self.send_header("Retry-After" if status == 429 else "X", "0")
        self.end_headers()

    do_HEAD = do_GET

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site(monkeypatch):
    """Another site, on this machine; pauses are noted and not made."""
    monkeypatch.setattr(links, "TIMEOUT", 0.3)
    server = OtherSite()
    server.pauses = []
    monkeypatch.setattr(links, "time", type("", (), {"sleep": server.pauses.append}))
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.over.set()
    server.shutdown()
    server.server_close()


def test_the_links_are_listed_with_their_pages_and_lines(project):
    project.write(
        "docs/zh/gates/gru.md",
        project.read("docs/zh/gates/gru.md") + "\n[a](https://a.example/) [b](../index.md)\n",
    )
    line = len(project.read("docs/zh/gates/gru.md").splitlines())
    ran = project.run("tools.checks.links")
    assert (ran.returncode, ran.stdout) == (
        0, f"docs/zh/gates/gru.md:{line}: https://a.example/\n",
    )  # fmt: skip


def test_a_link_that_is_written_wrong_fails(project):
    project.edit("docs/en/gates/gru.md", "The reset gate", "The [reset](http://a.example/) gate")
    ran = project.run("tools.checks.links")
    assert ran.returncode == 1
    assert "docs/en/gates/gru.md:9: http://a.example/: write https:// for http://" in ran.stderr


@pytest.mark.parametrize(
    "one, other",
    [
        ("https://a.example/b", "https://A.example/b/"),
        ("https://a.example/", "https://www.a.example"),
        ("https://a.example/b/", "https://a.example/b/index.html"),
        ("https://a.example/%C3%A9", "https://a.example/é"),
        ("https://a.example/b", "http://a.example:443/b"),
    ],
)
def test_two_spellings_of_an_address_mean_the_same(one, other):
    assert links._meant(one) == links._meant(other)


@pytest.mark.parametrize("other", ["/b#c", "/b?c=1", "/B", "/b.html"])
def test_two_addresses_do_not(other):
    assert links._meant("https://a.example/b") != links._meant(f"https://a.example{other}")


@pytest.mark.parametrize("path", ["/page", "/moved", "/no-head", "/busy"])
def test_what_answers_in_the_end_is_alive(site, path):
    assert links.ask([site.link(path).address]) == {}


def test_the_head_is_asked_for_first_and_the_page_only_where_that_fails(site):
    links.ask([site.link(path).address for path in ("/no-head", "/page")])
    assert site.asked == [("HEAD", "/no-head"), ("GET", "/no-head"), ("HEAD", "/page")]


@pytest.mark.parametrize(
    "path, seen",
    [
        ("/gone", "answers 404"),
        ("/moved-to-nothing", "answers 404"),
        ("/refuses", "answers 403"),
        ("/slow", "gives no answer (ReadTimeout)"),
    ],
)
def test_what_does_not_is_named_with_its_page(site, path, seen):
    (finding,) = links.dead([site.link(path), site.link("/page")])
    address = site.link(path).address
    assert str(finding) == (
        f"docs/en/a.md:7: {address} {seen}; write where it is now, or take it out"
    )


def test_a_refusal_says_nothing_where_robots_are_refused(site, monkeypatch):
    monkeypatch.setattr(links, "REFUSE_ROBOTS", {site.host})
    gone, refuses = (site.link(path).address for path in ("/gone", "/refuses"))
    assert links.ask([gone, refuses]) == {gone: "answers 404"}


def test_an_address_is_asked_once_and_a_host_has_a_pause_between_questions(site):
    addresses = [site.link(path).address for path in ("/page", "/page", "/a", "/b")]
    assert links.ask(addresses) == {}
    assert len(site.asked) == 3
    assert site.pauses == [links.PAUSE] * 2


def test_where_nothing_answers_the_network_is_named_and_no_link(site):
    with pytest.raises(UserError, match="no address gives an answer; run this again where there"):
        list(links.dead([site.link("/slow")]))


def test_the_list_of_hosts_that_refuse_robots_has_none_that_no_page_links_to():
    hosts = {urlsplit(link.address).netloc for link in links.of_pages(SOURCES)}
    assert hosts >= links.REFUSE_ROBOTS
