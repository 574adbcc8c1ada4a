import torch
from torch import Tensor, nn


class WithH0(nn.Module):
    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        num_layers: int,
        output_size: int,
    ):
        super().__init__()
        self.state_size = num_layers, hidden_size
        self.gru = nn.GRU(
            input_size,
            hidden_size,
            num_layers,
            batch_first=True,
        )
        self.fc = nn.Linear(hidden_size, output_size)

    def forward(self, x: Tensor) -> Tensor:
        L, H = self.state_size
        h0 = torch.zeros(L, x.size(0), H).to(x.device)
        out, _ = self.gru(x, h0)
        return self.fc(out[:, -1, :])


torch.manual_seed(0)
model = WithH0(10, 20, 2, 1)
x = torch.randn(3, 5, 10)
_, h_n = model.gru(x)
without_h0 = model.fc(h_n[-1])
print(f"{torch.equal(model(x), without_h0) = }")

for case, call in {
    "float64": lambda: model.double()(x.double()),
    "bfloat16": lambda: model.bfloat16()(x.bfloat16()),
    "x[0]": lambda: model.float()(x[0]),
}.items():
    try:
        call()
    except RuntimeError as error:
        print(f"{case}: RuntimeError: {error}")
