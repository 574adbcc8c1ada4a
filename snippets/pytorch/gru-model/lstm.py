import torch
from torch import Tensor, nn


class LSTMModel(nn.Module):
    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        num_layers: int,
        output_size: int,
    ):
        super().__init__()
        self.lstm = nn.LSTM(
            input_size,
            hidden_size,
            num_layers,
            batch_first=True,
        )
        self.fc = nn.Linear(hidden_size, output_size)

    def forward(self, x: Tensor) -> Tensor:
        # x: (batch, time, input_size)
        # h_n, c_n: (num_layers, batch, hidden_size)
        _, (h_n, c_n) = self.lstm(x)
        return self.fc(h_n[-1])  # (batch, output_size)


torch.manual_seed(0)
model = LSTMModel(
    input_size=10,
    hidden_size=20,
    num_layers=2,
    output_size=1,
)
print(tuple(model(torch.randn(3, 5, 10)).shape))
print(sum(p.numel() for p in model.parameters()))
