"""Programs run in forks as in fresh interpreters: whole, apart from each other, and caught."""

import signal
import time

import pytest

from tools.running.forkserver import ForkServer


@pytest.fixture(scope="module")
def server():
    return ForkServer("import json.tool, random")


@pytest.fixture
def run(server, tmp_path):
    """Run some code as a file in an empty folder."""

    def run(code: str, **options):
        file = tmp_path / "program.py"
        file.write_text(code, "utf-8")
        folder = tmp_path / "empty"
        folder.mkdir(exist_ok=True)
        return server.run(["-I", str(file)], folder, **options)

    return run


def test_both_streams_are_caught_whoever_writes_to_them(run):
    ran = run(
        "import os, sys\n"
        "print('a')\n"
        "sys.stdout.flush()\n"
        "os.system('echo b; echo c >&2')\n"
        "print('门', file=sys.stderr)\n"
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "a\nb\n", "c\n门\n")


@pytest.mark.parametrize(
    "code, status",
    [
        ("pass", 0),
        ("raise SystemExit", 0),
        ("import sys; sys.exit(3)", 3),
        ("import sys; sys.exit('no')", 1),
        ("1 / 0", 1),
        ("import os; os._exit(4)", 4),
        ("import os; os.kill(os.getpid(), 9)", -9),
        ("(", 1),
    ],
)
def test_the_exit_status_is_the_programs(run, code, status):
    assert run(code).returncode == status


def test_a_program_sees_the_environment_it_is_given_and_no_other(run):
    ran = run("import os; print(sorted(os.environ))", env={"ONE": "1"})
    assert "ONE" in ran.stdout and "PATH" not in ran.stdout


def test_an_exception_is_printed_with_its_line(run):
    ran = run("\n1 / 0\n")
    assert 'program.py", line 2' in ran.stderr
    assert ran.stderr.endswith("ZeroDivisionError: division by zero\n")


def test_what_was_imported_for_a_program_is_no_name_of_it(run):
    assert "NameError: name 'random' is not defined" in run("random.random()").stderr
    assert run("import random; random.random()").returncode == 0


def test_a_program_leaves_nothing_to_the_next(run):
    run("import os, random, sys\nx = sys.x = random.x = 1\nos.environ['X'] = '1'\nos.chdir('/')\n")
    ran = run("import os, random, sys\nprint(hasattr(sys, 'x'), hasattr(random, 'x'), 'x' in dir())"
              "\nprint(os.environ.get('X'), os.listdir())\n")  # fmt: skip
    assert ran.stdout == "False False False\nNone []\n"


def test_programs_share_no_random_numbers(run):
    code = "import random; print(random.random())"
    assert run(code).stdout != run(code).stdout


def test_a_program_is_the_main_module_with_its_arguments_and_environment(server, tmp_path):
    (tmp_path / "module.py").write_text(
        "import os, sys\nprint(__name__, sys.argv[1:], os.environ['X'], sys.stdin.read())", "utf-8"
    )
    for arguments in (["-m", "module"], ["-I", str(tmp_path / "module.py")]):
        ran = server.run([*arguments, "a b", "c"], tmp_path, {"X": "1"})
        assert ran.stdout == "__main__ ['a b', 'c'] 1 \n"


def test_a_file_finds_no_module_beside_it_or_in_its_folder(run, tmp_path):
    (tmp_path / "beside.py").touch()
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty/within.py").touch()
    for module in ("beside", "within", "tools", "forkserver"):
        assert f"No module named '{module}'" in run(f"import {module}").stderr


def test_imports_that_fail_say_so(tmp_path, capfd):
    broken = ForkServer("import no_such_module")
    for _ in range(2):
        with pytest.raises(RuntimeError, match="'import no_such_module'.* has ended"):
            broken.run(["-m", "json.tool"], tmp_path)
    assert "No module named 'no_such_module'" in capfd.readouterr().err


def test_where_nothing_can_be_forked_each_program_gets_its_own_interpreter(run, monkeypatch):
    monkeypatch.setattr("sys.platform", "win32")
    ran = run("import os, sys\nprint(os.listdir())\nsys.exit(3)")
    assert (ran.returncode, ran.stdout) == (3, "[]\n")


def test_a_program_that_does_not_end_is_ended_with_all_that_it_started(run, tmp_path):
    mark = tmp_path / "alive"
    started = (
        "import subprocess, sys, time\n"
        f"later = 'import pathlib, time; time.sleep(4); pathlib.Path(\"{mark}\").touch()'\n"
        "subprocess.Popen([sys.executable, '-c', later])\n"
        "print('begun', flush=True)\n"
        "time.sleep(600)\n"
    )
    ran = run(started, limit=2)
    assert (ran.returncode, ran.stdout) == (124, "begun\n")
    assert ran.stderr.endswith(
        f"-I {tmp_path}/program.py was still running after 2 seconds and was ended: find out what "
        "it waits for\n"
    )
    time.sleep(4)
    assert not mark.exists()
    assert run("print(1)").stdout == "1\n"


def test_a_program_leaves_no_answer_for_the_next_when_its_caller_is_interrupted(run, server):
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 1)
    try:
        with pytest.raises(KeyboardInterrupt):
            run("import sys, time; time.sleep(3); sys.exit(3)")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert run("import sys; sys.exit(4)").returncode == 4
