"""Starts a Firefox that Playwright can drive, and stands between the two.

Playwright asks each new page for light colours by a command that Firefox ESR 153 does not know,
and gives up at the answer. This program starts Firefox, passes on what either says, and says yes
to that command where Firefox shows light colours anyway. Playwright takes it for the browser.
"""

import asyncio
import json
import re
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Playwright
from tornado import httpserver, netutil, web, websocket

ADDRESS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
COMMAND = "emulation.setMediaFeaturesOverride"
LIGHT: tuple[dict[str, str | None], ...] = (
    {},
    {"prefers-color-scheme": None},
    {"prefers-color-scheme": "light"},
)
LONGEST = 2**28  # bytes of a message


@contextmanager
def launched(playwright: Playwright, path: str) -> Iterator[Browser]:
    """Start the Firefox at a path, without windows, while the block runs."""
    with TemporaryDirectory() as folder:
        program = Path(folder) / "firefox"
        command = shlex.join([sys.executable, "-P", __file__, path])
        program.write_text(f'#!/bin/sh\nexec {command} "$@"\n', "utf-8")
        program.chmod(0o755)
        browser = playwright.firefox.launch(channel="moz-firefox", executable_path=program)
        yield browser
        browser.close()


class Between(websocket.WebSocketHandler):
    """One connection of Playwright's, and its own to Firefox."""

    def initialize(self, address: str) -> None:
        self.address = address
        self.waved: set[int] = set()  # the commands that may be unknown

    async def open(self, *_: str) -> None:
        self.firefox = await websocket.websocket_connect(self.address, max_message_size=LONGEST)
        self.passing = asyncio.create_task(self.pass_on())

    async def on_message(self, message: str | bytes) -> None:
        told = json.loads(message)
        if told["method"] == COMMAND and told["params"]["features"] in LIGHT:
            self.waved.add(told["id"])
        await self.firefox.write_message(message)

    async def pass_on(self) -> None:
        while (message := await self.firefox.read_message()) is not None:
            told = json.loads(message)
            if told.get("id") in self.waved and told.get("error") == "unknown command":
                message = json.dumps({"type": "success", "id": told["id"], "result": {}})
            await self.write_message(message)
        self.close()


async def stand_between(command: list[str]) -> None:
    """Start Firefox, say where to speak to it, and stay until it ends."""
    firefox = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
    assert firefox.stderr
    async for line in firefox.stderr:
        said = line.decode(errors="replace")
        if found := ADDRESS.search(said):
            said = said.replace(found[1], _listen(f"{found[1]}/session"))
        print(said, end="", file=sys.stderr, flush=True)
    await firefox.wait()


def _listen(address: str) -> str:
    sockets = netutil.bind_sockets(0, "127.0.0.1")
    application = web.Application(
        [("/session", Between, {"address": address})], websocket_max_message_size=LONGEST
    )
    httpserver.HTTPServer(application).add_sockets(sockets)
    return f"ws://127.0.0.1:{sockets[0].getsockname()[1]}"


if __name__ == "__main__":
    asyncio.run(stand_between(sys.argv[1:]))
