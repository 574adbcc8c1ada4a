"""The lab's whole nets: the trained ones answer as torch does, and so does a reader's own file."""

import json
import re

import pytest
import torch
from axe_playwright_python.sync_playwright import Axe
from torch import nn

from tests.cells import NAMES, TORCH, equations
from tests.composing import ANDROID, compose
from tests.lab import Comparison
from tests.sources import LANGUAGES, ROOT
from tools.rendering.lab import written
from tools.rendering.lab_nets import EXAMPLES, nets

CODES = pytest.mark.parametrize("code", LANGUAGES)
NETS = {net["name"]: net for net in nets(ROOT)}
ORDERS = TORCH["order"]
CELLS = {"gru": nn.GRU, "lstm": nn.LSTM}
BOUND = {"rtol": 0, "atol": 1e-12}
# Of each table that is seen its rows: of each number its text, the value behind it, and its marks.
READ = """async part => {
    while (part.querySelector("[aria-busy=true]")) await new Promise(requestAnimationFrame);
    const tables = [...part.querySelectorAll(".gg-heat")].filter(table => table.checkVisibility());
    return Object.fromEntries(tables.map(table => [
        table.dataset.net ?? "",
        Object.fromEntries([...table.tBodies[0].rows].filter(row => !row.hidden).map(row => [
            row.dataset.row,
            [...row.cells].slice(1).map(cell => [
                cell.textContent, cell.firstChild.value, cell.classList.contains("gg-wrong"),
            ]),
        ])),
    ]));
}"""


# A script of the lab, loaded and run; the page has the same one.
SCRIPT = """name => import(
    new URL(`lab/${name}.js`, document.querySelector("script[src*='assets/site.js']").src))"""
SAYS = "([element, text]) => element.textContent === text"


@pytest.fixture
def part(open_page):
    """A part of the lab, as a reader who follows a link to it finds it."""

    def part(name: str, code: str = "en", **options):
        page = open_page(f"{LANGUAGES[code].prefix}lab/#{name}", **options)
        page.wait_for_selector(f"[data-part={name}]:not([hidden])", state="attached")
        page.evaluate(f"async name => void await ({SCRIPT})(name)", name)
        return page, page.locator(f"[data-part={name}]")

    return part


def layers(net: nn.GRU | nn.LSTM, xs: torch.Tensor) -> list[dict[str, torch.Tensor]]:
    """What each direction of each layer has at each step: a tensor (steps, units) by letter."""
    found, kind = [], type(net).__name__.lower()
    ways = ["", "_reverse"][: 1 + net.bidirectional]
    for layer in range(net.num_layers):
        for way in ways:
            weights = {name: getattr(net, f"{name}_l{layer}{way}").tolist() for name in NAMES}
            case = {"net": {"kind": kind} | weights, "conventions": TORCH}
            steps, h = [], torch.zeros(net.hidden_size, dtype=torch.float64)
            c = h
            for x in xs.flip(0) if way else xs:
                step = equations(case, x, h, c)
                h, c = step["h"], step.get("c", c)
                shown = {name: step[name] for name in [*ORDERS[kind], *"ch"] if name in step}
                steps.append(shown | {"x": x})
            steps = steps[::-1] if way else steps
            found.append({name: torch.stack([step[name] for step in steps]) for name in steps[0]})
        xs = torch.cat([each["h"] for each in found[-len(ways) :]], 1)
    return found


def test_the_layers_here_are_those_of_torch():
    for cell in CELLS.values():
        net = cell(2, 3, num_layers=2, bidirectional=True).double().requires_grad_(False)
        xs = torch.randn(7, 2).double()
        last = torch.cat([way["h"] for way in layers(net, xs)[-2:]], 1)
        torch.testing.assert_close(last, net(xs)[0], **BOUND)


def check_row(shown: list, values: torch.Tensor) -> None:
    found = Comparison()
    found.row("step", [each[:2] for each in shown], values.tolist(), digits=2, is_brief=True)
    assert found.faults == []


# The trained nets


def symbols(word: str) -> list[str]:
    return re.findall(r"[ab]|\d!?", word.replace(" ", ""))


def inputs(word: str) -> torch.Tensor:
    each = [
        [float(symbol == "a"), float(symbol == "b")]
        if symbol in "ab"
        else [int(symbol[0]) / 10, float("!" in symbol)]
        for symbol in symbols(word)
    ]
    return torch.tensor(each, dtype=torch.float64)


def rights(word: str) -> list[int | None]:
    """How many more a than b, or the last digit with a flag, after each symbol."""
    found, now = [], None
    for symbol in symbols(word):
        if symbol in "ab":
            now = (now or 0) + (1 if symbol == "a" else -1)
        elif "!" in symbol:
            now = int(symbol[0])
        found.append(now)
    return found


MORE = {
    "counting": ["a", "ba", "ab" * 30 + "a" * 40],
    "holding": ["5", "0 1 2 9! 3", "4!" * 9],
}


@pytest.mark.parametrize("code, task", [("en", "counting"), ("zh", "holding"), ("en", "holding")])
def test_a_word_is_answered_as_torch_answers_it(part, code, task):
    page, trained = part("trained", code)
    text = LANGUAGES[code].text
    trained.locator("[data-task]").select_option(task)
    for word in [*EXAMPLES[task].values(), *MORE[task]]:
        trained.locator("[data-typed]").fill(word)
        shown = trained.evaluate(READ)
        assert [*shown] == [name for name in NETS if name.startswith(task)]
        wrongs = [check_answers(rows, NETS[name], word) for name, rows in shown.items()]
        counted = []
        for label, wrong in zip(labels(trained), wrongs, strict=True):
            told = text["lab_net_wrong"].format(net=label, wrong=sum(wrong), all=len(wrong))
            counted.append(told)
            if any(wrong):
                counted.append(text["lab_net_first"].format(t=wrong.index(True) + 1))
        assert trained.locator(".gg-answers").inner_text().split() == " ".join(counted).split()


def test_a_word_is_answered_letter_by_letter_where_a_phone_composes_it(part):
    page, trained = part("trained", user_agent=ANDROID)
    trained.locator("[data-typed]").fill("")
    for word in ("a", "ab", "abb"):
        compose(page, word)
        steps = {len(row) for net in trained.evaluate(READ).values() for row in net.values()}
        assert steps == {len(word)}


def labels(trained) -> list[str]:
    return trained.locator(".gg-heat caption").locator("visible=true").all_inner_texts()


def check_answers(rows: dict, row: dict, word: str) -> list[bool]:
    """Compare a net's table with torch; tell of each answer whether it is wrong."""
    weights = {
        key: torch.tensor(value, dtype=torch.float64) for key, value in row["weights"].items()
    }
    units = weights["weight_hh_l0"].shape[1]
    net = CELLS[row["kind"]](2, units).double().requires_grad_(False)
    net.load_state_dict({key: value for key, value in weights.items() if "linear" not in key})
    (steps,) = layers(net, inputs(word))
    assert [text for text, *_ in rows["x"]] == symbols(word)
    right = rights(word)
    assert [text for text, *_ in rows["true"]] == [
        "" if each is None else str(each).replace("-", "−") for each in right
    ]
    for name in rows.keys() - {"x", "true", "says"}:
        check_row(rows[name], steps[name[0]][:, int(name[1:] or 1) - 1])
    assert len(rows) == 3 + units * (4 if row["kind"] == "gru" else 6)

    sums = steps["h"] @ weights["linear.weight"][0] + weights["linear.bias"]
    says = torch.sigmoid(sums) if row["task"] == "counting" else 10 * sums
    found = torch.tensor([float(value) for _, value, _ in rows["says"]], dtype=torch.float64)
    torch.testing.assert_close(found, says, **BOUND)
    is_counting = row["task"] == "counting"
    wrong = [
        each is not None
        and ((answer > 0.5) != (each == 0) if is_counting else round(answer) != each)
        for answer, each in zip(says.tolist(), right, strict=True)
    ]
    assert [text for text, *_ in rows["says"]] == [
        written(answer, 2 if is_counting else 3) + (" ✗" if is_wrong else "")
        for answer, is_wrong in zip(says.tolist(), wrong, strict=True)
    ]
    assert [mark for *_, mark in rows["says"]] == wrong
    return wrong


def test_a_count_behind_a_letter_stands_for_so_many(part):
    page, trained = part("trained")
    for short in ("a12b3", "A12 b3", "a¹²b³"):
        trained.locator("[data-typed]").fill("ab")
        trained.locator("[data-typed]").fill(short)
        seen = trained.evaluate(READ)["counting, LSTM H=1"]["x"]
        assert "".join(text for text, *_ in seen) == "a" * 12 + "b" * 3


def test_a_word_beyond_the_training_is_told_wrongly_and_that_is_seen(part):
    page, trained = part("trained")
    trained.get_by_role("button", name="a11b11").click()
    shown = trained.evaluate(READ)
    marks = {name: [mark for *_, mark in rows["says"]] for name, rows in shown.items()}
    assert not any(marks["counting, LSTM H=1"]) and any(marks["counting, GRU H=1"])


@CODES
@pytest.mark.parametrize(
    "task, typed, sign",
    [
        ("counting", "abc", "c"),
        ("counting", "", ""),
        ("counting", "a" * 201, ""),
        ("counting", "a99999999999", ""),
        ("counting", "5a", "5"),
        ("holding", "1!x", "x"),
        ("holding", "!", "!"),
    ],
)
def test_what_is_no_word_is_said_and_the_last_one_stays(part, code, task, typed, sign):
    page, trained = part("trained", code)
    trained.locator("[data-task]").select_option(task)
    before = trained.evaluate(READ)
    trained.locator("[data-typed]").fill(typed)
    problem = trained.locator(".gg-refused").inner_text()
    assert (f"“{sign}”" if sign else "200") in problem
    assert trained.evaluate(READ) == before
    trained.locator("[data-typed]").fill("ＡＢ" if task == "counting" else "１！，２")
    assert trained.locator(".gg-refused").is_hidden()
    assert len(trained.evaluate(READ)[next(iter(before))]["x"]) == 2


def test_a_number_says_how_it_came_about_and_arrows_move(part):
    page, trained = part("trained")
    table = trained.locator("[data-net='counting, GRU H=2']")
    table.locator("[data-row=says] td").nth(1).click()
    read = trained.locator(".gg-read").nth(2)
    weight = written(NETS["counting, GRU H=2"]["weights"]["linear.weight"][0][0], 4)
    assert re.match(rf"step 2: says equal = σ\({weight} · .*\) = 0\.\d{{4}}$", read.inner_text())
    page.keyboard.press("ArrowDown")
    assert read.inner_text().startswith("step 2: h = ")
    page.keyboard.press("ArrowRight")
    assert read.inner_text().startswith("step 3: h = ")
    here = trained.locator("thead .gg-here").locator("visible=true").all_inner_texts()
    assert here == ["3"] * 3, "in view in each table"


# The reader's own


def saved(net: nn.Module, prefix: str = "") -> bytes:
    return json.dumps({f"{prefix}{k}": w.tolist() for k, w in net.state_dict().items()}).encode()


def give(own, content: bytes, name: str = "net.json") -> None:
    own.locator("[data-file]").set_input_files(
        {"name": name, "mimeType": "application/json", "buffer": content}
    )


def of(own, net: nn.Module, page) -> list[dict[str, torch.Tensor]]:
    """The layers over the sequence that the page draws."""
    seed, steps = (int(own.locator(f"[data-{name}]").input_value()) for name in ("seed", "steps"))
    xs = page.evaluate(
        f"async ([seed, steps, width]) => (await ({SCRIPT})('weights')).random(seed, steps, width)",
        [seed, steps, net.input_size],
    )
    return layers(net, torch.tensor(xs, dtype=torch.float64))


def check_layer(own, layer: dict[str, torch.Tensor], unit: int) -> None:
    (rows,) = own.evaluate(READ).values()
    gates = [name for name in "rzifo" if name in layer]
    width = layer["x"].shape[1]
    xs = {"x": 0, "x2": 1, "x3": 2}
    shown_xs = [name for name, n in xs.items() if n < width] if width <= 3 else []
    assert {*rows} == {*shown_xs, *(layer.keys() - {"x"}), *(f"{gate} mean" for gate in gates)}
    for name in rows:
        if name in xs:
            check_row(rows[name], layer["x"][:, xs[name]])
        elif name.endswith(" mean"):
            check_row(rows[name], layer[name[0]].mean(1))
        else:
            check_row(rows[name], layer[name][:, unit])


@pytest.mark.parametrize(
    "code, net, prefix",
    [
        ("en", nn.GRU(2, 3, num_layers=2, bidirectional=True), "model.gru."),
        ("zh", nn.LSTM(28, 64), ""),
        ("en", nn.LSTM(1, 1, num_layers=3), "lstm."),
    ],
)
def test_a_file_is_computed_as_torch_computes_it(part, code, net, prefix):
    net = net.double().requires_grad_(False)
    page, own = part("own", code)
    give(own, saved(net, prefix))
    own.locator(".gg-loaded").wait_for()
    expected = of(own, net, page)
    names = own.locator("[data-layer] option").all_inner_texts()
    kind = type(net).__name__
    ways = ["", "_reverse"][: 1 + net.bidirectional]
    assert names == [f"{kind} {prefix}l{n}{way}" for n in range(net.num_layers) for way in ways]
    for n, layer in enumerate(expected):
        own.locator("[data-layer]").select_option(str(n))
        for unit in (1, net.hidden_size):
            own.locator("[data-unit]").fill(str(unit))
            check_layer(own, layer, unit - 1)
    own.locator("[data-seed]").fill("5")
    own.locator("[data-steps]").fill("33")
    own.locator("[data-layer]").select_option("0")
    check_layer(own, of(own, net, page)[0], net.hidden_size - 1)


def test_long_names_in_a_file_leave_the_page_as_wide_as_it_is(part):
    page, own = part("own")
    net = {f"{'p' * 999}.{key}": value for key, value in json.loads(saved(nn.GRU(1, 1))).items()}
    give(own, json.dumps(net | {"x" * 999: 0}).encode())
    own.locator(".gg-loaded").wait_for()
    said = own.locator(".gg-answers").inner_text()
    assert f"{'p' * 60}…: GRU with 1 units" in said and f"Left out: {'x' * 60}…" in said


def test_a_folder_that_is_dropped_is_told_of(part):
    page, own = part("own")
    own.locator(".gg-drop").evaluate("""drop => {
        const folder = new File(["..."], "weights");
        folder.arrayBuffer = () => Promise.reject(new DOMException("", "NotFoundError"));
        const event = new Event("drop", { bubbles: true, cancelable: true });
        drop.dispatchEvent(Object.assign(event, { dataTransfer: { files: [folder] } }));
    }""")
    own.get_by_text("“weights” cannot be read").wait_for()


@pytest.mark.parametrize("net", [nn.GRU(2, 4), nn.LSTM(2, 4)])
def test_the_least_and_the_largest_bias_of_each_block_are_told(part, net):
    net = net.double().requires_grad_(False)
    page, own = part("own")
    give(own, saved(net))
    own.locator(".gg-loaded").wait_for()
    x, h = net.bias_ih_l0.view(-1, 4), net.bias_hh_l0.view(-1, 4)
    expected = [*(x + h)[: 2 if isinstance(net, nn.GRU) else 4]]
    if isinstance(net, nn.GRU):
        expected += [x[2], h[2]]
    shown = (
        own.locator(".gg-biases tbody tr")
        .locator("visible=true")
        .evaluate_all(
            "rows => rows.map(({ cells: [, ...cells] }) =>"
            " cells.map(({ firstChild: e }) => [e.value, e.textContent]))"
        )
    )
    assert len(shown) == len(expected)
    for row, bias in zip(shown, expected, strict=True):
        for (value, text), number in zip(row, (bias.min().item(), bias.max().item()), strict=True):
            assert abs(float(value) - number) < 1e-12 and text == written(number, 4)


def test_a_sequence_may_be_zeros_or_typed(part):
    net = nn.GRU(2, 5).double().requires_grad_(False)
    page, own = part("own")
    give(own, saved(net))
    own.locator("[data-source]").select_option("zeros")
    check_layer(own, layers(net, torch.zeros(20, 2).double())[0], 0)
    own.locator("[data-source]").select_option("typed")
    own.locator("[data-xs]").fill("1,0 -0.5,2；0，1e-3")
    xs = torch.tensor([[1, 0], [-0.5, 2], [0, 1e-3]], dtype=torch.float64)
    check_layer(own, layers(net, xs)[0], 0)
    for typed, said in [
        ("1 2", "2 numbers"),
        ("1,x", "not a number"),
        (" ", "200"),
        ("1,1e999", "not a number"),
    ]:
        own.locator("[data-xs]").fill(typed)
        assert said in own.locator(".gg-refused").inner_text()
        check_layer(own, layers(net, xs)[0], 0)


def test_a_small_net_is_put_into_the_cell_above_and_a_large_one_is_not(part):
    net = nn.LSTM(2, 3).double()
    page, own = part("own")
    give(own, saved(net))
    own.get_by_role("button", name="Put it into the cell above").click()
    shown = (
        page.locator("[data-kind=lstm] .gg-weights [data-f]")
        .locator("visible=true")
        .evaluate_all("fields => fields.map(({ dataset, value }) => [dataset.f, Number(value)])")
    )
    weights = net.state_dict()
    assert len(shown) == 4 * 7
    for name, value in shown:
        _, tensor, block, *column = name.split(".")
        place = ("ifgo".index(block) * 3, *map(int, column))
        assert value == weights[f"{tensor}_l0"][place].item()
    assert "H=3" in page.evaluate(
        "new Promise(told => setTimeout(() => told(location.search), 1000))"
    )
    give(own, saved(nn.LSTM(2, 4)))
    own.get_by_role("button", name="Put it into the cell above").wait_for(state="hidden")


def test_a_file_is_not_sent_anywhere(part):
    page, own = part("own")
    give(own, saved(nn.GRU(1, 1)))  # what reads it is here now
    own.locator(".gg-loaded").wait_for()
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    give(own, saved(nn.LSTM(28, 64)), "other.json")
    page.get_by_text("other.json: LSTM").wait_for()
    page.wait_for_timeout(1000)
    stored = page.evaluate(
        "[JSON.stringify({ ...localStorage, ...sessionStorage }), location.href]"
    )
    assert requests == [] and not any("other" in text for text in stored)


@CODES
def test_what_is_wrong_is_said_in_the_readers_language_and_the_last_net_stays(part, code, tmp_path):
    page, own = part("own", code)
    give(own, saved(nn.GRU(2, 3)))
    own.locator(".gg-loaded").wait_for()
    before = own.evaluate(READ)
    text = LANGUAGES[code].text
    huge = tmp_path / "huge.safetensors"
    with huge.open("wb") as file:
        file.truncate(10**9)
    own.locator("[data-file]").set_input_files(huge)
    problem = own.locator(".gg-refused")
    wanted = text["lab_own_size"].format(name=huge.name, megabytes=1000, most=50)
    page.wait_for_function(SAYS, arg=[problem.element_handle(), wanted])
    give(own, b"PK\x03\x04", "model.pt")
    wanted = text["lab_own_pickle"].format(name="model.pt")
    page.wait_for_function(SAYS, arg=[problem.element_handle(), wanted])
    assert own.evaluate(READ) == before
    give(own, saved(nn.GRU(2, 3)))
    problem.wait_for(state="hidden")


def test_a_file_can_be_dropped(part):
    page, own = part("own")
    transfer = page.evaluate_handle(
        """text => {
            const data = new DataTransfer();
            data.items.add(new File([text], "x.json"));
            return data;
        }""",
        saved(nn.GRU(2, 3)).decode(),
    )
    own.locator(".gg-drop").dispatch_event("drop", {"dataTransfer": transfer})
    page.get_by_text("x.json: GRU").wait_for()


def test_what_the_parts_need_comes_when_a_reader_comes_near(open_page):
    page = open_page("lab/")
    page.wait_for_selector("[data-part=own]:not([hidden])", state="attached")
    page.wait_for_load_state("networkidle")

    def loaded():
        names = page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
        return {name.rpartition("/")[2] for name in names} & {"trained.js", "own.js", "weights.js"}

    assert loaded() == set()
    page.evaluate("document.querySelector('#own').scrollIntoView()")
    page.wait_for_function(
        "() => document.querySelector('[data-part=trained] .gg-answers').textContent"
    )
    page.wait_for_function(
        "() => performance.getEntriesByType('resource')"
        ".some(({ name }) => name.endsWith('weights.js'))"
    )
    assert loaded() == {"trained.js", "own.js", "weights.js"}


@CODES
@pytest.mark.parametrize("scheme, width", [("light", 1280), ("dark", 390)])
def test_nothing_keeps_anybody_out(part, code, scheme, width):
    viewport = {"width": width, "height": 900}
    page, own = part("own", code, color_scheme=scheme, viewport=viewport)
    give(own, saved(nn.LSTM(28, 64)))
    own.locator(".gg-loaded").wait_for()
    page.locator("[data-part=trained] [data-word]").nth(2).click()
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []
    for name in ("trained", "own"):
        right = page.locator(f"[data-part={name}]").evaluate(
            "part => Math.max(...[...part.querySelectorAll('*')]"
            ".filter(e => !e.closest('.gg-wide')).map(e => e.getBoundingClientRect().right))"
        )
        assert right <= width


@CODES
def test_without_scripts_the_measured_results_stand_there(open_page, code):
    language = LANGUAGES[code]
    page = open_page(f"{language.prefix}lab/", java_script_enabled=False)
    assert (
        page.locator("noscript p").filter(visible=True).inner_text()
        == (language.text["lab_no_scripts"])
    )
    assert page.locator("[data-part=trained], [data-part=own]").evaluate_all(
        "all => all.every(e => e.hidden)"
    )
    assert page.locator("#trained ~ * table").first.locator("tbody tr").count() == len(NETS)
