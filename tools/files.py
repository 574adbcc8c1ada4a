"""Writes a file whole or not at all."""

import os
from pathlib import Path


def replace(path: Path, text: str) -> None:
    """Give a file a new text; whoever reads it meanwhile sees the old or the new, never a part."""
    partial = path.with_name(f"{path.name}.partial")
    partial.write_text(text, "utf-8", newline="\n")
    os.replace(partial, path)
