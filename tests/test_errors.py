"""Error messages: each has its entry in every language, word for word, and the search finds it."""

import re
from dataclasses import dataclass

import pytest

from tools.sources import sections
from tools.sources.site import Site

from .conftest import ROOT

SITE = Site.read(ROOT)
PREFIX = {language.code: language.prefix for language in SITE.languages}
PATHS = ["pytorch/errors.md", "pytorch/silent.md"]
REPORTED = "../references.md#gpu-threads"
OLDER = {"input must have the type torch.float32, got type torch.float64"}  # PyTorch 2.6
ENTRY = 3  # the level of its heading
FIRST = 3  # places of the search, in one of which an entry has to be

_CODE = re.compile(r"(`+) ?(.+?) ?\1")
_MESSAGE = re.compile(r"^(?:\w+(?:Error|Warning)|Unsupported): .+(?:\n +.+)*", re.MULTILINE)
_NUMBER = re.compile(r"(?<![\w-])\d+(?![\w-])")


@dataclass(frozen=True)
class Entry:
    """A section on a message, or on what is seen where there is none."""

    path: str
    section: sections.Section

    @property
    def page(self) -> str:
        """Its page's address, as the search gives it."""
        return f"{self.path.removesuffix('.md')}/"

    @property
    def place(self) -> str:
        return f"{self.page}#{self.section.id}"

    @property
    def heading(self) -> str:
        return _CODE.sub(r"\2", self.section.heading.text)

    @property
    def named(self) -> list[str]:
        """The messages that its heading begins."""
        return [text for _, text in _CODE.findall(self.section.heading.text)]

    @property
    def fences(self) -> list:
        return self.section.here(self.section.page.fences)

    @property
    def messages(self) -> list[str]:
        """What its snippet printed of errors and warnings, with the type."""
        output = "".join(f.expanded(ROOT / "snippets") for f in self.fences if f.language == "text")
        return _MESSAGE.findall(output)


def entries(code: str) -> list[Entry]:
    return [
        Entry(path, section)
        for path in PATHS
        for section in sections.sections(SITE.pages[code][path]).values()
        if section.heading.level == ENTRY
    ]


EVERY = [pytest.param(e, id=f"{c}-{e.section.id}") for c in PREFIX for e in entries(c)]
WITH_MESSAGE = [param for param in EVERY if param.values[0].messages]


def without_type(message: str) -> str:
    return " ".join(message.partition(": ")[2].split())


def first_words(text: str) -> str:
    return " ".join(text.split()[:6])


@pytest.mark.parametrize("code", PREFIX)
def test_there_are_at_least_forty_entries(code):
    assert len(entries(code)) >= 40


@pytest.mark.parametrize("entry", EVERY)
def test_an_entry_has_code_and_its_output_or_a_report_and_then_says_why(entry):
    if not entry.fences:
        assert REPORTED in [link.target for link in entry.section.here(entry.section.page.links)]
        return
    code, output = entry.fences
    assert code.is_python and output.language == "text"
    (program, _), (printed, _) = code.includes[0], output.includes[0]
    assert program.removesuffix(".py") == printed.removesuffix(".out")
    words = [w.text for w in entry.section.here(entry.section.page.words) if w.line > output.end]
    assert len("".join(words)) > 20


@pytest.mark.parametrize("entry", WITH_MESSAGE)
def test_an_entry_is_headed_by_the_first_words_of_its_messages(entry):
    printed = [without_type(message) for message in entry.messages]
    assert printed[0].startswith(entry.named[0])
    for name in set(entry.named) - OLDER:
        assert any(message.startswith(name) for message in printed), name


def pasted(entry: Entry) -> list[tuple[str, str]]:
    """What a reader may look for, each with where it has to lead.

    It is the heading, or a message: its first words, or all of it, also with the reader's numbers.
    """
    found = [] if entry.messages else [(entry.heading, entry.place)]
    found += [(name, entry.place) for name in OLDER.intersection(entry.named)]
    for message in entry.messages:
        is_named = without_type(message).startswith(tuple(entry.named))
        others = _NUMBER.sub(lambda number: str(int(number[0]) + 61), message)
        for query in (first_words(without_type(message)), message, others):
            found.append((query, entry.place if is_named else entry.page))
    return found


# The site's own script stands between a query and the worker, here as when somebody types.
START = """async docs => {
    const config = JSON.parse(document.querySelector("#__config").textContent);
    const here = address => new URL(address, location);
    const index = await (await fetch(here(config.base + "/search/search_index.json"))).json();
    const worker = new Worker(here(config.search));
    window.answer = (type, data) => new Promise(done => {
        worker.onmessage = event => done(event.data.data);
        worker.postMessage({ type, data });
    });
    await answer(0, { ...index, docs: docs ?? index.docs, options: {} });
}"""
ASK = """async queries => {
    const found = [];
    for (const query of queries) {
        const items = (await answer(2, query)).items.flat();
        found.push(items.sort((a, b) => b.score - a.score).map(item => item.location));
    }
    return found;
}"""


@pytest.fixture(scope="module")
def ask(chromium, address):
    """Ask the search of a language, without a click or a key for each query."""
    pages = {}

    def ask(code: str, queries: list[str]) -> list[list[str]]:
        if code not in pages:
            pages[code] = chromium.new_page()
            pages[code].goto(address + PREFIX[code])
            pages[code].evaluate(START)
        return pages[code].evaluate(ASK, queries)

    yield ask
    for page in pages.values():
        page.close()


@pytest.mark.parametrize("code", PREFIX)
def test_search_finds_an_entry_by_its_message(ask, code):
    asked = [pair for entry in entries(code) for pair in pasted(entry)]
    faults = [
        f"{query!r} gives {places[:FIRST]}, not {wanted}"
        for (query, wanted), places in zip(asked, ask(code, [q for q, _ in asked]), strict=True)
        if not any(place.startswith(wanted) for place in places[:FIRST])
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("code", PREFIX)
def test_search_takes_no_sign_for_a_command(ask, code):
    signs, plain = ask(
        code, ['"Missing key" +in -state: ~dict* GRU^T', "Missing key in state dict GRU T"]
    )
    assert signs and signs == plain


def test_search_keeps_words_with_digits_apart(chromium, address):
    # Lunr alone takes the node behind z, from which 1 and 4 lead to node 2, for the one of the ones
    # from which 1 leads to node 242.
    words = {"0": "a/", "1" * 300: "b/", "z1": "c/", "z4": "d/"}
    docs = [{"location": place, "title": "", "text": word} for word, place in words.items()]
    page = chromium.new_page()
    page.goto(address)
    page.evaluate(START, docs)
    (found,) = page.evaluate(ASK, ["z"])
    page.close()
    assert sorted(found) == ["c/", "d/"]


@pytest.mark.parametrize("code", PREFIX)
def test_every_silent_mistake_is_found_by_what_is_seen(code):
    page = SITE.pages[code]["pytorch/silent.md"]
    table = sections.sections(page)["symptoms"]
    linked = {link.target.removeprefix("#") for link in table.here(page.links)}
    assert {e.section.id for e in entries(code) if e.path == "pytorch/silent.md"} <= linked
