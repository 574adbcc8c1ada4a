import io

import onnxruntime
import torch
from torch import Tensor, nn
from torch.export import Dim

onnxruntime.set_default_logger_severity(4)


class EveryStep(nn.Module):
    def __init__(self, cell: type, batch_first: bool):
        super().__init__()
        self.net = cell(10, 20, batch_first=batch_first)
        self.fc = nn.Linear(20, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc(self.net(x)[0])


def same(model, dynamo):
    axes = {"dynamic_axes": {"x": {0: "a", 1: "b"}}}
    if dynamo:
        sizes = {0: Dim.AUTO, 1: Dim.AUTO}
        axes = {"dynamic_shapes": (sizes,)}
    file = io.BytesIO()
    try:
        program = torch.onnx.export(
            model,
            (torch.randn(3, 5, 10),),
            None if dynamo else file,
            dynamo=dynamo,
            input_names=["x"],
            verbose=False,
            **axes,
        )
        if dynamo:
            program.save(file)
        saved = file.getvalue()
        session = onnxruntime.InferenceSession(saved)
        x = torch.randn(4, 9, 10)
        (y,) = session.run(None, {"x": x.numpy()})
        y = torch.from_numpy(y)
        return torch.allclose(y, model(x), atol=1e-6)
    except Exception as error:
        return type(error).__name__


torch.manual_seed(0)
for batch_first in True, False:
    for cell in nn.GRU, nn.LSTM:
        print(f"{cell.__name__:4} {batch_first = }")
        model = EveryStep(cell, batch_first).eval()
        for dynamo in True, False:
            print(f"  {dynamo = }:", same(model, dynamo))
