import io

import onnxruntime
import torch
from torch import Tensor, nn
from torch.export import Dim

onnxruntime.set_default_logger_severity(4)


class OwnLoop(nn.Module):
    def __init__(self):
        super().__init__()
        self.cell = nn.LSTMCell(10, 20)
        self.fc = nn.Linear(20, 1)

    def forward(self, x: Tensor) -> Tensor:
        h = c = x.new_zeros(x.shape[0], 20)
        for x_t in x.unbind(1):
            h, c = self.cell(x_t, (h, c))
        return self.fc(h)


def export(dynamo):
    axes = {"dynamic_axes": {"x": {0: "a", 1: "b"}}}
    if dynamo:
        sizes = {0: Dim.AUTO, 1: Dim.AUTO}
        axes = {"dynamic_shapes": (sizes,)}
    program = torch.onnx.export(
        model,
        (torch.randn(3, 5, 10),),
        None if dynamo else (file := io.BytesIO()),
        dynamo=dynamo,
        input_names=["x"],
        verbose=False,
        **axes,
    )
    if dynamo:
        program.save(file := io.BytesIO())
    return onnxruntime.InferenceSession(file.getvalue())


torch.manual_seed(0)
model = OwnLoop().eval()
for dynamo in True, False:
    session = export(dynamo)
    fixed = session.get_inputs()[0].shape[1] in (5, "5")
    print(f"{dynamo = }, {fixed = }")
    for n in 5, 9, 200, 1:
        x = torch.randn(2, n, 10)
        try:
            (y,) = session.run(None, {"x": x.numpy()})
        except Exception as e:
            _, said = str(e).split("Status Message: ")
            said = said.partition(".")[0]
            print(f"  {n:3}  ONNXRuntimeError: {said}")
        else:
            y = torch.from_numpy(y)
            far = (y - model(x)).abs().max()
            shown = "< 1e-6" if far < 1e-6 else f"{far:.3f}"
            print(f"  {n:3}  {shown}")
