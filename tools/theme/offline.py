"""Packs the finished site into a zip to unpack and open from a disk, without a server.

From a disk a browser shows a folder's files in place of its page, and loads no module. So links
lead to index.html, and each module that a page asks for becomes a classic script, together with
those that it imports. Markdown and notebooks lead to the files beside them. All else is as on the
site.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from posixpath import dirname, join, normpath, relpath
from urllib.parse import urljoin

import click

from tools.project import addresses, errors, files
from tools.project.errors import UserError
from tools.sources import redirects
from tools.sources.take_along import BOOKS, SIZE, ZIP

FOLDER = "gate-by-gate"

_README = "README.txt"
_START = (
    "Open index.html in a browser; it needs no network.\n"
    "用浏览器打开 zh/index.html 就能读，不用联网。\n"
)
_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip can name, so that the same site gives the same
# What is for hosts, for search engines and for the pictures of shared links
_LEFT_OUT = (f"/{ZIP}", "/_headers", "/sitemap.xml", "/cards/")
_HEAD = re.compile(
    r'<link rel="(?:canonical| alternate|preload)"[^>]*>\s*'
    r'|<meta (?:property="og|name="twitter):[^>]*>\s*'
    r'|<script type="application/ld\+json">.*?</script>\s*',
    re.DOTALL,
)
_LINK = re.compile(r'(?<= href=")(?![a-z]+:)[^"?#]+')

_WITHOUT_SITE = (".md", ".ipynb", "llms.txt")  # what is taken along, and read by itself

_ASSETS = "assets/"
_MODULE = re.compile(r"^import[{*]|(?:^|[;}\n])export (?:const|function|class) ")
_IMPORT = re.compile(r'\bimport(?:\{(?P<names>[^}]*)\}|\*as (?P<all>\w+) )from"(?P<file>[^"]+)";?')
_EXPORT = re.compile(r"\bexport (?=(?:const|function|class) (\w+))")
_LEFT = re.compile(r'(?:^|[;}\n])(?:import|export)[ {*"].{,40}')
_FIRST = f"{_ASSETS}site.js"  # which every page loads
# Stands in for import()
_LOADER = """const gateAssets=new URL(".",document.currentScript.src);globalThis.gateModules={};
function gateImport(from,file){return new Promise((loaded,failed)=>{
const script=document.createElement("script");script.src=new URL(file,new URL(from,gateAssets));
script.onload=()=>{const made=gateModules[script.src.slice(gateAssets.href.length)];
made?loaded(made):failed();};
script.onerror=failed;document.head.append(script);});}
"""


def write(site: Path, home: str) -> None:
    """Put the zip into the site that will stand at an address, and its size; raises UserError."""
    size = f"{len(pack(site, home)) / 1e6:.1f}"
    for page in [*site.rglob("index.html"), *site.rglob("index.md")]:
        if SIZE in (text := page.read_text("utf-8")):
            page.write_text(text.replace(SIZE, size), "utf-8")
    files.replace(site / ZIP, pack(site, home))


def pack(site: Path, home: str) -> bytes:
    """Give the zip of a finished site; raises UserError."""
    content = {_README: _START.encode()} | _Copy(site, home).content()
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in sorted(content):
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}", _DAY)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content[name], zipfile.ZIP_DEFLATED, 9)
    return packed.getvalue()


@dataclass(frozen=True)
class _Copy:
    """A site, and the address at which it will stand."""

    site: Path
    home: str

    @cached_property
    def pages(self) -> set[str]:
        return {
            file.relative_to(self.site).as_posix()
            for file in redirects.pages_of(self.site).values()
        }

    @cached_property
    def names(self) -> set[str]:
        """The files that go along; the books only where no reader can fetch them."""
        left_out = (
            _LEFT_OUT if addresses.is_local(self.home) else (*_LEFT_OUT, f"/{BOOKS.as_posix()}/")
        )
        files_of_site = (
            file for file in self.site.rglob("*") if file.is_file() and file.suffix != ".html"
        )
        names = (file.relative_to(self.site).as_posix() for file in files_of_site)
        return self.pages | {
            name for name in names if not any(part in f"/{name}" for part in left_out)
        }

    @cached_property
    def modules(self) -> dict[str, str]:
        scripts = {
            name.removeprefix(_ASSETS): files.read(self.site / name)
            for name in self.names
            if name.startswith(_ASSETS) and name.endswith(".js")
        }
        return {name: text for name, text in scripts.items() if _MODULE.search(text)}

    def content(self) -> dict[str, bytes]:
        within = {needed for name in self.modules for needed in self.needed(name)}
        return {
            name: self.packed(name)
            for name in self.names
            if name.removeprefix(_ASSETS) not in within
        }

    def packed(self, name: str) -> bytes:
        path, module = self.site / name, name.removeprefix(_ASSETS)
        if module in self.modules:
            return self.joined(module).encode()
        if name == _FIRST:
            return (_LOADER + _asking(files.read(path), module)).encode()
        if name in self.pages:
            return self.page(files.read(path), name).encode()
        if name.endswith(_WITHOUT_SITE):
            return self.beside(files.read(path), dirname(name)).encode()
        return path.read_bytes()

    def page(self, html: str, name: str) -> str:
        """Give a page without what the head says to others, whose links lead to pages."""
        return _LINK.sub(lambda link: self.led(link[0], dirname(name)), _HEAD.sub("", html))

    def beside(self, markdown: str, here: str) -> str:
        """Give Markdown, or a notebook that holds some, whose links lead to the files beside it."""
        absolute = re.compile(rf'(?<=]\(){re.escape(self.home)}([^)?#\s"\\]*)')
        return absolute.sub(lambda link: self.led(relpath(link[1] or ".", here), here), markdown)

    def led(self, path: str, here: str) -> str:
        """Lead a link to a page's file, and what does not go along to where it will stand."""
        target = normpath(join(here, path))
        if normpath(join(target, "index.html")) in self.names:
            return join(path, "index.html")
        return path if target in self.names else urljoin(self.home, target)

    def needed(self, module: str) -> Iterator[str]:
        """Name the modules that one imports, each behind what it imports itself."""
        for found in _IMPORT.finditer(self.modules[module]):
            other = normpath(join(dirname(module), found["file"]))
            yield from self.needed(other)
            yield other

    def joined(self, module: str) -> str:
        """Give a classic script that runs a module behind those that it imports, each once."""
        return "".join(map(self.classic, dict.fromkeys([*self.needed(module), module])))

    def classic(self, module: str) -> str:
        def taken(found: re.Match[str]) -> str:
            names = found["all"] or f"{{{found['names'].replace(' as ', ':')}}}"
            other = normpath(join(dirname(module), found["file"]))
            return f'const {names}=gateModules["{other}"];'

        text = self.modules[module]
        given = ",".join(_EXPORT.findall(text))
        text = _EXPORT.sub("", _IMPORT.sub(taken, _asking(text, module)))
        if left := _LEFT.search(text):
            raise UserError(
                f"{self.site / _ASSETS / module} has '{left[0]}', which the copy for a disk cannot "
                "run; write it as the other modules do, or teach tools/theme/offline.py"
            )
        return f'gateModules["{module}"]??=(()=>{{"use strict";{text}\nreturn{{{given}}};}})();\n'


def _asking(text: str, module: str) -> str:
    """Let a script ask for others without import()."""
    return text.replace("import(", f'gateImport("{module}",')


@click.command(help=__doc__)
@click.argument("site", type=Path, default=Path("site"))
@click.argument("target", type=Path, default=Path(ZIP))
def main(site: Path, target: Path) -> None:
    """Pack a built site."""
    packed = pack(site, addresses.site())
    files.replace(target, packed)
    print(f"{target}: {len(packed) / 1e6:.1f} MB")


if __name__ == "__main__":
    errors.run(main)
