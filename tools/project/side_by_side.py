"""Builds several languages at once, each in a process of its own, where there are cores."""

import os
from collections.abc import Callable
from multiprocessing import active_children, get_context
from pathlib import Path

from mkdocs.exceptions import Abort

Build = Callable[[], None]

_THREADS = Path("/proc/self/task")  # those of libraries too, of which Python knows nothing


def begin(name: str, build: Build) -> Build:
    """Begin to build what has this name; return what waits until it is built.

    A process begins as a copy of this one, so nothing is read or checked anew. A copy has no thread
    but the one that made it, and waits for ever for the others: so none may have begun, which is
    known on Linux alone. Elsewhere, and on a single core, it is built when it is waited for.
    """
    if not _THREADS.is_dir() or len(os.sched_getaffinity(0)) < 2 or len([*_THREADS.iterdir()]) > 1:
        return build
    process = get_context("fork").Process(target=build)
    process.start()

    def wait() -> None:
        process.join()
        if process.exitcode:
            raise Abort(f"{name} was not built; what it says is above.")

    return wait


def wait_for_all() -> None:
    """Let what was begun end in peace: broken off, it would leave half a message."""
    for process in active_children():
        process.join()
