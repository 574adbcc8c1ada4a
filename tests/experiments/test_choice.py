"""The choice of a learning rate: by the worst of its seeds, and what a row says of an edge."""

from itertools import combinations

import pytest
import torch

import adding
import harness

# Steps until an LSTM without an output gate was done on adding: of two seeds that chose a rate, and
# of twenty that were then compared at 0.04. Two of the choosing had been lucky.
TWO = {0.01: [440, 600], 0.02: [560, 770], 0.04: [250, 480], 0.08: [2000, 2000]}
AT_004 = [220, 310, 340, 340, 350, 400, 460, 490, 500, 540, 590, 600, 1320, 1330, 1510, 1720, 1900]
AT_004 += [2000] * 3  # as many as there may be
SEEDS = [100, 101, 102, 103, 104]


def rows(**by_rate):
    """Rows of a choice from what its seeds have at a rate, such as r0_04."""
    return {
        (f"choice net, {name[1:].replace('_', '.')}", seed): {"steps": steps}
        for name, found in by_rate.items()
        for seed, steps in zip(SEEDS, found, strict=False)
    }


def chosen(found, seeds=SEEDS):
    return harness.chosen(found, "choice net", 0.02, 7, seeds, "steps")


def test_two_seeds_chose_a_rate_at_which_others_hardly_learn_and_five_do_not():
    two = {f"r{rate}".replace(".", "_"): found for rate, found in TWO.items()}
    assert chosen(rows(**two), SEEDS[:2])[0] == 0.04
    five = two | {"r0_01": [440, 600, 500, 520, 580], "r0_04": [250, 480, 340, 1320, 600]}
    five |= {"r0_005": [900] * 5}
    assert chosen(rows(**five))[0] == 0.01
    # In how many of all fives that may be drawn, beside a rate whose worst is 600.
    fives = [*combinations(AT_004, 5)]
    assert sum(max(five) < 600 for five in fives) < 0.03 * len(fives)
    pairs = [*combinations(AT_004, 2)]
    assert sum(max(pair) < 600 for pair in pairs) > 0.25 * len(pairs)


def test_a_rate_is_out_with_its_first_seed_that_is_worse_than_all_of_another():
    found = rows(r0_02=[300, 310, 290, 300, 300], r0_01=[305, 320], r0_04=[900])
    rate, runs = chosen(found)
    assert rate == 0.02  # the one inside, and ten runs are saved
    assert {*runs} == {(float(model[12:]), seed) for model, seed in found}


def test_a_rate_that_may_still_be_the_best_goes_on():
    found = rows(r0_02=[300, 310, 290, 300, 300], r0_01=[305, 309], r0_04=[900])
    rate, runs = chosen(found)
    assert rate is None and {run for run in runs if run[0] == 0.01} == {(0.01, s) for s in SEEDS}
    assert [run for run in runs if run[0] == 0.04] == [(0.04, 100)]


def test_the_rate_that_is_tried_first_gets_all_its_seeds_before_others_begin():
    assert chosen({})[1][:6] == [*((0.02, seed) for seed in SEEDS), (0.01, 100)]
    rate, runs = chosen(rows(r0_02=[300]))
    assert rate is None and {each for each, _ in runs} == {0.02}


def tuned(found, most):
    settings = {"choice_seeds": [100], "most_rates": most, "seeds": [0]}
    train = lambda rate, seed, tested: {"rate": rate}  # noqa: E731
    return harness.tuned(found, "net", 0.02, settings, train, "steps")


def test_a_row_says_that_its_rate_lies_on_the_edge_of_what_was_tried():
    *_, (name, _, run) = tuned(rows(r0_01=[3], r0_02=[2], r0_04=[1]), most=3)
    assert (name, run()) == ("net", {"rate": 0.04, "edge": True})
    *_, (name, _, run) = tuned(rows(r0_01=[3], r0_02=[1], r0_04=[2]), most=3)
    assert (name, run()) == ("net", {"rate": 0.02})


@pytest.mark.parametrize("seed", [0, 7, 100])
def test_no_batch_is_drawn_as_the_weights_are(seed):
    def drawn(source):
        generator = torch.Generator().manual_seed(source)
        return adding.sequences(64, 50, generator)[0][..., 0].flatten()

    weights = torch.rand(3200, generator=torch.Generator().manual_seed(seed))
    same, own = (
        torch.corrcoef(torch.stack([weights, drawn(source)]))[0, 1]
        for source in (seed, harness.data_seed(seed))
    )
    assert same > 0.999 and abs(own) < 0.06
