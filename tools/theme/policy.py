"""Tells browsers what a page may load, in the page, and hosts what only they can tell browsers."""

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from tools.project.errors import UserError

HEADERS = "_headers"  # which Netlify, Cloudflare Pages and others read
FRAMED = "lab/"  # what a teacher may put into a page of their own

# Style attributes are allowed, <style> is not; a browser without style-src-elem allows both. The
# default holds for the next page, which Firefox fetches beforehand, and for robots.txt, which
# Lighthouse asks the host for as the page would.
_POLICY = (
    "default-src 'self'; frame-src 'none'; object-src 'none'; "
    "script-src {scripts}; style-src 'self' 'unsafe-inline'; "
    "style-src-elem 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; "
    "form-action 'none'"
)
_FIRST = '<meta charset="utf-8">'  # a policy holds for what stands behind it
_INLINE = re.compile(r"<script(?![^>]*\b(?:src=|type=\S*json))[^>]*>(.*?)</script>", re.DOTALL)


def write(site: Path) -> None:
    """Put a policy into each page in the folder of a built site; raises UserError."""
    for file in site.rglob("*.html"):
        before, first, rest = file.read_text("utf-8").partition(_FIRST)
        if not first:
            raise UserError(
                f"{file} lacks {_FIRST}, behind which its policy is to stand; if the theme has "
                "changed, mend _FIRST in tools/theme/policy.py."
            )
        policy = f'<meta http-equiv="Content-Security-Policy" content="{of_page(rest)}">'
        file.write_text(f"{before}{first}\n{policy}{rest}", "utf-8")


def of_page(html: str) -> str:
    """Give the policy that lets a page run its own inline scripts, and no others."""
    digests = (b64encode(sha256(text.encode()).digest()) for text in _INLINE.findall(html))
    hashes = (f"'sha256-{digest.decode()}'" for digest in digests)
    return _POLICY.format(scripts=" ".join(["'self'", *hashes]))


def write_headers(site: Path, prefixes: Iterable[str]) -> None:
    """Let no page be framed but the lab, in the languages with these prefixes.

    Some hosts join what two rules say of one address, and two policies together forbid more than
    either. So the rule for all pages is the older header, which browsers pass over beside a policy
    that names frame-ancestors. The star leaves out a page from a disk, such as a teacher's slides.
    """
    framed = "".join(
        f"/{prefix}{FRAMED}*\n  Content-Security-Policy: frame-ancestors * file:\n"
        for prefix in prefixes
    )
    (site / HEADERS).write_text(f"/*\n  X-Frame-Options: DENY\n{framed}", "utf-8")
