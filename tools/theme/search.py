"""Mends the theme's search, which trips over words that hold digits and cuts terms in two."""

import logging
import re
from pathlib import Path

import jieba

from tools.project import cache, files
from tools.project.errors import UserError
from tools.sources import glossary

jieba.setLogLevel(logging.WARNING)

WORKER = "assets/javascripts/workers/search.*.min.js"

# Lunr folds equal nodes of its graph of words, and compares them by a text: each letter that leads
# on and the number of the node that it leads to, with nothing between. So 1 to node 23 is taken for
# 1 to node 2 and 3 to the next; words come out that nobody wrote, and looking them up ends in an
# error and an empty answer. A comma behind each number keeps them apart.
_NODE = re.compile(r"\b(\w+)=\1\+\w+\+\w+\.id\b")


def dictionary(root: Path) -> str:
    """Write a file of the glossary's terms for the segmenter, which would cut 重置门 in two."""
    terms = glossary.load(root).terms.values()
    words = sorted({word for term in terms for word in term.names.values()})
    text = "".join(f"{word} 100000\n" for word in words if not word.isascii())
    file = cache.folder(root) / "search_terms.txt"
    if not file.is_file() or file.read_text("utf-8") != text:
        files.replace(file, text)
    return str(file)


def mend_site(site: Path) -> None:
    """Mend the search in the folder of a built site; raises UserError."""
    workers = list(site.glob(WORKER))
    if len(workers) != 1:
        raise UserError(
            f"{len(workers)} files in {site} are named {WORKER}, and one was to be the theme's "
            f"search; if the theme has changed, mend WORKER in tools/theme/search.py."
        )
    text, count = _NODE.subn(r'\g<0>+","', workers[0].read_text("utf-8"))
    if count != 1:
        raise UserError(
            f"{workers[0]} names the nodes of Lunr's graph at {count} places, and one was "
            f"expected; if the search finds '2' without tools/theme/search.py, take that file out."
        )
    workers[0].write_text(text, "utf-8")
