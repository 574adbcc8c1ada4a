"""What a block on a page may be: code and output that were run, or text of a listed language."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from tools.sources.pages import Fence, Page

# Beside python and text, which hold what was run. A page that needs another kind of text (yaml,
# say) adds it here, with what makes sure that nobody types an output into it.
TYPED = ("console", "markdown")
# What is included whole, and how its file ends. C is compiled and run by a test of its page.
CODE = {"python": ".py", "c": ".c"}
INCLUDED = (*CODE, "text")
LANGUAGES = (*INCLUDED, *TYPED)

_INFO = re.compile(r'[\w+-]+(?: title="(?P<title>[^"]*)")?')
_NAME = re.compile(r"[\w-]+(?:/[\w-]+)*\.(?:py|c|out)")
_ANY_INCLUDE = re.compile(r"[\s>]*-+8<-+")
_ANY_FENCE = re.compile(r"(?:[\s>]|[*+-]\s|\d+[.)]\s)*(?:```|~~~)")
_COMMAND = re.compile(r"(?:[A-Z_]+=\S+ )*(?:\.venv/bin/)?(?:git|make|pip|python|torchrun)\b")
_QUOTED = re.compile(r"""(["']).*?\1""")
_MORE = re.compile(r"[;|&]")
FRONT = "index.md"  # shows what other pages explain
_CONTRIBUTE = "contribute/"  # there alone a page shows how a page is written


def faults(page: Page, path: str, snippets: Path) -> Iterator[tuple[int, str]]:
    """Find what is wrong with a page's blocks: the line, and what to do."""
    before = None
    for fence in page.fences:
        if not fence.cell:
            yield from _missing(fence, path, snippets)
            yield from _of_one(fence, before, path)
        before = fence
    yield from _outside(page)


def _missing(fence: Fence, path: str, snippets: Path) -> Iterator[tuple[int, str]]:
    folder = PurePosixPath(path).with_suffix("").as_posix()
    for name, line in fence.includes:
        if not _NAME.fullmatch(name):
            yield line, f"'{name}' is no file of snippets/; include a whole NAME.py or NAME.out"
        elif not (snippets / name).is_file():
            advice = "run make record" if name.endswith(".out") else "write it, or mend the name"
            yield line, f"the included file snippets/{name} does not exist; {advice}"
        elif folder not in homes(name) and path != FRONT:
            yield line, f"{name} is another page's; this one includes from snippets/{folder}/"


def homes(name: str) -> tuple[str, str]:
    """The pages that may include a file: that of its folder, and one that is this file's alone."""
    return PurePosixPath(name).parent.as_posix(), PurePosixPath(name).with_suffix("").as_posix()


def _of_one(fence: Fence, before: Fence | None, path: str) -> Iterator[tuple[int, str]]:
    info = _INFO.fullmatch(fence.info.strip())
    if not fence.info.strip():
        yield (
            fence.line,
            "this block does not say its language; write ```python, ```text, ```console ...",
        )
    elif (fence.is_python or fence.language in CODE) and not fence.is_one_include:
        yield (
            fence.line,
            "this block holds code; put it into a file in snippets/ and include that file alone: "
            '--8<-- "page/name.py"',
        )
    elif fence.language == "text" and not fence.is_one_include:
        yield (
            fence.line,
            "this output was typed; include what the snippet printed, and nothing else: "
            '--8<-- "page/name.out"',
        )
    elif fence.language not in LANGUAGES:
        yield (
            fence.line,
            f"a page has no block of '{fence.language}'; write one of {', '.join(LANGUAGES)}, "
            "and show Python and what it prints by an include",
        )
    elif info is None or not fence.info.strip().startswith(fence.language):
        yield fence.line, f'write ```{fence.language} or ```{fence.language} title="..." here'
    elif fence.language in CODE:
        yield from _code(fence, info["title"])
    elif fence.language == "text":
        yield from _output(fence, before)
    elif fence.language == "console":
        yield from _commands(fence)
    elif not path.startswith(_CONTRIBUTE):
        yield fence.line, "a block of markdown stands on the pages for contributors alone"


def _code(fence: Fence, title: str | None) -> Iterator[tuple[int, str]]:
    [(name, line)] = fence.includes
    if not name.endswith(CODE[fence.language]):
        yield line, f"a block of {fence.language} includes a file of code, which {name} is not"
    elif title is not None and title != PurePosixPath(name).name:
        yield fence.line, f'the title is "{title}" and the file below it {name}; make them the same'


def _output(fence: Fence, before: Fence | None) -> Iterator[tuple[int, str]]:
    [(name, line)] = fence.includes
    code = name.removesuffix(".out") + ".py"
    if not name.endswith(".out"):
        yield line, f"a block of text includes what a snippet printed, name.out, and not {name}"
    elif before is None or [code] != [included for included, _ in before.includes]:
        yield (
            line,
            f"{name} is compared only where the block before it is its own {code}; "
            "put it right behind that",
        )


def _commands(fence: Fence) -> Iterator[tuple[int, str]]:
    continued = False
    for line, text in enumerate(fence.body.splitlines(), fence.line + 1):
        if not continued and not _COMMAND.match(text):
            yield (
                line,
                "a block of console holds commands alone, such as make, python or pip; "
                "what a program prints is included, from the .out of a snippet",
            )
        elif "<<" in text:
            yield line, "this runs code that nobody ran; put it into a file in snippets/"
        elif _MORE.search(_QUOTED.sub("", text)):
            yield line, "this runs more than one command; write each on a line of its own"
        elif "index-url" in text:
            yield line, "take --index-url out: readers' machines know where their packages are"
        continued = text.endswith("\\")


def _outside(page: Page) -> Iterator[tuple[int, str]]:
    """Find lines that are text to this parser and a block to the site's, or the reverse."""
    held = {fence.line: fence for fence in page.fences}
    inside: Fence | None = None
    for line, text in enumerate(page.lines, 1):
        inside = held.get(line, inside)
        if inside and line > inside.end:
            inside = None
        if _ANY_INCLUDE.match(text) and not (inside and inside.language in INCLUDED):
            yield line, f"an include stands alone in a block of {', '.join(INCLUDED)}, nowhere else"
        elif _ANY_FENCE.match(text) and not inside:
            yield (
                line,
                "this does not begin a block, since it stands in HTML or in a paragraph; "
                "leave an empty line before it",
            )
