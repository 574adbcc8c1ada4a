"""Writes the gate lab: its first state, with torch's numbers, in places that a script fills.

A place is a <data> whose data-v says which number stands there; overrides/assets/lab/view.js knows
the same names. A cell of three units with three features stands in the page whole; what a state
lacks is hidden.
"""

import json
import re
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import yaml
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from tools.project import files
from tools.rendering import figures, mathml, parts
from tools.sources import glossary
from tools.sources.languages import Language
from tools.translations.overview import Overview

if TYPE_CHECKING:
    from torch import Tensor

PRESETS = Path("docs") / "lab.yml"
START = "start"
MOST = 3  # units, and features
ORDERS = {"gru": "rzn", "lstm": "ifgo"}  # PyTorch's order of blocks
# The gates and states in the table over the steps, from above to below
CHANNELS = {"gru": "rznh", "lstm": "ifgoch"}
XS = {"x": 0, "x2": 1, "x3": 2}  # above them each feature of x, by its row's name
DIALS = {"gru": "z", "lstm": "f"}  # the block whose bias is turned first
# What the table of the way back shows: each row's name, its words and the symbol in them.
_BACK = {
    "gru": [("h", "all", "h"), ("kept", "kept", "z"), ("alone", "alone", "z")]
    + [(block, "through", block) for block in "zrn"],
    "lstm": [("c", "all", "c"), ("alone", "alone", "f"), ("h", "all", "h")]
    + [(block, "through", block) for block in "ifgo"],
}
# The number of a feature in the drawing; those of more stand below it.
_FEATURE = re.compile(r'<text [^>]*data-value="x" x="(\d+)" y="(\d+)">[^<]*</text>')
_LINE = 18
_SCRIPTS = Path("overrides") / "assets" / "lab"
_SAID = re.compile(r"\bwords\.(\w+)")
_SAID_OF = re.compile(r"\bwords\[`(\w+_)\$")
_WORDS = "lab_"  # what the lab says, among a language's words
_environment = Environment(
    loader=FileSystemLoader(Path(__file__).parents[2] / "overrides" / "partials"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


def written(value: float, digits: int = 4) -> str:
    """Write a number as lab/steps.js does, zero without a sign."""
    text = f"{value:.{digits}f}"
    return (text.lstrip("-") if float(text) == 0 else text).replace("-", "−")


def brief(value: float) -> str:
    """Write a number in little room, as steps.js does."""
    if value == 0 or abs(value) >= 0.005:
        return written(value, 2)
    digit, _, exponent = f"{value:.0e}".partition("e")
    return f"{digit}e{int(exponent)}".replace("-", "−")


def level(value: float) -> str:
    """Give how strong a cell's colour is, in tenths."""
    tenths = min(int(abs(value) * 10 + 0.5), 10)
    return f"{'-' * (value < 0)}{tenths}" if tenths else ""


@cache
def presets(root: Path) -> dict[str, str]:
    """Read the lab's states by name, as addresses."""
    known: dict[str, str] = yaml.safe_load(files.read(root / PRESETS))
    return known


@cache  # each part of the lab asks for it
def run(kind: str, address: str, bits: int = 64) -> tuple[dict[str, float], dict[str, list[float]]]:
    """Compute a cell's way over the sequence of an address by torch, with numbers of 64 or 32 bits.

    Gives the number of each place, of the first step's first unit, and of each gate and state a
    number for every step.
    """
    import torch  # takes a second, and no other page needs it

    query = dict(parse_qsl(address))
    dtype = {32: torch.float32, 64: torch.float64}[bits]

    def matrix(text: str) -> "Tensor":
        rows = [[float(number) for number in row.split(",")] for row in text.split(";")]
        return torch.tensor(rows, dtype=dtype)

    order, xs = ORDERS[kind], matrix(query["x"])
    units, features = int(query.get("H", 1)), xs.shape[1]
    net = torch.nn.GRU if kind == "gru" else torch.nn.LSTM
    weights = {
        name.removesuffix("_l0"): matrix(query[key]).view(like.shape)
        if (key := f"{kind}_{name.removesuffix('_l0')}") in query
        else torch.zeros(like.shape, dtype=dtype)
        for name, like in net(features, units).state_dict().items()
    }
    h = c = torch.zeros(units, dtype=dtype)
    steps = []
    for x in xs:
        from_x = (weights["weight_ih"] @ x + weights["bias_ih"]).chunk(len(order))
        from_h = (weights["weight_hh"] @ h + weights["bias_hh"]).chunk(len(order))
        sums = dict(zip(order, map(torch.add, from_x, from_h), strict=True))
        step = {"old": h, "oldc": c}
        if kind == "gru":
            sums["n"] = from_x[2] + torch.sigmoid(sums["r"]) * from_h[2]
        for name, value in sums.items():
            step[f"sum.{name}"] = value
            step[name] = value.tanh() if name in "ng" else value.sigmoid()
        if kind == "gru":
            h = (1 - step["z"]) * step["n"] + step["z"] * h
            step |= {"rest": 1 - step["z"], "fromh": from_h[2]}
        else:
            c = step["f"] * c + step["i"] * step["g"]
            h = step["o"] * c.tanh()
            step |= {"c": c, "tanhc": c.tanh()}
        steps.append(step | {"h": h})
    places = {name: value[0].item() for name, value in steps[0].items()}
    places |= {f"before.{n}": value.item() for n, value in enumerate(steps[0]["old"])}
    for at, block in enumerate(order):
        places[f"row.{block}"] = at * units
        for name, weight in weights.items():
            row = weight[at * units]
            each = enumerate(row) if row.ndim else [("", row)]
            places |= {f"{name}.{block}.{n}".rstrip("."): value.item() for n, value in each}
    return (
        {f"{kind}.{name}": value for name, value in places.items()},
        {name: [step[name][0].item() for step in steps] for name in CHANNELS[kind]},
    )


def _lab(page: str, language: Language, overview: Overview, part: str) -> str:
    root, text = overview.sources.root, words(language)
    known = presets(root)
    query = dict(parse_qsl(known[START]))
    xs = [[float(number) for number in row.split(",")] for row in query["x"].split(";")]
    values = {f"x.{n}": value for n, value in enumerate(xs[0])}
    cells = []
    for kind, order in ORDERS.items():
        places, steps = run(kind, known[START])
        values |= places
        cells.append(
            {
                "kind": kind,
                "steps": {name: [x[n] if n < len(x) else 0 for x in xs] for name, n in XS.items()}
                | steps,
                "parts": _parts(kind, root, language),
                "figure": Markup(_drawing(kind, root, language, values)),
                "blocks": order,
                "dial": DIALS[kind],
                "back": {
                    name: text[f"back_{word}"].format(way=way) for name, word, way in _BACK[kind]
                },
            }
        )
    return rendered(
        "lab",
        part=part,
        cells=cells,
        text=text,
        values=values,
        sequence=" ".join(query["x"].split(";")),
        steps=len(xs),
        units=int(query.get("H", 1)),
        features=len(xs[0]),
        most=range(MOST),
        xs=XS,
        written=written,
        brief=brief,
        level=level,
        words=json.dumps(_spoken(root, text), ensure_ascii=False),
        presets=json.dumps(known),
    )


def _precision(page: str, language: Language, overview: Overview) -> str:
    """Show the last h of an example with 64 and with 32 bits, and as the formulas write it."""
    address = presets(overview.sources.root)["copy"]
    rows = []
    for kind in ORDERS:
        double, single = (run(kind, address, bits)[1]["h"][-1] for bits in (64, 32))
        numbers = written(double, 12), written(single, 9), brief(single - double), written(double)
        rows.append([kind.upper(), *numbers])
    text = words(language)
    head = [text["net"], "float64", "float32", text["difference"], text["as_shown"]]
    lines = [head, ["---", *["--:"] * 4], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def rendered(template: str, **values: Any) -> str:
    """Fill one of the lab's templates, without empty lines, at which Markdown would end it."""
    html = _environment.get_template(f"{template}.html").render(**values)
    return "\n".join(line for line in html.splitlines() if line.strip())


def words(language: Language) -> dict[str, str]:
    """Give what the lab says in a language, by its name there."""
    return {
        key.removeprefix(_WORDS): said
        for key, said in language.text.items()
        if key.startswith(_WORDS)
    }


def _spoken(root: Path, text: dict[str, str]) -> dict[str, str]:
    """Give the words that the lab's scripts say, by the names they have there."""
    names, families = _spoken_names(root)
    return {name: said for name, said in text.items() if name in names or name.startswith(families)}


@cache
def _spoken_names(root: Path) -> tuple[frozenset[str], tuple[str, ...]]:
    """Read which words the lab's scripts name, and what the names of others begin with."""
    scripts = "".join(files.read(file) for file in sorted((root / _SCRIPTS).glob("*.js")))
    return frozenset(_SAID.findall(scripts)), tuple(_SAID_OF.findall(scripts))


def _drawing(kind: str, root: Path, language: Language, values: dict[str, float]) -> str:
    alt = language.text["lab_drawing"].format(cell=kind.upper())
    svg = figures.drawing(root, f"{kind}-cell", language.code, alt)
    places = {"x": "x.0", "h": "old", "c": "oldc", "kept": "c", "new": "h"}
    names = [*"xrznh", "new"] if kind == "gru" else [*"xhcfiog", "kept", "new"]
    shown = {}
    for name in names:
        place = places.get(name, name)
        shown[name] = written(values[place if name == "x" else f"{kind}.{place}"], 2)

    def opened(valve: re.Match[str]) -> str:
        gate = values[f"{kind}.{valve[1][-1]}"]
        return f'{valve[0]} style="--open: {1 - gate if valve[1] == "1-z" else gate}"'

    def with_more(x: re.Match[str]) -> str:
        place = f'class="value end" x="{x[1]}"'
        return x[0] + "".join(
            f'<text {place} y="{int(x[2]) + _LINE * n}" data-value="{name}"></text>'
            for name, n in XS.items()
            if n
        )

    drawn = re.sub(r'data-open="([^"]+)"', opened, parts.filled(svg, shown))
    return _FEATURE.sub(with_more, drawn)


def _parts(kind: str, root: Path, language: Language) -> list[dict[str, Any]]:
    return [
        {
            "symbol": parts.symbol(equation),
            "name": glossary.load(root).terms[key].name(language.code),
            "equation": Markup(mathml.convert(equation, display=False)),
            "colour": parts.colour(key, kind),
            "key": key,
        }
        for key, equation in parts.CELLS[kind].items()
    ]


# A page asks for a part, or for a task by the name of its first state.
PARTS = ["cell", "gradient", "conventions", "take"]
TASKS = ["keep-bit", "forget-bias", "ignore-x", "count-three", "conventions-agree"]
WRITERS: dict[str, Callable[..., str]] = {
    "lab-precision": _precision,
    **{f"lab-{part}": partial(_lab, part=part) for part in [*PARTS, *TASKS]},
}
