import io

import onnxruntime
import torch
from torch import nn
from torch.export import Dim

onnxruntime.set_default_logger_severity(4)


class EveryStep(nn.Module):
    def __init__(self, cell, batch_first):
        super().__init__()
        self.net = cell(10, 20, batch_first=batch_first)
        self.fc = nn.Linear(20, 1)

    def forward(self, x):
        return self.fc(self.net(x)[0])


def same(model, dynamo):
    file, x = io.BytesIO(), torch.randn(3, 5, 10)
    try:
        torch.onnx.export(
            model,
            (x,),
            file,
            dynamo=dynamo,
            input_names=["x"],
            dynamic_axes=None if dynamo else {"x": {0: "a", 1: "b"}},
            dynamic_shapes=({0: Dim.AUTO, 1: Dim.AUTO},)
            if dynamo
            else None,
            verbose=False,
        )
        session = onnxruntime.InferenceSession(file.getvalue())
        x = torch.randn(4, 9, 10)
        y = torch.from_numpy(session.run(None, {"x": x.numpy()})[0])
        return torch.allclose(y, model(x), atol=1e-6)
    except Exception as error:
        return type(error).__name__


torch.manual_seed(0)
for batch_first in True, False:
    for cell in nn.GRU, nn.LSTM:
        model = EveryStep(cell, batch_first).eval()
        print(f"{cell.__name__:4} batch_first={batch_first!s:5}", end="  ")
        print("new:", same(model, True), " old:", same(model, False))
