"""Nets exported to ONNX answer as in PyTorch at other sizes, a loop of one's own by scan alone."""

import io
import re

import onnxruntime
import pytest
import torch
from torch import nn
from torch.export import Dim
from torch.nn.utils.rnn import pack_padded_sequence

from tests.sources import ROOT, names


class Net(nn.Module):
    def __init__(self, cell, every_step, bidirectional):
        super().__init__()
        self.net = cell(10, 20, 2, batch_first=True, bidirectional=bidirectional)
        self.fc = nn.Linear(20 * (1 + bidirectional), 1)
        self.every_step = every_step

    def forward(self, x):
        out, state = self.net(x)
        if self.every_step:
            return self.fc(out)
        h_n = state[0] if isinstance(state, tuple) else state
        return self.fc(h_n[-2:].transpose(0, 1).flatten(1) if self.net.bidirectional else h_n[-1])


def exported(net):
    """What answers as ONNX Runtime does, exported from 3 sequences of 5 steps, both to vary."""
    program = torch.onnx.export(
        net,
        (torch.randn(3, 5, 10),),
        dynamo=True,
        dynamic_shapes=({0: Dim.AUTO, 1: Dim.AUTO},),
        input_names=["x"],
        verbose=False,
    )
    program.save(file := io.BytesIO())
    session = onnxruntime.InferenceSession(file.getvalue())
    return lambda x: torch.from_numpy(session.run(None, {"x": x.numpy()})[0])


@pytest.mark.proof  # an export takes seconds
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("every_step", "bidirectional"), [(True, False), (False, True)])
@pytest.mark.parametrize("cell", [nn.GRU, nn.LSTM])
def test_batch_and_time_vary_in_onnx(cell, every_step, bidirectional):
    torch.manual_seed(0)
    net = Net(cell, every_step, bidirectional).eval()
    in_onnx = exported(net)
    for batch, time in [(1, 1), (4, 9), (2, 5)]:
        x = torch.randn(batch, time, 10)
        torch.testing.assert_close(in_onnx(x), net(x), atol=1e-6, rtol=0)


OWN_LOOPS = [("layer_norm", "LayerNormLSTM", ()), ("dropout", "RecurrentDropoutLSTM", (0.5, True))]


class LastStep(nn.Module):
    """A module of the page on layers and cells, which has a loop of its own."""

    def __init__(self, snippet, module, more):
        super().__init__()
        self.net = names(f"pytorch/layer-or-cell/{snippet}")[module](10, 20, *more, True)

    def forward(self, x):
        return self.net(x)[1][0][0]


@pytest.mark.proof
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("snippet", "module", "more"), OWN_LOOPS)
def test_a_loop_of_one_s_own_reads_the_steps_of_the_example_in_onnx_and_no_more(
    snippet, module, more
):
    torch.manual_seed(0)
    net = LastStep(snippet, module, more).eval()
    in_onnx = exported(net)
    for time in 5, 9, 200:
        x = torch.randn(2, time, 10)
        torch.testing.assert_close(in_onnx(x), net(x[:, :5]), atol=1e-6, rtol=0)
        assert time == 5 or (in_onnx(x) - net(x)).abs().max() > 0.01


@pytest.mark.proof
@pytest.mark.filterwarnings("ignore")
def test_gradients_through_scan_are_those_of_the_loop():
    found = names("pytorch/deploy/scanned")
    nets, x = (found["trained"], found["model"]), torch.randn(4, 12, 10)
    for net in nets:
        net.zero_grad()
        net(x)[0].square().sum().backward()
    for ours, theirs in zip(*(net.parameters() for net in nets), strict=True):
        torch.testing.assert_close(ours.grad, theirs.grad, atol=1e-5, rtol=1e-5)


@pytest.mark.proof
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("old", "new"), [("(h.clone(), f)", "(h, f)"), ("z.clone()", "z")])
def test_what_scan_is_given_twice_is_refused(old, new, capsys):
    code = (ROOT / "snippets/pytorch/deploy/scanned.py").read_text("utf-8")
    assert code.count(old) == 1
    with pytest.raises(SystemExit):
        exec(code.replace(old, new), {"__name__": "__main__"})
    assert re.fullmatch(r"(TorchExport|Conversion)Error\n", capsys.readouterr().out)


class Packing(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(10, 20, batch_first=True)

    def forward(self, x, lengths):
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        return self.gru(packed)[1][-1]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("dynamo", [True, False])
def test_no_exporter_takes_unsorted_packing(dynamo):
    example = torch.randn(3, 5, 10), torch.tensor([2, 5, 3])
    with pytest.raises((RuntimeError, torch.onnx.errors.OnnxExporterError)):
        torch.onnx.export(Packing(), example, io.BytesIO(), dynamo=dynamo, verbose=False)
