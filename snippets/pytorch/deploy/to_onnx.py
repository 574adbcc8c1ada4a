import io

import onnxruntime
import torch
from torch import Tensor, nn
from torch.export import Dim


class GRUModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(10, 20, 2, batch_first=True)
        self.fc = nn.Linear(20, 1)

    def forward(self, x: Tensor) -> Tensor:
        _, h_n = self.gru(x)
        return self.fc(h_n[-1])


torch.manual_seed(0)
model = GRUModel().eval()
program = torch.onnx.export(
    model,
    (torch.randn(3, 5, 10),),
    dynamo=True,
    dynamic_shapes=({0: Dim.AUTO, 1: Dim.AUTO},),
    input_names=["x"],
    verbose=False,
)
program.save(file := io.BytesIO())

session = onnxruntime.InferenceSession(file.getvalue())
for shape in (1, 1, 10), (7, 5, 10), (3, 200, 10):
    x = torch.randn(shape)
    (y,) = session.run(None, {"x": x.numpy()})
    error = (torch.from_numpy(y) - model(x)).abs().max()
    print(shape, "error < 1e-6:", bool(error < 1e-6))
