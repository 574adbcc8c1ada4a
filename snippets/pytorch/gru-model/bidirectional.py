import torch
from torch import Tensor, nn


class BiGRUModel(nn.Module):
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
            bidirectional=True,
        )
        self.fc = nn.Linear(2 * hidden_size, output_size)

    def forward(self, x: Tensor) -> Tensor:
        # (2 * num_layers, batch, hidden_size)
        _, h_n = self.gru(x)
        both = torch.cat([h_n[-2], h_n[-1]], dim=-1)
        return self.fc(both)


torch.manual_seed(0)
model = BiGRUModel(10, 20, 1, 1)
x = torch.randn(3, 5, 10)
print(tuple(model(x).shape))

changed = x.clone()
changed[:, 0] += 1  # step 0
out, changed_out = model.gru(x)[0], model.gru(changed)[0]
# (batch, 2 * hidden_size)
moved = (out != changed_out)[:, -1]
print(f"{moved[:, :20].any().item() = }")
print(f"{moved[:, 20:].any().item() = }")
