"""Nets exported to ONNX one after another in one process answer as in PyTorch, at other sizes."""

import io

import onnxruntime
import pytest
import torch
from torch import nn
from torch.export import Dim
from torch.nn.utils.rnn import pack_padded_sequence


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


@pytest.mark.proof  # an export takes seconds
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("every_step", "bidirectional"), [(True, False), (False, True)])
@pytest.mark.parametrize("cell", [nn.GRU, nn.LSTM])
def test_batch_and_time_vary_in_onnx(cell, every_step, bidirectional):
    torch.manual_seed(0)
    net = Net(cell, every_step, bidirectional).eval()
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
    for batch, time in [(1, 1), (4, 9), (2, 5)]:
        x = torch.randn(batch, time, 10)
        (y,) = session.run(None, {"x": x.numpy()})
        torch.testing.assert_close(torch.from_numpy(y), net(x), atol=1e-6, rtol=0)


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
