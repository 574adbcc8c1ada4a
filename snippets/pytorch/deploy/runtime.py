import io

import onnxruntime
import torch
from torch import nn
from torch.export import Dim

onnxruntime.set_default_logger_severity(3)


def state(cell, batch):
    h = torch.randn(2, batch, 20)
    if cell is nn.GRU:
        return h
    return h, torch.randn(2, batch, 20)


torch.manual_seed(0)
vary = {1: Dim.AUTO}
for cell, states, names in (
    (nn.GRU, vary, ["x", "h_0"]),
    (nn.LSTM, (vary, vary), ["x", "h_0", "c_0"]),
):
    model = cell(10, 20, 2, batch_first=True).eval()
    args = torch.randn(3, 5, 10), state(cell, 3)
    sizes = {0: Dim.AUTO, 1: Dim.AUTO}, states
    try:
        program = torch.onnx.export(
            model,
            args,
            dynamo=True,
            dynamic_shapes=sizes,
            input_names=names,
            verbose=False,
        )
    except torch.onnx.errors.OnnxExporterError as error:
        print(cell.__name__, type(error).__name__)
        continue
    program.save(file := io.BytesIO())
    session = onnxruntime.InferenceSession(file.getvalue())
    inputs = [node.name for node in session.get_inputs()]
    shape = session.get_outputs()[0].shape
    print(cell.__name__, inputs, shape[1:])
    for batch, time in (1, 1), (1, 200), (7, 2), (64, 30):
        x = torch.randn(batch, time, 10)
        s = state(cell, batch)
        tensors = [x, s] if cell is nn.GRU else [x, *s]
        arrays = [tensor.numpy() for tensor in tensors]
        feed = dict(zip(names, arrays, strict=True))
        out = torch.from_numpy(session.run(None, feed)[0])
        error = (out - model(x, s)[0]).abs().max()
        close = bool(error < 1e-6)
        print((batch, time), "error < 1e-6:", close)
