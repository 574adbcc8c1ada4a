import torch
from torch import nn


class GRUModel(nn.Module):
    def __init__(self, input_size, hidden_size, num_layers, output_size):
        super().__init__()
        self.gru = nn.GRU(
            input_size, hidden_size, num_layers, batch_first=True
        )
        self.fc = nn.Linear(hidden_size, output_size)

    def forward(self, x):  # x: (batch, time, input_size)
        _, h_n = self.gru(x)  # h_n: (num_layers, batch, hidden_size)
        return self.fc(h_n[-1])  # (batch, output_size)


torch.manual_seed(0)
model = GRUModel(input_size=10, hidden_size=20, num_layers=2, output_size=1)
print(model)

x = torch.randn(3, 5, 10)
print("3 sequences:", tuple(model(x).shape))
print("1 sequence: ", tuple(model(x[0]).shape))
print("in float64: ", tuple(model.double()(x.double()).shape))
