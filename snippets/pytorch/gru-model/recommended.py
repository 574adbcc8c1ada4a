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

    def forward(self, x: Tensor, lengths=None) -> Tensor:
        if lengths is not None:
            x = pack_padded_sequence(
                x,
                torch.as_tensor(lengths).cpu(),
                batch_first=True,
                enforce_sorted=False,
            )
        # (num_layers, batch, hidden_size)
        _, h_n = self.gru(x)
        return self.fc(h_n[-1])  # (batch, output_size)


torch.manual_seed(0)
model = GRUModel(
    input_size=10,
    hidden_size=20,
    num_layers=2,
    output_size=1,
)
x = torch.randn(3, 12, 10)
lengths = torch.tensor([5, 12, 2])
answer = model(x, lengths)
rows = zip(x, lengths, strict=True)
alone = torch.stack([model(row[:n]) for row, n in rows])
print(f"{torch.allclose(answer, alone, atol=1e-6) = }")

bounds = {torch.float64: 1e-6, torch.bfloat16: 1e-2}
for dtype, bound in bounds.items():
    y = model.to(dtype)(x.to(dtype), lengths)
    error = (y - answer).abs().max().item()
    print(f"{dtype}: error < {bound}: {error < bound}")
meta = model.to(x.dtype).to("meta")(x.to("meta"), lengths)
print(tuple(meta.shape), meta.device)
