"""Languages are built at once where that is safe, and one that fails is named."""

import os
import sys
import threading

import pytest
from mkdocs.exceptions import Abort

from tools.project import side_by_side

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="copies are safe on Linux alone")


@pytest.fixture
def alone(monkeypatch, tmp_path):
    """As in a build that has begun no thread, on two cores; what runs the tests has begun some."""
    (tmp_path / "threads/1").mkdir(parents=True)
    monkeypatch.setattr(side_by_side, "_THREADS", tmp_path / "threads")
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})


def built_by(folder) -> int:
    return int((folder / "pid").read_text())


@pytest.fixture
def build(tmp_path):
    return lambda: (tmp_path / "pid").write_text(str(os.getpid()))


@on_linux
def test_a_language_is_built_in_a_process_of_its_own(alone, build, tmp_path):
    side_by_side.begin("中文", build)()
    assert built_by(tmp_path) != os.getpid()


@on_linux
def test_a_language_that_fails_is_named(alone):
    wait = side_by_side.begin("中文", lambda: sys.exit(1))
    with pytest.raises(Abort, match="^中文 was not built"):
        wait()


@pytest.mark.parametrize("missing", ["core", "system"])
def test_on_one_core_or_another_system_it_is_built_when_it_is_waited_for(
    alone, build, tmp_path, monkeypatch, missing
):
    if missing == "core":
        monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
    else:
        monkeypatch.setattr(side_by_side, "_THREADS", tmp_path / "none")
    wait = side_by_side.begin("中文", build)
    assert not (tmp_path / "pid").exists()
    wait()
    assert built_by(tmp_path) == os.getpid()


@on_linux
def test_no_copy_is_made_of_a_process_with_threads(build, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    side_by_side.begin("中文", build)()
    end.set()
    thread.join()
    assert built_by(tmp_path) == os.getpid()
