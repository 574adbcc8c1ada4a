import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence


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
model = GRUModel(1, 4, 1, 1)
x = torch.randn(2, 20, 1)
x[0, 3:] = 0  # padding
right = model(x[0, :3])  # the short sequence alone

out, _ = model.gru(x)
lengths = torch.tensor([3, 20])
packed = pack_padded_sequence(
    x, lengths.cpu(), batch_first=True, enforce_sorted=False
)
for way, answer in {
    "fc(out[:, -1])": model.fc(out[:, -1])[0],
    "model(x)": model(x)[0],
    "model(packed)": model(packed)[0],
}.items():
    print(f"{way:14} {(answer - right).abs().item():.3f}")
