"""The lab's cell computes what torch does, in double precision: forwards, and a gradient back."""

import json
import math
import random
from itertools import pairwise, product

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from tests.cells import NAMES, TORCH, expected, tensor
from tests.sources import LANGUAGES, ROOT
from tools.theme import browser

BOUND = 1e-12  # relative, for numbers below one absolute
GRUS = [
    {"reset": reset, "update": update, "order": {"gru": order, "lstm": "ifgo"}}
    for reset, update, order in product(["after", "before"], ["z", "1-z"], ["rzn", "zrn", "nrz"])
]
LSTMS = [TORCH | {"order": {"gru": "rzn", "lstm": order}} for order in ("ifgo", "iofg", "ofig")]
EXTREMES = [0.0, -0.0, 20.0, -20.0, 750.0, -750.0, 5e-324, -1e-310, 1.0, -1.0]


def computed(running, root, cases: list[dict]) -> list[dict]:
    """What cell.js gives in a browser: of each case its steps and its gradients."""
    page = running.new_page()
    page.goto(f"{root}cell.js")
    told = page.evaluate(COMPUTE, json.dumps(cases))
    page.context.close()
    return json.loads(told)


COMPUTE = """async cases => {
    const { run, gradients } = await import("/cell.js");
    return JSON.stringify(JSON.parse(cases).map(({ net, xs, start, ofLast, conventions }) => {
        const steps = run(net, xs, start, conventions);
        return { steps, gradients: gradients(net, steps, ofLast, conventions) };
    }));
}"""


@pytest.fixture(scope="module")
def root():
    with browser.served(ROOT / "overrides/assets") as address:
        yield address


@pytest.fixture(scope="module")
def page(chromium, root):
    """A page that has the cell's functions as `cell`."""
    page = chromium.new_page()
    page.goto(f"{root}cell.js")
    page.evaluate("async () => { window.cell = await import('/cell.js'); }")
    yield page
    page.context.close()


def case(kind: str, conventions: dict, size: int, width: int, length: int, draw) -> dict:
    blocks = {"gru": 3, "lstm": 4}[kind]

    def rows(count, width):
        return [[draw() for _ in range(width)] for _ in range(count)]

    def numbers(count):
        return rows(1, count)[0]

    weights = [rows(blocks * size, width), rows(blocks * size, size)]
    biases = [numbers(blocks * size), numbers(blocks * size)]
    start = {"h": numbers(size)} | ({"c": numbers(size)} if kind == "lstm" else {})
    return {
        "net": {"kind": kind} | dict(zip(NAMES, weights + biases, strict=True)),
        "xs": rows(length, width),
        "start": start,
        "ofLast": numbers(size),
        "conventions": conventions,
    }


def random_cases() -> list[dict]:
    """400 cells of all sizes and conventions, half of them torch's own; then extreme ones."""
    dice = random.Random(0)
    cases = []
    for i in range(400):
        kind = ("gru", "lstm")[i % 2]
        conventions = TORCH if i % 4 < 2 else dice.choice(GRUS if kind == "gru" else LSTMS)
        sizes = (dice.randint(1, 3) for _ in range(3))
        cases.append(case(kind, conventions, *sizes, lambda: dice.gauss(0, 1.5)))
    for i in range(200):
        kind = ("gru", "lstm")[i % 2]
        conventions = TORCH if i % 4 < 2 else dice.choice(GRUS if kind == "gru" else LSTMS)
        sizes = (dice.randint(1, 3) for _ in range(2))
        cases.append(case(kind, conventions, *sizes, 2, lambda: dice.choice(EXTREMES)))
    return cases


CASES = random_cases()


def farthest(got, wanted, place="") -> tuple[float, str]:
    """The greatest difference between two nested results, and where it is."""
    if isinstance(wanted, dict):
        assert wanted.keys() <= got.keys(), place
        return max(farthest(got[key], wanted[key], f"{place} {key}") for key in wanted)
    if isinstance(wanted, list):
        assert len(got) == len(wanted), place
        return max(farthest(got[i], wanted[i], f"{place} {i}") for i in range(len(wanted)))
    wanted = wanted.tolist()
    assert len(got) == len(wanted), place
    return max((abs(a - b) / max(1, abs(b)), place) for a, b in zip(got, wanted, strict=True))


@pytest.fixture(scope="module")
def by_torch():
    return [expected(case) for case in CASES]


@pytest.mark.parametrize("name", ["chromium", "firefox"])
def test_a_browser_computes_what_torch_does(request, root, by_torch, name):
    told = computed(request.getfixturevalue(name), root, CASES)
    assert len(told) >= 300
    for i, (got, wanted) in enumerate(zip(told, by_torch, strict=True)):
        difference, place = farthest(got, wanted)
        assert difference <= BOUND, f"case {i}{place}: {CASES[i]}"


def test_the_equations_of_torchs_convention_are_those_of_its_cells(by_torch):
    pairs = [pair for pair in zip(CASES, by_torch, strict=True) if pair[0]["conventions"] == TORCH]
    assert len(pairs) >= 300
    for case, wanted in pairs:
        is_lstm = case["net"]["kind"] == "lstm"
        kind = nn.LSTMCell if is_lstm else nn.GRUCell
        cell = kind(len(case["xs"][0]), len(case["ofLast"]), dtype=torch.float64)
        cell.load_state_dict({name: tensor(case["net"][name]) for name in NAMES})
        xs = [tensor(x).requires_grad_() for x in case["xs"]]
        start = {key: tensor(value).requires_grad_() for key, value in case["start"].items()}
        state = tuple(start.values())
        for x, step in zip(xs, wanted["steps"], strict=True):
            state = cell(x, state) if is_lstm else (cell(x, *state),)
            same(state, [step[key] for key in start])
        (state[0] @ tensor(case["ofLast"])).backward()
        gradients = wanted["gradients"]
        same([x.grad for x in xs], [step["x"] for step in gradients])
        same([value.grad for value in start.values()], [gradients[0][key] for key in start])


def same(got, wanted) -> None:
    torch.testing.assert_close(list(got), list(wanted), rtol=BOUND, atol=BOUND)


@st.composite
def cases(draw, kinds=("gru", "lstm"), length=1, most=4.0, extremes=True, size=None):
    """A cell with a sequence; some of its numbers are extreme."""
    kind = draw(st.sampled_from(kinds))
    number = st.floats(-most, most)
    if extremes:
        number = number | st.sampled_from([0.0, 20.0, -20.0])
    conventions = draw(st.sampled_from(GRUS if kind == "gru" else LSTMS))
    sizes = [draw(st.integers(1, 3)) for _ in "HD"]
    return case(kind, conventions, size or sizes[0], sizes[1], length, lambda: draw(number))


CONVENTIONS = {"reset": ["after", "before"], "update": ["z", "1-z"]}


def set_block(case: dict, letter: str, **values: float) -> None:
    """Set the numbers of one block, all to one value by name."""
    letters = case["conventions"]["order"][case["net"]["kind"]]
    size = len(case["ofLast"])
    first = letters.index(letter) * size
    for name, value in values.items():
        rows = case["net"][name]
        for i in range(first, first + size):
            rows[i] = [value] * len(rows[i]) if isinstance(rows[i], list) else value


@pytest.fixture(scope="module")
def steps(page):
    """Run a case in the page, and give its steps."""

    def steps(case: dict, **conventions) -> list[dict]:
        return page.evaluate(
            "([net, xs, start, conventions]) => cell.run(net, xs, start, conventions)",
            [case["net"], case["xs"], case["start"], case["conventions"] | conventions],
        )

    return steps


def near(a: dict, b: dict) -> bool:
    return all(abs(x - y) <= BOUND for x, y in zip(a["h"], b["h"], strict=True))


quick = settings(max_examples=30, deadline=None)


@quick
@given(cases(kinds=["gru"]))
def test_a_gate_that_is_open_for_the_old_state_keeps_it_exactly(steps, case):
    bias = 2000.0 if case["conventions"]["update"] == "z" else -2000.0
    set_block(case, "z", bias_ih=bias)
    (step,) = steps(case)
    assert step["z"] == [float(bias > 0)] * len(step["z"])
    assert step["h"] == case["start"]["h"]


@quick
@given(cases(kinds=["lstm"]))
def test_forget_gate_one_and_input_gate_zero_keep_c_exactly(steps, case):
    set_block(case, "f", bias_ih=2000.0)
    set_block(case, "i", bias_ih=-2000.0)
    (step,) = steps(case)
    assert step["c"] == case["start"]["c"]


@quick
@given(cases(length=3))
def test_gates_are_between_zero_and_one_and_states_stay_bounded(steps, case):
    is_lstm = case["net"]["kind"] == "lstm"
    for step in steps(case):
        for gate in "ifo" if is_lstm else "rz":
            assert all(0 <= value <= 1 for value in step[gate])
        for new, old in zip(step["h"], step["before"]["h"], strict=True):
            assert abs(new) <= (1 if is_lstm else max(abs(old), 1) * (1 + 1e-15))


@quick
@given(cases(kinds=["gru"]), st.floats(-9, 9))
def test_without_weights_from_the_old_state_to_n_r_makes_no_difference(steps, case, bias):
    set_block(case, "n", weight_hh=0.0, bias_hh=0.0)
    (one,) = steps(case)
    set_block(case, "r", weight_ih=bias, weight_hh=-bias, bias_ih=bias)
    (other,) = steps(case)
    assert one["h"] == other["h"]


@quick
@given(cases(kinds=["gru"], length=3))
def test_one_minus_z_is_z_with_its_rows_negated(steps, case):
    one = steps(case, update="z")
    letters = case["conventions"]["order"]["gru"]
    size = len(case["ofLast"])
    first = letters.index("z") * size
    for name in NAMES:
        rows = case["net"][name]
        for i in range(first, first + size):
            rows[i] = [-v for v in rows[i]] if isinstance(rows[i], list) else -rows[i]
    assert all(map(near, one, steps(case, update="1-z")))


@quick
@given(cases(kinds=["gru"], size=1))
def test_reset_before_is_reset_after_for_one_unit_without_the_bias(steps, case):
    set_block(case, "n", bias_hh=0.0)
    assert all(map(near, steps(case, reset="before"), steps(case, reset="after")))


@quick
@given(cases(kinds=["gru"]))
def test_reset_before_is_reset_after_where_r_is_one(steps, case):
    set_block(case, "r", bias_ih=2000.0)
    assert all(map(near, steps(case, reset="before"), steps(case, reset="after")))


def test_reset_before_is_not_reset_after_in_general(steps):
    case = CASES[0]
    assert not near(steps(case, reset="before")[0], steps(case, reset="after")[0])


@quick
@given(cases(length=2), st.randoms())
def test_an_order_names_the_rows_and_nothing_else(steps, case, dice):
    kind, size = case["net"]["kind"], len(case["ofLast"])
    before = case["conventions"]["order"][kind]
    after = "".join(dice.sample(before, len(before)))
    one = steps(case)
    for name in NAMES:
        rows = case["net"][name]
        case["net"][name] = [
            rows[before.index(letter) * size + i] for letter in after for i in range(size)
        ]
    other = steps(case, order={kind: after})
    assert [step["h"] for step in one] == [step["h"] for step in other]


CENTRAL = """({ net, xs, start, ofLast, conventions }) => {
    const loss = (xs, start) => cell.run(net, xs, start, conventions).at(-1).h
        .reduce((sum, value, i) => sum + value * ofLast[i], 0);
    const slope = (list, i, room) => {
        const value = list[i];
        const [more, less] = [value + room, value - room].map((other) => {
            list[i] = other;
            return loss(xs, start);
        });
        list[i] = value;
        return (more - less) / (2 * room);
    };
    const found = cell.gradients(net, cell.run(net, xs, start, conventions), ofLast, conventions);
    const pairs = [];
    for (const key of Object.keys(start)) {
        start[key].forEach((_, i) => pairs.push([found[0][key][i], slope(start[key], i, 1e-5)]));
    }
    xs.forEach((x, t) => x.forEach((_, i) => pairs.push([found[t].x[i], slope(x, i, 1e-5)])));
    return pairs;
}"""


@quick
@given(cases(length=3, most=2.0, extremes=False))
def test_a_gradient_is_the_slope_of_the_loss(page, case):
    for found, slope in page.evaluate(CENTRAL, case):
        assert abs(found - slope) <= 1e-7 * max(1, abs(slope))


@quick
@given(cases(length=4))
def test_paths_sum_to_what_arrives_and_each_step_hands_on_what_it_reads(page, case):
    found = page.evaluate(
        """({ net, xs, start, ofLast, conventions }) =>
            cell.gradients(net, cell.run(net, xs, start, conventions), ofLast, conventions)""",
        case,
    )
    is_lstm = case["net"]["kind"] == "lstm"
    for step in found:
        ways = step["paths"]["h"] if is_lstm else step["paths"]
        for whole, *parts in zip(step["h"], *ways.values(), strict=True):
            assert sum(parts) == pytest.approx(whole, abs=BOUND * max(1, *map(abs, parts)))
    for one, other in pairwise(found):
        assert one["after"]["h"] == other["h"]
    assert found[-1]["after"]["h"] == case["ofLast"]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
@pytest.mark.parametrize("kind", ["gru", "lstm"])
def test_what_is_not_a_number_goes_through(page, kind, value):
    case = next(case for case in CASES if case["net"]["kind"] == kind and len(case["xs"]) == 3)
    told = page.evaluate(
        """([{ net, xs, start, ofLast, conventions }, value]) => {
            xs[1][0] = Number(value);
            const steps = cell.run(net, xs, start, conventions);
            cell.gradients(net, steps, ofLast, conventions);
            const { g, n } = steps[1].fromX;
            return [steps[0].h.every(Number.isFinite), String(g ?? n)];
        }""",
        [case, value],
    )
    assert told[0] and ("NaN" in told[1] or "Infinity" in told[1])


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_page_says_how_many_cells_are_compared_and_how_nearly(code):
    told = (ROOT / "docs" / code / "lab.md").read_text("utf-8")
    compared = told.partition("#compared")[2]
    assert f" {len(CASES)} " in compared and f"10^{{{math.log10(BOUND):.0f}}}" in compared
