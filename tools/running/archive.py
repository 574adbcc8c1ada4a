"""Puts all code of the site into one archive that needs nothing else, and says how to run it.

In it stand the snippets and what they print, the experiments and their records, and the sources of
the notebooks. The same sources make the same bytes.
"""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from tools.project import addresses, files
from tools.project.files import EXPERIMENTS
from tools.running import versions
from tools.sources import code_files, module

NAME = "gate-by-gate-code.zip"
FILE = f"{code_files.PLACE}/{NAME}"
FOLDER = NAME.removesuffix(".zip")
_READMES = {"README.md": "en.md", "README.zh.md": "zh.md"}
_FIRST = "snippets/gates/gru/reset_gate.py"  # which the READMEs run
_NOTEBOOKS = "docs/*/evidence/*.py"
_DATE = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP can hold


def write(root: Path, site: Path, name: str, home: str) -> None:
    """Write the archive into the built site, if the project has what its READMEs speak of."""
    if all((root / file).is_file() for file in (_FIRST, versions.PINNED)):
        files.replace(site / FILE, content(root, name, home))


def content(root: Path, name: str, home: str) -> bytes:
    """Give the archive; `name` and `home` are those of the site."""
    held: dict[str, str | bytes] = {**_as_they_are(root), **dict(_made(root, name, home))}
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(held):
            entry = zipfile.ZipInfo(f"{FOLDER}/{path}", _DATE)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, held[path])
    return stream.getvalue()


def _as_they_are(root: Path) -> dict[str, bytes]:
    """Read what the archive holds as the project does."""
    found = [
        *(root / code_files.SNIPPETS).rglob("*.out"),
        *(root / code_files.SNIPPETS).rglob("*.txt"),
        *(root / EXPERIMENTS).rglob("*.json"),
        *(root / EXPERIMENTS).glob("*.yml"),
        *(root / "LICENSES").glob("*.txt"),
        *root.glob(_NOTEBOOKS),
    ]
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in found}


def _made(root: Path, name: str, home: str) -> Iterator[tuple[str, str]]:
    texts = dict(code_files.texts(root, name, home))
    yield from texts.items()
    if (root / module.FILE).is_file():
        yield module.NAME, module.text(root, home)
    yield "requirements.txt", _requirements(root, list(texts.values()))
    where = "" if addresses.is_local(home) else f" · {home}"
    needing = {
        file: versions.needs(text, root)
        for file, text in texts.items()
        if file.startswith(f"{code_files.SNIPPETS}/") and file.endswith(".py")
    }
    told = {
        "where": where,
        "first": _FIRST,
        "printed": files.read((root / _FIRST).with_suffix(".out")).rstrip(),
        "needs": "\n".join(
            f"- `{file}`: {', '.join(packages)}" for file, packages in needing.items() if packages
        ),
    }
    for readme, template in _READMES.items():
        yield readme, files.read(Path(__file__).with_suffix("") / template).format(**told)


def _requirements(root: Path, texts: list[str]) -> str:
    """Pin what the code imports, as it was run here; what that needs in turn pip finds."""
    pins = versions.pins(root / versions.PINNED)
    named = {"torch", *versions.packages(texts, root)}
    named |= {package for text in texts for package in versions.needs(text, root)}
    return "".join(f"{package}=={pins[package]}\n" for package in sorted(named & pins.keys()))
