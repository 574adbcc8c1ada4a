"""The training script in several processes, and on two machines played by one computer."""

import os
import subprocess
import sys

import pytest

from .conftest import ROOT

SCRIPT = ROOT / "snippets/scale_out_ddp.py"
TORCHRUN = [sys.executable, "-m", "torch.distributed.run"]
ENVIRONMENT = os.environ | {"OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""}


def start(*options: str) -> subprocess.Popen:
    return subprocess.Popen(
        [*TORCHRUN, *options, SCRIPT], env=ENVIRONMENT, text=True, stdout=subprocess.PIPE
    )


@pytest.mark.parametrize("processes", [2, 4])
def test_several_processes_print_what_one_prints(processes):
    torchrun = start("--standalone", f"--nproc-per-node={processes}")
    assert torchrun.communicate()[0] == SCRIPT.with_suffix(".out").read_text("utf-8")
    assert torchrun.returncode == 0
