"""The colours that mean something: told apart by every kind of eye and in grey, and readable."""

import re
from itertools import combinations

import pytest
from coloraide import Color

from experiments import plots
from tests.sources import ROOT

CSS = (ROOT / "overrides/assets/site.css").read_text("utf-8")
PALETTE = re.compile(r"--gg-([\w-]+): (#[0-9a-f]{6})")
LIGHT, DARK = (
    dict(PALETTE.findall(block)) for block in re.findall(r"\{[^{}]*--gg-keep:[^{}]*\}", CSS)
)
SCHEMES = {"light": LIGHT, "dark": DARK}
every_scheme = pytest.mark.parametrize("scheme", SCHEMES)

PARTS = "keep", "new", "gate"
NETS = "gru", "lstm"
VERDICTS = "holds", "in-part", "not", "quiet"  # an open verdict is quiet
# Colour-blindness at full strength, by two models each, which differ.
BLIND = [(eye, model) for eye in ("protan", "deutan", "tritan") for model in ("machado", "brettel")]


def as_seen(colour: Color) -> dict[str, Color]:
    """A colour as each kind of eye sees it."""
    blind = {
        f"{eye}, by {model}": colour.filter(eye, 1, method=model).clip() for eye, model in BLIND
    }
    return {"normal": colour, **blind}


def in_grey(colour: Color) -> Color:
    return Color("lab-d65", [colour.convert("lab-d65")["lightness"], 0, 0])


def apart(one: Color, other: Color) -> float:
    """How different two colours look; 2 is just to be seen, side by side."""
    return one.delta_e(other, method="2000")


def worst(scheme: str, pairs) -> tuple[float, str]:
    """The pair that some eye tells apart worst."""
    seen = {name: as_seen(Color(value)) for name, value in SCHEMES[scheme].items()}
    return min(
        (apart(seen[a][eye], seen[b][eye]), f"{a} and {b}, {eye}")
        for a, b in pairs
        for eye in seen[a]
    )


def grey(scheme: str, pairs) -> tuple[float, str]:
    """The pair that is nearest in grey."""
    printed = {name: in_grey(Color(value)) for name, value in SCHEMES[scheme].items()}
    return min((apart(printed[a], printed[b]), f"{a} and {b}") for a, b in pairs)


@every_scheme
def test_every_eye_tells_kept_new_and_gate_apart_and_from_ink(scheme):
    assert worst(scheme, combinations(PARTS, 2)) > (18,)
    assert worst(scheme, [(part, "ink") for part in PARTS]) > (14,)


@every_scheme
def test_kept_new_and_gate_are_apart_in_grey(scheme):
    assert grey(scheme, combinations(PARTS, 2)) > (8,)


@every_scheme
def test_every_eye_tells_the_nets_of_a_plot_apart(scheme):
    pairs = [*combinations(NETS, 2), *((net, ink) for net in NETS for ink in ("ink", "quiet"))]
    assert worst(scheme, pairs) > (9,)
    assert grey(scheme, combinations(NETS, 2)) > (8,)


@every_scheme
def test_every_eye_tells_the_verdicts_apart_and_their_marks_differ(scheme):
    assert worst(scheme, combinations(VERDICTS, 2)) > (7,)
    marks = re.findall(r'\[data-verdict="(\w+)"\] \{\s+--mark: (.+);', CSS)
    assert len(dict(marks)) == len({mark for _, mark in marks}) == len(VERDICTS)


@every_scheme
def test_no_colour_of_one_kind_is_taken_for_one_of_another(scheme):
    kinds = [PARTS, (*NETS, "ink", "quiet"), ("holds", "in-part", "not"), ("link",)]
    for one, other in combinations(kinds, 2):
        for a, b in ((a, b) for a in one for b in other):
            how_far = apart(Color(SCHEMES[scheme][a]), Color(SCHEMES[scheme][b]))
            assert how_far > 12, f"{a} and {b}"


@every_scheme
def test_every_colour_can_be_read_as_words(scheme):
    colours = SCHEMES[scheme]
    words = [name for name in colours if name not in ("paper", "panel", "line")]
    assert {*PARTS, *NETS, "link", "value"} < {*words}
    for name in words:
        for ground in ("paper", "panel"):
            contrast = Color(colours[name]).contrast(colours[ground])
            assert contrast >= 4.5, f"{name} on {ground}: {contrast:.2f}"


def test_a_plot_is_drawn_in_the_palette_and_no_two_nets_share_mark_or_dash():
    assert {plots.GRU, plots.LSTM, plots.INK, plots.QUIET} == {
        LIGHT[name] for name in ("gru", "lstm", "ink", "quiet")
    }
    marks = [mark for _, marks, _ in plots.LOOKS.values() for mark in marks]
    assert len(marks) == len(set(marks))
    first = [dashes[0] for _, _, dashes in plots.LOOKS.values()]
    assert len(first) == len(set(first))
