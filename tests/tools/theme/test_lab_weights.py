"""A reader's file gives the nets that torch has saved in it, or a code that says what is wrong."""

import base64
import json
import random
import struct

import pytest
import torch
from torch import nn

from tests.sources import LANGUAGES, ROOT
from tools.theme import browser

ASSETS = ROOT / "overrides/assets"
TYPES = {
    "F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16,
    "I64": torch.int64,
}  # fmt: skip
READ = """([bytes, name]) => {
    try {
        return weights.read(Uint8Array.from(atob(bytes), c => c.charCodeAt()), name);
    } catch (error) {
        if (!(error instanceof weights.Refused)) throw error;
        return error.told;
    }
}"""


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def page(request):
    """A page that has the functions of weights.js as `weights`."""
    with browser.served(ASSETS) as root:
        page = request.getfixturevalue(request.param).new_page()
        page.goto(f"{root}lab/weights.js")
        page.evaluate("async () => { window.weights = await import('/lab/weights.js'); }")
        yield page
        page.context.close()


@pytest.fixture
def read(page):
    """Read a file's bytes, and give its nets and the other keys, or what is wrong."""
    return lambda content, name="": page.evaluate(READ, [base64.b64encode(content).decode(), name])


def as_json(tensors: dict) -> bytes:
    return json.dumps({key: tensor.tolist() for key, tensor in tensors.items()}).encode()


def with_header(header: dict | list | str | bytes, data: bytes = b"") -> bytes:
    """A safetensors file with a head of one's own."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


def safetensors(tensors: dict, dtype: str = "F32", **entries) -> bytes:
    """Tensors as safetensors; `entries` stand in the head instead of what belongs there."""
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for key, tensor in tensors.items():
        own = tensor.detach().to(TYPES[dtype]).contiguous().view(-1).view(torch.uint8)
        begin, data = len(data), data + own.numpy().tobytes()
        offsets = [begin, len(data)]
        header[key] = {"dtype": dtype, "shape": [*tensor.shape], "data_offsets": offsets}
    return with_header(header | entries, data)


def state(cell: type = nn.GRU, width: int = 2, units: int = 3, prefix: str = "", **options) -> dict:
    torch.manual_seed(0)
    saved = cell(width, units, **options).double().state_dict()
    return {f"{prefix}{key}": tensor for key, tensor in saved.items()}


def changed(saved: dict, **others) -> dict:
    """Weights with some replaced or, by None, left out."""
    return {key: tensor for key, tensor in (saved | others).items() if tensor is not None}


@pytest.mark.parametrize("save", [as_json, *TYPES][:-1])
@pytest.mark.parametrize(
    "cell, options",
    [
        (nn.GRU, {}),
        (nn.LSTM, {}),
        (nn.GRU, {"num_layers": 3, "prefix": "model.gru."}),
        (nn.LSTM, {"bidirectional": True, "prefix": "encoder."}),
        (nn.GRU, {"bidirectional": True, "num_layers": 2, "width": 1, "units": 1}),
        (nn.LSTM, {"bias": False, "width": 5, "units": 4}),
        (nn.LSTM, {"num_layers": 2, "width": 7, "units": 40}),
    ],
)
def test_a_saved_net_computes_as_torch_does(page, read, cell, options, save):
    saved = state(cell, **options)
    content = as_json(saved) if save is as_json else safetensors(saved, save)
    found = read(content)
    assert found["others"] == []
    (net,) = found["nets"]
    options = {"width": 2, "units": 3} | options
    prefix, width, units = (options.pop(key, "") for key in ("prefix", "width", "units"))
    of_torch = cell(width, units, **options).double()
    kept = TYPES.get(save, torch.float64)
    of_torch.load_state_dict(
        {key.removeprefix(prefix): tensor.to(kept) for key, tensor in saved.items()}
    )
    told = [net[key] for key in ("prefix", "kind", "H", "D", "dtypes")]
    dtype = "JSON" if save is as_json else save
    assert told == [prefix, cell.__name__.lower(), units, width, [dtype]]
    xs, steps = page.evaluate(
        """net => {
            const xs = weights.random(7, 12, net.D);
            const last = weights.runs(net, xs).at(-1);
            return [xs, xs.map((_, t) => last.flatMap(steps => steps[t].h))];
        }""",
        net,
    )
    with torch.no_grad():
        out, _ = of_torch(torch.tensor(xs, dtype=torch.float64))
    torch.testing.assert_close(torch.tensor(steps, dtype=torch.float64), out, rtol=0, atol=1e-12)


def test_each_layer_gives_what_the_next_one_reads(page, read):
    (net,) = read(as_json(state(nn.LSTM, num_layers=2, bidirectional=True)))["nets"]
    first, second = page.evaluate("net => weights.runs(net, weights.random(1, 5, net.D))", net)
    for t in range(5):
        assert second[0][t]["x"] == second[1][t]["x"] == first[0][t]["h"] + first[1][t]["h"]


def test_what_belongs_to_no_net_is_named_and_left_out(read):
    others = {"fc.weight": torch.ones(1, 3), "steps": torch.tensor(5.0)}
    found = read(as_json(state(prefix="gru.") | others))
    assert (len(found["nets"]), found["others"]) == (1, ["fc.weight", "steps"])
    found = read(safetensors(state() | {"steps": torch.ones(1)}, steps={
        "dtype": "F8_E4M3", "shape": [1], "data_offsets": [0, 1]}))  # fmt: skip
    assert (len(found["nets"]), found["others"]) == (1, ["steps"]), "of a type that is not read"


def test_two_nets_in_one_file_and_a_cell_beside_a_layer(read):
    both = state(prefix="encoder.") | state(nn.LSTM, 4, 2, prefix="decoder.")
    found = read(as_json(both | state(nn.GRUCell, 5, 1, prefix="encoder.")))["nets"]
    told = [(net["prefix"], net["kind"], net["H"], net["D"]) for net in found]
    expected = [("encoder.", "gru", 3, 2), ("decoder.", "lstm", 2, 4), ("encoder.", "gru", 1, 5)]
    assert told == expected


def test_the_shapes_say_what_it_is_and_not_the_name(read):
    (net,) = read(as_json(state(nn.LSTM, prefix="gru.")))["nets"]
    assert net["kind"] == "lstm"


def test_a_seed_draws_the_same_numbers_and_another_others(page):
    drawn = page.evaluate("[0, 0, 1].map(seed => weights.random(seed, 1000, 3))")
    assert drawn[0] == drawn[1] != drawn[2]
    numbers = torch.tensor(drawn[0])
    assert numbers.shape == (1000, 3) and numbers.abs().max() <= 1
    assert abs(numbers.mean()) < 0.05 and abs(numbers.std() - 3**-0.5) < 0.02


def test_a_file_of_a_gigabyte_is_refused_before_it_is_read(page):
    told = page.evaluate(
        """() => {
            try {
                weights.checkSize({ name: "all.safetensors", size: 1e9 });
            } catch ({ told }) {
                return told;
            }
        }"""
    )
    assert told == {"what": "size", "name": "all.safetensors", "megabytes": 1000, "most": 50}


GRU = state()
TENSORS = safetensors(GRU)
PICKLE = b"\x80\x02}q\x00X\x0c"
WRONG = torch.zeros(9, 4)
INFINITE = GRU["weight_hh_l0"].index_fill(1, torch.tensor(2), -torch.inf)


def bias(numbers: str) -> bytes:
    """The GRU with a bias that is written in another way."""
    rest = as_json(changed(GRU, bias_ih_l0=None)).decode().removesuffix("}")
    return f'{rest}, "bias_ih_l0": [{numbers}]}}'.encode()


def entry(**told) -> bytes:
    whole = {"dtype": "F32", "shape": [9, 2], "data_offsets": [0, 72]}
    return safetensors(GRU, weight_ih_l0=whole | told)


DAMAGED = {
    "nothing": (b"", {"what": "empty"}),
    "torch.save": (b"PK\x03\x04archive", {"what": "pickle"}),
    "torch.save of old": (PICKLE, {"what": "pickle"}),
    "a .pt by its name": (as_json(GRU), {"what": "pickle", "name": "net.PT"}, "net.PT"),
    "a picture": (b"\x89PNG\r\n\x1a\n", {"what": "unknown"}),
    "a text": ("门".encode(), {"what": "unknown"}),
    "words": (b"weights of a GRU", {"what": "json"}),
    "JSON cut off": (as_json(GRU)[:-9], {"what": "json"}),
    "JSON with a comma too many": (as_json(GRU)[:-1] + b",}", {"what": "json"}),
    "a number alone": (b"3", {"what": "object"}),
    "a list": (b"[[1, 2]]", {"what": "object"}),
    "null": (b"null", {"what": "object"}),
    "an empty object": (b"{}", {"what": "none"}),
    "Keras": (b'{"kernel": [[1]], "bias": [1]}', {"what": "none", "keys": "kernel, bias"}),
    "many keys": (
        json.dumps({f"k{n}": 0 for n in range(9)}).encode(),
        {"what": "none", "keys": "k0, k1, k2, k3, k4, k5, …"},
    ),
    "a key of 999 letters": (json.dumps({"k" * 999: 0}).encode(), {"keys": "k" * 60 + "…"}),
    "no weight_hh": (
        as_json(changed(GRU, weight_hh_l0=None)), {"what": "missing", "key": "weight_hh_l0"},
    ),
    "no bias_hh": (
        as_json(changed(GRU, bias_hh_l0=None)), {"what": "missing", "key": "bias_hh_l0"},
    ),
    "no layer 1": (
        as_json({k.replace("l0", "l2"): v for k, v in GRU.items()} | GRU),
        {"what": "missing", "key": "weight_ih_l1"},
    ),
    "layer 99999999999": (
        as_json({k.replace("l0", "l99999999999"): v for k, v in GRU.items()}),
        {"what": "missing", "key": "weight_ih_l0"},
    ),
    "no way back in layer 1": (
        as_json({
            k: v for k, v in state(bidirectional=True, num_layers=2).items()
            if "l1_reverse" not in k
        }),
        {"what": "missing", "key": "weight_ih_l1_reverse"},
    ),
    "the way back alone": (
        as_json({f"{k}_reverse": v for k, v in GRU.items()}),
        {"what": "missing", "key": "weight_ih_l0"},
    ),
    "rows of no cell": (
        as_json(changed(GRU, weight_hh_l0=torch.zeros(7, 3))),
        {"what": "blocks", "key": "weight_hh_l0", "shape": "(7, 3)"},
    ),
    "transposed": (
        as_json(changed(GRU, weight_hh_l0=torch.zeros(3, 9))), {"what": "blocks"},
    ),
    "a plain RNN": (as_json(state(nn.RNN)), {"what": "rnn", "shape": "(3, 3)"}),
    "an LSTM with a projection": (
        as_json(state(nn.LSTM, proj_size=2)), {"what": "projection", "key": "weight_hr_l0"},
    ),
    "weight_ih of another net": (
        as_json(changed(GRU, weight_ih_l0=torch.zeros(12, 2))),
        {"what": "shape", "key": "weight_ih_l0", "shape": "(12, 2)", "expected": "(9, 2)"},
    ),
    "a bias too short": (
        as_json(changed(GRU, bias_ih_l0=torch.zeros(8))),
        {"what": "shape", "key": "bias_ih_l0", "shape": "(8)", "expected": "(9)"},
    ),
    "a bias as a table": (
        as_json(changed(GRU, bias_ih_l0=torch.zeros(9, 1))), {"what": "shape", "shape": "(9, 1)"},
    ),
    "a layer of another width": (
        as_json(changed(state(num_layers=2), weight_ih_l1=WRONG)),
        {"what": "shape", "key": "weight_ih_l1", "expected": "(9, 3)"},
    ),
    "a layer of another kind": (
        as_json(GRU | {k.replace("l0", "l1"): v for k, v in state(nn.LSTM, 3).items()}),
        {"what": "mixed", "key": "weight_hh_l1"},
    ),
    "a table as a list": (
        as_json(changed(GRU, weight_ih_l0=torch.zeros(9))), {"what": "table", "shape": "(9)"},
    ),
    "a number as weights": (
        as_json(changed(GRU, weight_hh_l0=torch.tensor(1.0))), {"what": "table", "shape": "()"},
    ),
    "rows of no length": (
        as_json(changed(GRU, weight_hh_l0=torch.zeros(9, 0))), {"what": "table"},
    ),
    "ragged rows": (
        as_json(GRU).replace(b"]]", b", 1]]", 1), {"what": "ragged", "key": "weight_ih_l0"},
    ),
    "lists too deep": (
        bias("0, [1]"),
        {"what": "shape"},
    ),
    "not a number, as Python writes it": (
        as_json(changed(GRU, bias_ih_l0=torch.tensor([0.0] * 8 + [float("nan")]))),
        {"what": "number", "key": "bias_ih_l0", "place": "8", "value": "NaN"},
    ),
    "infinite, as Python writes it": (
        as_json(changed(GRU, weight_hh_l0=INFINITE)),
        {"what": "number", "key": "weight_hh_l0", "place": "0, 2", "value": "-Infinity"},
    ),
    "1e999": (
        bias('1e999' + ", 0" * 8),
        {"what": "number", "value": "Infinity"},
    ),
    "larger than torch's numbers": (
        bias("-1e308" + ", 0" * 8),
        {"what": "number", "key": "bias_ih_l0", "place": "0", "value": "-Infinity"},
    ),
    "a shape without an end": (
        safetensors(GRU, weight_hh_l0={"dtype": "F32", "shape": [1] * 99, "data_offsets": [0, 4]}),
        {"what": "table", "shape": f"({'1, ' * 19}1,…"},
    ),
    "more layers than a list of arguments holds": (
        json.dumps({f"weight_hh_l{n}": 0 for n in range(200_000)}).encode(), {"what": "missing"},
    ),
    "a text for a number": (
        bias('"1"' + ", 0" * 8),
        {"what": "number", "value": "1"},
    ),
    "null for a number": (
        bias('null' + ", 0" * 8),
        {"what": "number", "value": "null"},
    ),
    "too many units": (
        as_json({"weight_ih_l0": torch.zeros(1539, 1), "weight_hh_l0": torch.zeros(1539, 513)}),
        {"what": "units", "most": 512},
    ),
    "safetensors of seven bytes": (TENSORS[:7], {"what": "cut"}, "net.safetensors"),
    "no safetensors": (b"[1, 2, 3, 4, 5]", {"what": "header"}, "net.safetensors"),
    "safetensors cut in its head": (TENSORS[:40], {"what": "cut"}),
    "safetensors cut at its end": (TENSORS[:-5], {"what": "cut", "missing": 5}),
    "a head that is no JSON": (with_header(b"{no: JSON}"), {"what": "header"}),
    "an entry that is none": (safetensors(GRU, weight_ih_l0=5), {"what": "entry"}),
    "an entry without a shape": (entry(shape=None), {"what": "entry", "key": "weight_ih_l0"}),
    "a shape below zero": (entry(shape=[-9, -2]), {"what": "entry"}),
    "numbers that end before they begin": (entry(data_offsets=[72, 0]), {"what": "entry"}),
    "fewer numbers than the shape says": (entry(data_offsets=[0, 68]), {"what": "entry"}),
    "numbers behind the end": (entry(data_offsets=[0, 2**50]), {"what": "cut"}),
    "whole numbers": (
        safetensors(GRU, "I64"), {"what": "dtype", "dtype": "I64", "known": "F64, F32, F16, BF16"},
    ),
    "not a number in 16 bits": (
        safetensors(changed(GRU, bias_hh_l0=torch.full((9,), torch.nan)), "BF16"),
        {"what": "number", "key": "bias_hh_l0", "place": "0", "value": "NaN"},
    ),
    "infinite in 16 bits": (
        safetensors(changed(GRU, bias_hh_l0=torch.full((9,), 1e9)), "F16"),
        {"what": "number", "value": "Infinity"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", DAMAGED)
def test_what_is_wrong_with_a_file_is_told(read, case):
    content, told, *name = DAMAGED[case]
    found = read(content, *name)
    assert told.items() <= found.items()


def test_no_damage_makes_it_throw_anything_else(page):
    """Bytes turned, taken out and put in: the answer is nets or a code, never an exception."""
    dice = random.Random(0)
    files = []
    for n in range(600):
        content = bytearray([TENSORS, as_json(GRU)][n % 2])
        for _ in range(dice.randint(1, 4)):
            at = dice.randrange(min(len(content), dice.choice([60, 400, 10**6])))
            kind = dice.randrange(3)
            if kind == 0:
                content[at] = dice.randrange(256)
            elif kind == 1:
                del content[at : at + dice.randint(1, 30)]
            else:
                content[at:at] = bytes(dice.choices(range(256), k=dice.randint(1, 5)))
        files.append(base64.b64encode(bytes(content)).decode())
    told = page.evaluate(f"files => files.map(file => ({READ})([file, '']).what ?? 'read')", files)
    assert len({*told}) >= 8, "as many kinds of damage"


def test_each_code_has_a_sentence_in_each_language_and_each_sentence_a_code():
    told = {case[1].get("what", "none") for case in DAMAGED.values()} | {"size"}
    told |= {"steps", "features", "typed"}  # what a typed sequence lacks
    told |= {"unread"}  # what a browser says of a folder
    for code, language in LANGUAGES.items():
        known = {key.removeprefix("lab_own_") for key in language.text if "lab_own_" in key}
        assert known - {"caption", "found", "others"} == told, code
