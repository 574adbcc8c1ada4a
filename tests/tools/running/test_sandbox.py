"""What a snippet may touch: its own folder, and what comes with Python and its packages."""

import pytest

from tools.running import record


@pytest.fixture
def run(tmp_path):
    """Run some code as a snippet called a.py."""

    def run(code: str):
        snippet = tmp_path / "a.py"
        snippet.write_text(code, "utf-8")
        return record.run(snippet)

    return run


@pytest.mark.parametrize(
    "code, message",
    [
        ("open('/etc/passwd').read()", "reads /etc/passwd"),
        ("import pathlib; pathlib.Path('../x').read_text()", "reads ../x"),
        ("import os; os.listdir('/')", "reads /"),
        ("open('../x', 'w')", "writes ../x"),
        ("import os; os.open('../x', os.O_CREAT)", "writes ../x"),
        ("import os; os.mkdir('../x')", "writes ../x"),
        ("import os; os.rename('x', '../x')", "writes ../x"),
        ("import os; os.remove('../x')", "writes ../x"),
        ("import sqlite3; sqlite3.connect('../x')", "writes ../x"),
        (
            "import socket as s; s.socket(2, 2).sendmsg([b'x'], [], 0, ('192.0.2.1', 9))",
            "reaches for 192.0.2.1",
        ),
        ("import os; os.symlink('/etc', 'etc'); open('etc/passwd')", "reads etc/passwd"),
        ("import os; os.system('id')", "runs id"),
        ("import subprocess; subprocess.run(['id'])", "runs id"),
        ("import socket; socket.create_connection(('a.test', 80))", "reaches for a.test"),
        ("import socket; socket.socket().connect(('192.0.2.1', 80))", "reaches for 192.0.2.1"),
        ("import urllib.request as u; u.urlopen('http://a.test/')", "reaches for http://a.test/"),
    ],
)
def test_a_snippet_that_reaches_for_more_fails_and_says_where(run, tmp_path, code, message):
    ran = run(f"print(1)\n{code}\n")
    assert (ran.returncode, ran.stdout) == (1, "1\n")
    assert ran.stderr.splitlines()[-1].startswith(f"{tmp_path}/a.py:2: it {message}")
    assert "take this out" in ran.stderr


def test_an_exception_that_is_caught_hides_nothing(run):
    ran = run("try:\n    open('/etc/passwd')\nexcept OSError:\n    print('no')\n")
    assert (ran.returncode, ran.stdout) == (1, "no\n")
    assert "a.py:2: it reads /etc/passwd" in ran.stderr


@pytest.mark.parametrize(
    "code",
    [
        "open('x', 'w').close(); open('x'); import os; os.mkdir('y'); os.rename('x', 'y/x')",
        "import tempfile; tempfile.NamedTemporaryFile().write(b'x')",
        "import shutil, os; os.mkdir('x'); shutil.rmtree('x')",
        "open('/proc/cpuinfo')",
        "import email; open(email.__file__)",
        "import socket; a = socket.create_server(('localhost', 0)); "
        "socket.create_connection(a.getsockname())",
        "import torch; torch.save(torch.ones(1), 'x'); torch.load('x')",
        "import torch.distributed as d; d.init_process_group"
        "('gloo', store=d.HashStore(), rank=0, world_size=1); d.destroy_process_group()",
        "import subprocess; subprocess.run(['uname'])",
    ],
)
def test_a_snippet_may_use_what_is_its_own(run, code):
    ran = run(f"{code}\n")
    assert ran.returncode == 0, ran.stderr


def test_where_nothing_can_be_forked_it_holds_too(run, monkeypatch):
    monkeypatch.setattr("sys.platform", "win32")
    ran = run("print(1)\nopen('/etc/passwd')\n")
    assert (ran.returncode, ran.stdout) == (1, "1\n")
    assert "a.py:2: it reads /etc/passwd" in ran.stderr
