"""Runs programs that the project does not bring along, and says what to install for one."""

import os
import shutil
import subprocess

from tools.project.errors import UserError


class Missing(UserError):
    """A program is not here, or cannot do its work here; the message says what to install."""


def run(
    program: str, *arguments: str, needed: str, **environment: str
) -> "subprocess.CompletedProcess[str]":
    """Run a program, and keep what it says; `needed` says for what, and how it is installed."""
    path = shutil.which(program)
    if path is None:
        raise Missing(f"{program} is not on this machine; {needed}")
    return subprocess.run(
        [path, *arguments], capture_output=True, text=True, env=os.environ | environment
    )
