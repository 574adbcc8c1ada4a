import torch
from torch import Tensor, nn


class GRUModel(nn.Module):
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
        # x: (batch, time, input_size)
        # h_n: (num_layers, batch, hidden_size)
        _, h_n = self.gru(x)
        return self.fc(h_n[-1])  # (batch, output_size)


torch.manual_seed(0)
model = GRUModel(
    input_size=10,
    hidden_size=20,
    num_layers=2,
    output_size=1,
)
print(model)

batch = torch.randn(3, 5, 10)
for x in batch, batch[0], batch.double():
    y = model.to(x.dtype)(x)
    print(tuple(x.shape), "->", tuple(y.shape), y.dtype)
