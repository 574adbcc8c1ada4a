"""Runs Python programs as fresh interpreters would, in forks of one that has imported slow modules.

A fork starts from what the imports left and from nothing else: it shares no names, no folder, no
streams and no random numbers with the programs that ran before it.
"""

import gc
import json
import os
import runpy
import select
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

LIMIT = 300  # seconds; what takes two alone may take a minute on a busy machine
TIMED_OUT = 124  # the exit status of a program that was ended, as the command `timeout` has it


class ForkServer:
    """Runs programs; `imports` is the code that each of them would otherwise wait for."""

    def __init__(self, imports: str):
        self.imports = imports
        self._server: subprocess.Popen[str] | None = None

    def run(
        self,
        arguments: list[str],
        cwd: Path,
        env: dict[str, str] | None = None,
        limit: float | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run what `python -I FILE ...` or `python -m MODULE ...` would run in a folder.

        A program that runs longer than `limit` seconds, by default LIMIT, is ended with all that it
        started; its exit status is TIMED_OUT, and the last line of its errors says so.

        Under Linux alone a process may be forked after its imports; elsewhere each program gets
        an interpreter of its own. Raises RuntimeError if the imports fail.
        """
        env, limit = dict(os.environ if env is None else env), limit or LIMIT
        with tempfile.TemporaryDirectory() as folder:
            streams = [f"{folder}/out", f"{folder}/err"]
            if sys.platform == "linux":
                program = {"arguments": arguments, "cwd": str(cwd), "env": env, "streams": streams}
                status = self._ask({"program": program, "limit": limit})
            else:
                status = _run(arguments, cwd, env, limit, streams)
            out, err = (Path(stream).read_text("utf-8") for stream in streams)
        if status == TIMED_OUT:
            err += (
                f"{' '.join(arguments)} was still running after {limit:g} seconds and was ended: "
                "find out what it waits for\n"
            )
        return subprocess.CompletedProcess(arguments, status, out, err)

    def _ask(self, program: dict[str, Any]) -> int:
        if self._server is None:
            self._server = subprocess.Popen(
                [sys.executable, "-I", __file__, self.imports],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )  # fmt: skip
        stdin, stdout = self._server.stdin, self._server.stdout
        assert stdin and stdout  # both are pipes
        try:
            print(json.dumps(program), file=stdin, flush=True)
            return int(stdout.readline())
        except (BrokenPipeError, ValueError):
            raise RuntimeError(
                f"The process that was to run {self.imports!r} and wait for programs has ended; "
                f"what it printed says why."
            ) from None
        except BaseException:  # its answer would be taken for the next program's
            self._server.send_signal(signal.SIGINT)
            self._server = None
            raise


def _run(
    arguments: list[str], cwd: Path, env: dict[str, str], limit: float, streams: list[str]
) -> int:
    with Path(streams[0]).open("wb") as out, Path(streams[1]).open("wb") as err:
        try:
            return subprocess.run(
                [sys.executable, *arguments], cwd=cwd, env=env, stdin=subprocess.DEVNULL,
                stdout=out, stderr=err, timeout=limit,
            ).returncode  # fmt: skip
        except subprocess.TimeoutExpired:
            return TIMED_OUT


def _serve() -> None:
    exec(sys.argv[1], {})
    gc.collect()
    gc.freeze()  # else each fork copies every page of memory that it only looks through
    signal.signal(signal.SIGINT, _stop)
    try:
        for line in sys.stdin:
            request = json.loads(line)
            # Ctrl-C is for whoever asks; a child that is not yet a program would print a traceback.
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            child = os.fork()
            if child == 0:
                break
            with suppress(OSError):  # it has done so itself, and may have ended since
                os.setpgid(child, child)
            print(_status(child, request["limit"]), flush=True)
        else:
            return
    except KeyboardInterrupt:  # whoever asks is stopped too, and says so
        return
    os.setpgid(0, 0)
    _become(**request["program"])


def _stop(*_: object) -> None:
    """Take the first Ctrl-C alone: whoever asks sends one too, which would end an exit halfway."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt


def _status(child: int, limit: float) -> int:
    """Wait for a child's exit status; end one that is late, with all that it started."""
    watched, ended = os.pidfd_open(child), False
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        ended = bool(select.select([watched], [], [], limit)[0])
    finally:  # also when Ctrl-C reaches this process alone
        os.close(watched)
        if not ended:
            os.killpg(child, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return status if ended else TIMED_OUT


def _become(arguments: list[str], cwd: str, env: dict[str, str], streams: list[str]) -> None:
    for number, stream in enumerate([os.devnull, *streams]):
        try:
            opened = os.open(stream, os.O_RDWR | os.O_CREAT)
        except FileNotFoundError:  # whoever asked was stopped, and has tidied up
            os._exit(1)
        os.dup2(opened, number)
        os.close(opened)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    option, program, *_ = arguments
    sys.argv = arguments[1:]
    if option == "-m":
        sys.path.insert(0, cwd)
        runpy.run_module(program, run_name="__main__", alter_sys=True)
    else:
        runpy.run_path(program, run_name="__main__")


if __name__ == "__main__":
    _serve()
