"""What the tests of the built site share: its search, asked without a click or a key."""

import pytest

from tests.sources import LANGUAGES

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
            pages[code].goto(address + LANGUAGES[code].prefix)
            pages[code].evaluate(START)
        return pages[code].evaluate(ASK, queries)

    yield ask
    for page in pages.values():
        page.close()
