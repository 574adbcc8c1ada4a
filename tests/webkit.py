"""A WebKit to test with, driven by WebDriver: the few commands that it takes are Playwright's.

WebKitGTK is Safari's engine on Linux. Its window is at least 447 pixels wide, so a phone's page
stands in a frame; and it keeps to itself what it writes into its console, so each page is served
with an ear: a script that stands before the page's policy and notes what goes wrong.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.expected_conditions import element_to_be_clickable
from selenium.webdriver.support.wait import WebDriverWait
from selenium.webdriver.webkitgtk.service import Service

from tools.theme import browser

NARROWEST = 447  # pixels, of a window
PATIENCE = 30  # seconds, as Playwright has it
STILL = "?still"  # behind an address: the page runs no script, as if the browser had none
EAR = """<script>{
    const note = text => { sessionStorage.heard = (sessionStorage.heard ?? "") + text + "\\n"; };
    addEventListener("error", ({ message, target }) => note(message ?? target.outerHTML), true);
    addEventListener("unhandledrejection", ({ reason }) => note(reason));
    addEventListener("securitypolicyviolation", ({ blockedURI }) => note(`refused ${blockedURI}`));
    for (const kind of ["error", "warn"]) {
        const own = console[kind];
        console[kind] = (...told) => { note(told.join(" ")); own.apply(console, told); };
    }
}</script>"""
FRAMED = """const [src, width, height] = arguments;
    const frame = Object.assign(document.createElement("iframe"), { src, width, height });
    frame.style.border = 0;
    document.body.replaceChildren(frame);
    return new Promise(loaded => { frame.onload = () => loaded(frame); });"""


class Host(browser.Preparing):
    """Serves pages with an ear, lets them be framed, and stills those that are asked for so."""

    def prepare(self, file: Path) -> bytes:
        if self.path.endswith(STILL):
            self.send_header("Content-Security-Policy", "sandbox allow-same-origin")
        whole = file.read_bytes()
        is_page = file.suffix == ".html"
        return whole.replace(b"<head>", f"<head>{EAR}".encode(), 1) if is_page else whole


class Keyboard:
    """Types where the focus is."""

    def __init__(self, driver: WebDriver):
        self.driver = driver

    def type(self, text: str) -> None:
        ActionChains(self.driver).send_keys(text).perform()

    def press(self, chord: str) -> None:
        """Press keys by their names, such as ArrowRight or Control+v."""
        *held, key = [KEYS.get(name, name) for name in chord.split("+")]
        actions = ActionChains(self.driver)
        for each in held:
            actions.key_down(each)
        actions.send_keys(key)
        for each in held:
            actions.key_up(each)
        actions.perform()


KEYS = {"ArrowRight": Keys.ARROW_RIGHT, "Control": Keys.CONTROL, "Enter": Keys.ENTER}


class Page:
    """The one page of a WebKit, which each test opens anew."""

    def __init__(self, driver: WebDriver):
        self.driver = driver
        self.keyboard = Keyboard(driver)

    def open(self, address: str, width: int, height: int) -> None:
        self.driver.switch_to.default_content()
        self.driver.get(urljoin(address, "/"))
        self.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        if width < NARROWEST:
            frame = self.driver.execute_script(FRAMED, address, width, height)
            self.driver.switch_to.frame(frame)
        else:
            self.driver.set_window_size(width, height)
            self.driver.get(address)

    def evaluate(self, script: str) -> object:
        """Give what an expression is, or what a function returns."""
        return self.driver.execute_script(
            f"const it = {script}; return typeof it === 'function' ? it() : it;"
        )

    def wait_for_function(self, script: str) -> None:
        WebDriverWait(self.driver, PATIENCE, 0.05).until(lambda _: self.evaluate(script), script)

    def click(self, selector: str) -> None:
        waiting = WebDriverWait(self.driver, PATIENCE, 0.05)
        waiting.until(element_to_be_clickable((By.CSS_SELECTOR, selector)), selector).click()

    def heard(self) -> str:
        return self.evaluate("sessionStorage.heard ?? ''")


@contextmanager
def launched() -> Iterator[Page]:
    """Start a WebKit on a screen that nobody sees, while the block runs."""
    driver, screen = browser.find_webkit()
    with subprocess.Popen(
        [screen, "-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as running:  # fmt: skip
        try:
            number = running.stdout.readline().strip()
            service = Service(driver, env=os.environ | {"DISPLAY": f":{number}"})
            with webdriver.WebKitGTK(service=service) as webkit:
                yield Page(webkit)
        finally:
            running.terminate()
