"""Gradients of untrained nets of several sizes, of every direction, and along training."""

import pytest
import torch
from torch import nn

import adding
import gradient_sizes
import gradients
import harness
import sizes

RECORDED = {(row["model"], row["seed"]): row for row in harness.load(gradients.__file__)["rows"]}


@pytest.mark.parametrize("name", sorted(gradient_sizes.NETS.keys() & gradients.NETS))
def test_at_the_size_of_the_page_it_measures_what_is_recorded(name):
    row = gradient_sizes.measure(name, 64, 8, 1, 3, gradient_sizes.SETTINGS)
    assert row["per_step"] == pytest.approx(RECORDED[name, 3]["per_step"], abs=2e-4)
    assert row["log10"] == pytest.approx(RECORDED[name, 3]["log10"][50], abs=0.01)


def test_weights_five_times_as_large_act_as_inputs_that_are():
    x = torch.randn(7, 1, 8, dtype=torch.float64)
    plain, scaled = (gradient_sizes.untrained("GRU", 16, 8, scale, 0) for scale in (1, 5))
    torch.testing.assert_close(plain(5 * x)[0], scaled(x)[0])


@pytest.mark.parametrize("cell, blocks", [("RNN", 1), ("GRU", 3), ("LSTM", 4)])
def test_the_matrix_of_each_gate_is_orthogonal(cell, blocks):
    rnn = gradient_sizes.untrained(f"{cell} orthogonal", 16, 8, 1, 0)
    matrices = rnn.weight_hh_l0.view(blocks, 16, 16)
    torch.testing.assert_close(
        matrices @ matrices.mT, torch.eye(16).double().expand(blocks, -1, -1)
    )


def test_a_jacobian_is_what_a_small_push_does():
    rnn = gradient_sizes.untrained("LSTM", 3, 2, 1, 0).requires_grad_(False)
    x, push = torch.randn(6, 1, 2, dtype=torch.float64), 1e-6

    def last(state):
        h, c = state.view(2, 1, 1, 3)
        return torch.cat(rnn(x[2:], (h.contiguous(), c.contiguous()))[1]).flatten()

    state = torch.cat(rnn(x[:2])[1]).flatten()
    each = [(last(state + d) - last(state - d)) / (2 * push) for d in push * torch.eye(6).double()]
    found = gradient_sizes.jacobian(rnn.requires_grad_(), x, 2)
    torch.testing.assert_close(found, torch.stack(each, 1), atol=1e-8, rtol=1e-5)


@pytest.mark.parametrize("cell", [nn.GRU, nn.LSTM])
def test_gates_without_weights_halve_the_gradient_at_each_step(cell):
    row = gradient_sizes.exact(cell, gradient_sizes.SETTINGS)
    assert row == {"kept": 2.0**-50, "exactly_a_half_per_step": True}


def test_the_gradient_of_a_memory_is_that_of_the_answer():
    model = adding.SumModel(nn.RNN, 1)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.zero_()
        model.rnn.weight_ih_l0[:], model.rnn.weight_hh_l0[:] = 1e-9, 0.5  # so small: tanh(x) = x
        model.linear.weight[:] = 2.0
    left = gradient_sizes.memory_gradients(model, 3, 4)
    torch.testing.assert_close(left, torch.tensor([1.0, 0.5, 0.25]).double())
    settings = {"sequences": 3, "time": 4, "fade_from": 1, "fade_to": 3}
    assert gradient_sizes.factor(model, settings) == 0.5


def forget_gates(input_size, input_scale):
    """The forget gates of a fresh LSTM of 16 units while it reads 100 random inputs."""
    rnn = gradient_sizes.untrained("LSTM", 16, input_size, input_scale, 0)
    x = torch.randn(100, 1, input_size, dtype=torch.float64)
    with torch.no_grad():
        before = torch.cat([torch.zeros(1, 1, 16, dtype=torch.float64), rnn(x)[0][:-1]])
        sums = x @ rnn.weight_ih_l0.T + before @ rnn.weight_hh_l0.T
        return torch.sigmoid(sums + rnn.bias_ih_l0 + rnn.bias_hh_l0)[..., 16:32]


def test_fresh_gates_stand_at_a_half_on_average_and_spread_with_the_inputs():
    """As the page says; a gate counts as near a half between a quarter and three quarters."""
    few_small, many_small, few_large, many_large = (
        forget_gates(*inputs) for inputs in ((8, 1), (64, 1), (8, 5), (64, 5))
    )
    for gates in few_small, many_small, few_large, many_large:
        assert gates.mean() == pytest.approx(0.5, abs=0.05)

    def near(gates):
        return ((gates > 0.25) & (gates < 0.75)).double().mean()

    assert near(few_small) > 0.95
    assert near(few_small) > near(many_small) > near(many_large)
    assert near(few_small) > near(few_large) > near(many_large)


def test_a_training_begun_anew_goes_the_same_way():
    def row(steps):
        quick = gradient_sizes.QUICK["training"] | {"steps": steps, "choice_steps": steps[-1]}
        return gradient_sizes.along("GRU H=32", 0.01, 0, True, {"training": quick})

    short, long = row([0, 3]), row([0, 1, 3])
    assert [long["per_step"][n] for n in (0, 2)] == short["per_step"]
    assert long["per_step"][1] not in short["per_step"]
    assert long["validation_error"] == short["validation_error"]


def test_in_small_with_a_stop_on_the_way(interrupted, capsys):
    rows = interrupted(gradient_sizes, 6)["rows"]
    assert "LSTM H=27, along training: 0.00 hours, 0.00 in all" in capsys.readouterr().out
    models = [row["model"] for row in rows]
    assert models[:3] == ["GRU, all weights 0", "LSTM, all weights 0", "GRU, H=4, D=8, inputs x 1"]
    assert "LSTM orthogonal, H=4, D=8, inputs x 5" in models
    for row in rows:
        name, _, part = row["model"].partition(", ")
        if part == "along training" and not name.startswith("choice"):
            net = adding.SumModel(*sizes.nets(adding.SumModel, 32)[name])
            assert row["parameters"] == sizes.count(net)
            assert len(row["per_step"]) == len(row["test_error"]) == len(row["steps"])
            tried = [each for each in rows if each["model"].startswith(f"choice {name}, ")]
            assert row["rate"] == min(tried, key=lambda each: each["validation_error"])["rate"]


def test_where_nothing_is_left_or_training_failed_there_is_a_number_still():
    assert gradient_sizes.log10(0.0) == -323.3062  # of the least that float64 can hold
    model = adding.SumModel(nn.GRU, 3)
    with torch.no_grad():
        model.linear.weight.fill_(torch.nan)
    quick = gradient_sizes.QUICK["training"]
    assert gradient_sizes.factor(model, quick) == 0
