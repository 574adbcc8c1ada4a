import torch
from torch import Tensor, nn


class StatefulGRU(nn.Module):
    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        num_layers: int,
        output_size: int,
    ):
        super().__init__()
        self.gru = nn.GRU(
            input_size,
            hidden_size,
            num_layers,
            batch_first=True,
        )
        self.fc = nn.Linear(hidden_size, output_size)

    def forward(
        self, x: Tensor, h: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        # h: (num_layers, batch, hidden_size)
        _, h = self.gru(x, h)
        return self.fc(h[-1]), h


torch.manual_seed(0)
model = StatefulGRU(10, 20, 2, 1)
x = torch.randn(3, 12, 10)
whole, _ = model(x)

h = None
for chunk in x.split(4, dim=1):
    passed, h = model(chunk, h)
alone, _ = model(chunk)
for name, y in {"passed": passed, "alone": alone}.items():
    off = (y - whole).abs().max()
    print(f"|{name} - whole| {off:.3f}")
