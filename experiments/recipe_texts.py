"""Makes the two texts of the recipe for a language model of characters, and checks their hashes.

recipe_texts.py PLAYS POEMS   writes snippets/recipes/texts/plays.txt and poems.txt

PLAYS is shakespeare.zip of NLTK's data (github.com/nltk/nltk_data at 5db857e6f7df,
packages/corpora/shakespeare.zip): plays in XML; "Text placed in the public domain by Moby Lexical
Tools, 1992", as r_and_j.xml in it says, and "This work may be freely copied and distributed
worldwide". The three shortest are taken, scene by scene: who speaks, and the
lines; no stage directions.

POEMS is what `npm pack chinese-poetry@2.0.1` gives (MIT, Copyright (c) 2016 JackeyGao; the poems
are of the 7th to 10th century): those of Tang with four lines of five signs are taken, in
traditional signs as they come, each sign in Unicode's first block of Han signs. A poem is left out
that has a line of an earlier one, or ten signs of twenty at the same places.

In both, two blank lines stand between what may go to different parts: scenes, poets.
"""

import hashlib
import io
import json
import re
import sys
import tarfile
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "snippets" / "recipes" / "texts"
PLAYS = ("dream", "j_caesar", "macbeth")
TANG = re.compile(r"dist/quantangshi/poet\.tang\.\d+\.json$")
QUATRAIN = re.compile("([\u4e00-\u9fff]{5}，[\u4e00-\u9fff]{5}。){2}")
SOURCES = {
    "plays": "f1251d8c254710363254ba29c9dc0888d5cb13d5ac736ebc6fb14380f447cfc3",
    "poems": "25b549e46919c3a0569db6b68ddc96956b04a484ea4518ad2bbd4f137e307e86",
}
HASHES = {
    "plays": "2be7002f9bb438b6d9d6aa790d46e031586da5a0dd3557b70a34fbdb1b2f3aa1",
    "poems": "73a4133e18dcf58b0e34034e21c5557f154b81ccaf090a4bb612519a6ca6d45a",
}
SAME = 10  # signs of twenty


def plays(packed):
    """Return the scenes of the plays, in an order without meaning: (name, text)."""
    scenes = {}
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        for play in PLAYS:
            root = ElementTree.fromstring(archive.read(f"shakespeare/{play}.xml"))
            for number, scene in enumerate(root.iter("SCENE")):
                scenes[f"{play} {number}"] = "\n\n".join(map(speech, scene.iter("SPEECH")))
    return in_order(scenes)


def speech(element):
    """Return who speaks, and below it what is said."""
    who = " and ".join("".join(e.itertext()).strip() for e in element.iter("SPEAKER"))
    lines = [said(line) for line in element.iter("LINE")]
    return "\n".join([f"{who}:", *filter(None, lines)])


def said(line):
    """Return a line without the stage directions in it."""
    parts = [line.text or "", *(child.tail or "" for child in line)]
    return re.sub(r"\s+", " ", "".join(parts)).strip()


def poems(packed):
    """Return the quatrains of each poet, in an order without meaning: (name, text)."""
    of = {}
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        names = [n for n in tar.getnames() if TANG.search(n)]
        for name in sorted(names):
            for poem in json.load(tar.extractfile(name)):
                text = "".join(poem["paragraphs"])
                if QUATRAIN.fullmatch(text):
                    of.setdefault(poem["author"], []).append(text)
    lines, places, kept = set(), {}, []
    for poet, theirs in in_order(of):
        new = []
        for poem in theirs:
            own = re.findall("[^，。]{5}", poem)
            if lines.isdisjoint(own) and not_like("".join(own), places, kept):
                new.append(poem)
            lines.update(own)
        if new:
            yield poet, "\n".join(new)


def not_like(signs, places, kept):
    """Note a poem's twenty signs, and return whether it is unlike all before it."""
    like = set().union(*(places.get(pair, ()) for pair in enumerate(signs)))
    new = all(sum(map(str.__eq__, signs, kept[k])) < SAME for k in like)
    for pair in enumerate(signs):
        places.setdefault(pair, set()).add(len(kept))
    kept.append(signs)
    return new


def in_order(texts):
    """Return pairs in the order of the hashes of their names."""
    return sorted(texts.items(), key=lambda each: hashlib.sha256(each[0].encode()).digest())


def main(argv=None):
    """Write both files; say so if a source or a result is not what it was."""
    files = dict(zip(("plays", "poems"), sys.argv[1:] if argv is None else argv, strict=True))
    for name, make in (("plays", plays), ("poems", poems)):
        packed = Path(files[name]).read_bytes()
        text = "\n\n\n".join(unit for _, unit in make(packed)) + "\n"
        (FOLDER / f"{name}.txt").write_bytes(text.encode())
        for what, data, known in (("source", packed, SOURCES), ("text", text.encode(), HASHES)):
            found = hashlib.sha256(data).hexdigest()
            print(f"{name}: {what} {found}{'' if found == known[name] else ', NOT as recorded'}")


if __name__ == "__main__":
    main()
