"""Lists every link of the pages to another site, with file and line, and names what is wrong.

It looks at how an address is written, as each build does. With --live it asks each address whether
it still answers, which needs the network.
"""

import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

import click
import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from tools.project import errors
from tools.project.errors import UserError
from tools.sources.findings import Finding
from tools.sources.sources import Sources
from tools.translations.overview import Overview

# These answer a reader and no program, so that a refusal of theirs says nothing of the address.
REFUSE_ROBOTS = {
    "doi.org",  # leads on to publishers, most of which do
}
REFUSALS = {401, 403, 418, 429}

PAUSE = 1.0  # seconds between two questions to a host
TIMEOUT = 20  # seconds
HOSTS_AT_ONCE = 8
NAME = "gate-by-gate link check (once a week)"

# What tells the other site where a reader comes from, and nothing of the page
_TRACKING = re.compile(
    r"utm_\w+|[a-z]*clid|mc_[ce]id|_ga|_hs\w+|igsh\w*|ref_src|ref_url|si|spm|trk|vd_source"
    r"|share_\w+"
)
_BUSY = [429, 500, 502, 503, 504]
_AGAIN = Retry(
    connect=0, read=False, status=1, status_forcelist=_BUSY, allowed_methods=None,
    raise_on_status=False, retry_after_max=60,
)  # fmt: skip


class Outside(NamedTuple):
    """A link to another site, and where it stands."""

    file: str
    line: int
    address: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.address}"


def of_pages(sources: Sources) -> list[Outside]:
    """Find the links to other sites, in the order of the pages."""
    return [
        Outside(sources.file(path, code), link.line, link.target)
        for code in sources.pages
        for path in sources.paths()
        if path in sources.pages[code]
        for link in sources.pages[code][path].links
        if link.scheme in ("http", "https")
    ]


def check(overview: Overview) -> Iterator[Finding]:
    """Find addresses that are not written as they should be."""
    first: dict[tuple[str, ...], Outside] = {}
    for link in of_pages(overview.sources):
        same = first.setdefault(_meant(link.address), link)
        tracking = [name for name in _queried(link.address) if _TRACKING.fullmatch(name)]
        message = ""
        if not link.address.startswith("https://"):
            message = f"{link.address}: write https:// for http://"
        elif tracking:
            message = f"{link.address}: take out what only tracks a reader: {', '.join(tracking)}"
        elif same.address != link.address:
            where = f"{same.file}:{same.line}"
            message = f"{link.address} is {same.address} in {where}; write it in one way"
        if message:
            yield Finding(link.file, link.line, message)


def _queried(address: str) -> list[str]:
    return [name for name, _ in parse_qsl(urlsplit(address).query, keep_blank_values=True)]


def _meant(address: str) -> tuple[str, ...]:
    """Give what two spellings of one address have in common."""
    url = urlsplit(address)
    host = url.netloc.lower().removeprefix("www.").removesuffix(":443")
    path = re.sub(r"/(index\.html?)?$", "", unquote(url.path))
    return host, path, url.query, url.fragment


def ask(addresses: Iterable[str]) -> dict[str, str]:
    """Ask each address, several hosts at once; for each that does not answer, what was seen."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for address in sorted(set(addresses)):
        by_host[urlsplit(address).netloc].append(address)
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        every = pool.map(_ask_host, by_host.values())
    return {address: seen for answers in every for address, seen in answers.items()}


def _ask_host(addresses: list[str]) -> dict[str, str]:
    found = {}
    with requests.Session() as session:
        session.headers["User-Agent"] = NAME
        for scheme in ("https://", "http://"):
            session.mount(scheme, HTTPAdapter(max_retries=_AGAIN))
        for number, address in enumerate(addresses):
            if number:
                time.sleep(PAUSE)
            if seen := _seen(session, address):
                found[address] = seen
    return found


def _seen(session: requests.Session, address: str) -> str:
    """Ask for the head, then for the page, since some know no other question; "" if it answers."""
    seen = ""
    for method in ("HEAD", "GET"):
        try:
            with session.request(method, address, timeout=TIMEOUT, stream=True) as answer:
                status = answer.status_code
        except requests.RequestException as error:
            seen = f"gives no answer ({type(error).__name__})"
        else:
            refused = status in REFUSALS and urlsplit(address).netloc in REFUSE_ROBOTS
            if status < HTTPStatus.BAD_REQUEST or refused:
                return ""
            seen = f"answers {status}"
    return seen


def dead(links: list[Outside]) -> Iterator[Finding]:
    """Find links that lead to nothing; raises UserError where no address gives an answer."""
    seen = ask(link.address for link in links)
    if links and all("no answer" in seen.get(link.address, "") for link in links):
        raise UserError("no address gives an answer; run this again where there is a network")
    for link in links:
        if link.address in seen:
            message = f"{link.address} {seen[link.address]}; write where it is now, or take it out"
            yield Finding(link.file, link.line, message)


@click.command(help=__doc__)
@click.option("--live", is_flag=True, help="ask each address whether it still answers")
def main(live: bool) -> int:
    """List the links of the current folder's pages; exit status 1 if something is wrong."""
    overview = Overview.read(Path.cwd())
    links = of_pages(overview.sources)
    print(*links, sep="\n")
    found = [*check(overview), *(dead(links) if live else [])]
    print(*found, sep="\n", file=sys.stderr, end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    errors.run(main)
