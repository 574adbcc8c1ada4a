import io
import pickle

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
sizes = dict(
    input_size=10,
    hidden_size=20,
    num_layers=2,
    output_size=1,
)
model = GRUModel(**sizes).eval()
file = io.BytesIO()
weights = model.state_dict()
torch.save({"sizes": sizes, "weights": weights}, file)

file.seek(0)
saved = torch.load(
    file, weights_only=True, map_location="cpu"
)
loaded = GRUModel(**saved["sizes"]).eval()
loaded.load_state_dict(saved["weights"])
x = torch.randn(3, 5, 10)
with torch.inference_mode():
    print(f"{torch.equal(model(x), loaded(x)) = }")

torch.save(model, file := io.BytesIO())
file.seek(0)
try:
    torch.load(file)
except pickle.UnpicklingError as error:
    message, _, _ = str(error).partition(". ")
    print(f"{type(error).__name__}: {message}")
