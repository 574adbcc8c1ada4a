"""What the lab shows is what torch computes, to the digits shown and to 1e-12 behind them."""

import re

import pytest
from bs4 import BeautifulSoup

from tests import lab
from tests.sources import LANGUAGES, ROOT
from tools.theme import browser

CODES = pytest.mark.parametrize("code", LANGUAGES)
TEXT = {code: language.text for code, language in LANGUAGES.items()}


@pytest.fixture
def open_lab(open_page, request):
    """Open the lab in a language, at an address, with its script at work."""

    def opened(code: str = "en", search: str = "", within: str = "chromium", **options):
        running = request.getfixturevalue(within)
        page = open_page(f"{LANGUAGES[code].prefix}lab/{search}", within=running, **options)
        settle(page, options.get("java_script_enabled", True))
        return page

    return opened


def settle(page, has_scripts: bool = True) -> None:
    """Wait for the lab's script, and lay out and unfold all that can be seen."""
    if has_scripts:
        browser.lay_out(page)
        page.wait_for_selector(".gg-examples:not([hidden])")
    page.evaluate("document.querySelector('.gg-starts').open = true")


def shown(page, state: dict | None = None) -> dict:
    """What is seen of the lab, in a state that a link of the page sets."""
    if state:
        page.evaluate(lab.SET, lab.address_of(state))
    return page.evaluate(lab.READ)


STATES = lab.random_states(300)


@pytest.mark.proof
@pytest.mark.parametrize(
    "within, states",
    [("chromium", STATES[:100]), ("firefox", STATES[::10]),
     pytest.param("chromium", STATES[100:], marks=pytest.mark.proof)],
)  # fmt: skip
def test_every_number_that_is_seen_is_torchs(open_lab, within, states):
    page = open_lab(within=within, viewport={"width": 1280, "height": 800})
    for state in states:
        found = lab.faults(shown(page, state), state, TEXT["en"])
        assert not found, "\n".join([lab.address_of(state), *found])


FIRST = lab.state_of(lab.PRESETS["start"])


@CODES
def test_what_stands_there_without_a_script_is_torchs_and_what_the_script_shows_first(
    open_lab, code
):
    still = shown(open_lab(code, java_script_enabled=False))
    live = shown(open_lab(code))
    assert lab.faults(live, FIRST, TEXT[code]) == []
    for kind, card in live["cards"].items():
        card["open"] = still["cards"][kind][
            "open"
        ]  # a style, which the drawing has and nobody reads
    without = {"back": live["back"], "conventions": live["conventions"]}
    without |= {key: live[key] for key in ("at", "sequence", "starts")}  # of what is turned
    assert lab.faults(still | without, FIRST, TEXT[code]) == []
    assert numbers(still["cards"]) == numbers(live["cards"])


def numbers(tree):
    """The same with values as numbers, since 0 and 0.0 are one."""
    if isinstance(tree, list) and len(tree) == 2 and all(isinstance(one, str) for one in tree):
        text, value = tree
        return (text, round(float(value), 12)) if re.fullmatch(r"-?[\d.e-]+", value) else tree
    if isinstance(tree, dict):
        return {key: numbers(value) for key, value in tree.items()}
    return [numbers(one) for one in tree] if isinstance(tree, list) else tree


# Mistakes of a page or a script, of which each must be seen, or the comparison would be blind: two
# names of the page change places, two pieces on the screen, a word of a script.
NAMES_SWAPPED = {
    "two numbers of the table": ("data-v", "[data-v='gru.r']", "[data-v='gru.z']"),
    "two sums": ("data-v", "[data-v='lstm.sum.f']", "[data-v='lstm.sum.i']"),
    "two rows of the weights": ("data-v", "[data-v='lstm.row.f']", "[data-v='lstm.row.i']"),
    "two values of the drawing": ("data-value", "[data-value=f]", "[data-value=i]"),
    "two states of the drawing": ("data-value", "[data-value=c]", "[data-value=kept]"),
    "two rows over time": ("data-row", ".gg-heat [data-row=z]", ".gg-heat [data-row=r]"),
    "two ways back": ("data-row", "[data-back] [data-row=i]", "[data-back] [data-row=f]"),
    "two fields": ("data-f", "[data-f='gru.bias_ih.z']", "[data-f='gru.bias_ih.r']"),
}
PIECES_SWAPPED = {
    "two labels": (".gg-weights [data-row=z] th", ".gg-weights [data-row=r] th"),
    "two equations": (".gg-weights [data-row=z] math", ".gg-weights [data-row=r] math"),
    "two letters of the drawing": (
        "[data-part=update-gate] .sym", "[data-part=reset-gate] .sym"),
    "two labels over time": (".gg-heat [data-row=f] th", ".gg-heat [data-row=i] th"),
    "two rows over time": (".gg-heat [data-row=f]", ".gg-heat [data-row=i]"),
    "two steps": (".gg-heat [data-row=f] td:nth-child(2)", ".gg-heat [data-row=f] td:nth-child(3)"),
    "two labels of the way back": ("[data-back] [data-row=i] th", "[data-back] [data-row=f] th"),
    "two labels of conventions": (
        "[data-conventions] tbody tr:nth-child(1) th",
        "[data-conventions] tbody tr:nth-child(2) th"),
    "two conventions": (
        "[data-conventions] tbody tr:nth-child(2) td:nth-child(2)",
        "[data-conventions] tbody tr:nth-child(2) td:nth-child(3)"),
    "two drawings": (".gg-card[data-kind=gru] svg", ".gg-card[data-kind=lstm] svg"),
}  # fmt: skip
MISTAKES = {  # of a script: where, and what stands there in place of what
    "another order of blocks": ("view", "ORDERS[root].indexOf(block)", '"zrn".indexOf(block)'),
    "the state after for the one before": ("view", "= step.before.h[unit]", "= step.h[unit]"),
    "z for 1 − z": ("view", "1 - gru.z[unit]", "gru.z[unit]"),
    "the step before": (
        "view", "runs[kind].map((step) => step[name]",
        "runs[kind].map((_, n) => runs[kind].at(n - 1)[name]"),
    "the first unit for the one in view": ("view", "step[block][unit]", "step[block][0]"),
    "a value that is not its text's": ("steps", "element.value = value", "element.value ||= value"),
    "PyTorch's convention for another": ("view", "state.x, start, chosen)", "state.x, start)"),
    "one step's gradient for all": (
        "view", "found.map(({ paths })", "found.map((_, __, [{ paths }])"),
}  # fmt: skip
SWAP = """([a, b]) => {
    const [one, other] = [a, b].map(each => document.querySelector(`.gg-lab ${each}`));
    [one.innerHTML, other.innerHTML] = [other.innerHTML, one.innerHTML];
}"""
# A later step and unit, where no two numbers are alike, and no convention is torch's
TELLING = STATES[6] | {
    "cell": "both", "part": "", "reset": "before", "update": "1-z", "order": "onnx",
}  # fmt: skip


def served_with(page, pattern: str, change) -> None:
    """Let a page get a file with a change in it."""

    def answer(route):
        response = route.fetch()
        route.fulfill(response=response, body=change(response.text()))

    page.route(pattern, answer)


@pytest.mark.parametrize("mistake", NAMES_SWAPPED)
def test_two_names_of_the_page_that_change_places_are_seen(open_lab, mistake):
    name, a, b = NAMES_SWAPPED[mistake]

    def swapped(text: str) -> str:
        page = BeautifulSoup(text, "html.parser", multi_valued_attributes=None)
        one, other = (page.select_one(f".gg-lab {each}") for each in (a, b))
        one[name], other[name] = other[name], one[name]
        return str(page)

    assert seen_to_be_wrong(open_lab, "**/lab/", swapped)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_script_is_seen(open_lab, mistake):
    script, right, wrong = MISTAKES[mistake]
    source = (ROOT / f"overrides/assets/lab/{script}.js").read_text("utf-8")
    assert source.count(right) == 1
    changed = source.replace(right, wrong)
    assert seen_to_be_wrong(open_lab, f"**/lab/{script}.js", lambda _: changed)


def seen_to_be_wrong(open_lab, pattern: str, change) -> list[str]:
    page = open_lab()
    served_with(page, pattern, change)
    page.reload()
    settle(page)
    shown(page, STATES[0])
    return lab.faults(shown(page, TELLING), TELLING, TEXT["en"])


@pytest.mark.parametrize("mistake", PIECES_SWAPPED)
def test_two_pieces_on_the_screen_that_change_places_are_seen(open_lab, mistake):
    page = open_lab()
    assert lab.faults(shown(page, TELLING), TELLING, TEXT["en"]) == []
    page.evaluate(SWAP, PIECES_SWAPPED[mistake])
    assert lab.faults(shown(page), TELLING, TEXT["en"])
