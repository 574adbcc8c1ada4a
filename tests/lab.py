"""The gate lab as a reader sees it, compared with what torch says should stand there."""

import math
import random
import re
from urllib.parse import parse_qsl, quote

import torch
import yaml

from tests.cells import NAMES, TORCH, equations, expected, tensor
from tests.sources import ROOT

PRESETS = yaml.safe_load((ROOT / "docs/lab.yml").read_text("utf-8"))
ORDERS = TORCH["order"]
ROWS = {"torch": ORDERS, "keras": ORDERS | {"gru": "zrn"}, "onnx": {"gru": "zrn", "lstm": "iofg"}}
PARTS = {"gru": "rnzh", "lstm": "figcoh"}  # in the order of the drawing
BOUND = 1e-12
NUMBER = re.compile(r"−?\d+\.\d\d|−?\de−\d+|−?\d\.\d{4}e\+\d+")  # in a table over the steps

# What is seen of the lab: of each number its text and the value behind it, of each place what says
# whose number it is. In a drawing that is the nearest letter.
READ = """async () => {
    const all = (selector, within = document) => [...within.querySelectorAll(selector)];
    const isSeen = element => element.checkVisibility({ visibilityProperty: true });
    const seen = (selector, within) => all(selector, within).filter(isSeen);
    const number = element => [element.textContent, element.value];
    const row = ({ cells: [head, ...cells] }) =>
        [head.innerText.trim(), cells.map(cell => number(cell.firstChild))];
    const table = element => ({
        head: seen("thead th", element).slice(1).map(cell => cell.textContent),
        rows: seen("tbody tr", element).map(row),
        here: seen("thead .gg-here", element).map(cell => cell.textContent),
    });
    const centre = element => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return [x + width / 2, y + height / 2];
    };
    const beside = (value, letters) => {
        const [x, y] = centre(value);
        const apart = letter => Math.hypot(centre(letter)[0] - x, centre(letter)[1] - y);
        return letters.toSorted((a, b) => apart(a) - apart(b))[0].textContent;
    };
    const drawing = svg => seen(".value:not(:empty)", svg).map(value =>
        [beside(value, all(".sym", svg)), value.textContent]);
    const part = element => ({
        name: element.cells[0].firstChild.textContent.trim(),
        equation: element.querySelector("math").textContent,
        row: all("code data", element).filter(isSeen).map(number)[0],
        numbers: seen(".gg-numbers :is(data, input)", element)
            .map(each => each.localName === "data" ? number(each) : [each.ariaLabel, each.value]),
        value: seen("td:last-child data", element).map(number)[0],
    });
    const card = element => ({
        drawing: drawing(element.querySelector("svg")),
        open: Object.fromEntries(seen("svg [data-open]", element).map(({ dataset, style }) =>
            [dataset.open, style.getPropertyValue("--open")])),
        heat: table(element.querySelector(".gg-heat")),
        caption: seen(".gg-weights caption data", element).map(number),
        parts: seen(".gg-weights tr", element).map(part),
    });
    const back = kind => all(`[data-back=${kind}]`).filter(isSeen).map(table)[0];
    while (document.querySelector("[aria-busy=true] td")) await new Promise(requestAnimationFrame);
    return {
        cards: Object.fromEntries(seen(".gg-card").map(each => [each.dataset.kind, card(each)])),
        back: { gru: back("gru"), lstm: back("lstm") },
        conventions: seen("[data-conventions] tbody tr").map(row),
        sequence: document.querySelector("[data-f=x]").value,
        at: seen(".gg-steps data").map(number),
        starts: Object.fromEntries(all(".gg-starts input")
            .filter(each => !each.closest("[hidden]")).map(each => [each.dataset.f, each.value])),
    };
}"""
# Sets a state as a link of the page does.
SET = """search => {
    const link = document.querySelector("article").appendChild(document.createElement("a"));
    link.href = search;
    link.click();
    link.remove();
}"""


def blank(units: int, features: int) -> dict:
    state = {"H": units, "D": features, "h": [0.0] * units, "c": [0.0] * units}
    state |= {"t": 0, "unit": 0, "part": "", "cell": "both"}
    state |= {"reset": "after", "update": "z", "order": "torch"}
    for kind, order in ORDERS.items():
        rows = len(order) * units
        state[kind] = {
            "weight_ih": [[0.0] * features for _ in range(rows)],
            "weight_hh": [[0.0] * units for _ in range(rows)],
            "bias_ih": [0.0] * rows,
            "bias_hh": [0.0] * rows,
        }
    return state


def state_of(address: str) -> dict:
    """The state of an address without faults."""
    query = dict(parse_qsl(address))
    state = blank(int(query.get("H", 1)), int(query.get("D", 1)))
    for key, text in query.items():
        kind, _, name = key.partition("_")
        if kind in ORDERS:
            holder, key = state[kind], name
        else:
            holder = state
        if key == "x" or key.startswith("weight"):
            holder[key] = [[float(n) for n in row.split(",")] for row in text.split(";")]
        elif key in ("h0", "c0") or key.startswith("bias"):
            holder[key.removesuffix("0")] = [float(n) for n in text.split(",")]
        elif key in ("t", "unit"):
            holder[key] = int(text) - 1
        elif key not in ("v", "H", "D"):
            holder[key] = text
    return state


def address_of(state: dict) -> str:
    def listed(values) -> str:
        return ",".join(map(repr, values))

    pairs = {key: state[key] for key in ("H", "D")}
    pairs |= {"x": ";".join(map(listed, state["x"])), "h0": listed(state["h"])}
    pairs |= {"c0": listed(state["c"])}
    for kind in ORDERS:
        for name in NAMES:
            value = state[kind][name]
            text = listed(value) if "bias" in name else ";".join(map(listed, value))
            pairs[f"{kind}_{name}"] = text
    pairs |= {"t": state["t"] + 1, "unit": state["unit"] + 1}
    pairs |= {key: state[key] for key in ("part", "cell", "reset", "update", "order")}
    return "?v=1&" + "&".join(f"{key}={quote(str(value))}" for key, value in pairs.items())


def random_states(count: int, seed: int = 0) -> list[dict]:
    """Cells of all sizes with all that can be chosen; every second one shows a part of a step."""
    dice = random.Random(seed)
    made = []
    for i in range(count):
        units, features, steps = dice.randint(1, 3), dice.randint(1, 3), dice.randint(1, 12)
        spread = dice.choice([0.3, 1.5, 6])

        def numbers(size, spread=spread):
            return [round(dice.gauss(0, spread), dice.choice([0, 1, 3, 15])) for _ in range(size)]

        state = blank(units, features)
        state |= {"x": [numbers(features) for _ in range(steps)]}
        state |= {"h": numbers(units), "c": numbers(units)}
        for kind, order in ORDERS.items():
            rows = len(order) * units
            for name, width in (("weight_ih", features), ("weight_hh", units)):
                state[kind][name] = [numbers(width) for _ in range(rows)]
            for name in ("bias_ih", "bias_hh"):
                state[kind][name] = numbers(rows)
        state |= {"t": dice.randrange(steps), "unit": dice.randrange(units)}
        state |= {"reset": dice.choice(["after", "before"]), "update": dice.choice(["z", "1-z"])}
        state |= {"order": dice.choice(list(ROWS)), "cell": ("both", "both", "gru", "lstm")[i % 4]}
        state |= {"part": dice.choice("rznhifgco") if i % 2 else ""}
        made.append(state)
    return made


def case_of(state: dict, kind: str, **conventions) -> dict:
    """A cell of a state, as tests/cells.py takes it; the loss is the unit in view's last h."""
    start = {"h": state["h"]} | ({"c": state["c"]} if kind == "lstm" else {})
    return {
        "net": {"kind": kind} | state[kind],
        "xs": state["x"],
        "start": start,
        "ofLast": [float(n == state["unit"]) for n in range(state["H"])],
        "conventions": TORCH | conventions,
    }


def by_torch(state: dict, kind: str) -> dict:
    """The steps and the gradients, which are those of nn.GRU or nn.LSTM where these give them."""
    found = expected(case_of(state, kind))
    net = {"gru": torch.nn.GRU, "lstm": torch.nn.LSTM}[kind](state["D"], state["H"]).double()
    net.load_state_dict({f"{name}_l0": tensor(state[kind][name]) for name in NAMES})
    starts = [tensor([state[s]]).requires_grad_() for s in "hc"[: 1 + (kind == "lstm")]]
    out, _ = net(tensor(state["x"]), starts[0] if kind == "gru" else tuple(starts))
    out[-1, state["unit"]].backward()
    for t, step in enumerate(found["steps"]):
        torch.testing.assert_close(step["h"], out[t], rtol=BOUND, atol=BOUND)
    for s, start in zip("hc", starts, strict=False):
        first = found["gradients"][0][s]
        torch.testing.assert_close(first, start.grad[0], rtol=BOUND, atol=BOUND)
    return found


def chosen_steps(state: dict, kind: str) -> list[dict]:
    """The steps that the same weights give in the convention that is chosen."""
    chosen = {key: state[key] for key in ("reset", "update")} | {"order": ROWS[state["order"]]}
    case, h, c, steps = case_of(state, kind, **chosen), tensor(state["h"]), tensor(state["c"]), []
    for x in state["x"]:
        steps.append(equations(case, tensor(x), h, c))
        h, c = steps[-1]["h"], steps[-1].get("c", c)
    return steps


def plain(text: str) -> str:
    return text.replace("−", "-")


class Comparison:
    """Collects where what is seen is not what torch says."""

    def __init__(self):
        self.faults: list[str] = []

    def same(self, place: str, seen, wanted) -> None:
        if seen != wanted:
            self.faults.append(f"{place}: {seen!r} stands there, not {wanted!r}")

    def number(self, place: str, seen, wanted: float, digits: int = 4, is_brief=False) -> None:
        """A text that is right to its last digit, and a value behind it to BOUND."""
        text, behind = seen if isinstance(seen, list) else (seen, None)
        room = BOUND * max(1, abs(wanted))
        pattern = rf"(0|[1-9]\d*)\.\d{{{digits}}}"
        if is_brief and "e" in text:
            pattern = r"[1-9]e-\d+"
        if abs(wanted) >= 1e6:
            pattern = rf"\d\.\d{{{digits}}}e\+\d+"
        bare = plain(text)
        if not re.fullmatch(f"-?{pattern}", bare) or (
            "e" not in bare and bare == f"-{0:.{digits}f}"
        ):
            self.faults.append(f"{place}: {text!r} is not how a number is written")
            return
        exponent = int(bare.partition("e")[2] or 0)
        half = 0.5 * 10.0 ** (exponent - (0 if is_brief and "e" in bare else digits))
        if abs(float(bare) - wanted) > half + room:
            self.faults.append(f"{place}: {text} stands there, torch has {wanted!r}")
        if behind is not None and not abs(float(behind or "nan") - wanted) <= room:
            self.faults.append(f"{place}: the value is {behind}, torch has {wanted!r}")

    def row(self, place: str, seen, wanted, **how) -> None:
        self.same(f"{place}, how many", len(seen), len(wanted))
        for n, (one, value) in enumerate(zip(seen, wanted, strict=False)):
            if value is None:
                self.same(f"{place} {n + 1}", one[0], "")
            else:
                self.number(f"{place} {n + 1}", one, value, **how)


def faults(seen: dict, state: dict, text: dict[str, str]) -> list[str]:
    """Where the lab does not show what torch gives for a state; `text` is the language's words."""
    found = Comparison()
    kinds = ["gru", "lstm"] if state["cell"] == "both" else [state["cell"]]
    torchs = {kind: by_torch(state, kind) for kind in kinds}
    t, steps = state["t"], len(state["x"])
    found.same("cells", list(seen["cards"]), kinds)
    found.same("step", seen["at"], [[str(n), str(n)] for n in (t + 1, steps)])
    typed = [[float(n) for n in row.split(",")] for row in seen["sequence"].split(" ")]
    found.same("sequence", typed, state["x"])
    found.same("start", {k: float(v) for k, v in seen["starts"].items()}, starts(state))
    for kind in kinds:
        card = seen["cards"].get(kind)
        if card:
            compare_card(found, card, state, kind, torchs[kind]["steps"])
        compare_way_back(found, seen["back"][kind], state, kind, torchs[kind]["gradients"], text)
    compare_conventions(found, seen["conventions"], state, kinds, torchs)
    return found.faults


def starts(state: dict) -> dict[str, float]:
    named = {f"start.{s}.{n}": value for s in "hc" for n, value in enumerate(state[s])}
    return named | {f"x.{n}": value for n, value in enumerate(state["x"][state["t"]])}


def compare_card(found: Comparison, card: dict, state: dict, kind: str, steps: list[dict]) -> None:
    t, u = state["t"], state["unit"]
    step = steps[t]
    old = {
        s: steps[t - 1][s].tolist() if t else state[s] for s in ("h", "c")[: 1 + (kind == "lstm")]
    }
    now = {name: step[name][u].item() for name in PARTS[kind]}
    at = PARTS[kind].find(state["part"]) if state["part"] else -1
    done = PARTS[kind] if at < 0 else PARTS[kind][: at + 1]
    # The drawing: what is read and what the step gives stay; what comes later is not seen yet.
    letters = {"ht−1": old["h"][u], "ht": now["h"]}
    if kind == "lstm":
        letters |= {"ct−1": old["c"][u], "ct": now["c"]}
    given = {"h": "ht", "c": "ct"}
    letters |= {name: now[name] for name in PARTS[kind] if name not in given}
    late = {given.get(name, name) for name in PARTS[kind] if name not in done}
    wanted = {name: value for name, value in letters.items() if name not in late}
    drawn = dict(card["drawing"])
    found.same(f"{kind} drawing", sorted(drawn), sorted([*wanted, "xt"]))
    for name in drawn.keys() & wanted.keys():
        found.number(f"{kind} drawing {name}", drawn[name], wanted[name], 2)
    xs = [text for name, text in card["drawing"] if name == "xt"]
    found.row(f"{kind} drawing x", xs, state["x"][t], digits=2)
    for name, seen in card["open"].items():
        gate = 1 - now.get("z", math.nan) if name == "1-z" else now.get(name, math.nan)
        is_as_open = math.isclose(float(seen or "nan"), gate, abs_tol=BOUND)
        found.same(f"{kind} open {name}", is_as_open, True)
    # The table over the steps
    rows = dict(card["heat"]["rows"])
    found.same(f"{kind} steps", card["heat"]["head"], [str(n + 1) for n in range(len(steps))])
    found.same(f"{kind} step in view", card["heat"]["here"], [str(t + 1)])
    xs = {f"x{n + 1 if n else ''}": [x[n] for x in state["x"]] for n in range(state["D"])}
    channels = xs | {name: [s[name][u].item() for s in steps] for name in HEAT[kind]}
    found.same(f"{kind} heat", [name for name, _ in card["heat"]["rows"]], list(channels))
    for name, values in channels.items():
        found.row(f"{kind} heat {name}", rows.get(name, []), values, digits=2, is_brief=True)
    # The numbers of the step
    found.row(f"{kind} caption", [[f"{x[0]}.0000", x[1]] for x in card["caption"]],
              [t + 1, u + 1] if state["H"] > 1 else [t + 1])  # fmt: skip
    found.same(f"{kind} parts", [part["name"] for part in card["parts"]], list(PARTS[kind]))
    for part in card["parts"]:
        compare_part(found, part, state, kind, step, old, is_seen=part["name"] in done)


HEAT = {"gru": "rznh", "lstm": "ifgoch"}


def compare_part(found, part: dict, state: dict, kind: str, step: dict, old: dict, is_seen) -> None:
    name, u, t = part["name"], state["unit"], state["t"]
    place = f"{kind} {name}"
    found.same(f"{place} equation", part["equation"].startswith(f"{name}t="), True)
    if name in ORDERS[kind]:
        row = ORDERS[kind].index(name) * state["H"] + u
        found.same(f"{place} row", part.get("row"), [str(row), str(row)])
    if not is_seen:
        found.same(f"{place} later", (part["numbers"], part.get("value")), ([], None))
        return
    now = {key: step[key][u].item() for key in PARTS[kind]}
    if name in ORDERS[kind]:
        own = {key: state[kind][key][row] for key in NAMES}
        wanted = [*inner(own, "i", name, state["x"][t])]
        wanted += ([now["r"]] if name == "n" else []) + inner(own, "h", name, old["h"])
        wanted.append(step["sums"][name][u].item())
    elif name == "c":
        wanted = [now["f"], old["c"][u], now["i"], now["g"]]
    elif kind == "gru":
        wanted = [1 - now["z"], now["n"], now["z"], old["h"][u]]
    else:
        wanted = [now["o"], now["c"], now["o"], math.tanh(now["c"])]
    found.same(f"{place} numbers, how many", len(part["numbers"]), len(wanted))
    for n, (seen, value) in enumerate(zip(part["numbers"], wanted, strict=False)):
        if isinstance(value, tuple):  # a field's label and what it holds
            found.same(f"{place} field {n}", (seen[0], float(seen[1])), value)
        else:
            found.number(f"{place} number {n}", seen, value)
    found.number(place, part.get("value") or ["", ""], now[name])


def inner(own: dict, side: str, name: str, by: list[float]) -> list:
    """The fields and numbers of W · x + b or W · h + b, as they stand beside each other."""
    listed = []
    for n, (weight, value) in enumerate(zip(own[f"weight_{side}h"], by, strict=True)):
        listed += [(f"W_{side}{name}{n + 1 if n else ''}", weight), value]
    return [*listed, (f"b_{side}{name}", own[f"bias_{side}h"])]


def compare_way_back(found, seen: dict | None, state: dict, kind, gradients, text) -> None:
    u, last = state["unit"], gradients[-1]["after"]
    every = {"gru": ["h"], "lstm": ["c", "h"]}[kind]
    rows = {
        text["lab_back_all"].format(way=s): [step[s][u] for step in gradients] + [last[s][u]]
        for s in every
    }
    alone = text["lab_back_alone"].format(way="z" if kind == "gru" else "f")
    rows[alone] = [step["carried"][u] for step in gradients] + [last[every[0]][u]]
    for way in ("kept", "z", "r", "n") if kind == "gru" else "ifgo":
        paths = [step["paths"].get("h", step["paths"]) for step in gradients]
        name = ("kept", "z") if way == "kept" else ("through", way)
        label = text[f"lab_back_{name[0]}"].format(way=name[1])
        rows[label] = [path[way][u] for path in paths] + [None]
    if seen is None:
        found.same(f"{kind} way back", None, "a table")
        return
    found.same(f"{kind} way back", sorted(name for name, _ in seen["rows"]), sorted(rows))
    found.same(f"{kind} way back", seen["head"], [str(n) for n in range(len(gradients) + 1)])
    for label, values in seen["rows"]:
        wanted = [None if value is None else value.item() for value in rows.get(label, [])]
        found.row(f"{kind} way back {label}", values, wanted, digits=2, is_brief=True)


def compare_conventions(found, seen: list, state: dict, kinds: list[str], torchs: dict) -> None:
    u, t = state["unit"], state["t"]
    wanted = {}
    for kind in kinds:
        other = chosen_steps(state, kind)[t]
        for name in PARTS[kind]:
            ours, theirs = torchs[kind]["steps"][t][name][u].item(), other[name][u].item()
            wanted[f"{kind.upper()} {name}"] = [ours, theirs, theirs - ours]
    found.same("conventions", [label for label, _ in seen], list(wanted))
    for label, values in seen:
        found.row(f"conventions {label}", values, wanted.get(label, []))
