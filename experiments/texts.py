"""The texts that nets read, split by document: `code`, `kernel`, `poems`; as a script, gets them.

Run as a script it fetches what does not come with Python, by the clients of the package registries,
prepares all three and keeps them packed in data/packed, which git ignores.
"""

import argparse
import hashlib
import io
import json
import lzma
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

DATA = Path(__file__).resolve().parent.parent / "data"
PARTS = ("training", "validation", "test")
OTHER = "\N{REPLACEMENT CHARACTER}"  # stands for every character outside the alphabet
KERNEL = "linux-source"
POEMS = "chinese-poetry@2.0.1"


@dataclass(frozen=True)
class Kind:
    """What a text is, and how it is prepared."""

    licence: str
    held_out: int  # characters of the validation part, and as many of the test part
    training: int | None  # the most characters of the training part
    passage: int  # a passage of so many characters must not stand in two parts
    alphabet: int  # so many of the commonest characters; OTHER stands for the rest
    # Documents are cut into chunks of at least so many characters, and those of a part mixed, so
    # that a small text is a sample of a large one; None leaves documents whole.
    chunk: int | None = None
    drawn_from: int = 0  # characters at least of the documents that a held-out part is drawn from


KINDS = {
    "code": Kind(
        "PSF-2.0; comes with Python, and differs from version to version",
        held_out=500_000, training=None, passage=100, alphabet=128,
        chunk=2000, drawn_from=2_500_000,
    ),
    "kernel": Kind(
        "GPL-2.0, so it is never committed; the package moves, and its text with it",
        held_out=1_000_000, training=110_000_000, passage=100, alphabet=128,
    ),
    "poems": Kind(
        "MIT, the collection; the poems are some thousand years old",
        held_out=500_000, training=None, passage=10, alphabet=3000,
    ),
}  # fmt: skip
# The hash of what the committed records were got with.
KNOWN = {
    "code": "e7887d3f8b6492da662f2d0358b0ea6d47ead50c6de2232a37c2f1e952745d72",
    "kernel": "dc59aa19b0a276161d8b092ca0752620b47448557daaafc6b4b9d369a5ff1bc5",
    "poems": "c95443b97d30d3f62fc7a39087211ad1b8c1cded2da5444c4db3f35207488c8a",
}


@dataclass(frozen=True)
class Text:
    """A text as numbers, in three parts that share no document and no passage."""

    training: np.ndarray
    validation: np.ndarray
    test: np.ndarray
    alphabet: str  # the character of each number
    origin: str  # what it was made from
    # Which document each character is from; a text that was packed before that was kept has none.
    validation_documents: np.ndarray | None = None
    test_documents: np.ndarray | None = None

    @property
    def hash(self):
        """The hash of everything that a net sees of it."""
        seen = hashlib.sha256(self.alphabet.encode())
        for part in PARTS:
            seen.update(getattr(self, part).astype("<u2").tobytes())
        return seen.hexdigest()


class Missing(Exception):
    """A text that is not here; the message says what to do."""


@cache
def load(name):
    """Return a text: from data/packed, `code` also from the Python that runs this.

    Raises Missing if it is in neither place.
    """
    file = packed(name)
    if file.exists():
        with lzma.open(file) as packing:
            held = np.load(io.BytesIO(packing.read()))
            arrays = {key: each if each.ndim else str(each) for key, each in held.items()}
            return Text(**arrays)
    if name == "code":
        return prepare("code", standard_library(), f"Python {sys.version.split()[0]}")
    raise Missing(f"{name} is not in {file.parent}: make data fetches it")


def packed(name):
    """Return where a text lies packed."""
    return DATA / "packed" / f"{name}.npz.xz"


def pack(name, text):
    """Keep a text in data/packed."""
    held = io.BytesIO()
    np.savez(held, **{key: each for key, each in vars(text).items() if each is not None})
    file = packed(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(file.name + ".partial")
    partial.write_bytes(lzma.compress(held.getvalue(), preset=6))
    partial.replace(file)


def prepare(name, documents, origin):
    """Return a text made of documents: split, without what stands twice, and as numbers.

    documents: name -> its characters. They are in an order without meaning, that of the hashes of
    their names, and so is a smaller text that begins like a larger one.
    """
    kind = KINDS[name]
    order = sorted(documents, key=lambda each: hashlib.sha256(each.encode()).digest())
    held_out = max(kind.held_out, kind.drawn_from)
    parts, sources = {}, {}
    for part, drawn_from, most in (
        ("test", held_out, kind.held_out), ("validation", held_out, kind.held_out),
        ("training", kind.training, kind.training),
    ):  # fmt: skip
        taken, size = [], 0
        while order and (drawn_from is None or size < drawn_from):
            taken.append(documents[order.pop()])
            size += len(taken[-1]) + 1
        pieces = chunks(taken, kind.chunk)
        parts[part] = points("\n".join(piece for _, piece in pieces)[:most])
        sources[part] = np.repeat(
            np.array([number for number, _ in pieces], np.uint16),
            [len(piece) + 1 for _, piece in pieces],
        )  # fmt: skip
    signs, counts = np.unique(parts["training"], return_counts=True)
    commonest = np.sort(signs[np.argsort(-counts, kind="stable")[: kind.alphabet]])
    alphabet = "".join(map(chr, commonest)) + OTHER
    training, validation, test = (numbers(parts[part], alphabet) for part in PARTS)
    # In numbers, since in them passages are alike that differ in rare signs alone.
    left = without(validation, passages([training], kind.passage), kind.passage)
    validation, validation_documents = validation[left], sources["validation"][left]
    left = without(test, passages([training, validation], kind.passage), kind.passage)
    test, test_documents = test[left], sources["test"][left]
    return Text(training, validation, test, alphabet, origin, validation_documents, test_documents)


def chunks(documents, size):
    """Return pairs of a document's number and a chunk of it, mixed; whole ones if size is None."""
    if size is None:
        return list(enumerate(documents))
    pieces = []
    for number, document in enumerate(documents):
        piece = ""
        for line in document.splitlines(keepends=True):
            piece += line
            if len(piece) >= size:
                pieces.append((number, piece))
                piece = ""
        pieces.append((number, piece))
    order = [hashlib.sha256(str(place).encode()).digest() for place in range(len(pieces))]
    return [piece for _, piece in sorted(zip(order, pieces, strict=True)) if piece[1]]


def points(text):
    """Return the code point of each character of a string."""
    return np.frombuffer(text.encode("utf-32-le", "replace"), "<u4")


def numbers(codes, alphabet):
    """Return the place in the alphabet of each code point; the last place is for the rest."""
    kind = np.uint8 if len(alphabet) <= 256 else np.uint16
    table = np.full(0x110000, len(alphabet) - 1, kind)
    table[points(alphabet)] = np.arange(len(alphabet))
    return table[codes]


def hashes(codes, length):
    """Return a hash of each passage of `length` numbers: (numbers,) -> (numbers - length + 1,).

    A polynomial in an odd base, modulo 2^64; those of twice the length follow from those of one.
    """
    base, size = 0x9E3779B97F4A7C15, 1
    step = codes.astype(np.uint64) * np.uint64(0xBF58476D1CE4E5B9) + np.uint64(1)
    found, reach = None, 0
    while True:
        if length & size:
            if found is None:
                found, reach = step, size
            else:
                power = np.uint64(pow(base, size, 2**64))
                found = found[: len(step) - reach] * power + step[reach : reach + len(found)]
                reach += size
        size *= 2
        if size > length:
            return found[: len(codes) - length + 1]
        power = np.uint64(pow(base, size // 2, 2**64))
        step = step[: -(size // 2)] * power + step[size // 2 :]


def passages(texts, length):
    """Return the hashes of all passages of `length` numbers of several texts, in order."""
    found = np.concatenate([hashes(text, length) for text in texts if len(text) >= length])
    found.sort()
    return found


def shared(part, others, length):
    """Return which numbers of a part lie in a passage of `length` that stands in others too.

    others: the passages of the other texts.
    """
    change = np.zeros(len(part) + 1, np.int64)
    if len(part) >= length and len(others):
        own = hashes(part, length)
        place = np.searchsorted(others, own).clip(max=len(others) - 1)
        starts = np.flatnonzero(others[place] == own)
        np.add.at(change, starts, 1)
        np.add.at(change, starts + length, -1)
    return np.cumsum(change[:-1]) > 0


def without(codes, others, length):
    """Return the places of numbers that are left without passages of `length` from others.

    What then meets at a gap may make such a passage anew, so it looks until there is none.
    """
    left = np.arange(len(codes))
    while (twice := shared(codes[left], others, length)).any():
        left = left[~twice]
    return left


def standard_library():
    """Return the modules of Python's standard library that people wrote: path -> source.

    Its tests and what was generated are left out.
    """
    root = Path(sysconfig.get_path("stdlib"))
    apart = {"site-packages", "dist-packages", "test", "tests", "idle_test", "__pycache__"}
    modules = {
        file.relative_to(root).as_posix(): file.read_text("utf-8", "replace")
        for file in root.rglob("*.py")
        if not apart & {*file.relative_to(root).parts}
    }
    return {path: source for path, source in modules.items() if not generated(source)}


SAYS_GENERATED = re.compile(
    r"auto-?generated|automatically generated|generated (from|and used)|file is generated|"
    r"do not edit", re.IGNORECASE,
)  # fmt: skip
ENTRY = re.compile(r"""\s*([rbu]?(['"])(?!\2\2)|\d)""")  # of a table: a line from a literal on


def generated(source):
    """Return whether a module's first lines say that it was generated, or it is one table.

    A table is a module that has more than half of its characters in lines that begin with a
    string or a number: code pages, the help on topics, how Python was built, names of locales.
    """
    lines = source.splitlines()
    entries = sum(len(line) for line in lines if ENTRY.match(line))
    says = SAYS_GENERATED.search(source[:400])
    return bool(says) or 2 * entries > sum(map(len, lines))


def kernel(folder):
    """Return the C sources of the Linux kernel, from Debian's package, and which that is."""
    needs = run(folder, "apt-cache", "depends", KERNEL)
    (package,) = re.findall(rf"Depends: ({KERNEL}-[\d.]+)", needs)
    run(folder, "apt-get", "download", package)
    deb = max(folder.glob(f"{package}_*.deb"), key=lambda file: file.stat().st_mtime)
    inner = folder / "inner.tar"
    with inner.open("wb") as out:
        subprocess.run(["dpkg-deb", "--fsys-tarfile", deb.name], cwd=folder, stdout=out, check=True)
    documents = {}
    with tarfile.open(inner) as outer:
        source = outer.extractfile(f"./usr/src/{package}.tar.xz")
        with tarfile.open(fileobj=source, mode="r|xz") as tar:
            for member in tar:
                if member.isfile() and member.name.endswith(".c"):
                    path = member.name.partition("/")[2]
                    documents[path] = tar.extractfile(member).read().decode("utf-8", "replace")
    inner.unlink()
    return documents, f"{deb.name}, sha256 {digest(deb)}"


def poems(folder):
    """Return the poems of Tang and Song from npm's chinese-poetry, and which package that is."""
    name = run(folder, "npm", "pack", POEMS).split()[-1]
    documents = {}
    with tarfile.open(folder / name) as tar:
        for member in tar:
            if re.search(r"/quantangshi/poet\.(tang|song)\.\d+\.json$", member.name):
                for number, poem in enumerate(json.load(tar.extractfile(member))):
                    lines = "\n".join(line for line in poem["paragraphs"] if line)
                    documents[f"{Path(member.name).name} {number}"] = lines + "\n"
    return documents, f"{name}, sha256 {digest(folder / name)}"


def run(folder, *command):
    """Return what a command prints, run in a folder; Missing if it isn't here or fails."""
    if not shutil.which(command[0]):
        raise Missing(f"{command[0]} is not on this machine")
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if ran.returncode:
        said = ran.stderr.strip().splitlines() or ["no word why"]
        raise Missing(f"{' '.join(command)} failed: {said[-1]}")
    return ran.stdout


def digest(file):
    """Return the sha256 of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


FETCH = {
    "code": lambda _: (standard_library(), f"Python {sys.version.split()[0]}"),
    "kernel": kernel,
    "poems": poems,
}


def warning(name, text):
    """Return what to say of a text that is not the one of the records; empty if it is."""
    if text.hash == KNOWN.get(name):
        return ""
    return (
        f"{name} is not the text that the records in this repository were got with: it was made "
        f"from {text.origin}. Runs of it are good, but not comparable to the last digit. "
        f"Where it is prepared otherwise now, delete {packed(name)}: make data makes it anew."
    )


def main(argv=None):
    """Fetch, prepare and pack the texts; return 1 if one is missing, the others are there."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(KINDS)}; all")
    names = parser.parse_args(argv).names or list(KINDS)
    if unknown := {*names} - KINDS.keys():
        parser.error(f"no such text: {', '.join(sorted(unknown))}; there are {', '.join(KINDS)}")
    missing = []
    for name in names:
        folder = DATA / name
        folder.mkdir(parents=True, exist_ok=True)
        try:
            if not packed(name).exists():
                print(f"{name}: fetching and preparing, some minutes", flush=True)
                pack(name, prepare(name, *FETCH[name](folder)))
        except Missing as error:
            missing.append(name)
            print(f"{name}: missing, {error}; what needs it is left out, all else runs")
            continue
        text = load(name)
        sizes = ", ".join(f"{part} {len(getattr(text, part)):,}" for part in PARTS)
        print(f"{name}: {sizes} characters, {len(text.alphabet)} signs\n  from {text.origin}")
        print(f"  licence: {KINDS[name].licence}\n  hash: {text.hash}")
        print(f"  {packed(name)}: {packed(name).stat().st_size / 2**20:.1f} MiB")
        if said := warning(name, text):
            print(f"  {said}", file=sys.stderr)
    return bool(missing)


if __name__ == "__main__":
    sys.exit(main())
