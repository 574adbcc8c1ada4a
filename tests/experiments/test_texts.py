"""The texts: split by document, no passage in two parts, and what is said where one is missing."""

import re

import numpy as np
import pytest

import ngrams
import texts


def drawn(length, seed):
    return np.random.default_rng(seed).integers(0, 4, length, dtype=np.uint8)


@pytest.mark.parametrize("length", [1, 2, 3, 7, 10, 100])
def test_equal_passages_have_equal_hashes_and_others_do_not(length):
    codes = drawn(600, 0)
    found = texts.hashes(codes, length)
    real = [codes[start : start + length].tobytes() for start in range(len(codes) - length + 1)]
    assert len(found) == len(real)
    assert len(set(zip(found.tolist(), real, strict=True))) == len(set(real)) == len({*found})


def test_what_is_shared_is_found_as_a_slow_search_finds_it():
    import torch

    training, part = drawn(5000, 1), drawn(2000, 2)
    part[100:150], part[600:611] = training[:50], training[3000:3011]
    share = texts.shared(part, texts.passages([training], 11), 11).mean()
    slow = ngrams.shared(torch.from_numpy(part), torch.from_numpy(training), 11)
    assert 100 * share == pytest.approx(slow) and share >= 61 / 2000


def test_a_passage_that_comes_about_at_a_gap_is_taken_out_too():
    training, part = texts.points("abcdefgh"), texts.points("xx abcd" + "cdef" + "efgh yy")
    left = part[texts.without(part, texts.passages([training], 4), 4)]
    assert not texts.shared(left, texts.passages([training], 4), 4).any()
    assert left[:3].tobytes().decode("utf-32-le") == "xx "


def made(monkeypatch, **change):
    kind = texts.Kind("none", held_out=400, training=None, passage=8, alphabet=5)
    kind = texts.Kind(**{**vars(kind), **change})
    monkeypatch.setitem(texts.KINDS, "toy", kind)
    twice = "the same in two documents"
    documents = {f"{n}.c": "".join("abcdefg"[d] for d in drawn(80, n)) + twice for n in range(40)}
    return texts.prepare("toy", documents, "here"), documents


def test_parts_share_no_passage_and_signs_outside_the_alphabet_are_one(monkeypatch):
    text, documents = made(monkeypatch)
    seen = texts.passages([text.training], 8)
    for part in (text.validation, text.test):
        assert 0 < len(part) <= 400 and not texts.shared(part, seen, 8).any()
    assert len(text.alphabet) == 6 and text.alphabet.endswith(texts.OTHER)
    assert text.training.max() == 5 and text.training.dtype == np.uint8
    written = "".join(text.alphabet[n] for n in text.training)
    assert documents[next(n for n in documents if documents[n][:20] in written)]


def test_a_text_is_the_same_whatever_order_its_documents_come_in(monkeypatch):
    text, documents = made(monkeypatch)
    again = texts.prepare("toy", dict(reversed(documents.items())), "elsewhere")
    assert again.hash == text.hash
    documents["0.c"] += "!"
    assert texts.prepare("toy", documents, "here").hash != text.hash


def test_what_was_generated_is_no_text_that_a_person_wrote():
    written = texts.standard_library()
    apart = ["encodings/cp862.py", "pydoc_data/topics.py", "locale.py", "stringprep.py", "token.py"]
    assert not {*apart} & {*written} and not any("_sysconfigdata" in path for path in written)
    assert {"encodings/idna.py", "ast.py", "mimetypes.py", "turtle.py"} <= {*written}


def test_documents_are_cut_at_ends_of_lines_and_mixed():
    documents = ["".join(f"{n} {line}\n" for line in range(50)) for n in range(20)]
    pieces = texts.chunks(documents, 90)
    assert all(90 <= len(piece) < 100 or piece.endswith(" 49\n") for _, piece in pieces)
    for n, document in enumerate(documents):
        own = [piece for number, piece in pieces if number == n]
        assert "".join(sorted(own, key=document.index)) == document
    assert len({number for number, _ in pieces[:20]}) > 10
    assert texts.chunks(documents, None) == [*enumerate(documents)]


def test_a_held_out_part_is_drawn_from_more_documents_and_no_document_is_in_two(monkeypatch):
    kind = texts.Kind("", held_out=900, training=None, passage=30, alphabet=20, chunk=20,
                      drawn_from=3000)  # fmt: skip
    monkeypatch.setitem(texts.KINDS, "toy", kind)
    documents = {f"{n}.c": f"<{n:02}>\n" * 40 for n in range(100)}
    text = texts.prepare("toy", documents, "here")

    def within(part):
        return re.findall("<(..)>", "".join(text.alphabet[n] for n in getattr(text, part)))

    training, validation, test = ({*within(part)} for part in texts.PARTS)
    assert not validation & training and not test & (training | validation)
    assert len(training) == 70 and len(validation) > 10 and len(test) > 10  # of 15 each
    for part in ("validation", "test"):
        numbers = getattr(text, f"{part}_documents")
        assert 850 < len(getattr(text, part)) == len(numbers) <= 900
        starts = getattr(text, part) == text.alphabet.index("<")
        pairs = {*zip(numbers[starts][:100], within(part)[:100], strict=True)}
        assert (
            len({number for number, _ in pairs}) == len({mark for _, mark in pairs}) == len(pairs)
        )


def test_a_packed_text_is_read_as_it_was(monkeypatch, tmp_path):
    text, _ = made(monkeypatch, alphabet=300)
    monkeypatch.setattr(texts, "DATA", tmp_path)
    texts.pack("toy", text)
    read = texts.load.__wrapped__("toy")
    assert read.hash == text.hash and read.origin == "here"
    assert (read.test_documents == text.test_documents).all()
    vars(text)["validation_documents"] = vars(text)["test_documents"] = None
    texts.pack("toy", text)
    assert texts.load.__wrapped__("toy").test_documents is None


@pytest.mark.parametrize("name", texts.KINDS)
@pytest.mark.proof
def test_no_part_of_a_text_stands_in_another(name):
    try:
        text = texts.load(name)
    except texts.Missing as error:
        pytest.skip(str(error))
    length = texts.KINDS[name].passage
    seen = texts.passages([text.training], length)
    assert not texts.shared(text.validation, seen, length).any()
    assert not texts.shared(text.test, seen, length).any()
    seen = texts.passages([text.validation], length)
    assert not texts.shared(text.test, seen, length).any()
    assert min(len(text.validation), len(text.test)) > 300_000


def test_what_cannot_be_fetched_is_named_and_the_rest_goes_on(monkeypatch, tmp_path, capsys):
    def cut_off(folder):
        return texts.run(folder, "false", "no network")

    text, documents = made(monkeypatch)
    monkeypatch.setattr(texts, "DATA", tmp_path)
    monkeypatch.setattr(texts, "KINDS", {"far": texts.KINDS["toy"], "toy": texts.KINDS["toy"]})
    monkeypatch.setattr(texts, "FETCH", {"far": cut_off, "toy": lambda _: (documents, "here")})
    assert texts.main([]) == 1
    shown = capsys.readouterr()
    assert "far: missing, false no network failed" in shown.out
    assert f"hash: {text.hash}" in shown.out and "not the text that the records" in shown.err
    assert texts.main(["toy"]) == 0


def test_a_program_that_is_not_there_is_named(tmp_path):
    with pytest.raises(texts.Missing, match="no-such-client is not on this machine"):
        texts.run(tmp_path, "no-such-client")


def test_an_unknown_text_is_refused(capsys):
    with pytest.raises(SystemExit):
        texts.main(["novels"])
    assert "no such text: novels; there are code, kernel, poems" in capsys.readouterr().err
