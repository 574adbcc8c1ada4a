"""The cells written by hand are nn.GRU and nn.LSTM: values and gradients, at sizes drawn at random.

What is tested is what a reader pastes: the snippets themselves are run, and their names used.
"""

import random

import pytest
import torch
from torch import nn
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence, pad_sequence

from tests.sources import names

pytestmark = pytest.mark.usefixtures("one_thread")
LIMITS = {torch.float64: 1e-12, torch.float32: 1e-6}
COMPLETE = {nn.GRU: ("complete_gru", "GRU"), nn.LSTM: ("exercise_lstm", "LSTM")}

by_cell = pytest.mark.parametrize("cell", COMPLETE, ids=lambda cell: cell.__name__)
by_dtype = pytest.mark.parametrize("dtype", LIMITS, ids=str)
by_seed = pytest.mark.parametrize("seed", range(6))


class Case:
    """A net, start states and a padded batch; sizes and lengths are drawn at random."""

    def __init__(self, cell, dtype, seed, **fixed):
        draw = random.Random(seed)
        size = {"layers": draw.randint(1, 3), "directions": draw.randint(1, 2)} | fixed
        features, hidden, batch = draw.randint(1, 9), draw.randint(1, 17), draw.randint(1, 5)
        self.layers, self.suffixes = size["layers"], ["", "_reverse"][: size["directions"]]
        self.lengths = [draw.randint(1, 12) for _ in range(batch)]
        torch.manual_seed(seed)
        both = size["directions"] == 2
        self.net = cell(features, hidden, self.layers, bidirectional=both).to(dtype)
        sequences = [torch.randn(length, features, dtype=dtype) for length in self.lengths]
        self.x = pad_sequence(sequences, padding_value=1).requires_grad_()  # (time, batch, D)
        states = torch.randn(2, self.layers * size["directions"], batch, hidden, dtype=dtype)
        self.states = [s.clone().requires_grad_() for s in states[: 1 + (cell is nn.LSTM)]]

    def packed(self, enforce_sorted=False):
        return pack_padded_sequence(self.x, self.lengths, enforce_sorted=enforce_sorted)

    def theirs(self, x):
        """PyTorch's results: all steps, then the last states."""
        out, last = self.net(x, self.states[0] if len(self.states) == 1 else tuple(self.states))
        steps = out.data if isinstance(out, PackedSequence) else out
        return [steps, *(last if isinstance(last, tuple) else [last])]

    def compare(self, ours, theirs, weights=None):
        """Compare results, and the gradients of their random mean with respect to everything."""
        limit = LIMITS[self.x.dtype]
        factors = [torch.randn_like(result) / result.numel() for result in theirs]
        found = []
        for results, parameters in ((ours, weights), (theirs, None)):
            total = sum((r * f).sum() for r, f in zip(results, factors, strict=True))
            inputs = [self.x, *self.states, *(parameters or self.net.parameters())]
            found.append([*results, *torch.autograd.grad(total, inputs, retain_graph=True)])
        for a, b in zip(*found, strict=True):
            # Relative too, since a cell state may be large.
            torch.testing.assert_close(a, b, rtol=limit, atol=limit)


@by_seed
@by_dtype
@by_cell
def test_one_layer(cell, dtype, seed):
    case = Case(cell, dtype, seed, layers=1, directions=1)
    name = f"{cell.__name__.lower()}_layer"
    states = [state[0] for state in case.states]
    out, *last = names(f"pytorch/from-scratch/{cell.__name__.lower()}")[name](
        case.x, *states, *case.net.parameters()
    )
    case.compare([out, *(state[None] for state in last)], case.theirs(case.x))


@by_seed
@by_dtype
def test_layers_and_directions(dtype, seed):
    case = Case(nn.GRU, dtype, seed)
    weights = dict(case.net.named_parameters())
    stack = names("pytorch/from-scratch/layers")["gru_stack"]
    ours = stack(case.x, case.states[0], weights, case.layers, case.suffixes)
    case.compare(ours, case.theirs(case.x))


@by_seed
@by_dtype
def test_a_packed_batch_in_both_directions(dtype, seed):
    case = Case(nn.GRU, dtype, seed, layers=1, directions=2)
    packed, weights = case.packed(), list(case.net.parameters())
    starts = case.states[0][:, packed.sorted_indices]
    run, sizes = names("pytorch/from-scratch/packed")["gru_packed"], packed.batch_sizes.tolist()
    ahead, h_ahead = run(packed.data, sizes, starts[0], *weights[:4])
    back, h_back = run(packed.data, sizes, starts[1], *weights[4:], reverse=True)
    h_n = torch.stack((h_ahead, h_back))[:, packed.unsorted_indices]
    case.compare([torch.cat((ahead, back), -1), h_n], case.theirs(packed))


@pytest.mark.parametrize("padded", [False, True])
@by_seed
@by_dtype
@by_cell
def test_the_whole_net(cell, dtype, seed, padded):
    case = Case(cell, dtype, seed)
    snippet, name = COMPLETE[cell]
    ours = names(f"pytorch/from-scratch/{snippet}")[name](case.net.state_dict())
    if padded:
        steps, *last = ours(case.x, *case.states)
        results, theirs = [torch.stack(steps), *last], case.theirs(case.x)
    else:
        packed = case.packed()
        order, back = packed.sorted_indices, packed.unsorted_indices
        steps = packed.data.split(packed.batch_sizes.tolist())
        steps, *last = ours(steps, *(state[:, order] for state in case.states))
        results = [torch.cat(steps), *(state[:, back] for state in last)]
        theirs = case.theirs(packed)
    case.compare(results, theirs, list(ours.parameters()))


@by_cell
def test_weights_load_in_both_directions(cell):
    snippet, name = COMPLETE[cell]
    first, second = (Case(cell, torch.float32, 0).net for _ in range(2))
    for parameter in second.parameters():
        parameter.data += 1
    ours = names(f"pytorch/from-scratch/{snippet}")[name](first.state_dict())
    ours.load_state_dict(second.state_dict())
    first.load_state_dict(ours.state_dict())
    for a, b in zip(first.parameters(), second.parameters(), strict=True):
        assert torch.equal(a, b)


def test_another_form_of_the_gru_is_told_apart():
    run = names("pytorch/from-scratch/paper_gru")["run"]
    case = Case(nn.GRU, torch.float64, 0, layers=1, directions=1)
    case.states[0].data.zero_()
    theirs, _ = case.net(case.x)
    for before in (False, True):
        ours = run(case.x, before, False, *case.net.parameters())
        assert torch.allclose(ours, theirs, rtol=0, atol=1e-12) is not before
