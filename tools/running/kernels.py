"""Runs the snippets of the pages that make serve shows: a Python for each page, on this machine.

A page connects to a WebSocket that listens on 127.0.0.1 alone, and answers only to the served
site's own pages (a browser's Origin, a Host) that know the token of this start. That stands in no
page, since other users of a machine can read what is served there, but in the address that the
terminal shows. A page's Python ends with its connection.
"""

import asyncio
import json
import logging
import os
import re
import secrets
import signal
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from jupyter_client.manager import AsyncKernelManager
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError
from tornado.websocket import WebSocketHandler

from tools.sources import texts
from tools.sources.languages import Language

log = logging.getLogger("mkdocs.hooks")

HOSTS = ("127.0.0.1", "localhost")  # what another machine can reach runs no code
LIMIT = 60  # seconds, for a Python to start
MOST = 100_000  # signs of output of a run; an endless loop prints on
WRONG_TOKEN = 4401  # how a connection is closed
_ENDS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
_WORDS = "live_"  # what a page says of its runs, among a language's words
_NAME = re.compile(r"[\w-]+\.py")
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
# A snippet finds PyTorch as it comes, whatever the one before has set in it.
_AFRESH = """
import sys
if torch := sys.modules.get("torch"):
    torch.set_default_dtype(torch.float32)
    torch.set_printoptions(profile="default")
del sys, torch
"""
_OPTIONS = ["--InteractiveShell.xmode=Plain", "--HistoryManager.enabled=False"]


class Fault(Exception):
    """Why nothing runs; its text is the name of a sentence that the page says."""


class Kernel:
    """A page's Python: it works in an empty folder, as the tests of the snippets do."""

    def __init__(self, root: Path):
        self.root, self.ready = root, False
        self.running: asyncio.Future[Any] | None = None
        self.place = TemporaryDirectory(prefix="gate_")
        self.folder, self.code = (Path(self.place.name, name) for name in ("work", "code"))
        for folder in (self.folder, self.code):
            folder.mkdir()

    async def start(self) -> None:
        """Start it; raises Fault."""
        # This Python itself, whatever other kernels a machine has, without a port of its own.
        self.manager = AsyncKernelManager(kernel_spec_manager=KernelSpecManager(kernel_dirs=[]))
        self.manager.connection_file = str(Path(self.place.name, "kernel.json"))
        if os.name == "posix":
            self.manager.transport, self.manager.ip = "ipc", str(Path(self.place.name, "kernel"))
        # Nets this small gain nothing from more threads, and the tests run them on one.
        environment = {"OMP_NUM_THREADS": "1"} | os.environ
        environment["IPYTHONDIR"] = str(Path(self.place.name, "ipython"))
        environment.pop("PYTHONPATH", None)  # that of the notebooks
        try:
            await self.manager.start_kernel(
                cwd=str(self.folder), env=environment, extra_arguments=_OPTIONS
            )
            self.client = self.manager.client()
            self.client.start_channels()
            await self.client.wait_for_ready(timeout=LIMIT)
            self.ready = True
        except RuntimeError as error:
            alive = await self.manager.is_alive()
            log.error("No Python for a page: %s", error)
            raise Fault("slow" if alive else "failed") from None
        except (NoSuchKernel, OSError) as error:
            log.error("No Python for a page: %r; install requirements.txt anew", error)
            raise Fault("failed") from None

    async def run(self, code: str, name: str, say: Any) -> None:
        """Run code as a file of this name; `say` takes what it gives. Raises Fault if it dies."""
        file = self.code / (name if _NAME.fullmatch(name) else "snippet.py")
        file.write_text(code, "utf-8")
        texts.give(self.root, code, self.folder)
        self.client.execute(_AFRESH, silent=True)
        running = asyncio.ensure_future(
            self.client.execute_interactive(
                f'%run "{file.as_posix()}"',
                store_history=False,
                allow_stdin=False,
                output_hook=partial(self._told, say),
            )
        )
        self.running = running
        while not running.done():
            await asyncio.wait([running], timeout=0.5)
            if not await self.manager.is_alive():
                running.cancel()
        with suppress(asyncio.CancelledError):
            await running
            return
        raise Fault("died")

    def _told(self, say: Any, message: dict[str, Any]) -> None:
        kind, content = message["msg_type"], message["content"]
        if kind == "stream":
            say(**{"out" if content["name"] == "stdout" else "err": content["text"]})
        elif kind == "error":
            trace = _ANSI.sub("", "".join(content["traceback"]))
            say(trace=trace.replace(f"{self.code}{os.sep}", ""), name=content["ename"])
        elif kind in ("display_data", "execute_result"):
            data = content["data"]  # a browser gets text or a picture, and never HTML
            png = data.get("image/png")
            say(png=png) if png else say(out=data.get("text/plain", "") + "\n")

    async def interrupt(self) -> None:
        """Interrupt what it runs; while it starts, an interrupt would end it."""
        if self.ready:
            await self.manager.interrupt_kernel()

    async def end(self) -> None:
        if self.running:
            self.running.cancel()
            await asyncio.wait([self.running])
        if self.ready:
            self.client.stop_channels()
        if self.manager.has_kernel:
            await self.manager.shutdown_kernel(now=True)
        self.place.cleanup()


class Connection(WebSocketHandler):
    """A page, which sends what its reader wants and is told what comes of it."""

    def initialize(self, run: "Running") -> None:
        self.served = run
        self.kernel: Kernel | None = None
        self.known = False
        self.unwanted = False
        self.turn = asyncio.Lock()
        self.tasks: set[asyncio.Task[None]] = set()

    def prepare(self) -> None:
        """Refuse what came by another name, which may be that of somebody else's site."""
        if self.request.host != self.served.at:
            raise HTTPError(403)

    def check_origin(self, origin: str) -> bool:
        return origin == self.served.origin

    def on_message(self, message: str | bytes) -> None:
        wish = json.loads(message)
        if not self.known:
            self.known = secrets.compare_digest(str(wish.get("token")), self.served.token)
            if not self.known:
                self.close(WRONG_TOKEN)
            return
        self._do(self._fulfil(wish))

    def _do(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _fulfil(self, wish: dict[str, Any]) -> None:
        if "interrupt" in wish:
            self.unwanted = True  # what has not begun will not
            if self.kernel:
                await self.kernel.interrupt()
        elif "restart" in wish:
            self.unwanted = True
            if self.kernel and self.kernel.ready:
                await self._end()
        elif "run" in wish:
            async with self.turn:  # one after another
                await self._run(wish["id"], wish["run"], str(wish.get("name")))

    async def _run(self, block: int, code: str, name: str) -> None:
        left, self.unwanted = MOST, False

        def say(**what: str) -> None:
            nonlocal left
            before, left = left, left - sum(map(len, what.values())) * ("png" not in what)
            if before >= 0 and left < 0:
                self._say(id=block, cut=True)
            if left >= 0 or "trace" in what:
                self._say(id=block, **what)

        try:
            kernel = self.kernel
            if not kernel:
                self._say(id=block, state="starting")
                self.kernel = kernel = Kernel(self.served.root)
                self.served.kernels.add(kernel)
                await kernel.start()
            if self.unwanted:
                self._say(id=block, fault="interrupted")
                return
            self._say(id=block, state="running")
            await kernel.run(code, name, say)
            self._say(id=block, state="done")
        except Fault as fault:
            was_restarted = self.kernel is None
            await self._end()
            self._say(id=block, fault="restarted" if was_restarted else str(fault))

    def _say(self, **what: Any) -> None:
        if self.ws_connection:
            self.write_message(what)

    async def _end(self) -> None:
        ending, self.kernel = self.kernel, None
        if ending:
            self.served.kernels.discard(ending)
            await ending.end()

    def on_close(self) -> None:
        self._do(self._end())


@dataclass
class Running:
    """What serves the kernels while the site is served from `origin`."""

    root: Path
    origin: str

    def __post_init__(self) -> None:
        self.token = secrets.token_urlsafe(24)
        self.kernels: set[Kernel] = set()
        self.begun = Event()
        self.thread = Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self.thread.start()
        self.begun.wait()

    async def _serve(self) -> None:
        self.loop, self.ending = asyncio.get_running_loop(), asyncio.Event()
        sockets = bind_sockets(0, "127.0.0.1")  # a free port
        self.at = f"127.0.0.1:{sockets[0].getsockname()[1]}"
        server = HTTPServer(Application([("/", Connection, {"run": self})]))
        server.add_sockets(sockets)
        self.begun.set()
        await self.ending.wait()
        server.stop()
        await asyncio.gather(*(kernel.end() for kernel in self.kernels))

    @property
    def fragment(self) -> str:
        """What an address ends in that lets a browser run code; it is sent to no server."""
        return f"#run={self.token}"

    def settings(self, language: Language) -> dict[str, Any]:
        """Give what a page's script needs to know, which is no secret."""
        words = {
            key.removeprefix(_WORDS): said
            for key, said in language.text.items()
            if key.startswith(_WORDS)
        }
        return {"at": self.at, "words": words}

    def end(self) -> None:
        """End it with all kernels."""
        self.loop.call_soon_threadsafe(self.ending.set)
        self.thread.join()


def assets() -> dict[str, str]:
    """Give what stands in no other copy of the site than that which make serve shows."""
    files = (Path(__file__).with_name(name) for name in ("live.js", "live.css"))
    return {f"assets/{file.name}": file.read_text("utf-8") for file in files}


_running: Running | None = None


def start(root: Path, host: str, port: int) -> Running | None:
    """Serve kernels for a site at an address of this machine alone, from its first build on."""
    global _running
    if host in HOSTS and not _running:
        _running = Running(root, f"http://{host}:{port}")
        for each in _ENDS:
            signal.signal(each, _interrupt)
    return _running


def _interrupt(*_: object) -> None:
    """Let the server end as by Ctrl-C, and whoever asks twice not end that halfway."""
    for each in _ENDS:
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt


def end() -> None:
    """End what start began, if it did."""
    global _running
    if _running:
        _running.end()
        _running = None
