"""Runs a snippet that may touch its own folder alone, and says what else it reached for.

python -I sandbox.py SNIPPET   in the snippet's folder

Python's audit hooks tell of what Python opens. They find what slipped in; who means harm finds ways
round them.
"""

import atexit
import os
import runpy
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

RULE = "a snippet works with what is in it: no network, no file but its own; take this out"
# matplotlib, which Keras imports, lists the fonts once and keeps the list.
FONTS = ("~/.cache/matplotlib", "~/.config/matplotlib")
PROGRAMS = ("fc-list", "system_profiler", "uname")  # what packages ask about the system
SYSTEM = ("/dev", "/proc", "/sys", "/usr", "/lib", "/lib64")
HERE = ("localhost", "127.0.0.1", "::1", "", None)
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

Path = str | bytes | int | os.PathLike[str] | None  # a number is an open file, None is here


class Sandbox:
    """A hook that Python asks before it opens a file, a connection or a program."""

    def __init__(self, snippet: str):
        self.snippet = snippet
        self.own = [os.getcwd(), os.devnull]
        self.own += [os.path.realpath(os.path.expanduser(folder)) for folder in FONTS]
        runner = os.path.dirname(__file__)
        packages = [*filter(None, sys.path), sys.prefix, sys.base_prefix]
        self.readable = [*map(os.path.realpath, [runner, *packages, snippet]), *SYSTEM]
        self.reached: list[str] = []
        atexit.register(self.say)

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        if event in ASKED:
            what = ASKED[event](self, *args)
            if what:
                self.refuse(what)

    def refuse(self, what: str) -> None:
        frame: FrameType | None = sys._getframe()
        while frame and frame.f_code.co_filename != self.snippet:
            frame = frame.f_back
        place = f"{self.snippet}:{frame.f_lineno}" if frame else self.snippet
        self.reached.append(f"{place}: it {what}; {RULE}")
        raise PermissionError(self.reached[-1])

    def say(self) -> None:
        """Fail at the end, since a snippet or a package may have caught what was raised."""
        if self.reached:
            sys.stdout.flush()
            print(*dict.fromkeys(self.reached), sep="\n", file=sys.stderr, flush=True)
            os._exit(1)

    def opens(self, path: Path, _: str | None, flags: int) -> str | None:
        return self.writes(path) if flags & WRITES else self.reads(path)

    def reads(self, path: Path) -> str | None:
        return None if _below(path, self.own + self.readable) else f"reads {_name(path)}"

    def writes(self, path: Path, *_: Any) -> str | None:
        return None if _below(path, self.own) else f"writes {_name(path)}"

    def moves(self, old: Path, new: Path, *_: Any) -> str | None:
        return self.writes(old) or self.writes(new)

    def links(self, _: Path, new: Path, *__: Any) -> str | None:
        return self.writes(new)

    def runs(self, program: str | bytes, *_: Any) -> str | None:
        return None if program in PROGRAMS else f"runs {_name(program)}"

    def connects(self, _: Any, address: Any) -> str | None:
        return self.asks(address[0] if isinstance(address, tuple) else None)

    def asks(self, host: str | bytes | None, *_: Any) -> str | None:
        return None if host in HERE else f"reaches for {_name(host)} over the network"


def _name(path: Path) -> str:
    return os.fsdecode("." if path is None or isinstance(path, int) else path)


def _below(path: Path, folders: list[str]) -> bool:
    if isinstance(path, int):
        return True
    real = os.path.realpath(_name(path))
    return any(real == folder or real.startswith(folder + os.sep) for folder in folders)


ASKED: dict[str, Callable[..., str | None]] = {
    "open": Sandbox.opens,
    "os.listdir": Sandbox.reads,
    "os.scandir": Sandbox.reads,
    **dict.fromkeys(
        ("os.chmod", "os.chown", "os.mkdir", "os.remove", "os.rmdir", "os.truncate", "os.utime"),
        Sandbox.writes,
    ),
    **dict.fromkeys(("os.link", "os.rename"), Sandbox.moves),
    "os.symlink": Sandbox.links,
    "sqlite3.connect": Sandbox.writes,
    **dict.fromkeys(
        ("os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "os.system", "subprocess.Popen"),
        Sandbox.runs,
    ),
    "socket.connect": Sandbox.connects,
    "socket.bind": Sandbox.connects,
    "socket.sendto": Sandbox.connects,
    "socket.sendmsg": Sandbox.connects,
    "socket.getaddrinfo": Sandbox.asks,
    "socket.gethostbyname": Sandbox.asks,
    "urllib.Request": Sandbox.asks,
}


def main() -> None:
    """Run a snippet as the main program."""
    snippet = sys.argv[1]
    sys.argv = [snippet]
    for folder in ("TMPDIR", "KERAS_HOME", "TORCHINDUCTOR_CACHE_DIR"):
        os.environ[folder] = os.getcwd()
    sys.dont_write_bytecode = True
    sys.addaudithook(Sandbox(snippet))
    runpy.run_path(snippet, run_name="__main__")


if __name__ == "__main__":
    main()
