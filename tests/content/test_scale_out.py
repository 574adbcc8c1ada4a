"""The training script in several processes and on several machines prints what it prints in one."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.sources import OVERVIEW, ROOT
from tools.running import record

PAGE = "pytorch/scale-out.md"
SNIPPETS = ROOT / "snippets/pytorch/scale-out"
SCRIPT = SNIPPETS / "ddp.py"
TORCHRUN = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
BIN = Path(sys.executable).parent
ENVIRONMENT = os.environ | {
    "OMP_NUM_THREADS": "1",
    "CUDA_VISIBLE_DEVICES": "",
    "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
}
# The threads of gloo outlive a DDP model, and now and then one of them aborts a process that ends.
ABORTED_AT_EXIT = "terminate called without an active exception"
# What is left out on both machines, and which of them says so.
SAYS_SO = {"--rdzv-conf": "both", "--local-addr": "B", "GLOO_SOCKET_IFNAME": "one"}


def printed(snippet: str) -> str:
    return (SNIPPETS / f"{snippet}.out").read_text("utf-8")


def commands(section: str, code: str = "en") -> list[list[str]]:
    """The words of each command that a section shows."""
    section = OVERVIEW.by_key[f"{PAGE}#{section}"].sections[code]
    fences = [f for f in section.within(section.page.fences) if f.language == "console"]
    return [shlex.split(fence.body) for fence in fences]


@pytest.mark.parametrize("file", sorted(SNIPPETS.glob("*.py")), ids=lambda file: file.stem)
def test_a_model_goes_before_its_group_since_a_process_may_hang_otherwise(file):
    code = file.read_text("utf-8")
    if " = DistributedDataParallel(" in code:
        assert re.search(r"\bdel model\b.*\n *dist\.destroy_process_group\(\)", code)


@pytest.mark.proof
@pytest.mark.parametrize("processes", [2, 4])
def test_several_processes_print_what_one_prints(processes):
    ran = subprocess.run(
        [*TORCHRUN, f"--nproc-per-node={processes}", SCRIPT],
        env=ENVIRONMENT,
        text=True,
        capture_output=True,
    )
    assert ran.stdout == SCRIPT.with_suffix(".out").read_text("utf-8")
    assert ran.returncode == 0 or ABORTED_AT_EXIT in ran.stderr, ran.stderr


def changed(name: str, old: str, new: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a snippet in which something is replaced."""
    code = (SNIPPETS / f"{name}.py").read_text("utf-8")
    assert old in code
    (folder / f"{name}.py").write_text(code.replace(old, new), "utf-8")
    return record.run(folder / f"{name}.py")


def test_without_join_the_process_with_more_batches_fails(tmp_path):
    ran = changed("join", "Join([model])", "__import__('contextlib').nullcontext()", tmp_path)
    assert ran.stdout == "step = 0, ratio = 1.00\nstep = 1, ratio = 1.00\n"
    assert "RuntimeError" in ran.stderr


def test_a_forward_pass_before_no_sync_is_sent(tmp_path):
    inside = """\
        with context():
            for part in first:
                (loss(model, part) / 4).backward()
"""
    before = """\
        for part in first:
            part = loss(model, part) / 4
            with context():
                part.backward()
"""
    ran = changed("accumulate", inside, before, tmp_path)
    assert ran.stdout == printed("accumulate").replace("= 1\n", "= 4\n")


SHARDED = """
import copy, sys, torch, torch.distributed as dist
from torch import nn
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.fsdp import fully_shard

def say(line):  # in one piece, since the other process writes to the same place
    sys.stdout.write(line + "\\n")

class GRU(nn.GRU):
    def forward(self, x):
        say(f"in the call {self.weight_ih_l0.numel()}")
        return super().forward(x)

dist.init_process_group("gloo")
torch.manual_seed(0)
plain = GRU(4, 8, batch_first=True)
gru, x = copy.deepcopy(plain), torch.randn(6, 5, 4)
fully_shard(gru, mesh=init_device_mesh("cpu", (2,)))
say(f"kept {gru.weight_ih_l0.to_local().numel()} of {plain.weight_ih_l0.numel()}")
gru(x[dist.get_rank() :: 2])[0].square().mean().backward()
plain(x)[0].square().mean().backward()
for p, q in zip(gru.parameters(), plain.parameters(), strict=True):
    torch.testing.assert_close(p.grad.full_tensor(), q.grad)
dist.destroy_process_group()
"""


@pytest.mark.proof
def test_fsdp_shares_a_gru_out_and_collects_it_for_the_call(tmp_path):
    (tmp_path / "sharded.py").write_text(SHARDED, "utf-8")
    command = [*TORCHRUN, "--nproc-per-node=2", tmp_path / "sharded.py"]
    ran = subprocess.run(command, env=ENVIRONMENT, text=True, capture_output=True)
    assert ran.returncode == 0 or ABORTED_AT_EXIT in ran.stderr, ran.stderr
    lines = sorted(ran.stdout.splitlines())
    assert lines == 4 * ["in the call 96"] + 2 * ["kept 48 of 96"]


@pytest.mark.proof
def test_a_run_whose_process_was_killed_ends_like_one_that_was_not(tmp_path):
    [command] = commands("resume")
    (tmp_path / "resume.py").write_text((SNIPPETS / "resume.py").read_text("utf-8"), "utf-8")
    ran = subprocess.run(
        ["env", *command], env=ENVIRONMENT, text=True, capture_output=True, cwd=tmp_path
    )
    start, *epochs = printed("resume").splitlines()
    assert ran.stdout.splitlines() == [start, *epochs[:3], "start = 3", *epochs[3:]]
    assert "exitcode: -9" in ran.stderr
    assert ran.returncode == 0 or ABORTED_AT_EXIT in ran.stderr, ran.stderr


# Runs a command under a name that the machine takes for 127.0.1.1, as Debian's installer writes it.
UNDER_A_NAME = """
hostname machine-$1
printf '127.0.0.1 localhost\\n127.0.1.1 machine-%s\\n' $1 > hosts-$1
mount --bind hosts-$1 /etc/hosts
shift
exec env "$@"
"""


@pytest.fixture
def machines(tmp_path):
    """Two network namespaces with a cable between them: what starts a command on A, and on B."""
    a, b = names = [f"scale-out-{os.getpid()}-{machine}" for machine in "ab"]
    setup = [
        *(f"ip netns add {name}" for name in names),
        f"ip link add eth0 netns {a} type veth peer name eth0 netns {b}",
        f"ip -n {a} address add 10.0.0.1/24 dev eth0",
        f"ip -n {b} address add 10.0.0.2/24 dev eth0",
        *(f"ip -n {name} link set {card} up" for name in names for card in ("lo", "eth0")),
    ]
    shutil.copy(SCRIPT, tmp_path)
    try:
        for line in [*setup, f"ip netns exec {a} unshare --uts --mount true"]:
            subprocess.run(line.split(), check=True, capture_output=True, text=True)
        inside = ["unshare", "--uts", "--mount", "sh", "-ec", UNDER_A_NAME, "sh"]
        yield [["ip", "netns", "exec", name, *inside, name[-1]] for name in names]
    except FileNotFoundError as error:
        pytest.skip(f"two machines are made with iproute2 and util-linux: {error}")
    except subprocess.CalledProcessError as error:
        pytest.skip(f"two machines are made by root on Linux: {error.stderr.strip()}")
    finally:
        for name in names:
            subprocess.run(f"ip netns delete {name} || true", shell=True, capture_output=True)


class Started:
    """A command on one of the machines, and what it has printed so far."""

    def __init__(self, machine: list[str], command: list[str], folder: Path):
        self.files = [folder / f"{machine[-1]}.{kind}" for kind in ("out", "err")]
        with self.files[0].open("w") as out, self.files[1].open("w") as err:
            self.process = subprocess.Popen(
                [*machine, *command], env=ENVIRONMENT, cwd=folder, stdout=out, stderr=err
            )

    @property
    def out(self) -> str:
        return self.files[0].read_text("utf-8")

    @property
    def err(self) -> str:
        return self.files[1].read_text("utf-8")

    @property
    def ended(self) -> bool:
        return self.process.poll() is not None


@contextmanager
def started(machines, both, folder) -> Iterator[list[Started]]:
    """Start a command on each machine and end what is still running."""
    pairs = [Started(*pair, folder) for pair in zip(machines, both, strict=True)]
    try:
        yield pairs
    finally:
        for each in pairs:
            each.process.terminate()
        for each in pairs:
            each.process.wait()


def wait_until(holds: Callable[[], bool], seconds: int = 180) -> None:
    """Wait for what a run prints or for its end; the caller asserts what it waited for."""
    for _ in range(seconds):
        if holds():
            return
        time.sleep(1)


@pytest.mark.proof
@pytest.mark.parametrize("code", OVERVIEW.sources.pages)
def test_two_machines_print_what_one_process_prints(machines, tmp_path, code):
    with started(machines, commands("machines", code), tmp_path) as (a, b):
        wait_until(lambda: a.ended and b.ended)
        assert (a.out, b.out) == (printed("ddp"), ""), a.err + b.err
        assert all(x.process.returncode == 0 or ABORTED_AT_EXIT in x.err for x in (a, b)), b.err


def messages(option: str, code: str) -> list[str]:
    """What a machine says without an option, as the page's table quotes it."""
    lines = OVERVIEW.by_key[f"{PAGE}#machines"].sections[code].lines
    rows = [line for line in lines if line.startswith(f"| `{option}` | ")]
    return re.findall("`([^`]+)`", rows[1].removeprefix(f"| `{option}` |"))


@pytest.mark.proof
@pytest.mark.parametrize("option", SAYS_SO)
def test_two_machines_without_an_option_say_what_the_page_says(machines, tmp_path, option):
    both = [
        [word for word in command if not word.startswith(option)]
        for command in commands("machines")
    ]
    expected = {message for code in OVERVIEW.sources.pages for message in messages(option, code)}
    with started(machines, both, tmp_path) as pair:
        # What each machine must say: a message may come from either where nobody can know which.
        def said() -> list[str]:
            a, b = (each.err for each in pair)
            return {"both": [a, b], "B": [b], "one": [a + b]}[SAYS_SO[option]]

        wait_until(lambda: all(message in err for err in said() for message in expected))
        assert all(message in err for err in said() for message in expected), said()
        assert not pair[0].out
        assert option != "--local-addr" or not any(each.ended for each in pair)
