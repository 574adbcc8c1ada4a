"""An address holds the lab's whole state: it is read back the same, and no text breaks it."""

import json
import random
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources import ROOT
from tools.theme import browser

PARTS = [
    "weights", "conventions", "sequence", "gradient", "trained", "own", "challenges", "take",
    "presets",
]  # fmt: skip
PRESETS = {
    "copy": "v=1&H=1&D=1&x=1;0;1&gru_bias_ih=1,-5,0",
    "two": "H=2&x=1;1&gru_weight_ih=1;2;3;4;5;6&h0=0.5,-0.5&hide=own",
    "long": "x=" + ";".join(["0.5"] * 200),
}
CODES = {"unknown", "version", "number", "range", "length", "choice", "preset"}


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def page(request):
    """A page that has the functions of state.js as `lab`."""
    with browser.served(ROOT / "overrides/assets") as root:
        page = request.getfixturevalue(request.param).new_page()
        page.goto(f"{root}lab/state.js")
        page.evaluate(
            """async presets => {
                window.lab = await import("/lab/state.js");
                window.presets = presets;
            }""",
            PRESETS,
        )
        yield page
        page.context.close()


@pytest.fixture
def read(page):
    """Read an address, and give the state and what was wrong."""

    def read(search: str) -> tuple[dict, list[dict]]:
        told = page.evaluate("search => lab.read(search, { presets })", search)
        return told["state"], told["problems"]

    return read


@pytest.fixture
def write(page):
    return lambda state: page.evaluate("state => lab.write(state)", state)


@pytest.fixture
def blank(page):
    return lambda *sizes: page.evaluate("sizes => lab.blank(...sizes)", sizes)


def test_an_address_without_anything_is_the_smallest_state(read, blank, write):
    assert read("") == (blank(1, 1), [])
    assert blank(1, 1) == {
        "H": 1, "D": 1, "x": [[0]], "h": [0], "c": [0],
        "gru": {"weight_ih": [[0]] * 3, "weight_hh": [[0]] * 3,
                "bias_ih": [0] * 3, "bias_hh": [0] * 3},
        "lstm": {"weight_ih": [[0]] * 4, "weight_hh": [[0]] * 4,
                 "bias_ih": [0] * 4, "bias_hh": [0] * 4},
        "t": 0, "unit": 0, "part": "", "cell": "both",
        "reset": "after", "update": "z", "order": "torch", "hide": [],
    }  # fmt: skip
    assert write(blank(1, 1)) == "v=1"


def test_each_key_says_what_it_is_named_after(read):
    state, problems = read(
        "?v=1&H=2&D=2&x=1,0;0.5,-1;.25,1e-3&h0=1,2&c0=3,4&gru_weight_hh=1,2;3,4;5,6;7,8;9,10;11,12"
        "&lstm_bias_hh=1,2,3,4,5,6,7,8&t=3&unit=2&part=z&cell=gru&reset=before&update=1-z"
        "&order=onnx&hide=take,weights"
    )
    assert problems == []
    assert state["x"] == [[1, 0], [0.5, -1], [0.25, 0.001]]
    assert (state["h"], state["c"]) == ([1, 2], [3, 4])
    assert state["gru"]["weight_hh"] == [[1, 2], [3, 4], [5, 6], [7, 8], [9, 10], [11, 12]]
    assert state["lstm"]["bias_hh"] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert (state["t"], state["unit"], state["part"], state["cell"]) == (2, 1, "z", "gru")
    assert (state["reset"], state["update"], state["order"]) == ("before", "1-z", "onnx")
    assert state["hide"] == ["weights", "take"], "in the order of the page"


@pytest.mark.parametrize(
    "search, key, what, expected",
    [
        ("y=1", "y", "unknown", None),
        ("__proto__=1", "__proto__", "unknown", None),
        ("constructor=x", "constructor", "unknown", None),
        ("gru_toString=x", "gru_toString", "unknown", None),
        ("x=NaN", "x", "number", None),
        ("x=1e999", "x", "number", None),
        ("x=Infinity", "x", "number", None),
        ("x=0x10", "x", "number", None),
        ("x=1;;2", "x", "number", None),
        ("x=1,2", "x", "length", 1),
        ("x=", "x", "length", 200),
        ("x=" + ";".join("1" * 201), "x", "length", 200),
        ("h0=1000.5", "h0", "range", 1000),
        ("h0=-1000.5", "h0", "range", 1000),
        ("h0=1,2", "h0", "length", 1),
        ("gru_weight_ih=1;2", "gru_weight_ih", "length", 3),
        ("lstm_weight_hh=1;2;3;4,5", "lstm_weight_hh", "length", 1),
        ("lstm_bias_ih=1,2,3", "lstm_bias_ih", "length", 4),
        ("H=4", "H", "range", 3),
        ("D=0", "D", "range", 3),
        ("H=1.5", "H", "number", None),
        ("t=2", "t", "range", 1),
        ("unit=-1", "unit", "number", None),
        ("part=q", "part", "choice", ["", *"rznhifgco"]),
        ("cell=rnn", "cell", "choice", ["both", "gru", "lstm"]),
        ("order=tf", "order", "choice", ["torch", "keras", "onnx"]),
        ("hide=own,all", "hide", "choice", PARTS),
        ("preset=none", "preset", "preset", None),
        ("preset=toString", "preset", "preset", None),
        ("v=2&x=1;1", "v", "version", None),
    ],
)
def test_what_is_wrong_is_told_and_leaves_its_default(read, blank, search, key, what, expected):
    state, (problem,) = read(search)
    assert state == blank(1, 1)
    assert (problem["key"], problem["what"], problem.get("expected")) == (key, what, expected)


def test_the_rest_of_an_address_with_a_fault_is_read(read):
    state, problems = read("x=1;0;1&t=9&update=1-z&h0=oops")
    assert [problem["key"] for problem in problems] == ["h0", "t"]
    assert (state["x"], state["t"], state["update"]) == ([[1], [0], [1]], 0, "1-z")


def test_a_length_says_of_what(read):
    ofs = [read(search)[1][0]["of"] for search in ("x=", "gru_weight_ih=1", "h0=1,1", "y" * 20001)]
    assert ofs == ["steps", "rows", "numbers", "characters"]


def test_an_address_that_is_too_long_is_not_read(read, blank):
    state, (problem,) = read("h0=1&" + "x=1&" * 5000)
    assert state == blank(1, 1)
    assert (problem["what"], problem["expected"]) == ("length", 20000)
    assert len(problem["value"]) < 100, "and not told in full"


def test_a_preset_is_read_first_and_the_rest_changes_it(read):
    state, problems = read("t=2&preset=copy&gru_bias_ih=0,0,1")
    assert problems == []
    assert (state["x"], state["t"], state["gru"]["bias_ih"]) == ([[1], [0], [1]], 1, [0, 0, 1])


def test_the_shortest_address_begins_from_a_preset(page, read):
    def written(search):
        return page.evaluate(
            "search => lab.write(lab.read(search, { presets }).state, { presets })", search
        )

    assert written(PRESETS["copy"]) == "v=1&preset=copy"
    assert written("preset=two&t=2") == "v=1&preset=two&t=2"
    assert written("preset=two&hide=") == "v=1&preset=two&hide="
    assert written("H=3") == "v=1&H=3"
    assert written("") == "v=1"
    for search in ("preset=two&hide=&h0=0,0", "preset=copy&x=0", "preset=long&H=2"):
        assert read(written(search))[0] == read(search)[0]


def test_a_number_is_written_as_short_as_it_can_be(write, blank):
    state = blank(1, 1) | {"x": [[0.1], [1e-7], [5e-324], [1 / 3], [-1.5], [100.0]]}
    assert write(state) == "v=1&x=0.1;1e-7;5e-324;0.3333333333333333;-1.5;100"
    assert write(blank(1, 1) | {"h": [-0.0]}) == "v=1"


numbers = st.floats(-1000, 1000).map(lambda value: value + 0.0)  # no -0


@st.composite
def states(draw) -> dict:
    size, width, length = (draw(st.integers(1, most)) for most in (3, 3, 5))
    dice = draw(st.randoms(use_true_random=False))
    values = [0, 1, *draw(st.lists(numbers, min_size=1, max_size=5))]

    def row(count):
        return [dice.choice(values) for _ in range(count)]

    def net(blocks):
        rows = range(blocks * size)
        return {
            "weight_ih": [row(width) for _ in rows], "weight_hh": [row(size) for _ in rows],
            "bias_ih": row(blocks * size), "bias_hh": row(blocks * size),
        }  # fmt: skip

    return {
        "H": size, "D": width, "x": [row(width) for _ in range(length)],
        "h": row(size), "c": row(size), "gru": net(3), "lstm": net(4),
        "t": draw(st.integers(0, length - 1)), "unit": draw(st.integers(0, size - 1)),
        "part": draw(st.sampled_from(["", *"rznhifgco"])),
        "cell": draw(st.sampled_from(["both", "gru", "lstm"])),
        "reset": draw(st.sampled_from(["after", "before"])),
        "update": draw(st.sampled_from(["z", "1-z"])),
        "order": draw(st.sampled_from(["torch", "keras", "onnx"])),
        "hide": [part for part in PARTS if draw(st.booleans())],
    }  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(st.lists(states(), min_size=1, max_size=5))
def test_a_state_is_read_back_the_same(page, all_states):
    told = page.evaluate(
        """states => states.map((state) => {
            const text = lab.write(state);
            return [lab.read(text), lab.write(lab.read(text).state) === text,
                lab.read(lab.write(state, { presets }), { presets }).state];
        })""",
        all_states,
    )
    for state, (back, is_stable, from_preset) in zip(all_states, told, strict=True):
        assert back == {"state": state, "problems": []}
        assert is_stable and from_preset == state


def test_the_longest_state_fits_into_an_address(page, write, blank):
    long = -1.2345678901234567e-100
    state = blank(3, 3) | {"x": [[long] * 3] * 200, "h": [long] * 3, "c": [long] * 3}
    for kind, blocks in (("gru", 9), ("lstm", 12)):
        state[kind] = {
            "weight_ih": [[long] * 3] * blocks, "weight_hh": [[long] * 3] * blocks,
            "bias_ih": [long] * blocks, "bias_hh": [long] * blocks,
        }  # fmt: skip
    text = write(state)
    assert 15000 < len(text) <= 20000
    assert page.evaluate("text => lab.read(text)", text) == {"state": state, "problems": []}


# Reads each address, and tells of each that broke a promise.
HOLD = """addresses => JSON.parse(addresses).flatMap((search) => {
    const isRow = (row, count) => Array.isArray(row) && row.length === count
        && row.every((v) => Number.isFinite(v) && Math.abs(v) <= 1000 && !Object.is(v, -0));
    const isTable = (rows, count, width) => rows.length === count
        && rows.every((row) => isRow(row, width));
    const holds = () => {
        const { state, problems } = lab.read(search, { presets });
        const { H, D, x, h, c, t, unit } = state;
        const isNet = ({ weight_ih, weight_hh, bias_ih, bias_hh }, blocks) =>
            isTable(weight_ih, blocks * H, D) && isTable(weight_hh, blocks * H, H)
            && isRow(bias_ih, blocks * H) && isRow(bias_hh, blocks * H);
        const again = lab.read(lab.write(state));
        return [1, 2, 3].includes(H) && [1, 2, 3].includes(D)
            && x.length >= 1 && x.length <= 200 && isTable(x, x.length, D)
            && isRow(h, H) && isRow(c, H) && isNet(state.gru, 3) && isNet(state.lstm, 4)
            && Number.isInteger(t) && t >= 0 && t < x.length
            && Number.isInteger(unit) && unit >= 0 && unit < H
            && JSON.stringify(Object.keys(state)) === JSON.stringify(Object.keys(lab.blank(1, 1)))
            && problems.every(({ what }) => CODES.includes(what)) && again.problems.length === 0
            && JSON.stringify(again.state) === JSON.stringify(state)
            && Object.keys(Object.prototype).length === 0 && {}.polluted === undefined;
    };
    try { return holds() ? [] : [[search, "broken"]]; }
    catch (error) { return [[search, String(error)]]; }
})""".replace("CODES", json.dumps(sorted(CODES)))
KEYS = [
    "v", "preset", "H", "D", "x", "h0", "c0", "t", "unit", "part", "cell", "reset", "update",
    "order", "hide", "__proto__", "__proto__.polluted", "constructor", "toString", "gru", "lstm",
    *(f"{kind}_{name}_{end}" for kind in ("gru", "lstm") for name in ("weight", "bias")
      for end in ("ih", "hh")),
]  # fmt: skip
VALUES = [
    "", "0", "1", "2", "3", "-0", "-1", "4", "1.5", "1e999", "1e-400", "NaN", "Infinity", "null",
    "-1001", "undefined", "[object Object]",
    "1,2", "1,2;3,4", "1;0;1", ",", ";", ";;", ",,", "0x1F", "1_0",
    "１", "copy", "two", "__proto__", "z", "1-z", "after", "gru", "torch", "own,take", "own,own",
    "%", "%00", "%ZZ", "%E0%A4", "%F0%9F%98%80", "+", "&", "=", "<script>", "'\"", "\ud800",
    "9" * 400, "0." + "3" * 400, "1;" * 300, "💡", "门",
]  # fmt: skip


def addresses(count: int) -> list[str]:
    """Addresses put together at random, some well-formed, some of them damaged afterwards."""
    dice = random.Random(0)
    made = []
    for _ in range(count):
        pairs = [
            f"{dice.choice(KEYS)}={dice.choice(VALUES) if dice.random() < 0.6 else row(dice)}"
            for _ in range(dice.randrange(8))
        ]
        text = "&".join(pairs)
        for _ in range(dice.choice([0, 0, 1, 5])):
            place = dice.randrange(len(text) + 1)
            text = (
                text[:place]
                + dice.choice(["", "&", "=", ";", chr(dice.randrange(0xD800))])
                + (text[place + dice.randrange(3) :])
            )
        made.append(text)
    return made


def row(dice) -> str:
    width = dice.randint(1, 3)
    return ";".join(
        ",".join(str(round(dice.uniform(-9, 9), 2)) for _ in range(width))
        for _ in range(dice.choice([1, 1, 2, 3, 4, 6, 8, 9, 12]))
    )


def test_no_address_breaks_the_state(page):
    assert page.evaluate(HOLD, json.dumps(addresses(4000))) == []


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text() | st.text().map(quote), min_size=20))
def test_no_text_breaks_the_state(page, texts):
    assert page.evaluate(HOLD, json.dumps([*texts, *(f"x={text}" for text in texts)])) == []


@pytest.mark.parametrize("value", [None, 7, {}, []])
def test_what_is_no_text_does_not_break_it_either(page, value):
    assert page.evaluate(HOLD, json.dumps([value])) == []


def test_the_cell_is_told_what_a_state_holds(page):
    told = page.evaluate(
        """() => {
            const { state } = lab.read("order=keras&reset=before&gru_bias_ih=1,2,3");
            const onnx = lab.conventionsOf(lab.read("order=onnx").state);
            return [lab.netOf(state, "gru"), lab.conventionsOf(state), onnx.order];
        }"""
    )
    assert (told[0]["kind"], told[0]["bias_ih"]) == ("gru", [1, 2, 3])
    assert told[1] == {
        "reset": "before",
        "update": "z",
        "order": {"gru": "zrn", "lstm": "ifgo"},
    }
    assert told[2] == {"gru": "zrn", "lstm": "iofg"}
