import io
import warnings

import torch
from torch import Tensor, nn
from torch.ao.quantization import quantize_dynamic


class LSTMModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(64, 256, batch_first=True)
        self.fc = nn.Linear(256, 1)

    def forward(self, x: Tensor) -> Tensor:
        _, (h_n, _) = self.lstm(x)
        return self.fc(h_n[-1])


def size(model):
    torch.save(model.state_dict(), file := io.BytesIO())
    return len(file.getvalue())


torch.manual_seed(0)
model = LSTMModel().eval()
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    layers = {nn.LSTM, nn.Linear}
    small = quantize_dynamic(model, layers, torch.qint8)
    bare = quantize_dynamic(nn.LSTM(64, 256), {nn.LSTM})
print("small.lstm:", small.lstm)
print("bare:", bare)
before, after = size(model) // 1000, size(small) // 1000
print(f"{before} kB -> {after} kB")
x = torch.randn(32, 50, 64)
error = (small(x) - model(x)).abs().max() / model(x).std()
print("error < 0.1:", bool(error < 0.1))
for w in caught[:1]:
    message, _, _ = str(w.message).partition(" and ")
    print(f"{w.category.__name__}: {message}")
