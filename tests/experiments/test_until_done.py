"""Training on adding until it is done: the parts, when it stops, and what a failed run counts."""

import pytest
import torch
from torch import nn

import adding
import harness
import until_done

SMALL = until_done.SETTINGS | {"time": 2, "limit": 60, "check_every": 5, "solved_below": 0.1}


def test_no_part_stands_in_another():
    validation, test = (until_done.part(name, 50, 8)[0] for name in ("validation", "test"))
    training, _ = adding.sequences(50, 8, torch.Generator().manual_seed(harness.data_seed(0)))
    for one, other in ((validation, test), (validation, training), (test, training)):
        assert not torch.isin(one[..., 0], other[..., 0]).any()


def train(rate, **settings):
    torch.manual_seed(0)
    return until_done.train(adding.SumModel(nn.GRU, 8), rate, 0, SMALL | settings, tested=True)


def test_it_stops_when_the_error_is_small_on_the_validation_part():
    row = train(0.02)
    assert row["done"] and 0 < row["steps"] < 60 and row["steps"] % 5 == 0
    assert row["validation_error"] < 0.1
    assert row["progress"] == row["steps"] + row["validation_error"]
    assert train(0.02, limit=row["steps"] - 1) | {"steps": 0} != row  # one step less is too few
    assert train(0.02) == row


def test_one_check_with_a_small_error_is_not_enough(monkeypatch):
    found = iter([0.2, 0.05, 0.2, 0.05, 0.04, 0.03])
    monkeypatch.setattr(until_done, "error", lambda model, name, settings: next(found))
    row = train(0.0)
    assert row["done"] and row["steps"] == 25 and row["validation_error"] == 0.04


@pytest.mark.parametrize("rate", [0.0, float("inf")])
def test_a_net_that_was_never_done_counts_with_the_limit_and_with_its_error(rate):
    row = train(rate)
    assert not row["done"] and row["steps"] == 60
    assert row["validation_error"] > 0.1 and row["test_error"] > 0.1


def test_an_answer_of_1_has_the_error_that_is_known():
    found = until_done.constant(SMALL | {"test_sequences": 100_000})["test_error"]
    assert found == pytest.approx(adding.CONSTANT, abs=0.002)
