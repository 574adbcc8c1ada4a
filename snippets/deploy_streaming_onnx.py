import io

import numpy as np
import onnxruntime
import torch
from torch import nn
from torch.export import Dim


class Stepper(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(10, 20, num_layers=2, batch_first=True)
        self.fc = nn.Linear(20, 1)

    def forward(self, x, h):
        out, h = self.gru(x, h)
        return self.fc(out[:, -1]), h


torch.manual_seed(0)
model = Stepper().eval()
program = torch.onnx.export(
    model,
    (torch.randn(3, 1, 10), torch.zeros(2, 3, 20)),
    dynamo=True,
    dynamic_shapes=({0: Dim.AUTO}, {1: Dim.AUTO}),
    input_names=["x", "h"],
    output_names=["y", "h_n"],
    verbose=False,
)
program.save(file := io.BytesIO())
session = onnxruntime.InferenceSession(file.getvalue())

x = torch.randn(1, 6, 10)
h = np.zeros((2, 1, 20), dtype=np.float32)
for t in range(6):
    y, h = session.run(None, {"x": x[:, t : t + 1].numpy(), "h": h})
whole, _ = model(x, torch.zeros(2, 1, 20))
error = (torch.from_numpy(y) - whole).abs().max()
print("after 6 steps off by less than 1e-6:", bool(error < 1e-6))
