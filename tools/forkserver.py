"""Runs Python programs as fresh interpreters would, in forks of one that has imported slow modules.

A fork starts from what the imports left and from nothing else: it shares no names, no folder, no
streams and no random numbers with the programs that ran before it.
"""

import gc
import json
import os
import runpy
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any


class ForkServer:
    """Runs programs; `imports` is the code that each of them would otherwise wait for."""

    def __init__(self, imports: str):
        self.imports = imports
        self._server: subprocess.Popen[str] | None = None

    def run(
        self, arguments: list[str], cwd: Path, env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run what `python -I FILE ...` or `python -m MODULE ...` would run in a folder.

        Under Linux alone a process may be forked after its imports; elsewhere each program gets
        an interpreter of its own. Raises RuntimeError if the imports fail.
        """
        env = dict(os.environ if env is None else env)
        if sys.platform != "linux":
            return subprocess.run(
                [sys.executable, *arguments], cwd=cwd, env=env, stdin=subprocess.DEVNULL,
                capture_output=True, text=True, encoding="utf-8",
            )  # fmt: skip
        with tempfile.TemporaryDirectory() as folder:
            streams = [f"{folder}/out", f"{folder}/err"]
            status = self._ask({"arguments": arguments, "cwd": str(cwd), "env": env}, streams)
            out, err = (Path(stream).read_text("utf-8") for stream in streams)
        return subprocess.CompletedProcess(arguments, status, out, err)

    def _ask(self, program: dict[str, Any], streams: list[str]) -> int:
        if self._server is None:
            self._server = subprocess.Popen(
                [sys.executable, "-I", __file__, self.imports],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )  # fmt: skip
        stdin, stdout = self._server.stdin, self._server.stdout
        assert stdin and stdout  # both are pipes
        try:
            print(json.dumps(program | {"streams": streams}), file=stdin, flush=True)
            return int(stdout.readline())
        except (BrokenPipeError, ValueError):
            raise RuntimeError(
                f"The process that was to run {self.imports!r} and wait for programs has ended; "
                f"what it printed says why."
            ) from None


def _serve() -> None:
    exec(sys.argv[1], {})
    gc.collect()
    gc.freeze()  # else each fork copies every page of memory that it only looks through
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _become(**json.loads(line))
            return
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _become(arguments: list[str], cwd: str, env: dict[str, str], streams: list[str]) -> None:
    for number, stream in enumerate([os.devnull, *streams]):
        opened = os.open(stream, os.O_RDWR | os.O_CREAT)
        os.dup2(opened, number)
        os.close(opened)
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
