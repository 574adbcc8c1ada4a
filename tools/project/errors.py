"""What a person is told when something is wrong: where, what it is, and what to do next.

A build shows a UserError as MkDocs shows an error of a plugin; a command shows it by run().
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click
from mkdocs.exceptions import Abort, MkDocsException, PluginError

INTERRUPTED = 130  # the exit status of a program that Ctrl-C stopped


class UserError(PluginError):
    """Something that whoever reads the message can mend: no traceback is shown for it."""

    def __init__(self, message: str, file: Path | str | None = None, line: int | None = None):
        self.file = name(Path(file)) if file else None
        self.line, self.reason = line, message
        where = f"{self.file}:{line or 1}: " if self.file else ""
        super().__init__(f"{where}{message}")


def name(file: Path) -> str:
    """Give a file's path from the project's folder, or as it is if it lies in none."""
    root = next((folder for folder in file.parents if (folder / "mkdocs.yml").exists()), None)
    return (file.relative_to(root) if root and file.is_absolute() else file).as_posix()


def of_system(error: OSError) -> str:
    """Say what the system refused, and what may help."""
    file = name(Path(error.filename)) if isinstance(error.filename, str) else "a file"
    advice = {
        FileNotFoundError: "run this in the project's folder, or restore the file with git",
        PermissionError: "make it yours, or let this write elsewhere",
    }.get(type(error), "mend that and run this again")
    return f"{file}: {error.strerror or error}; {advice}"


def of_build(error: Exception) -> None:
    """Say in a line what the system refused a build, such as to write on a full disk."""
    if isinstance(error, OSError):
        raise Abort(of_system(error)) from None


def run(command: click.Command, arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command line and end with the status that its function gives.

    The status is 1 after an error, 2 where the command is called wrongly, 130 after Ctrl-C.
    """
    try:
        sys.exit(command.main(arguments, standalone_mode=False))
    except click.UsageError as error:
        error.show()
        sys.exit(error.exit_code)
    except MkDocsException as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(of_system(error), file=sys.stderr)
    except (KeyboardInterrupt, click.Abort):
        print("Stopped.", file=sys.stderr)
        sys.exit(INTERRUPTED)
    sys.exit(1)
