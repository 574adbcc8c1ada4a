"""The command line of a tool: --help shows what its module says of itself, all else is refused."""

import argparse
import sys


def parser(about: str | None) -> argparse.ArgumentParser:
    """A parser for the module that is run; `about` is its docstring."""
    module = sys.modules["__main__"].__spec__
    name = module.name.removesuffix(".__main__") if module else "tools"
    return argparse.ArgumentParser(
        f"python -m {name}",
        description=about,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
