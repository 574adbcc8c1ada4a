import io

import numpy as np
import onnxruntime
import torch
from torch import Tensor, nn
from torch.export import Dim

onnxruntime.set_default_logger_severity(3)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(10, 20, 2, batch_first=True)
        self.fc = nn.Linear(20, 1)

    def forward(
        self, x: Tensor, h: Tensor
    ) -> tuple[Tensor, Tensor]:
        out, h_n = self.gru(x, h)
        return self.fc(out), h_n  # (batch, time, 1)


torch.manual_seed(0)
model = Net().eval()
sizes = {0: Dim.AUTO, 1: Dim.AUTO}, {1: Dim.AUTO}
program = torch.onnx.export(
    model,
    (torch.randn(3, 5, 10), torch.zeros(2, 3, 20)),
    dynamo=True,
    dynamic_shapes=sizes,
    input_names=["x", "h"],
    verbose=False,
)
program.save(file := io.BytesIO())
session = onnxruntime.InferenceSession(file.getvalue())

x, h = torch.randn(1, 30, 10), torch.randn(2, 1, 20)
right = model(x, h)[0].numpy(force=True)
x, h = x.numpy(), h.numpy()
whole, _ = session.run(None, {"x": x, "h": h})
steps = []
for t in range(30):
    y, h = session.run(None, {"x": x[:, t : t + 1], "h": h})
    steps.append(y)
for y in whole, np.concatenate(steps, 1):
    error = abs(y - right).max()
    print(y.shape, "< 1e-6:", bool(error < 1e-6))
