"""The cells of gates/family.md: what other people's code gives, and what the page says of them."""

import json

import pytest
import torch

from tests import other_hands
from tests.sources import names

PAGE = "gates/family"
OTHERS = json.loads(other_hands.FILE.read_text("utf-8"))


@pytest.fixture(autouse=True)
def double():
    """As the record, and as no other test."""
    usual = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(usual)


@pytest.fixture
def theirs():
    """What the code of others was given and gave, cell by cell."""
    return {
        cell: {name: torch.tensor(part) for name, part in parts.items()}
        for cell, parts in OTHERS.items()
    }


def same(ours: torch.Tensor, theirs: torch.Tensor) -> bool:
    return ours.shape == theirs.shape and torch.allclose(ours, theirs, rtol=0, atol=1e-9)


def test_the_minimal_cells_are_those_of_minGRU_pytorch_whose_gate_is_one_minus_ours(theirs):
    ours, gru, lstm = names(f"{PAGE}/scan"), theirs["min_gru"], theirs["min_lstm"]
    parts = ours["min_gru"](gru["x"], -gru["W_z"], gru["W_n"])
    assert same(ours["loop"](*parts), gru["out"])
    parts = ours["min_lstm"](lstm["x"], lstm["W_f"], lstm["W_i"], lstm["W_n"])
    assert same(ours["loop"](*parts), lstm["out"])


@pytest.mark.parametrize("cell", ["s_lstm", "m_lstm"])
def test_the_cells_of_xlstm_are_those_of_its_authors_package(cell, theirs):
    given = theirs[cell]
    out = given.pop("out")
    assert same(names(f"{PAGE}/xlstm")[cell](**given), out)


@pytest.mark.parametrize("cell", ["linear_attention", "s6"])
def test_linear_attention_and_s6_are_those_of_fast_transformers_and_mambapy(cell, theirs):
    given = theirs[cell]
    out = given.pop("out")
    assert same(names(f"{PAGE}/matrix")[cell](**given), out)
