"""Says for search engines and shared links what a page is: its title, its day, structured data."""

import json
import re
from datetime import date
from html import unescape
from typing import Any

from tools.sources.languages import Language

LICENCE = "https://creativecommons.org/licenses/by/4.0/"  # of the texts

_LISTED = re.compile(r"(?P<place><loc>(?P<address>[^<]*)</loc>\s*)<lastmod>[^<]*</lastmod>")

Crumb = tuple[str, str]  # a page's title and its address


def dated(sitemap: str, days: dict[str, date | None]) -> str:
    """Give each address of a sitemap the day on which its page changed, where that is known."""

    def day(found: re.Match[str]) -> str:
        known = days[unescape(found["address"])]
        return found["place"] + (f"<lastmod>{known}</lastmod>" if known else "")

    return _LISTED.sub(day, sitemap)


def structured(
    title: str,
    description: str,
    crumbs: list[Crumb],
    language: Language,
    changed: date | None,
    image: str | None = None,
) -> str:
    """Write schema.org's data on a page as JSON: an article and the way to it; the first crumb is
    the site itself, and alone the home page.
    """
    (site, home), *way = crumbs
    told = {"description": description, "inLanguage": language.code, "license": LICENCE}
    graph: list[dict[str, Any]] = [{"@type": "WebSite", "@id": home, "name": site, "url": home}]
    if not way:
        graph[0] |= told
    else:
        known = {"dateModified": changed and changed.isoformat(), "image": image}
        more = {name: value for name, value in known.items() if value}
        author = {"@type": "Organization", "name": site, "url": home}
        graph += [
            {"@type": "TechArticle", "headline": title, "url": way[-1][1], **told, **more,
             "author": author, "isPartOf": {"@id": home}},
            {"@type": "BreadcrumbList", "itemListElement": [
                {"@type": "ListItem", "position": position, "name": name, "item": address}
                for position, (name, address) in enumerate(crumbs, 1)
            ]},
        ]  # fmt: skip
    data = {"@context": "https://schema.org", "@graph": graph}
    # Within a <script> nothing may end it.
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
