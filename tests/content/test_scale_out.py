"""The training script in several processes prints what it prints in one."""

import os
import subprocess
import sys

import pytest

from tests.sources import ROOT

SCRIPT = ROOT / "snippets/pytorch/scale-out/ddp.py"
TORCHRUN = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
ENVIRONMENT = os.environ | {"OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""}
# The threads of gloo outlive a DDP model, and now and then one of them aborts a process that ends.
ABORTED_AT_EXIT = "terminate called without an active exception"


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
