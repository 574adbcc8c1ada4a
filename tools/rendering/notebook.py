"""Makes a notebook of a page's Markdown twin: its texts, its code, and what the code printed.

The first code cell prints the versions here beside those with which the outputs were recorded, and
gets what the code reads. Code cells are the same in every language.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode, v4

from tools.project import files
from tools.project.files import EXPERIMENTS
from tools.running import archive, notebooks, versions
from tools.sources import texts

_BLOCK = re.compile(
    r"^(?P<margin>[> ]*)(?P<fence>`{3,})(?P<language>[\w+-]*)[^\n`]*\n"
    r"(?P<text>.*?)^(?P=margin)(?P=fence)\n",
    re.DOTALL | re.MULTILINE,
)
_BEGINS = re.compile(r'^(?:<a id="[^"]+"></a>\n\n)?#{1,2} ', re.MULTILINE)
_TITLE = re.compile(r".*?^# [^\n]*\n", re.DOTALL | re.MULTILINE)
_NOTHING = re.compile(r"[>\s]*")
_PLOT = re.compile(r"!\[[^\n]*\]\([^\n]*\bplots/[\w-]+\.svg\)\s*\Z")
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)  # the day on which it was drawn

_VERSIONS = """
recorded = {recorded}
for package, then in recorded.items():
    try:
        here = version(package).partition("+")[0]
    except PackageNotFoundError:
        here = "-"
    print(f"{{package}} {{here}} ({{then}})")"""
_FETCHED = """
for name in {names}:
    if not Path(name).exists():
        urlretrieve("{address}" + name, name)"""
_UNPACKED = """
code = Path("{archive}")
if not code.exists():
    packed = code.with_suffix(".zip")
    if not packed.exists():
        urlretrieve("{address}", packed)
    ZipFile(packed).extractall()
sys.path.insert(0, str(code / "experiments"))"""
# What a cell sets for itself holds for no other, as where each is a file of its own.
_DEFAULT = """
get_ipython().events.register(
    "pre_run_cell", lambda info: torch.set_default_dtype(torch.float32)
)"""
_NO_ARGUMENTS = """
sys.argv = [""]  # a notebook has its own"""


def written(
    markdown: str,
    executed: Sequence[NotebookNode] | None,
    root: Path,
    home: str,
    text: Mapping[str, str],
    told: dict[str, Any],
) -> str | None:
    """Give the notebook of a page, as a file holds it; None for a page without Python.

    `executed` are the cells of a page that is a notebook itself, `home` is the address of the
    site, `text` the words of the page's language; `told` goes into the notebook's metadata.
    """
    title = _TITLE.match(markdown)
    begin = title.end() if title else 0
    rest = list(_cells(markdown[begin:], executed))
    codes = [cell.source for cell in rest if cell.cell_type == "code"]
    if not codes:
        return None
    reads = archive.FILE if executed is not None else ""  # what a page of evidence reads
    named = texts.names(root) if any(".txt" in code for code in codes) else []
    called = notebooks.called_files("\n".join(codes), root / EXPERIMENTS) if reads else []
    scripts = [files.read(file) for file in called if file.suffix == ".py"]
    packages = versions.packages([*codes, *scripts], root)
    recorded = {name: runs[0] for name, runs in packages.items()}
    setup = _setup(codes, recorded, home, named, reads)
    intro = _intro(recorded, [reads] if reads else named, text)
    first = v4.new_markdown_cell("\n\n".join([markdown[:begin].strip(), intro]))
    printed = "".join(f"{name} {then} ({then})\n" for name, then in recorded.items())
    output = v4.new_output("stream", name="stdout", text=printed)
    cells = [first, v4.new_code_cell(setup, outputs=[output]), *rest]
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"  # else it would be another one in each build
    metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"},
        **told,
    }
    content: str = nbformat.writes(v4.new_notebook(cells=cells, metadata=metadata))
    return f"{content}\n"


def _setup(
    codes: list[str], recorded: dict[str, str], home: str, named: list[str], reads: str
) -> str:
    imports, parts = set[str](), list[str]()
    if recorded:
        imports.add("from importlib.metadata import PackageNotFoundError, version")
        entries = "".join(f'    "{name}": "{then}",\n' for name, then in recorded.items())
        parts.append(_VERSIONS.format(recorded=f"{{\n{entries}}}"))
    if named or reads:
        imports |= {"from pathlib import Path", "from urllib.request import urlretrieve"}
    if named:
        parts.append(_FETCHED.format(names=named, address=f"{home}{texts.PLACE}/"))
    if reads:
        imports |= {"import sys", "from zipfile import ZipFile"}
        parts.append(_UNPACKED.format(archive=archive.FOLDER, address=f"{home}{reads}"))
    if any("set_default_dtype(" in code for code in codes):
        imports.add("import torch")
        parts.append(_DEFAULT)
    if any("sys.argv" in code for code in codes):
        imports.add("import sys")
        parts.append(_NO_ARGUMENTS)
    order = sorted(imports, key=lambda line: (line.startswith("from"), line))
    return "\n".join([*order, *parts])


def _intro(recorded: dict[str, str], reads: list[str], text: Mapping[str, str]) -> str:
    pins = " ".join(f"{name}=={then}" for name, then in recorded.items())
    said = [text["notebook_versions"].format(pins=pins)] if pins else []
    if reads:
        listed = ", ".join(f"`{file.rpartition('/')[2]}`" for file in reads)
        said.append(text["notebook_reads"].format(files=listed))
    return "\n\n".join(said)


def _cells(markdown: str, executed: Sequence[NotebookNode] | None) -> Iterator[NotebookNode]:
    """Cut a twin at its blocks of Python and at its sections."""
    ran = iter(executed or [])
    blocks = list(_BLOCK.finditer(markdown))
    at = 0
    for number, block in enumerate(blocks):
        if block["language"] != "python" or block.start() < at:
            continue
        code, before = _inside(block), markdown[at : block.start()]
        at = block.end()
        cell = v4.new_code_cell(code)
        printed = None if executed is None else next(ran)
        if printed is not None:
            assert printed.source.rstrip() == code, printed.source  # the twin shows every cell
            cell.outputs = [_output(each) for each in printed.outputs]
            before = _PLOT.sub("", before)
        for after in blocks[number + 1 :]:
            between = markdown[at : after.start()]
            if after["language"] != "text" or not _NOTHING.fullmatch(between):
                break
            at = after.end()
            if printed is None:
                text = f"{_inside(after)}\n"
                cell.outputs.append(v4.new_output("stream", name="stdout", text=text))
        yield from _texts(before)
        yield cell
    yield from _texts(markdown[at:])


def _inside(block: re.Match[str]) -> str:
    """Give the text of a block without the margin of the quotation or the list around it."""
    margin = block["margin"]
    lines = [
        line.removeprefix(margin) if line.startswith(margin) else line.removeprefix(margin.rstrip())
        for line in block["text"].splitlines()
    ]
    return "\n".join(lines)


def _texts(markdown: str) -> Iterator[NotebookNode]:
    """Give the sections of a text, each a cell; a part of a quotation stays a quotation."""
    shown = [block.span() for block in _BLOCK.finditer(markdown)]
    starts = [found.start() for found in _BEGINS.finditer(markdown)]
    cuts = [at for at in starts if not any(begin < at < end for begin, end in shown)]
    for begin, end in zip([0, *cuts], [*cuts, len(markdown)], strict=True):
        lines = markdown[begin:end].split("\n")
        while lines and _NOTHING.fullmatch(lines[0]):
            del lines[0]
        while lines and _NOTHING.fullmatch(lines[-1]):
            del lines[-1]
        if lines:
            yield v4.new_markdown_cell("\n".join(lines))


def _output(ran: NotebookNode) -> Any:
    """Give an output without what differs from run to run."""
    if ran.output_type == "stream":
        return v4.new_output("stream", name=ran.name, text=ran.text)
    data = dict(ran.data)
    if "image/svg+xml" in data:
        data = {"image/svg+xml": _METADATA.sub("", data["image/svg+xml"])}
    return v4.new_output(ran.output_type, data=data)
