"""Cuts the Chinese fonts of poster and books down to the signs that the site's sources have.

They come from Noto Sans CJK, which Debian and Ubuntu have as the package fonts-noto-cjk; elsewhere
name the folder of NotoSansCJK-Regular.ttc and NotoSansCJK-Bold.ttc. Run it in the project's folder
when a build or a book names a sign that they lack.
"""

from collections.abc import Iterator
from pathlib import Path

import click
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from tools.project import errors, files
from tools.project.errors import UserError
from tools.rendering.figures import DRAWINGS
from tools.rendering.poster import FOLDER, FONTS
from tools.sources import languages

_SIMPLIFIED = 2  # the collection's third font, Noto Sans CJK SC
_COMMON = "".join(  # the 3755 most common signs, so that few words on a page need fonts cut anew
    bytes([row, cell]).decode("gb2312", "ignore")
    for row in range(0xB0, 0xD8)
    for cell in range(0xA1, 0xFF)
)
_LATIN = "".join(map(chr, range(0x20, 0x7F))) + "‘’“”"  # which the build writes for ' and "


def signs(root: Path) -> str:
    """Give every sign of the drawings, the words, the pages, and the snippets with their output."""
    return "".join(sorted({sign for text in _texts(root) for sign in text if sign.isprintable()}))


def _texts(root: Path) -> Iterator[str]:
    yield _LATIN
    yield _COMMON
    for drawing in (root / DRAWINGS).glob("*.svg"):
        yield files.read(drawing)
    for words in (root / "docs").glob("*.yml"):
        yield files.read(words)
    for shown in (root / "snippets").rglob("*"):
        if shown.suffix in {".py", ".out"}:
            yield files.read(shown)
    for language in languages.load(root):
        for page in language.pages():
            yield files.read(language.folder / page)


def cut(source: Path, target: Path, text: str) -> None:
    """Write a font that has these signs and no others."""
    font = TTFont(source, fontNumber=_SIMPLIFIED, recalcTimestamp=False)
    # With English quotation marks, which are as wide as a Chinese sign where nobody asks for others
    options = Options(hinting=False, layout_features=["kern", "pwid"])
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx"]  # for lines from top to bottom
    subsetter = Subsetter(options)
    subsetter.populate(text=text)
    subsetter.subset(font)
    font.save(target)


@click.command(help=__doc__)
@click.argument("folder", type=Path, default="/usr/share/fonts/opentype/noto")
def main(folder: Path) -> int:
    """Cut both fonts anew."""
    root = Path.cwd()
    for name in FONTS:
        weight = name.removesuffix(".otf").rpartition("-")[2].capitalize()
        source = folder / f"NotoSansCJK-{weight}.ttc"
        if not source.is_file():
            raise UserError(
                f"{source} is not there; install the package fonts-noto-cjk, or name the folder "
                "that has the file"
            )
        cut(source, root / FOLDER / name, signs(root))
    return 0


if __name__ == "__main__":
    errors.run(main)
