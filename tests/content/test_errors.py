"""Error messages: each has its entry in every language, word for word."""

import pytest

from tests.entries import MESSAGE, OLDER, PATHS, entries, without_type
from tests.sources import LANGUAGES, ROOT, SOURCES
from tools.sources import sections

REPORTED = "../references.md#gpu-threads"
EVERY = [pytest.param(e, id=f"{c}-{e.section.id}") for c in LANGUAGES for e in entries(c)]
WITH_MESSAGE = [param for param in EVERY if param.values[0].messages]


@pytest.mark.parametrize("code", LANGUAGES)
def test_there_are_at_least_forty_entries(code):
    assert len(entries(code)) >= 40


@pytest.mark.parametrize("entry", EVERY)
def test_an_entry_has_code_and_its_output_or_a_report_and_then_says_why(entry):
    if not entry.fences:
        assert REPORTED in [link.target for link in entry.section.within(entry.section.page.links)]
        return
    code, output = entry.fences
    assert code.is_python and output.language == "text"
    (program, _), (printed, _) = code.includes[0], output.includes[0]
    assert program.removesuffix(".py") == printed.removesuffix(".out")
    words = [w.text for w in entry.section.within(entry.section.page.words) if w.line > output.end]
    assert len("".join(words)) > 20


def fix(entry) -> str:
    """What an entry says first: the line below its heading."""
    return entry.section.page.lines[entry.section.start + 1]


@pytest.mark.parametrize("entry", EVERY)
def test_an_entry_says_first_what_to_type_instead(entry):
    code, _, said = fix(entry).partition(" ")
    assert code in ("**Fix:**", "**改法：**") and len(said) > 8


# What is replaced in an entry's snippet, and by what; where the entry says only a part of that, it.
MENDED = {
    "input-size": ("nn.GRU(10, 20)", "nn.GRU(7, 20)"),
    "input-dims": ("(3, 1, 5, 10))", "(3, 1, 5, 10).squeeze(1))", ".squeeze(1)"),
    "linear-shapes": ("nn.Linear(20, 1)", "nn.Linear(2 * 20, 1)"),
    "target-size": ("loss(scores, target)", "loss(scores.transpose(1, 2), target)"),
    "view-stride": ("by_sample.view(3, 40)", "by_sample.reshape(3, 40)"),
    "hidden-size": ("gru(x, h0.transpose(0, 1))", "gru(x, h0)"),
    "hidden-sizes": ("lstm(x, (state[:1], state))", "lstm(x, (state, state))"),
    "state-dims": ("gru(x[:, 0], h0)", "gru(x[:, :1], h0[:, :1])"),
    "tuple-detach": ("state.detach()", "state = tuple(s.detach() for s in state)"),
    "unpack": ("out, (h_n, c_n) = gru(", "out, h_n = gru("),
    "dtype": ("x.double()", "x.float()"),
    "state-dtype": ("torch.zeros(1, 3, 20)", "x.new_zeros(1, 3, 20)"),
    "indices": ("[[1.0, 2.0]])", "[[1.0, 2.0]]).long()", ".long()"),
    "index-range": ("nn.Embedding(100, 10)", "nn.Embedding(101, 10)"),
    "size-type": ("40 / 2", "40 // 2"),
    "sorted": ("batch_first", "enforce_sorted=False, batch_first", "enforce_sorted=False"),
    "lengths-count": ("(x, lengths)", "(x, lengths, batch_first=True)", "batch_first=True"),
    "backward-twice": ("backward()", "backward()\n        h = h.detach()", "h = h.detach()"),
    "inplace": (
        "(retain_graph=True)\n        opt.step()",
        "()\n        opt.step()\n        h = h.detach()",
        "h = h.detach()",
    ),
    "missing-keys": (
        "load_state_dict(saved)\n",
        'load_state_dict({k.removeprefix("module."): v for k, v in saved.items()})\n',
        '{k.removeprefix("module."): v for k, v in saved.items()}',
    ),
    "weights-only": ("torch.load(file)", "torch.load(file, weights_only=False)", "weights_only="),
    "deepcopy": ("try:", "model.h = model.h.detach()\ntry:", ".detach()"),
    "guard": (
        "(gru, example)",
        '(gru, example, dynamic_shapes=({0: torch.export.Dim("batch")},))',
        'dynamic_shapes=({0: torch.export.Dim("batch")},)',
    ),
}


# Of an entry that has two, the other one
MENDED_ALSO = {
    "input-dims": ("(3, 10))", "(3, 10).unsqueeze(1))", ".unsqueeze(1)"),
    "target-size": ("target[:, -1]", "target.reshape(-1)"),
}


@pytest.mark.parametrize(("section_id", "mended"), [*MENDED.items(), *MENDED_ALSO.items()])
def test_what_an_entry_says_first_mends_its_snippet(section_id, mended, capsys):
    place = f"pytorch/errors/#{section_id}"
    same = [entry for code in LANGUAGES for entry in entries(code) if entry.place == place]
    old, new, *part = mended
    assert all((part or [new])[0] in fix(entry) for entry in same)
    entry = same[0]
    code = entry.fences[0].expanded(ROOT / "snippets")
    assert code.count(old) >= 1
    exec(code.replace(old, new), {"__name__": "__main__"})
    assert len(MESSAGE.findall(capsys.readouterr().out)) == len(entry.messages) - 1


@pytest.mark.parametrize("entry", WITH_MESSAGE)
def test_an_entry_is_headed_by_the_first_words_of_its_messages(entry):
    printed = [without_type(message) for message in entry.messages]
    assert printed[0].startswith(entry.named[0])
    for name in set(entry.named) - OLDER:
        assert any(message.startswith(name) for message in printed), name


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_entry_is_found_by_what_it_is_about_or_what_is_seen(code, path):
    page = SOURCES.pages[code][path]
    table = sections.sections(page)["symptoms"]
    linked = {link.target.removeprefix("#") for link in table.within(page.links)}
    assert {entry.section.id for entry in entries(code) if entry.path == path} <= linked
