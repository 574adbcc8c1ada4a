import io

import onnxruntime
import torch
from torch import Tensor, nn
from torch.export import Dim


class OneStep(nn.Module):
    def __init__(self):
        super().__init__()
        self.cell = nn.LSTMCell(10, 20)
        self.fc = nn.Linear(20, 1)

    def forward(
        self, x_t: Tensor, h: Tensor, c: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        h, c = self.cell(x_t, (h, c))
        return self.fc(h), h, c


torch.manual_seed(0)
model = OneStep().eval()
h, c = torch.zeros(2, 3, 20)
program = torch.onnx.export(
    model,
    (torch.randn(3, 10), h, c),
    dynamo=True,
    dynamic_shapes=({0: Dim.AUTO},) * 3,
    input_names=["x_t", "h", "c"],
    verbose=False,
)
program.save(file := io.BytesIO())
session = onnxruntime.InferenceSession(file.getvalue())

for n in 1, 9, 200:
    x = torch.randn(2, n, 10)
    state = torch.zeros(2, 2, 20)
    h, c = state.numpy()
    for x_t in x.unbind(1):
        feed = {"x_t": x_t.numpy(), "h": h, "c": c}
        y, h, c = session.run(None, feed)
        right, *state = model(x_t, *state)
    far = abs(y - right.numpy(force=True)).max()
    print(f"{n:3}  < 1e-5: {bool(far < 1e-5)}")
