"""Writes what stands below a cell's drawing: its parts' equations and sentences, gates to turn.

A script lights up a part, its name and its equation together, wherever one points, and lets two
sliders turn the gates. Without it there is a list, with the numbers of a snippet that was run.
"""

import ast
import json
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from tools.project import files
from tools.rendering import mathml
from tools.rendering.origin import Origin
from tools.sources import glossary
from tools.sources.languages import Language

_GATE = r"%s_t = \sigma(W_{i%s} x_t + b_{i%s} + W_{h%s} h_{t-1} + b_{h%s})"
# In the order in which a step computes them; a long one in two lines, for a phone.
CELLS = {
    "gru": {
        "reset-gate": _GATE.replace("%s", "r"),
        "new-memory": r"\begin{aligned} n_t = \tanh(& W_{in} x_t + b_{in} \\"
        r" & + r_t \odot (W_{hn} h_{t-1} + b_{hn})) \end{aligned}",
        "update-gate": _GATE.replace("%s", "z"),
        "hidden-state": r"h_t = (1 - z_t) \odot n_t + z_t \odot h_{t-1}",
    },
    "lstm": {
        "forget-gate": _GATE.replace("%s", "f"),
        "input-gate": _GATE.replace("%s", "i"),
        "new-memory": _GATE.replace("%s", "g").replace("sigma", "tanh"),
        "cell-state": r"c_t = f_t \odot c_{t-1} + i_t \odot g_t",
        "output-gate": _GATE.replace("%s", "o"),
        "hidden-state": r"h_t = o_t \odot \tanh(c_t)",
    },
}
_READ = "input"  # what every part of a step is computed from, and no equation gives
_STATE = {"gru": "hidden-state", "lstm": "cell-state"}  # what the thick line carries
_BLOCKS = "rzn"  # in PyTorch's order
_TURNED = {"r": "reset-gate", "z": "update-gate"}
_VALUE = re.compile(r'(data-value="(\w+)"[^>]*>)(?=</text>)')
_WRITTEN = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
    """\
<div class="gg-cell" data-search-exclude="true"\
{% if net %} data-net="{{ net }}" style="--r: {{ values.r }}; --z: {{ values.z }}"{% endif %}>
{{ figure }}
{% if net %}
<div class="gg-turn">
{% for symbol, part in turned.items() %}
<label data-part="{{ part.key }}"><span>{{ part.symbol }} {{ part.name }}</span>
<input type="range" min="-10" max="10" step="0.1" value="{{ biases[symbol] }}"\
 data-bias="{{ symbol }}">
<strong data-value="{{ symbol }}">{{ values[symbol] }}</strong></label>
{% endfor %}
<p class="gg-sum">{{ sum }} = <output>{{ values.sum }}</output></p>
</div>
{% endif %}
<p class="gg-hint">{{ text.parts_hint }}</p>
<div class="gg-names">
{% for part in parts %}
<button type="button" aria-pressed="false" data-part="{{ part.key }}" class="{{ part.colour }}">\
{{ part.symbol }} {{ part.name }}</button>
{% endfor %}
</div>
<div class="gg-parts" aria-live="polite">
{% for part in parts %}
<div data-part="{{ part.key }}"><strong class="{{ part.colour }}">{{ part.name }}</strong>
<div class="math">{{ part.equation }}</div>
<p>{{ part.sentence }}</p></div>
{% endfor %}
</div>
</div>"""
)


def check(root: Path, page: str, cell: str | None, turned: str | None) -> None:
    """Raise ValueError for what a page asks for below a drawing, and nobody can write."""
    if cell and cell not in CELLS:
        raise ValueError(f"there is no cell '{cell}' to explain; write {' or '.join(CELLS)}")
    if turned and cell != "gru":
        raise ValueError("a net is turned below the drawing of a GRU; write cell=gru beside it")
    if turned and not (file := snippet(root, page, turned)).is_file():
        raise ValueError(
            f"there is no {file.relative_to(root).as_posix()}; write it, or mend the name"
        )


def snippet(root: Path, page: str, name: str) -> Path:
    """Give the file of a page's snippet."""
    return root / "snippets" / Path(page).with_suffix("") / f"{name}.py"


def around(figure: str, cell: str, turned: str | None, where: Origin) -> str:
    """Write a cell's drawing with its parts below it; raises ValueError as check does.

    `turned` names the page's snippet whose net the sliders turn.
    """
    root, language = Path(where.root), where.readers
    check(root, where.path, cell, turned)
    parts = {key: _part(key, cell, root, language) for key in (_READ, *CELLS[cell])}
    told: dict[str, Any] = {"parts": parts.values(), "text": language.text}
    if turned:
        net, values = _run(snippet(root, where.path, turned))
        figure = filled(figure, values)
        told |= {"net": json.dumps(net), "values": values}
        told["sum"] = _set(CELLS[cell][_STATE[cell]])
        told["turned"] = {symbol: parts[key] for symbol, key in _TURNED.items()}
        told["biases"] = dict(zip(_BLOCKS, net["bias_ih"], strict=True))
    return _WRITTEN.render(figure=Markup(figure), **told)


def filled(figure: str, values: dict[str, str]) -> str:
    """Write numbers into a drawing, each where it has its name."""
    return _VALUE.sub(lambda value: value[1] + values[value[2]], figure)


def _part(key: str, cell: str, root: Path, language: Language) -> dict[str, Any]:
    term, equation = glossary.load(root).terms[key], CELLS[cell].get(key, r"x_t, \; h_{t-1}")
    return {
        "key": key,
        "symbol": _set(symbol(equation)),
        "name": term.name(language.code),
        "sentence": language.text["what_is_read"] if key == _READ else term.defined(language.code),
        "equation": _set(equation, display=True),
        "colour": colour(key, cell),
    }


def _set(formula: str, display: bool = False) -> Markup:
    return Markup(mathml.convert(formula, display))


def symbol(equation: str) -> str:
    """Give the letter that an equation is of."""
    return equation[equation.index("_t") - 1]


def colour(key: str, cell: str) -> str:
    """Give the class of a part's words: what is kept, what is new, what decides, or none."""
    colours = {"new-memory": "new", _STATE[cell]: "keep"}
    return colours.get(key, "decide" if key.endswith("-gate") else "")


def _run(file: Path) -> tuple[dict[str, Any], dict[str, str]]:
    """Read a snippet's net, weights and state before the step, and what it printed of the step."""
    net: dict[str, Any] = {}
    for statement in ast.parse(files.read(file)).body:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Dict):
            with suppress(ValueError):  # of tensors, say
                net |= ast.literal_eval(statement.value)
    printed = dict(line.split(" = ") for line in files.read(file.with_suffix(".out")).splitlines())
    values = {**{name: f"{net[name]:.2f}" for name in ("x", "h")}, **printed}
    old, draft = (f"({values[n]})" if values[n][0] == "-" else values[n] for n in "hn")
    rest = f"{1 - float(values['z']):.2f}"
    values["sum"] = (
        f"{rest}\u00a0·\u00a0{draft} + {values['z']}\u00a0·\u00a0{old} ≈ {values['new']}"
    )
    return net, {name: value.replace("-", "−") for name, value in values.items()}
