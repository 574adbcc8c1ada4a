"""What a site needs to be served: an address that is free, and no file that nobody asks for."""

import logging
import os
import re
import socket
from pathlib import Path
from types import SimpleNamespace

from mkdocs.exceptions import Abort

from tools.project import addresses

log = logging.getLogger("mkdocs.hooks")

_LAST_PORT = 65535
_POINTS_TO_MAP = re.compile(r"\s*(//|/\*)# sourceMappingURL=\S+( \*/)?\s*$")

_run = SimpleNamespace(command="", begins=False)


def begin(command: str) -> None:
    """Note the command, for what is looked at once and not for each language and each change."""
    _run.command, _run.begins = command, True


def is_served() -> bool:
    """Tell whether this run shows the site while it is written, and publishes nothing."""
    return bool(_run.command == "serve")


def look(dev_addr: tuple[str, int], site_url: str | None) -> None:
    """Refuse an address that is taken before a command builds, or say that it is this machine's."""
    begins, _run.begins = _run.begins, False
    if begins and is_served():
        refuse_taken(*dev_addr)
    elif begins and addresses.is_local(site_url):
        log.info(
            "The pages name %s as their address, and shared links show no picture. To publish "
            "them, name the real one: "
            "SITE_URL=https://you.example/path/ make build",
            site_url,
        )


def refuse_taken(host: str, port: int) -> None:
    """Raise Abort if something else is served there; a build takes a while, so ask before it."""
    if not 0 < port <= _LAST_PORT:
        raise Abort(f"{port} is no port; name one up to {_LAST_PORT}: make serve PORT=8001")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        if os.name == "posix":  # one that has just ended is no hindrance
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Abort(
                f"{host}:{port} cannot be used ({error.strerror}), perhaps since make serve runs "
                f"already; end that, or name another port: make serve PORT={_another(port)}"
            ) from None


def _another(port: int) -> int:
    return port + 1 if port < _LAST_PORT else port - 1


def drop_source_maps(site: Path) -> None:
    """Take the theme's source maps out of a built site; they weigh more than all it shows."""
    for source_map in site.glob("assets/**/*.map"):
        source_map.unlink()
        file = source_map.with_suffix("")
        file.write_text(_POINTS_TO_MAP.sub("\n", file.read_text("utf-8")), "utf-8")
