import torch
from torch import Tensor, nn
from torch.export import Dim, export


class GRUModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(10, 20, batch_first=True)
        self.fc = nn.Linear(20, 1)

    def forward(self, x: Tensor) -> Tensor:
        _, h_n = self.gru(x)
        return self.fc(h_n[-1])


torch.manual_seed(0)
model = GRUModel().eval()
example = (torch.randn(3, 5, 10),)
sizes = {0: Dim("batch"), 1: Dim.AUTO}
program = export(model, example, dynamic_shapes=(sizes,))
for shape in (8, 5, 10), (8, 6, 10):
    x = torch.randn(shape)
    try:
        y = program.module()(x)
        same = torch.allclose(y, model(x), atol=1e-6)
        print(shape, "same:", same)
    except (AssertionError, RuntimeError) as error:
        print(shape, f"{type(error).__name__}: {error}")
sizes = {1: Dim("time")}
try:
    export(model, example, dynamic_shapes=(sizes,))
except Exception as error:
    message, _, _ = str(error).partition("!")
    print(f"{type(error).__name__}: {message}")
