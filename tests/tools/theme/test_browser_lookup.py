"""A browser is looked for in a fixed order, and its absence is one clear sentence."""

import pytest

from tools.theme import browser


@pytest.fixture
def looks(monkeypatch):
    """Replace the places to look in; each looks empty until a test says otherwise."""
    tried = []

    def place(name, path=None):
        def look(*_):
            tried.append(name)
            return path

        monkeypatch.setattr(browser, name, look)

    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.delenv("FIREFOX", raising=False)
    for name in ("_installed", "_playwrights", "from_apt"):
        place(name)
    return place, tried


def test_the_variable_comes_first(looks, monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/bin/sh")
    assert browser.find() == "/bin/sh"
    assert looks[1] == []


def test_then_an_installed_one(looks):
    place, tried = looks
    place("_installed", "/usr/bin/chromium")
    assert browser.find() == "/usr/bin/chromium"
    assert tried == ["_installed"]


def test_then_playwrights_and_debians(looks):
    place, tried = looks
    place("from_apt", "/usr/bin/chromium")
    assert browser.find() == "/usr/bin/chromium"
    assert tried == ["_installed", "_playwrights", "from_apt"]


def test_none_at_all_is_one_sentence_that_says_how_to_get_one(looks):
    with pytest.raises(
        browser.NoBrowser, match="install Chromium or Google Chrome, or set CHROMIUM"
    ):
        browser.find()


def test_a_variable_that_names_no_program_is_said_so(looks, monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/no/such/thing")
    with pytest.raises(browser.NoBrowser, match="CHROMIUM names /no/such/thing"):
        browser.find()


def test_a_firefox_is_looked_for_in_the_same_way(looks, monkeypatch):
    place, tried = looks
    with pytest.raises(browser.NoBrowser, match="install Firefox, or set FIREFOX"):
        browser.find_firefox()
    assert tried == ["_installed", "from_apt"]
    place("from_apt", "/usr/bin/firefox-esr")
    assert browser.find_firefox() == "/usr/bin/firefox-esr"
    place("_installed", "/usr/bin/firefox")
    assert browser.find_firefox() == "/usr/bin/firefox"
    monkeypatch.setenv("FIREFOX", "/bin/sh")
    assert browser.find_firefox() == "/bin/sh"
    monkeypatch.setenv("FIREFOX", "/no/such/thing")
    with pytest.raises(browser.NoBrowser, match="FIREFOX names /no/such/thing"):
        browser.find_firefox()


def test_of_debians_packages_the_first_that_there_is_is_taken(monkeypatch):
    tried, there = [], {"apt-get"}
    monkeypatch.setattr(browser.os, "geteuid", lambda: 0)
    monkeypatch.setattr(browser.shutil, "which", lambda name: name if name in there else None)
    monkeypatch.setattr(browser, "_try", lambda command: tried.append(command[-1]))
    assert browser.from_apt() is None
    assert tried == ["-qq", "chromium-headless-shell", "chromium"]
    there.add("chromium-headless-shell")
    assert browser.from_apt() == "chromium-headless-shell"


def test_without_root_debians_package_is_not_tried(monkeypatch):
    monkeypatch.setattr(browser.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(browser, "_try", lambda command: pytest.fail("tried to install"))
    assert browser.from_apt() is None


def test_for_a_webkit_debian_is_asked_for_what_is_missing(looks, monkeypatch):
    monkeypatch.setattr(browser, "WEBKIT", {"sh": "dash", "no-such-program": "webkit2gtk-driver"})
    asked = []
    monkeypatch.setattr(browser, "from_apt", asked.append)
    with pytest.raises(browser.NoBrowser, match="apt-get install webkit2gtk-driver xvfb"):
        browser.find_webkit()
    assert asked == [["webkit2gtk-driver"]]
