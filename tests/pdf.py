"""What a reader could copy from a PDF that Typst wrote, its fonts, and what lies over what."""

import re
import zlib

import numpy
import pypdfium2

_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\n(.*?)\nendstream", re.DOTALL)
_MEANS = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
_SIGN = rb"(?:\\[0-7]{3}|\\.|[^\\])"  # a byte as a string has it; two are a sign
_SHOWN = re.compile(
    rb"/(f\d+) [\d.]+ Tf|\(((?:" + _SIGN + rb"{2})*?)\)(?=[\]T\d-])|<([0-9A-F]+)>", re.DOTALL
)
_LINE = re.compile(rb"\nBT (.*?)\nET\n", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_CONTROL = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pages(pdf: bytes) -> int:
    return int(re.search(rb"/Type/Pages/Count (\d+)", pdf)[1])


def fonts(pdf: bytes) -> dict[str, bool]:
    """Each font by its name, and whether it is embedded."""
    found = re.findall(
        rb"/Type/FontDescriptor/FontName/\w+\+([\w-]+?)(?:-Identity-H)?/(.*?)>>", pdf
    )
    return {name.decode(): b"/FontFile" in rest for name, rest in found}


def text(pdf: bytes) -> str:
    """Every sign in the order in which the page shows them; without a code for one, this fails."""
    objects = dict(_OBJECT.findall(pdf))
    named = re.search(rb"/Font<<(.*?)>>", pdf)[1]
    codes = {
        font: _codes(objects, objects[at]) for font, at in re.findall(rb"/(f\d+) (\d+) 0 R", named)
    }
    content = max((_stream(body) for body in objects.values()), key=lambda it: it.count(b" Tf"))
    font, signs = b"", []
    for shown in (each for line in _LINE.findall(content) for each in _SHOWN.finditer(line)):
        if shown[1]:
            font = shown[1]
            continue
        raw = bytes.fromhex(shown[3].decode()) if shown[3] else _ESCAPED.sub(_escaped, shown[2])
        signs += [codes[font][raw[at : at + 2]] for at in range(0, len(raw), 2)]
    return "".join(signs)


def overprinted(pdf: bytes) -> list[str]:
    """The letters of each page that another letter lies on; formulas' letters may touch."""
    return [signs for page in pypdfium2.PdfDocument(pdf) if (signs := _overprinted(page))]


def _overprinted(page: pypdfium2.PdfPage) -> str:
    text = page.get_textpage()
    signs = [text.get_text_range(at, 1) for at in range(text.count_chars())]
    letters = [at for at, sign in enumerate(signs) if re.fullmatch("[a-zA-Z一-鿿]", sign)]
    left, bottom, right, top = numpy.array([text.get_charbox(at) for at in letters]).T
    shared = _shared(left, right) * _shared(bottom, top)
    own = shared.diagonal().copy()
    numpy.fill_diagonal(shared, 0)
    covered = shared > 0.3 * numpy.minimum.outer(own, own)
    return "".join(signs[letters[at]] for at in covered.any(1).nonzero()[0])


def _shared(low: numpy.ndarray, high: numpy.ndarray) -> numpy.ndarray:
    """How much each two stretches of a line have in common."""
    inner = numpy.minimum.outer(high, high) - numpy.maximum.outer(low, low)
    return inner.clip(min=0)


def _codes(objects: dict[bytes, bytes], font: bytes) -> dict[bytes, str]:
    table = _stream(objects[re.search(rb"/ToUnicode (\d+) 0 R", font)[1]])
    return {
        bytes.fromhex(code.decode()): bytes.fromhex(sign.decode()).decode("utf-16-be")
        for code, sign in _MEANS.findall(table)
    }


def _stream(body: bytes) -> bytes:
    found = _STREAM.search(body)
    return zlib.decompress(found[1]) if found and b"/FlateDecode" in body else b""


def _escaped(found: re.Match[bytes]) -> bytes:
    sign = found[1]
    return bytes([int(sign, 8)]) if len(sign) == 3 else _CONTROL.get(sign, sign)
