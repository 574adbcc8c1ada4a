import torch
from torch import Tensor, nn


class GRUTagger(nn.Module):
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

    def forward(self, x: Tensor) -> Tensor:
        out, _ = self.gru(x)  # (batch, time, hidden_size)
        return self.fc(out)  # (batch, time, output_size)


torch.manual_seed(0)
model = GRUTagger(10, 20, 2, 4)
x = torch.randn(3, 5, 10)
scores = model(x)
print(tuple(scores.shape))
start = model(x[:, :3])
print(f"{torch.allclose(start[:, 2], scores[:, 2]) = }")
