import io

import onnxruntime
import torch
from torch import Tensor, nn

onnxruntime.set_default_logger_severity(3)


class Kept(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(3, 4, batch_first=True)
        self.register_buffer("h", torch.zeros(1, 1, 4))

    def forward(self, x: Tensor) -> Tensor:
        out, h = self.gru(x, self.h)
        self.h.copy_(h)
        return out


torch.manual_seed(0)
model = Kept().eval().requires_grad_(False)
x = torch.randn(1, 1, 3)
with torch.inference_mode():
    first, second = model(x), model(x)
print("PyTorch", bool(torch.equal(first, second)))

model.h.zero_()
program = torch.onnx.export(
    model,
    (x,),
    dynamo=True,
    input_names=["x"],
    verbose=False,
)
program.save(file := io.BytesIO())
session = onnxruntime.InferenceSession(file.getvalue())
first, second = (
    session.run(None, {"x": x.numpy()})[0] for _ in range(2)
)
print("ONNX", bool((first == second).all()))
print([each.name for each in session.get_inputs()])
