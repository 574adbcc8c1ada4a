"""Chinese typography: spaces between Chinese and Latin, full-width punctuation; by autocorrect.

Names each line that is to be mended.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import autocorrect_py
import click

from tools.project import errors, files
from tools.sources import pages
from tools.sources.findings import Finding
from tools.sources.languages import load

# The library knows neither formulas nor attributes, so what is not prose is taken out of a line.
# Code and formulas leave a word behind, since a space belongs beside them; the rest leaves nothing.
_WORDS = re.compile(r"(`+)[^`].*?\1|(?<!\\)\$(?!\s).+?(?<![\s\\])\$")
_MARKS = re.compile(
    r"<(?P<raw>code|kbd|pre|script|style)\b.*?</(?P=raw)>|<[^>]+>|https?://\S+"
    r"|\]\((?:<[^>]*>|\([^()]*\)|[^()<])*\)|\[[^\[\]]*\](?!\()|!?\[|\{[^}]*\}|\*+"
)
_WORD, _MARK = 0xE000, 0xF000  # where the signs begin that stand for what was taken out
_OWN = re.compile("[\ue000-\uf8ff]")
_PLACE = re.compile("M([\ue000-\uefff])M|([\uf000-\uf8ff])")
_KEEP = re.compile(r"^\s*(\[[^]]+\]:|--8<--|\$\$|\|[\s:|-]+\|?$|---$)")
_HEAD = re.compile(r"(# ?)?(section|long_title|description): ")


def mended(text: str, path: Path) -> str:
    """Set the Chinese of a page well; code and formulas stay as they are."""
    page = pages.parse(text, path)
    left_out = {number for html in page.html for number in html}
    formulas = [formula for formula in page.formulas if formula.display]
    blocks: list[pages.Fence | pages.Formula] = [*page.fences, *formulas]
    for block in blocks:
        # A fence's own line may hold a title; an indented block has no such line.
        first = block.line + 1 if getattr(block, "info", "") else block.line
        left_out.update(range(first, block.end + 1))
    lines = text.split("\n")
    head = _end_of_head(lines)
    return "\n".join(
        line if number in left_out or not _is_prose(line, number <= head) else _mended_line(line)
        for number, line in enumerate(lines, 1)
    )


def _end_of_head(lines: list[str]) -> int:
    """Find the last line of the front matter, 0 where there is none."""
    marks = [number for number, line in enumerate(lines, 1) if line in ("---", "# ---")]
    return marks[1] if len(marks) > 1 and marks[0] == 1 else 0


def _is_prose(line: str, in_head: bool) -> bool:
    if in_head:
        return bool(_HEAD.match(line))
    if _KEEP.match(line.removeprefix("#")) or _OWN.search(line):
        return False
    # Code or a formula that goes on in the next line cannot be told from prose.
    return not re.search(r"`|(?<!\\)\$", _MARKS.sub("", _WORDS.sub("", line)))


def check(root: Path) -> list[Finding]:
    """Find every line of a Chinese page that could be set better."""
    return [
        Finding(
            file.relative_to(root).as_posix(),
            number,
            f"set this as: {new.strip()}   (make fix does it)",
        )
        for file in _files(root)
        for number, (old, new) in enumerate(_lines(file), 1)
        if old != new
    ]


def fix(root: Path) -> list[Path]:
    """Mend the pages; the files that changed."""
    changed = []
    for file in _files(root):
        text = files.read(file)
        if (better := mended(text, file)) != text:
            files.replace(file, better)
            changed.append(file)
    return changed


def _files(root: Path) -> Iterator[Path]:
    for language in load(root):
        if language.code.startswith("zh"):
            yield from (language.folder / path for path in language.pages())


def _lines(file: Path) -> list[tuple[str, str]]:
    text = files.read(file)
    return list(zip(text.split("\n"), mended(text, file).split("\n"), strict=True))


def _mended_line(line: str) -> str:
    taken: list[str] = []

    def out(found: re.Match[str], first: int) -> str:
        taken.append(found[0])
        return chr(first + len(taken) - 1)

    def back(place: re.Match[str]) -> str:
        return taken[ord(place[1]) - _WORD if place[1] else ord(place[2]) - _MARK]

    bare = _WORDS.sub(lambda found: f"M{out(found, _WORD)}M", line)
    bare = _MARKS.sub(lambda found: out(found, _MARK), bare)
    better = autocorrect_py.format(bare)
    while _PLACE.search(better):
        better = _PLACE.sub(back, better)
    return better


@click.command(help=__doc__)
@click.option("--fix", "mends", is_flag=True, help="mend them")
def main(mends: bool) -> int:
    """Mend or name what is to be mended; exit status 1 if something is left."""
    root = Path.cwd()
    if mends:
        for file in fix(root):
            print(f"mended {file.relative_to(root).as_posix()}")
    findings = check(root)
    for finding in findings:
        print(finding, file=sys.stderr)
    return 1 if findings else 0


if __name__ == "__main__":
    errors.run(main)
